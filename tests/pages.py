"""Reads a page back, strictly: every element closed where it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input"}


@dataclass
class Node:
    tag: str
    attrs: dict[str, str]
    inside: list[Node | str] = field(default_factory=list)

    def all(self, tag: str = "", css: str = "") -> Iterator[Node]:
        """Every node below, in order, with this tag and this class."""
        below = self.inside[::-1]
        while below:
            child = below.pop()
            if isinstance(child, Node):
                if tag in ("", child.tag) and (not css or css in child.css):
                    yield child
                below.extend(child.inside[::-1])

    def one(self, tag: str = "", css: str = "") -> Node:
        found = list(self.all(tag, css))
        assert len(found) == 1, (tag, css, len(found))
        return found[0]

    @property
    def css(self) -> list[str]:
        return self.attrs.get("class", "").split()

    @property
    def text(self) -> str:
        return "".join(c if isinstance(c, str) else c.text for c in self.inside)

    @property
    def said(self) -> str:
        return " ".join(self.text.split())

    def id(self, id: str) -> Node:
        (found,) = [node for node in self.all() if node.attrs.get("id") == id]
        return found

    def section(self, name: str) -> Node:
        (found,) = [n for n in self.all("section") if n.attrs["aria-labelledby"] == name]
        return found


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), attrs
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(text: str) -> Node:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [reader.root]
    return reader.root


def rows(table: Node, part: str = "tbody") -> list[list[str]]:
    """The texts of a table's cells, a row each."""
    return [
        [cell.said for cell in row.inside if isinstance(cell, Node)]
        for body in table.all(part)
        for row in body.all("tr")
    ]
