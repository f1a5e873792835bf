"use strict";
// The page is complete without this: it adds stepping through the moves by the arrow keys, a
// button that opens all of them, and one for the colours.
(() => {
  const turns = Array.from(document.querySelectorAll("details.turn"));
  const tools = document.getElementById("tools");
  const openAll = document.getElementById("open-all");
  const look = document.getElementById("look");
  const root = document.documentElement;
  let stepped = null; // the move that stepping has opened, and closes when it goes on

  const show = (turn) => {
    if (stepped && stepped !== turn) stepped.open = false;
    stepped = turn.open ? null : turn;
    turn.open = true;
    turn.querySelector("summary").focus({ preventScroll: true });
    turn.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way || !turns.length || event.target.closest(".scroll")) return;
    const here = turns.indexOf(event.target.closest("details.turn") || stepped);
    const next = here < 0 ? (way > 0 ? 0 : turns.length - 1) : here + way;
    if (next < 0 || next >= turns.length) return;
    event.preventDefault();
    show(turns[next]);
  });

  const follow = () => {
    const place = document.getElementById(location.hash.slice(1));
    const turn = place && place.querySelector("details.turn");
    if (turn) show(turn);
  };
  window.addEventListener("hashchange", follow);
  follow();

  if (openAll) {
    const words = [openAll.textContent, openAll.dataset.close];
    openAll.addEventListener("click", () => {
      const opening = openAll.textContent === words[0];
      turns.forEach((turn) => { turn.open = opening; });
      openAll.textContent = words[opening ? 1 : 0];
      stepped = null;
    });
  }

  const dark = () => root.dataset.look
    ? root.dataset.look === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  const name = () => { look.textContent = dark() ? look.dataset.paper : look.dataset.dark; };
  look.addEventListener("click", () => { root.dataset.look = dark() ? "paper" : "dark"; name(); });
  name();
  tools.hidden = false;
})();
