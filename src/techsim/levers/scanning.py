"""The levers that there are: the files of this folder, in name order."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from techsim.levers.base import COUNTS, LeverFields, LeverType
from techsim.levers.hooks import HOOKS, LeverError
from techsim.scenario.values import Number

TOOLS = frozenset({"applying", "base", "hooks", "place_subsidy", "scanning", "short_time_scheme"})
"""Files of this folder that are no lever."""


@cache
def catalogue() -> Mapping[str, LeverType]:
    """Every lever by name, in name order.

    Raises
    ------
    LeverError
        If a file of the folder declares no lever, or one that breaks the rules.
    """
    import techsim.levers as folder

    found: dict[str, LeverType] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(folder.__path__)):
        if name not in TOOLS:
            lever = getattr(import_module(f"{folder.__name__}.{name}"), "LEVER", None)
            if not isinstance(lever, LeverType):
                raise LeverError(f"levers/{name}.py declares no LEVER")
            found[name] = check(lever, name)
    return MappingProxyType(found)


def check(lever: LeverType, file: str) -> LeverType:
    """The lever itself; LeverError if its declaration is not whole."""
    if lever.name != file:
        raise LeverError(f"levers/{file}.py declares the lever {lever.name!r}: names must agree")
    if not issubclass(lever.fields, LeverFields):
        raise LeverError(f"lever {file}: fields must derive from LeverFields")
    for field in ("volume", "unit_cost"):
        declared = lever.fields.model_fields[field]
        extra = declared.json_schema_extra
        if declared.is_required() or not isinstance(extra, dict) or not {"unit", "source"} <= extra.keys():
            raise LeverError(f"lever {file}: field {field} needs a default, a unit and a source")
    if not any(isinstance(kind, Number) for kind in lever.fields.model_fields["volume"].metadata):
        raise LeverError(f"lever {file}: field volume needs bounds, Annotated[float, Number(low, high)]")
    for kind, names, known in (("hook", lever.hooks, HOOKS), ("count", lever.counts, COUNTS)):
        for unknown in [name for name in names if name not in known]:
            raise LeverError(f"lever {file}: unknown {kind} {unknown!r}")
    if lever.alone and lever.alone not in lever.hooks:
        raise LeverError(f"lever {file}: wants the hook {lever.alone!r} alone, which it does not change")
    if not (lever.doc and lever.hooks and lever.mechanisms and lever.side_effects and lever.items):
        raise LeverError(f"lever {file}: doc, hooks, mechanisms, side effects and items must be declared")
    return lever
