"""Parts of a scenario that change nothing, and parts that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic
from game.scenario.model import Need
from game.scenario.tree import Path

_SAME = 1e-9


def options(subject: Subject) -> Iterator[Diagnostic]:
    """L013: two options worth the same to both sides, or an issue without weight for anybody."""
    scenario = subject.scenario
    for name, issue in scenario.issues.items():
        if not any(weights.get(name, 0.0) for weights in _all_weights(subject)):
            yield subject.complaint(
                "L013",
                f"“{name}” decides nothing: it has no weight for anybody",
                subject.key(("issues", name)),
                field=f"issues.{name}",
                expected="a weight above 0 for one side at least",
                fix="give it a weight, or remove the issue",
            )
            continue
        worths = list(zip(issue.you, issue.buyer, strict=True))
        for index, worth in enumerate(worths):
            if worth in worths[:index]:
                first = worths.index(worth)
                path: Path = ("issues", name, "options")
                yield subject.complaint(
                    "L013",
                    f"“{issue.options[index]}” and “{issue.options[first]}” are worth the same to "
                    "both sides",
                    (*path, index),
                    expected="options that differ for one side at least",
                    fix="change a worth, or drop one of the two",
                    related=[subject.related("like this one", subject.place((*path, first)))],
                )


def _all_weights(subject: Subject) -> Iterator[Mapping[str, float]]:
    scenario = subject.scenario
    yield scenario.weights.you
    for buyer in scenario.buyers.values():
        needs = [need.weights for need in buyer.needs.values()]
        yield from needs or [buyer.weights or scenario.weights.buyer]


def needs(subject: Subject) -> Iterator[Diagnostic]:
    """L019: a need that is never drawn, or one that weighs everything as another does."""
    for buyer, person in subject.scenario.buyers.items():
        base: Path = (*subject.buyer_path(buyer), "needs")
        seen: dict[str, Need] = {}
        for name, need in person.needs.items():
            if need.chance == 0:
                yield subject.complaint(
                    "L019",
                    f"“{name}” is never the need: its chance is 0",
                    (*base, name, "chance"),
                    expected="a chance above 0",
                    fix="give it a chance, or remove the need",
                )
                continue
            twin = next((n for n, other in seen.items() if _alike(need, other)), None)
            if twin is not None:
                yield subject.complaint(
                    "L019",
                    f"“{name}” weighs the issues just as “{twin}” does, so they are one",
                    subject.key((*base, name, "weights")),
                    field=".".join(map(str, (*base, name, "weights"))),
                    expected="other weights for another need",
                    fix="let each need move weight to the issue that it is about",
                    related=[subject.related("as here", subject.key((*base, twin, "weights")))],
                )
            seen[name] = need


def _alike(one: Need, other: Need) -> bool:
    first, second = sum(one.weights.values()), sum(other.weights.values())
    issues = {*one.weights, *other.weights}
    return all(
        abs(one.weights.get(i, 0.0) / first - other.weights.get(i, 0.0) / second) < _SAME
        for i in issues
    )


def topics(subject: Subject) -> Iterator[Diagnostic]:
    """L014: a topic that nobody likes or dislikes, no fact is about, and nobody has words for."""
    scenario = subject.scenario
    meant = {fact.about for fact in scenario.facts.values()}
    meant |= {t for buyer in scenario.buyers.values() for t in (*buyer.welcome, *buyer.sore)}
    meant |= {key.partition(".")[2] for key in scenario.phrases}
    for buyer in scenario.buyers:
        voice = subject.voice(buyer)
        if voice is not None:
            meant |= {say.on.partition(".")[2] for say in voice[0].says.values()}
    for name in scenario.topics:
        path: Path = ("topics", name)
        if name not in meant and not subject.inherited(path):
            yield subject.complaint(
                "L014",
                f"“{name}” means nothing to anybody",
                subject.key(path),
                field=f"topics.{name}",
                expected="a topic that is welcome or sore, that a fact is about, or that has lines",
                fix=f"write {name} into somebody's “welcome:” or “sore:”, or remove it",
            )


def parts(subject: Subject) -> Iterator[Diagnostic]:
    """L026: parts that are read by nothing, since another part is missing or overrides them."""
    scenario = subject.scenario
    why = subject.possible.why_no_demand()
    if scenario.demands and why:
        yield _unused(subject, ("demands",), f"nobody asks for these: {why}")
    preparation = scenario.preparation
    texts = [k for k in ("objectives", "history", "referral", "rivals") if getattr(preparation, k)]
    if texts and not preparation.slots:
        yield _unused(subject, ("preparation", "slots"), "nobody prepares: “slots” is 0")
    elif preparation.referral and scenario.referral is None:
        path: Path = ("preparation", "referral")
        yield _unused(subject, path, "nobody prepares this: there is no “referral:”")
    for name, fact in scenario.facts.items():
        idle = fact.worth == 0 and not fact.problem and fact.about in scenario.topics
        if idle:
            path = ("facts", name, "worth")
            yield _unused(subject, path, f"to know “{name}” is worth nothing and opens nothing")
    for name, buyer in scenario.buyers.items():
        if buyer.needs and buyer.weights:
            path = (*subject.buyer_path(name), "weights")
            yield _unused(
                subject, path, f"{buyer.name}'s needs have weights, so these are not read"
            )
    for index, meeting in enumerate(scenario.meetings):
        waits = "gap_days" in meeting.model_fields_set and meeting.gap_days > 0
        if index == 0 and waits:
            path = ("meetings", 0, "gap_days")
            yield _unused(subject, path, "no time passes before the first meeting")
        elif "gap_slots" in meeting.model_fields_set and meeting.gap_slots and not waits:
            path = ("meetings", index, "gap_slots")
            yield _unused(subject, path, "nothing can be done before this meeting: no gap is given")


def _unused(subject: Subject, path: Path, message: str) -> Diagnostic:
    return subject.complaint(
        "L026",
        message,
        subject.key(path),
        field=".".join(map(str, path)),
        expected="only what is used",
        fix="remove it, or add what it needs",
    )
