"""What a YAML file holds, as written: texts, blocks of keys and lists, each with the place where it stands.

Nothing is interpreted here. Whether ``2008-01`` is a month and ``no`` a name is decided by the field that it is for,
not by YAML's guesses (YAML 1.1 would read ``no`` as false and ``1:30`` as 90).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

QUOTE_LIMIT = 60
"""Longest text that a message quotes in full."""

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUTHS = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n"})
NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
NOT_FINITE = re.compile(r"[-+]?\.?(?:inf|nan|infinity)", re.IGNORECASE)

Kind = Literal["nothing", "truth value", "number", "no finite number", "text"]


@dataclass(frozen=True)
class Place:
    """A place in a file; lines and columns count from 1 (line 0: the file as a whole)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True)
class Scalar:
    """A single value: its characters, and whether they stood there plain (without quotes or block style)."""

    text: str
    plain: bool
    place: Place

    @property
    def kind(self) -> Kind:
        """What a reader of YAML would take it for."""
        if not self.plain:
            return "text"
        if self.text in NULLS:
            return "nothing"
        if self.text.lower() in TRUTHS:
            return "truth value"
        if NUMBER.fullmatch(self.text):
            return "number"
        return "no finite number" if NOT_FINITE.fullmatch(self.text) else "text"


@dataclass(frozen=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True)
class Block:
    """A block of keys, in the order written."""

    entries: dict[str, Entry]
    place: Place


@dataclass(frozen=True)
class Items:
    """A list."""

    items: list[Node]
    place: Place


Node = Scalar | Block | Items


def quote(text: str) -> str:
    """The text in quotes, shortened, with everything unprintable escaped."""
    return repr(text if len(text) <= QUOTE_LIMIT else text[:QUOTE_LIMIT] + "...")


def describe(value: object) -> str:
    """A node, or the plain form of one, in words for a message."""
    if isinstance(value, Scalar):
        if value.kind == "nothing":
            return "nothing"
        if value.kind == "text" and not value.plain and NUMBER.fullmatch(value.text):
            return f"the text {quote(value.text)} (in quotes)"
        words = {"truth value": " (a truth value)", "number": "", "no finite number": ""}
        shown = quote(value.text)
        return shown if value.kind == "text" else shown[1:-1] + words[value.kind]
    if isinstance(value, Block | dict):
        return "a block of keys"
    if isinstance(value, Items | list):
        return "a list"
    return quote(value) if isinstance(value, str) else quote(repr(value))[1:-1]


def plain(node: Node) -> object:
    """The node as dicts, lists and :class:`Scalar`: the form that the models read."""
    if isinstance(node, Block):
        return {name: plain(entry.value) for name, entry in node.entries.items()}
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return node


def place_of(root: Node, path: Sequence[str | int], key: bool = False) -> Place:
    """Where the value (or, with ``key``, the key) at ``path`` stands; the nearest that exists if it does not."""
    node, place = root, root.place
    for depth, step in enumerate(path):
        last = depth == len(path) - 1
        if isinstance(node, Block) and isinstance(step, str) and step in node.entries:
            entry = node.entries[step]
            # An empty block has no place of its own worth showing: its key does.
            nothing = isinstance(entry.value, Scalar) and entry.value.kind == "nothing"
            place = entry.key.place if (key and last) or nothing else entry.value.place
            node = entry.value
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            place = node.place
        else:
            break
    return place
