"""The door for YAML: only small, flat, plain UTF-8 text gets in.

YAML can name and repeat parts, merge them and build objects; a few hundred bytes of that can cost
seconds, and deep nesting can crash a composer written in C. Scenarios need none of it, so the
*events* are looked at one by one and reading stops at the first that is refused. Events come from a
parser that keeps its stack on the heap; nothing here recurses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from pathlib import Path

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
)

from game.scenario.diagnostics import Diagnostic, Edit, ScenarioError, suggest

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MAX_EVENTS = 20_000

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
# Also what turns the order of letters around: shown text would not be what the file says.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
_ESCAPED = re.compile(_CONTROL.pattern[:-1] + "\r\x85\u2028\u2029]")


class Refused(Exception):
    """The text is turned away; carries the one diagnostic that says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def split_lines(text: str) -> list[str]:
    """Lines as YAML counts them."""
    return _BREAK.split(text)


_drafts: ContextVar[Mapping[Path, bytes]] = ContextVar("drafts", default={})  # noqa: B039


@contextmanager
def drafts(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Within it these bytes are read in place of what the files hold; paths are absolute."""
    token = _drafts.set(files)
    try:
        yield
    finally:
        _drafts.reset(token)


def read_bytes(path: Path, shown: str) -> bytes:
    """The bytes of a file; raises :class:`ScenarioError` (RD001–RD003, Y003)."""
    if files := _drafts.get():
        draft = files.get(path.absolute())
        if draft is not None:
            return draft
    try:
        if path.is_dir():
            raise ScenarioError(
                [
                    Diagnostic(
                        "RD002",
                        f"{shown} is a directory, not a scenario file",
                        file=shown,
                        expected="a YAML file",
                        fix="name the file inside it",
                    )
                ]
            )
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 4)
            if len(data) > MAX_BYTES + 3:
                size = path.stat().st_size
                raise ScenarioError([_too_large(shown, size)])
            return data
    except (FileNotFoundError, NotADirectoryError):
        found = Diagnostic(
            "RD001",
            f"{shown} does not exist",
            file=shown,
            expected="an existing file",
            fix=f"did you mean “{near}”?"
            if (near := _near(path))
            else "check the spelling of the path and the folder you are in",
        )
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        found = Diagnostic(
            "RD003",
            f"{shown} cannot be read: {reason.lower()}",
            file=shown,
            expected="a readable file",
            fix="check the permissions of the file and its folders",
        )
    raise ScenarioError([found])


def _near(path: Path) -> str:
    """The file of the same kind that was probably meant, "" if none is named like it.

    The ending is left out: all of them have it, and it would make any two short names alike.
    """
    try:
        beside = [p for p in islice(path.parent.iterdir(), 500) if p.suffix == path.suffix]
    except (OSError, ValueError):
        return ""
    stems = {p.stem: p.name for p in sorted(beside)}
    return stems.get(suggest(path.stem, stems), "")


def decode(data: bytes, shown: str) -> str:
    """UTF-8 text without a byte order mark; raises :class:`ScenarioError` (Y001, Y003)."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if len(data) > MAX_BYTES:
        raise ScenarioError([_too_large(shown, len(data))])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode("utf-8")
        lines = split_lines(before)
        raise ScenarioError(
            [
                Diagnostic(
                    "Y001",
                    f"byte {data[problem.start]:#04x} is not UTF-8",
                    file=shown,
                    line=len(lines),
                    column=len(lines[-1]) + 1,
                    end_column=len(lines[-1]) + 2,
                    expected="text saved as UTF-8",
                    fix="save the file again with the encoding UTF-8",
                )
            ]
        ) from None


def check_text(text: str, file: str) -> None:
    """Refuse what no YAML parser should see; raises :class:`Refused` (Y002–Y004)."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise Refused(_too_large(file, len(text.encode("utf-8", "surrogatepass"))))
    if not text.strip():
        raise Refused(_empty(file))
    control = _CONTROL.search(text)
    if control is not None:
        lines = split_lines(text[: control.start()])
        column = len(lines[-1]) + 1
        raise Refused(
            Diagnostic(
                "Y004",
                f"invisible control character U+{ord(control.group()):04X}",
                file=file,
                line=len(lines),
                column=column,
                end_column=column + 1,
                expected="printable text",
                fix="delete the character; it often comes along when text is pasted",
                source_line=split_lines(text)[len(lines) - 1],
                edits=(Edit(file, len(lines), column, len(lines), column + 1, ""),),
            )
        )


def guarded_events(text: str, file: str, python: bool = False) -> Iterator[Event]:
    """The events of one plain document, by the parser in C if it is there.

    Raises :class:`Refused` (Y002, Y005–Y010) and :class:`yaml.YAMLError` if the text is broken.
    """
    loader = (yaml.SafeLoader if python else getattr(yaml, "CSafeLoader", yaml.SafeLoader))(text)
    next_event = loader.get_event
    depth = documents = count = 0
    try:
        while True:
            try:
                event = next_event()
            except yaml.YAMLError as problem:
                if python or "nesting depth" not in str(problem):
                    raise
                # Some builds in C look far ahead and give up before we have seen the events.
                yield from islice(guarded_events(text, file, python=True), count, None)
                return
            if event is None:
                break
            count += 1
            if count > MAX_EVENTS:
                raise Refused(_too_many(event, text, file))
            if isinstance(event, ScalarEvent):
                if (
                    event.anchor is not None
                    or event.tag is not None
                    or (event.value == "<<" and event.implicit[0])
                ):
                    raise Refused(_extra(event, text, file))
                # Only double quotes can spell a character that check_text has not seen.
                if event.style == '"' and (hidden := _ESCAPED.search(event.value)):
                    raise Refused(_spelt_out(event, text, file, hidden.group()))
            elif isinstance(event, CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise Refused(_too_deep(event, text, file))
                if event.anchor is not None or event.tag is not None:
                    raise Refused(_extra(event, text, file))
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            elif isinstance(event, AliasEvent):
                raise Refused(_extra(event, text, file))
            elif isinstance(event, DocumentStartEvent):
                documents += 1
                _check_document(event, documents, text, file)
            yield event
    finally:
        loader.dispose()
    if documents == 0:
        raise Refused(_empty(file))


def extent(start_event: Event, end_event: Event) -> tuple[int, int, int]:
    """Line, column and exclusive end column on the first line, all from 1."""
    start, end = start_event.start_mark, end_event.end_mark
    assert start is not None and end is not None
    column = start.column + 1
    if end.line == start.line and end.column > start.column:
        return start.line + 1, column, end.column + 1
    return start.line + 1, column, column + 1


def _too_many(event: Event, text: str, file: str) -> Diagnostic:
    return _at(
        event,
        text,
        file,
        "Y010",
        f"more than {MAX_EVENTS:,} parts",
        "a scenario of ordinary size",
        "split it into several files",
    )


def _too_deep(event: Event, text: str, file: str) -> Diagnostic:
    return _at(
        event,
        text,
        file,
        "Y009",
        f"nested deeper than {MAX_DEPTH} levels",
        "a few levels of keys and lists",
        "look for an unclosed bracket",
    )


def _check_document(event: DocumentStartEvent, documents: int, text: str, file: str) -> None:
    if documents > 1:
        raise Refused(
            _at(
                event,
                text,
                file,
                "Y008",
                "a second document begins here",
                "one scenario a file",
                "remove the line “---” or move the rest to its own file",
            )
        )
    if event.version or event.tags:
        raise Refused(
            _at(
                event,
                text,
                file,
                "Y006",
                "a directive (%YAML, %TAG) stands before the document",
                "plain YAML",
                "remove the line that begins with %",
            )
        )


def _extra(event: NodeEvent, text: str, file: str) -> Diagnostic:
    """What a node brings along that plain data has not."""
    if isinstance(event, AliasEvent) or event.anchor is not None:
        sign = "*" if isinstance(event, AliasEvent) else "&"
        return _at(
            event,
            text,
            file,
            "Y005",
            f"“{sign}{str(event.anchor)[:40]}” names or repeats a part",
            "every value written where it stands",
            "write the value out; if the sign belongs to the text, put it in quotes",
        )
    tag = getattr(event, "tag", None)
    if tag is not None:
        return _at(
            event,
            text,
            file,
            "Y006",
            f"“{str(tag)[:40]}” is a tag",
            "plain YAML without tags",
            "remove the tag; if the sign “!” belongs to the text, put it in quotes",
        )
    return _at(
        event,
        text,
        file,
        "Y007",
        "“<<” merges another part in here",
        "every key written where it stands",
        "write the keys out, or use extends: to build on another scenario",
    )


def _spelt_out(event: Event, text: str, file: str, character: str) -> Diagnostic:
    return _at(
        event,
        text,
        file,
        "Y004",
        f"this text spells out the control character U+{ord(character):04X}",
        "printable text",
        "remove the escape that begins with a backslash",
    )


def _at(
    event: Event, text: str, file: str, code: str, message: str, expected: str, fix: str
) -> Diagnostic:
    line, column, end_column = extent(event, event)
    lines = split_lines(text)
    return Diagnostic(
        code,
        message,
        file=file,
        line=line,
        column=column,
        end_column=end_column,
        expected=expected,
        fix=fix,
        source_line=lines[line - 1] if line <= len(lines) else "",
    )


def _too_large(shown: str, size: int) -> Diagnostic:
    return Diagnostic(
        "Y003",
        f"{shown or 'the text'} has {size:,} bytes",
        file=shown,
        expected=f"at most {MAX_BYTES:,} bytes",
        fix="split it: voices in files of their own, variants with extends:",
    )


def _empty(shown: str) -> Diagnostic:
    return Diagnostic(
        "Y002",
        "there is nothing in this file",
        file=shown,
        expected="a scenario with at least title, buyer, issues, weights and meetings",
        fix="write its first lines, or copy a shipped scenario",
    )
