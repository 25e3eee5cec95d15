"""One scenario out of a chain of files: the later file wins, key by key, and what it replaced is kept."""

from __future__ import annotations

from collections.abc import Iterator

from techsim.scenario.models import Override
from techsim.scenario.nodes import Block, Entry, Items, Node, Place, Scalar, place_of

OWN = ("name", "description", "extends")
"""Fields that a file does not inherit."""
WHOLE = (("cycle",),)
"""Blocks that a later file replaces as a whole: a table of the base would silently reach into a path of the heir."""

Path = tuple[str, ...]


def merge(base: Block, later: Block, log: list[Override], path: Path = ()) -> Block:
    """``base`` with what ``later`` sets; neither is changed. Replaced values are appended to ``log``.

    ``levers`` must be blocks by lever name already. Lists are values: they are replaced, never joined.
    """
    entries = {key: entry for key, entry in base.entries.items() if path or key not in OWN}
    for key, entry in later.entries.items():
        old = entries.get(key)
        here = (*path, key)
        if old is None:
            entries[key] = entry
        elif isinstance(old.value, Block) and isinstance(entry.value, Block) and here not in WHOLE:
            entries[key] = Entry(entry.key, merge(old.value, entry.value, log, here))
        else:
            before, after = written(old.value), written(entry.value)
            if before != after:
                places = str(_place(old)), str(_place(entry))
                log.append(Override(".".join(here), before, after, *places))
            entries[key] = entry
    return Block(entries, later.place)


def written(node: Node) -> object:
    """The node of a checked file as plain data, for the manifest: numbers as such, other values as texts."""
    if isinstance(node, Block):
        return {key: written(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, Items):
        return [written(item) for item in node.items]
    if node.kind != "number":
        return node.text
    return int(node.text) if node.text.lstrip("+-").isdigit() else float(node.text)


def _place(entry: Entry) -> Place:
    return entry.key.place if isinstance(entry.value, Block) else entry.value.place


def sources(root: Block, path: Path = ()) -> Iterator[tuple[str, Place]]:
    """Each value's dotted path with the place where it stands."""
    for key, entry in root.entries.items():
        here = (*path, key)
        if isinstance(entry.value, Block) and entry.value.entries:
            yield from sources(entry.value, here)
        else:
            place = entry.value.place if isinstance(entry.value, Scalar) else place_of(root, (key,))
            yield ".".join(here), place
