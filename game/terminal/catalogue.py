"""Texts that only the terminal shows, by stable id; everything else is in the phrases file."""

from __future__ import annotations

TEXTS = {
    "meet": "You meet",
    "no_say": "no say",
    "your_flight": "Your flight",
    "asked_by": "{value} is waiting. {count}",
    "no_business": "no business at this table",
    "to_agree": "To be agreed",
    "best_to_theirs": "from your best to theirs",
    "weighs": "weighs",
    "points": "{count} points",
    "worth": "worth {value} to you",
    "turns": "{count} turns",
    "after_days": "after {count} days",
    "renewal_after": "{count} days after a signature: renewal, {turns} turns",
    "cross_after": "{count} days after a signature: a further offer, {turns} turns",
    "flight_at": "{value}: meeting {meeting}, after turn {turn}.",
    "one_slot": "Time left for one thing",
    "go": "Enter to go on:",
    "prompt": "> ",
    "help": (
        "Type the number of an action, or the action itself, such as small_talk:harvest or "
        "ask_direct:price_eur. Numbers beyond the hand belong to the list that r shows. A number "
        "with a question mark, such as 3?, gives the words in full and the reason for them."
    ),
    "help_keys": (
        "w waits. o puts an offer together. p parts and leaves the door open. r shows every action "
        "by ring. n opens the notebook, c the calendar, b the briefing, i what can be agreed. "
        "m marks your read of the buyer. u takes the last move back (practice). h asks for a hint "
        "(guided play, or with a coach). q saves and quits."
    ),
    "no_number": "There is no number {count} here; the list, shown by r, goes to {total}.",
    "compose_title": "Put a package together",
    "compose_list": "A number, c to choose issue by issue, or Enter to go back:",
    "compose_issue": "{about}, a number or Enter to go back:",
    "compose_none": "Nothing can be offered at this moment.",
    "compose_back": "No offer made.",
    "part_sure": "Get up and leave the door open? y or n:",
    "read_place": "0 is specific, 10 is diffuse; Enter for not yet:",
    "read_sure": "How sure: 1 a guess, 2 fairly sure, 3 sure:",
    "not_taken": "No answer, and the offer is not taken.",
    "read_place_form": "A number from 0 to 10, or Enter to leave it for later",
    "read_marked": "Marked: {value}, {count}.",
    "read_form": "A read is m, a number from 0 to 10, and 1 to 3 for how sure: m 7 2",
    "resume_ask": "An unfinished game, seed {value}, {count} moves in. Go on with it? y or n:",
    "resumed": "Going on where you stopped.",
    "saved": "Saved in {value}",
    "go_on": "Saved. Go on any time with",
    "go_on_command": "longlunch play --text --resume {value}",
    "review_it": "What each move was worth is told by longlunch review, followed by this path.",
    "undone": "Taken back. This game now counts as practice.",
    "practice": "Practice: {count} taken back.",
    "hints": "Hints taken: {count}.",
    "change_title": "What moved trust, turn by turn",
    "change_turn": "turn",
    "change_did": "what you did",
    "change_trust": "trust",
    "change_why": "why",
    "stood": "{value} on a scale from 0 specific to 1 diffuse",
    "you_marked": "you marked {value} ({count})",
    "score": "Score",
    "apart": "Still apart, yours | theirs",
    "score_deal": "Your deal: worth to you, 0 to 100; unsigned, what you have instead.",
    "score_theirs": "Their deal: the same, seen from their chair.",
    "score_future": "Relationship: how likely they stay with you, were a rival just as good.",
    "why_patience": "Their patience was used up.",
    "why_damage": "Too much had been hurt to go on.",
    "weighs_share": "weighs {count} %",
    "pick_title": "Tables you can sit at",
    "pick_ask": "A number or a name, Enter to leave:",
    "pick_more": "A number or a name, Enter for more:",
    "pick_unknown": "There is no such table. Type a number from 1 to {count}.",
    "minutes": "{count} min",
    "leave_unfinished": "You left with the talk still open.",
    "desktop": "This command plays in the terminal: longlunch play --text {value}",
    "not_saved": "The game could not be saved: {value}. It is tried again after every turn.",
    "moved": "Another game is saved in this file now; this one goes on in {value}",
    "deals": "{count} of {total} deals agreed",
}  # fmt: skip


def text(id: str, **values: object) -> str:
    """A text with its values put in. Raises KeyError for an unknown id."""
    found = TEXTS[id]
    for name, value in values.items():
        found = found.replace("{" + name + "}", str(value))
    return found
