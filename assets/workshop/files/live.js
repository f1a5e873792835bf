// Keeps a page in step with its room. Every form also works without this script.
//
// The server sends the list of the page's parts and the HTML of those that are newer than what the
// page has (see game/workshop/stream.py). Nothing is kept here that a reload would lose.
"use strict";

(() => {
  const main = document.querySelector("main[data-stream]");
  if (!main) return; // a page that follows no room
  // ms until the next try, at random, for two hundred phones come back; after a while more rarely
  const COMES_BACK = [[200, 700], [600, 2000]];
  const SOON = 20; // tries
  const QUIET = 30000; // ms without a sign of life after which a stream is taken for dead
  const have = new Map();
  let edition = Number(main.dataset.edition);
  let stream = null;
  let polling = 0; // failed streams in a row; from three on the page asks instead
  let asking = 0; // the timer of the next question
  let lastSign = Date.now();
  let clockAhead = 0; // ms that the server's clock is ahead of this one
  const words = main.dataset;
  const [lost, told, wrong] = ["lost", "told", "wrong"].map((id) => document.getElementById(id));

  for (const part of main.querySelectorAll("[data-part]")) {
    have.set(part.dataset.part, Number(part.dataset.version));
  }

  // --- what has changed ---------------------------------------------------------------------

  const partOf = (id) => main.querySelector(`[data-part="${CSS.escape(id)}"]`);

  /** A name that survives a new HTML; empty for what has none. */
  const keyOf = (e) => e.id || e.dataset.key || (e.name ? e.name + "=" + e.value : "");

  /** Where the focus and half-typed words are; a focus on what has no name is a key of "". */
  function remember(part) {
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const typed = [];
    for (const field of part.querySelectorAll("input:not([type=hidden]), select, textarea")) {
      if (!field.id) continue;
      const box = field.type === "checkbox" || field.type === "radio";
      const touched = box ? field.checked !== field.defaultChecked
        : field.tagName === "SELECT" ? ![...field.options].every((o) => o.selected === o.defaultSelected)
        : field.value !== field.defaultValue;
      if (touched) typed.push([field.id, box ? field.checked : field.value, box]);
    }
    const open = [...part.querySelectorAll("details[id]")].map((d) => [d.id, d.open]);
    const scenes = [...part.querySelectorAll("img[data-scene]:not(.before)")];
    const scrolled = [...part.querySelectorAll("[data-scroll][id]")].map((e) => [e.id, e.scrollTop]);
    return { key: focused && keyOf(focused), typed, open, scrolled, scenes };
  }

  function restore(part, kept) {
    for (const [id, value, box] of kept.typed) {
      const field = document.getElementById(id);
      if (!field || !part.contains(field)) continue;
      if (box) field.checked = value; else field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    for (const [id, open] of kept.open) {
      const found = document.getElementById(id);
      if (found) found.open = open;
    }
    part.querySelectorAll("img[data-scene]").forEach((fresh, i) => fade(kept.scenes[i], fresh));
    for (const [id, top] of kept.scrolled) {
      const found = document.getElementById(id);
      if (found && !("latest" in found.dataset)) found.scrollTop = top;
    }
    if (kept.key !== null) {
      const same = kept.key && [...part.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")]
        .find((e) => kept.key === keyOf(e));
      const next = same || part.querySelector("[data-focus], button, input:not([type=hidden])");
      part.getBoundingClientRect(); // WebKit scrolls to a field that is not laid out yet all the same
      next?.focus({ preventScroll: true });
    }
  }

  /** A face gives way softly to the next one; the same one stays without a flicker. */
  function fade(old, fresh) {
    if (!old || !old.complete) return;
    if (old.getAttribute("src") === fresh.getAttribute("src")) {
      fresh.replaceWith(old);
      return;
    }
    old.className = "before";
    old.alt = "";
    fresh.after(old);
    const gone = () => {
      old.classList.add("gone");
      setTimeout(() => old.remove(), 320);
    };
    fresh.decode().then(gone, gone);
  }

  // WebKit keeps nothing in its place when something above it grows.
  const anchors = CSS.supports("overflow-anchor", "auto");

  /** The part that is read, and how far down it stands; null where nothing has to be done. */
  function reading() {
    if (anchors || scrollY < 1) return null;
    for (const part of main.querySelectorAll("[data-part]")) {
      const box = part.getBoundingClientRect();
      if (box.height && box.bottom > 1 && getComputedStyle(part).position !== "sticky") return [part, box.top];
    }
    return null;
  }

  function keepReading(kept) {
    if (kept?.[0].isConnected) scrollBy(0, kept[0].getBoundingClientRect().top - kept[1]);
  }

  /** A message: its edition, then a line for every part that is new. */
  function read(text) {
    const [head, ...lines] = text.split("\n").map((line) => JSON.parse(line));
    return { ...head, parts: new Map(lines.map(([id, version, html]) => [id, { version, html }])) };
  }

  function apply(news) {
    if (news.gone) {
      location.href = "/";
      return;
    }
    edition = news.e;
    const seen = reading();
    const before = [...main.querySelectorAll("[data-part]")];
    const order = news.order || before.map((part) => part.dataset.part);
    for (const part of before) {
      if (!order.includes(part.dataset.part)) {
        have.delete(part.dataset.part);
        part.remove();
      }
    }
    let last = null;
    for (const id of order) {
      let part = partOf(id);
      if (!part) {
        part = document.createElement("section");
        part.dataset.part = id;
        part.className = `part ${id.split(":")[0]}-part`;
      }
      const place = last ? last.nextElementSibling : main.querySelector("[data-part]");
      if (place !== part) main.insertBefore(part, place);
      last = part;
      const fresh = news.parts.get(id);
      if (!fresh) continue;
      const kept = remember(part);
      part.innerHTML = fresh.html;
      have.set(id, fresh.version);
      restore(part, kept);
      settle(part);
    }
    veil();
    choose();
    fit();
    keepReading(seen);
  }

  const STEPS = 12; // in which a stage gives way, see stage.css

  /** A stage shows everything at once: step by step what matters least gives way until the rest
   *  fits. What need not have gone comes back, what matters most first. */
  function fit() {
    if (!document.body.classList.contains("stage")) return;
    const taken = [];
    const fits = () => {
      if (taken.length) main.dataset.tight = taken.join(" ");
      else delete main.dataset.tight;
      return document.documentElement.scrollHeight <= innerHeight + 1;
    };
    for (let size = main.querySelector(".slide") ? 20 : 10; size >= 10; size -= 1) { // a slide fills the wall
      main.style.setProperty("--grow", size / 10);
      if (fits()) break;
    }
    for (let step = 1; step <= STEPS && !fits(); step += 1) taken.push(step);
    for (let at = taken.length - 2; at >= 0 && fits(); at -= 1) {
      const [step] = taken.splice(at, 1);
      if (!fits()) taken.splice(at, 0, step);
    }
    fits();
  }

  let before = null; // what had the focus before a veil came over the page

  /** While everything is paused nothing behind the veil can be reached. */
  function veil() {
    const over = main.querySelector("[data-veil]");
    if (over) before ||= document.activeElement; // first, for some browsers take the focus from what is inert at once
    for (const part of main.querySelectorAll("[data-part]")) part.inert = !!over && !part.contains(over);
    if (over && document.activeElement !== over) over.focus({ preventScroll: true });
    if (!over && before) {
      const again = before.isConnected ? before : document.getElementById(before.id);
      again?.focus({ preventScroll: true });
      before = null;
    }
  }

  /** The button says what it will do; a vote that was given before is the one that is marked. */
  function choose() {
    for (const form of main.querySelectorAll("form[data-choose]")) {
      const own = main.querySelector("[data-own]");
      let chosen = form.querySelector("input[name=action]:checked");
      if (!chosen && own && own.dataset.own) {
        chosen = [...form.querySelectorAll("input[name=action]")].find((e) => e.value === own.dataset.own);
        if (chosen) chosen.checked = true;
      }
      const button = form.querySelector("[data-say]");
      if (!button) continue;
      button.dataset.rest = button.dataset.rest || button.textContent;
      button.textContent = chosen ? button.dataset.say.replace("{label}", chosen.dataset.label) : button.dataset.rest;
    }
  }

  /** What a new part needs: its log at the newest line, its offer counted, its words told. */
  function settle(part) {
    for (const log of part.querySelectorAll("[data-latest]")) log.scrollTop = log.scrollHeight;
    for (const sheet of part.querySelectorAll("[data-offer]")) reckon(sheet);
    const words = part.querySelector("[data-told]")?.dataset.told;
    if (words && told.textContent !== words) told.textContent = words;
    tick();
  }

  // --- the stream ---------------------------------------------------------------------------

  const query = () => "?have=" + encodeURIComponent(
    ["e." + edition, ...[...have].map(([id, version]) => id + "." + version)].join(","));
  let tries = 0; // since the last sign of life

  function soon() {
    const [least, most] = COMES_BACK[tries < SOON ? 0 : 1];
    tries += 1;
    return least + Math.random() * (most - least);
  }

  function sign() {
    lastSign = Date.now();
    tries = 0;
    lost.hidden = true;
  }

  // Browsers keep about six connections to a server: of many pages in one of them three hold a
  // stream, each in a place of its own, and the others ask.
  const PLACES = 3;
  const FRESH = 5000; // ms after which a place that nobody renewed is free
  const me = Math.random().toString(36).slice(2);
  const shelf = (() => { try { return localStorage; } catch { return null; } })();
  let mine = -1;
  const place = (k) => "longlunch-stream-" + k;
  const holder = (k) => (shelf.getItem(place(k)) || "").split(" ");
  const hold = (k) => { mine = k; shelf.setItem(place(k), me + " " + Date.now()); };

  function takePlace() {
    for (let k = 0; shelf && k < PLACES; k += 1) {
      const [who, at] = holder(k);
      if (who && who !== me && Date.now() - Number(at) < FRESH) continue;
      hold(k);
      return true;
    }
    return !shelf; // without storage it may be alone
  }

  /** Whether this page's place is still its own; two may have taken it at once. */
  function holdPlace() {
    if (!shelf || mine < 0) return true;
    if (holder(mine)[0] !== me) return false;
    hold(mine);
    return true;
  }

  function stop() {
    if (stream) stream.close();
    stream = null;
    clearTimeout(asking);
    if (shelf && mine >= 0 && holder(mine)[0] === me) shelf.removeItem(place(mine));
    mine = -1;
  }

  function follow() {
    clearTimeout(asking);
    if (stream || document.hidden) return;
    if (polling >= 3 || !takePlace()) {
      ask();
      return;
    }
    const own = stream = new EventSource(main.dataset.stream + query());
    own.onopen = () => { polling = 0; sign(); };
    own.onmessage = (event) => { sign(); apply(read(event.data)); };
    own.addEventListener("here", sign);
    own.onerror = () => {
      // The browser would ask again with the old versions: a new stream names what is here now.
      own.close();
      if (stream !== own) return;
      stop();
      polling += 1;
      asking = setTimeout(follow, soon());
    };
  }

  let asked = 0;

  async function ask() {
    if (document.hidden) return;
    clearTimeout(asking);
    let wait = soon();
    try {
      const answer = await fetch(main.dataset.poll + query(), { cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (answer.ok) {
        sign();
        const text = await answer.text();
        if (text) apply(read(text));
        wait += 700;
      }
    } catch {
      // no network: asked again soon
    }
    asked += 1;
    if (asked % 8 === 0) polling = 0; // streams may work again
    clearTimeout(asking);
    asking = setTimeout(follow, wait);
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      stop(); // a sleeping phone must not hold a connection
    } else {
      polling = 0;
      setClock();
      follow();
    }
  });
  addEventListener("online", () => { polling = 0; follow(); });
  addEventListener("offline", () => {
    stop(); // what still seems open is dead
    lost.hidden = false;
  });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => { if (event.persisted) follow(); });

  setInterval(() => {
    if (document.hidden) return;
    const silent = Date.now() - lastSign;
    if (stream && (silent > QUIET || !holdPlace())) {
      stop();
      follow();
    }
    if (!stream && silent > 2000) lost.hidden = false;
  }, 1000);

  // --- forms --------------------------------------------------------------------------------

  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

  /** Sends a form until it is answered; the server knows a repeated one by what it asks for. */
  async function send(action, body) {
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await fetch(action, {
          method: "POST", body, headers: { "X-Longlunch": "1" }, cache: "no-store",
        });
        if (answer.status !== 503 || tries > 5) return await answer.json();
      } catch {
        if (tries > 60) return { wrong: words.unsent };
      }
      await sleep(Math.min(3000, 300 * (tries + 1)));
    }
  }

  main.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-live]")) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    const sure = event.submitter && event.submitter.dataset.sure;
    if (sure && !confirm(sure)) return;
    form.dataset.busy = "1";
    form.setAttribute("aria-busy", "true");
    const body = new URLSearchParams(new FormData(form, event.submitter));
    // Not `form.action`: a button of that name hides it.
    const own = event.submitter?.getAttribute("formaction") || form.getAttribute("action");
    const found = await send(own, body);
    delete form.dataset.busy;
    form.removeAttribute("aria-busy");
    if (found.gone) location.href = "/";
    const place = found.link && main.querySelector("[data-link]");
    if (place) place.textContent = location.origin + found.link;
    wrong.textContent = found.wrong || "";
    wrong.hidden = !found.wrong;
    if (!stream) ask();
  });

  // --- things that move by themselves --------------------------------------------------------

  /** The worth of a composed offer, as it is put together. */
  function reckon(sheet) {
    let worth = 0;
    for (const choice of sheet.querySelectorAll("select[data-weight]")) {
      const option = choice.options[choice.selectedIndex];
      worth += Number(choice.dataset.weight) * Number(option.dataset.you);
    }
    const shown = sheet.querySelector("[data-worth]");
    if (shown) shown.textContent = String(Math.round(100 * worth));
    const bar = sheet.querySelector("[data-worth-bar]");
    if (bar) bar.value = Math.round(100 * worth);
    sheet.toggleAttribute("data-below", worth < Number(sheet.dataset.walkaway));
  }

  main.addEventListener("input", (event) => {
    const sheet = event.target.closest("[data-offer]");
    if (sheet) reckon(sheet);
    if (event.target.type === "range") {
      event.target.removeAttribute("data-unset");
      event.target.setAttribute("aria-valuetext", Math.round(100 * event.target.value) + " %");
    }
    if (event.target.name === "action") choose();
  });

  main.addEventListener("toggle", async (event) => {
    const more = event.target;
    if (!more.open || !more.dataset.fetch) return;
    const place = more.querySelector("[data-into]");
    if (!place || place.dataset.filled === more.dataset.fetch) return;
    try {
      const answer = await fetch(more.dataset.fetch, { headers: { "X-Longlunch": "1" }, cache: "no-store" });
      if (answer.ok) {
        place.innerHTML = await answer.text();
        place.dataset.filled = more.dataset.fetch;
      }
    } catch {
      more.open = false;
    }
  }, true);

  /** Timers run by the server's clock. */
  function tick() {
    const now = (Date.now() + clockAhead) / 1000;
    for (const clock of main.querySelectorAll("[data-until]")) {
      const left = Math.max(0, Math.ceil(Number(clock.dataset.until) - now));
      clock.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
      clock.toggleAttribute("data-short", left <= 10);
    }
  }

  async function setClock() {
    try {
      const begun = Date.now();
      const answer = await (await fetch("/ping", { cache: "no-store" })).json();
      clockAhead = answer.now * 1000 - (begun + Date.now()) / 2;
    } catch {
      setTimeout(setClock, 5000);
    }
  }

  setInterval(tick, 250);
  for (const part of main.querySelectorAll("[data-part]")) settle(part);
  veil();
  choose();
  fit();
  addEventListener("resize", fit);
  addEventListener("load", fit);
  document.fonts?.ready.then(fit);
  setClock();
  follow();
})();
