"""What the writer of an unknown key may have meant: a key of another block, another way to write it, or a near name."""

from __future__ import annotations

from collections.abc import Iterable

from techsim.scenario.catalogue import Catalogue
from techsim.scenario.models import Cycle, CycleProcess, Draws, Period, Population, Section, Written
from techsim.scenario.names import did_you_mean, nearest

SECTIONS: dict[str, type[Section]] = {
    "cycle.process": CycleProcess,
    "period": Period,
    "population": Population,
    "cycle": Cycle,
    "draws": Draws,
}
"""Blocks by their dotted names; where two share a key, the later one is what a hint names."""


def unknown_key_hint(key: str, path: tuple[str | int, ...], allowed: Iterable[str], catalogue: Catalogue) -> str:
    """Advice on ``key``, which is not among the ``allowed`` ones of the block at ``path``.

    A name that exists elsewhere is called misplaced; otherwise the nearest allowed name is offered; last the nearest
    name of another block.
    """
    if key == "<<":
        return "merge keys are not read: share values through `extends`"
    if path == ("cycle",) and key in CycleProcess.model_fields:
        return f"write it in a block of its own: `process: {{{key}: ...}}`"
    homes = {name: home for name, home in _homes(catalogue) if home != path[:1]}
    if key in homes:
        return _belongs(key, homes[key])
    section, _, rest = key.partition(".")
    if section in SECTIONS and rest in SECTIONS[section].model_fields:
        return f"write it as a block: `{section}: {{{rest}: ...}}`"
    here = did_you_mean(key, allowed)
    if here:
        return here
    other = nearest(key, homes)
    return f"did you mean {other!r}? {_belongs(other, homes[other])}" if other else ""


def _homes(catalogue: Catalogue) -> list[tuple[str, tuple[str | int, ...]]]:
    """Every known name with the block that it belongs to; a name of several blocks stands with the last of them."""
    homes: list[tuple[str, tuple[str | int, ...]]] = []
    for lever in catalogue.levers.values():
        homes += [(name, ("levers", lever.name)) for name in lever.fields.model_fields]
    homes += [(name, ("parameters",)) for name in catalogue.parameters]
    homes += [(name, ("levers",)) for name in catalogue.levers]
    homes += [(name, (section,)) for section, model in SECTIONS.items() for name in model.model_fields]
    homes += [(name, ()) for name in Written.model_fields]
    return homes


def _belongs(key: str, home: tuple[str | int, ...]) -> str:
    if not home:
        return f"{key!r} belongs at the top level"
    if home == ("levers",):
        return f"{key!r} is a lever: it belongs in the list under 'levers'"
    if home[0] == "levers":
        return f"{key!r} belongs under a lever, in the list 'levers'"
    return f"{key!r} belongs under {str(home[0])!r}"
