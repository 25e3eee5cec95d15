"""A file's nodes against the models and the catalogue: every problem is gathered, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from techsim.declarations import Parameter
from techsim.scenario.catalogue import Catalogue
from techsim.scenario.misplaced import unknown_key_hint
from techsim.scenario.models import Section, Written
from techsim.scenario.names import did_you_mean, listed
from techsim.scenario.nodes import (
    QUOTE_LIMIT,
    Block,
    Entry,
    Items,
    Node,
    Place,
    Scalar,
    describe,
    place_of,
    plain,
    quote,
)
from techsim.scenario.problems import Problem
from techsim.scenario.values import Number

Path = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

HINTED = 200
"""Problems for which the nearest name is looked up; a file with more has another trouble."""
NOT_A_BLOCK = frozenset({"model_type", "model_attributes_type", "dict_type"})
OWN_WALK = ("parameters", "levers")
"""Fields whose keys the catalogue knows, not the model."""


def dotted(path: Path) -> str:
    """``levers[0].career_guidance.volume``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{_step(step)}" for step in path).removeprefix(".")


def _step(key: str) -> str:
    """A key as a message may show it."""
    return key if key.isprintable() and len(key) <= QUOTE_LIMIT else quote(key)


@dataclass
class Checker:
    """Checks one document; what is wrong piles up in ``problems``."""

    root: Block
    catalogue: Catalogue
    problems: list[Problem] = field(default_factory=list)

    def written(self) -> Written | None:
        """The document's own fields but parameters and levers; None if anything is wrong with them."""
        block = Block({k: v for k, v in self.root.entries.items() if k not in OWN_WALK}, self.root.place)
        return self.model(Written, block, ())

    def model(self, model: type[Model], block: Block, path: Path) -> Model | None:
        """A block of keys read as ``model``; None if anything is wrong with it."""
        try:
            return model.model_validate(plain(block), context=self.catalogue)
        except ValidationError as error:
            for details in error.errors(include_url=False):
                self._report(details, model, path)
        return None

    def parameters(self) -> dict[str, float]:
        """The parameters set, by dotted name."""
        entry = self.root.entries.get("parameters")
        if entry is None:
            return {}
        if not isinstance(entry.value, Block):
            self._not_a_block(("parameters",), plain(entry.value))
            return {}
        found: dict[str, float] = {}
        for name, item in entry.value.entries.items():
            parameter = self.catalogue.parameters.get(name)
            if parameter is None:
                self._unknown_parameter(name, item)
                continue
            try:
                found[name] = Number(parameter.low, parameter.high).read(plain(item.value))
            except PydanticCustomError as fault:
                self._fault(("parameters", name), fault.context or {}, unit=parameter)
        return found

    def levers(self) -> Block:
        """The list of levers as a block by lever name, so that files merge lever by lever."""
        entry = self.root.entries.get("levers")
        by_name = Block({}, self.root.place if entry is None else entry.value.place)
        if entry is None:
            return by_name
        if isinstance(entry.value, Items):
            for number, item in enumerate(entry.value.items):
                self._lever(("levers", number), item, by_name)
            return by_name
        hint = "put a dash before each lever: `- career_guidance: {...}`" if isinstance(entry.value, Block) else ""
        place = place_of(self.root, ("levers",))
        self.add(place, ("levers",), "must be a list", describe(entry.value), "a list of levers", hint)
        return by_name

    def lever_fields(self, name: str, block: Block, path: Path) -> BaseModel | None:
        """The checked fields of the lever ``name``."""
        return self.model(self.catalogue.levers[name].fields, block, path)

    def add(self, place: Place, path: Path, message: str, found: str = "", allowed: str = "", hint: str = "") -> None:
        """Keep a problem."""
        self.problems.append(Problem(place, message, dotted(path), found, allowed, hint))

    def _lever(self, path: Path, item: Node, by_name: Block) -> None:
        shape = "one lever with its fields, such as `career_guidance: {volume: 0.2}`"
        if not isinstance(item, Block) or len(item.entries) != 1:
            self.add(item.place, path, "must be one lever", _entry_found(item), shape, self._entry_hint(item))
            return
        ((name, entry),) = item.entries.items()
        if name not in self.catalogue.levers:
            hint = self._hint(name, path, self.catalogue.levers)
            known = listed(self.catalogue.levers)
            self.add(entry.key.place, (*path, name), "is not a known lever", quote(name), known, hint)
            return
        if name in by_name.entries:
            first = by_name.entries[name].key.place
            hint = "a lever may stand once in a file: put its fields together"
            self.add(entry.key.place, (*path, name), f"stands already at {first}", hint=hint)
            return
        if not isinstance(entry.value, Block):
            self._not_a_block(
                (*path, name), plain(entry.value), "write `{}` for its defaults, or indent its fields below it"
            )
            return
        by_name.entries[name] = entry
        self.lever_fields(name, entry.value, (*path, name))

    def _entry_hint(self, item: Node) -> str:
        levers = self.catalogue.levers
        if isinstance(item, Scalar):
            return f"write `- {item.text}: {{}}`" if item.text in levers else did_you_mean(item.text, levers)
        if isinstance(item, Block) and item.entries:
            first, *others = item.entries
            if all(name in levers for name in item.entries):
                return "give each lever its own dash"
            if first in levers and others:
                return f"indent {listed(map(repr, others), 4)} further: they belong below {first!r}"
        return ""

    def _unknown_parameter(self, name: str, item: Entry) -> None:
        path = ("parameters", name)
        group = [known for known in self.catalogue.parameters if known.startswith(f"{name}.")]
        if isinstance(item.value, Block) and group:
            inner = next(iter(item.value.entries), "")
            example = f"{name}.{inner}" if f"{name}.{inner}" in group else group[0]
            hint = f"write it with its dotted name: `{example}: {self.catalogue.parameters[example].default:g}`"
            self.add(item.key.place, path, "parameters are not nested", "a block of keys", listed(group), hint)
            return
        hint = self._hint(name, ("parameters",), self.catalogue.parameters)
        allowed = listed(group) if group else "a parameter's dotted name (`techsim explain` knows them all)"
        self.add(item.key.place, path, "is not a known parameter", quote(name), allowed, hint)

    def _hint(self, key: str, path: Path, allowed: Iterable[str]) -> str:
        if len(self.problems) >= HINTED:
            return ""
        return unknown_key_hint(key, path, allowed, self.catalogue)

    def _report(self, details: ErrorDetails, model: type[BaseModel], path: Path) -> None:
        loc: Path = (*path, *details["loc"])
        if details["type"] == "fault":
            self._fault(loc, details.get("ctx", {}))
        elif details["type"] == "extra_forbidden":
            key, keys = str(loc[-1]), fields_at(model, details["loc"][:-1])
            place = place_of(self.root, loc, key=True)
            self.add(place, loc, "is not a known key", quote(key), listed(keys), self._hint(key, loc[:-1], keys))
        elif details["type"] == "missing":
            self.add(place_of(self.root, loc), loc, "is missing", hint=_missing(model, details["loc"]))
        elif details["type"] in NOT_A_BLOCK:
            self._not_a_block(loc, details["input"])
        else:
            self.add(place_of(self.root, loc), loc, details["msg"], describe(details["input"]))

    def _fault(self, loc: Path, context: Mapping[str, Any], unit: Parameter | None = None) -> None:
        key = bool(loc) and loc[-1] == "[key]"
        loc = loc[:-1] if key else loc
        allowed = context["allowed"] + (f" [{unit.unit}]; default {unit.default:g}" if unit else "")
        place = place_of(self.root, loc, key=key)
        self.add(place, loc, context["message"], context["found"], allowed, context["hint"])

    def _not_a_block(self, loc: Path, value: object, hint: str = "") -> None:
        if isinstance(value, Scalar) and value.kind == "nothing" and not hint:
            hint = "indent its fields below it, or leave it out"
        self.add(place_of(self.root, loc), loc, "must be a block of keys", describe(value), "`key: value` lines", hint)


def _entry_found(item: Node) -> str:
    if isinstance(item, Block):
        return f"{len(item.entries)} keys: {listed((quote(name) for name in item.entries), 5)}"
    return describe(item)


def fields_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """Names of the fields of the model that stands at ``loc`` within ``model``."""
    for step in loc:
        inner = inner_model(model, str(step))
        if inner is None:
            return ()
        model = inner
    return tuple(model.model_fields)


def inner_model(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """The model of a field that is a block of keys itself (also an optional one), or None."""
    annotation: Any = model.model_fields[name].annotation
    for candidate in (annotation, *getattr(annotation, "__args__", ())):
        if isinstance(candidate, type) and issubclass(candidate, Section):
            return candidate
    return None


def _missing(model: type[BaseModel], loc: tuple[int | str, ...]) -> str:
    for step in loc[:-1]:
        model = inner_model(model, str(step)) or model
    known = model.model_fields.get(str(loc[-1]))
    return (known.description or "") if known else ""
