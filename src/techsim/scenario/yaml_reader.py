"""YAML text to nodes with their places: one document, no tags, no anchors, no doubled keys, bounded depth.

The parser's events are read one by one (never its constructors), so nothing in a file is executed, and no value is
expanded: anchors and aliases are refused at the first, which is also the end of "billion laughs".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from techsim.scenario.nodes import Block, Entry, Items, Node, Place, Scalar, quote
from techsim.scenario.problems import Problem, ScenarioError
from techsim.scenario.reading import LINE_BREAK
from techsim.scenario.syntax import explain

MAX_DEPTH = 12
"""Deepest nesting read; the deepest that a scenario has is 4."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str, file: str) -> tuple[Block, list[Problem]]:
    """The document in ``text``, and problems that do not stop reading (doubled keys).

    Raises
    ------
    ScenarioError
        If the text is not YAML, empty, holds more than one document, is no block of keys, is nested too deeply, or
        uses tags, anchors or aliases.
    """
    builder = _Builder(file)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.YAMLError as error:
        raise ScenarioError([*builder.problems, _syntax(error, text, file)]) from None
    root = builder.root
    if root is None or (isinstance(root, Scalar) and root.kind == "nothing"):
        raise ScenarioError([Problem(Place(file), "is empty", allowed="a block of keys, such as `name: My scenario`")])
    if not isinstance(root, Block):
        what = "a list" if isinstance(root, Items) else quote(root.text)
        problem = Problem(root.place, "is not a block of keys", found=what, allowed="`key: value` lines")
        raise ScenarioError([*builder.problems, problem])
    return root, builder.problems


def _events(text: str) -> Iterator[Any]:
    loader = LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _Builder:
    """Nodes from events, on a stack of its own: no file can exhaust Python's."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.open: list[Block | Items] = []
        self.keys: list[Scalar | None] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        """Digest one event of the parser."""
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.stop(event, "a second document starts here", "one scenario a file")
        elif isinstance(event, yaml.AliasEvent):
            raise self.stop(
                event, f"alias {quote('*' + str(event.anchor))}: anchors and aliases are not read", WRITE_OUT
            )
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.keys.pop()
        elif isinstance(event, yaml.NodeEvent):
            self.take_node(event)

    def take_node(self, event: Any) -> None:
        """Digest a scalar, or the start of a block or list."""
        if event.anchor is not None:
            raise self.stop(event, f"anchor {quote('&' + event.anchor)}: anchors and aliases are not read", WRITE_OUT)
        if event.tag is not None:
            raise self.stop(event, f"tag {quote(event.tag)}: tags are not read", "write the plain value")
        place = self.place(event)
        if isinstance(event, yaml.ScalarEvent):
            self.add(Scalar(event.value, event.style in (None, ""), place), event)
            return
        node: Block | Items = Block({}, place) if isinstance(event, yaml.MappingStartEvent) else Items([], place)
        self.add(node, event)
        if len(self.open) >= MAX_DEPTH:
            raise self.stop(event, "is nested too deeply", f"at most {MAX_DEPTH} levels")
        self.open.append(node)
        self.keys.append(None)

    def add(self, node: Node, event: Any) -> None:
        """Hang a node into the innermost open block or list."""
        if not self.open:
            self.root = node
            return
        into = self.open[-1]
        if isinstance(into, Items):
            into.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            if not isinstance(node, Scalar):
                raise self.stop(event, "a key must be plain text", "`key: value` lines")
            self.keys[-1] = node
            return
        self.keys[-1] = None
        if key.text in into.entries:
            first = into.entries[key.text].key.place
            message = f"key {quote(key.text)} is doubled: it stands already in line {first.line}"
            self.problems.append(Problem(key.place, message, hint="keep one of the two"))
            return
        into.entries[key.text] = Entry(key, node)

    def place(self, event: Any) -> Place:
        """Where an event starts."""
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def stop(self, event: Any, message: str, allowed: str) -> ScenarioError:
        """The error that ends reading here."""
        return ScenarioError([*self.problems, Problem(self.place(event), message, allowed=allowed)])


WRITE_OUT = "write the value out, or share it through `extends`"


def _syntax(error: yaml.YAMLError, text: str, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = str(getattr(error, "problem", None) or "it cannot be parsed")
    reason = quote(" ".join(reason.split()))[1:-1]
    if "nesting depth" in reason:
        reason = f"it is nested too deeply, at most {MAX_DEPTH} levels"
    if mark is None:
        return Problem(Place(file), f"is not valid YAML: {reason}")
    said = explain(reason, LINE_BREAK.split(text), mark.line, mark.column)
    return Problem(
        Place(file, mark.line + 1, mark.column + 1),
        f"is not valid YAML: {reason}",
        found=said.found,
        allowed=said.allowed,
        hint=said.hint,
    )
