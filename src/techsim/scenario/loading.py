"""A scenario file to a Scenario: read the chain of ``extends``, check each file, merge, check what fits together."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from techsim.scenario.catalogue import Catalogue
from techsim.scenario.checking import Checker
from techsim.scenario.consistency import inconsistencies
from techsim.scenario.merging import merge, sources
from techsim.scenario.models import REGIONS, SETS, SOURCES, FrozenDict, LeverSetting, Override, Scenario
from techsim.scenario.nodes import Block, Entry, Place, Scalar, place_of, plain
from techsim.scenario.problems import Problem, ScenarioError
from techsim.scenario.reading import check_characters, decode, read_text
from techsim.scenario.values import NameOrTable, Text
from techsim.scenario.yaml_reader import parse

if TYPE_CHECKING:
    from techsim.data.refining import Division
    from techsim.scenario.parameter_sets import ParameterSets

MAX_CHAIN = 16
"""Files that a chain of ``extends`` may have."""


@dataclass(frozen=True)
class Document:
    """A file's nodes, and what was wrong already when reading them (doubled keys); its paths start from ``folder``."""

    file: str
    folder: Path
    root: Block
    problems: tuple[Problem, ...]


def load(path: str | os.PathLike[str], catalogue: Catalogue) -> Scenario:
    """Read, merge and check a scenario file.

    Raises
    ------
    ScenarioError
        With every problem found in the file and in those that it extends.
    """
    shown = os.fspath(path)
    document = _read(Path(shown), shown)
    return _assemble(_chain(document, Path(shown)), catalogue)


def load_text(
    text: str | bytes, catalogue: Catalogue, file: str = "<text>", folder: str | os.PathLike[str] = "."
) -> Scenario:
    """As :func:`load`, of a text; ``extends`` starts from ``folder``, ``file`` names the text in messages."""
    if isinstance(text, str):
        text = check_characters(text.removeprefix("\ufeff"), file).encode("utf-8")
    read = decode(text, file)
    return _assemble(_chain(_document(read, file, Path(folder)), Path(folder) / "<text>"), catalogue)


def _read(path: Path, shown: str) -> Document:
    return _document(read_text(path, shown), shown, path.parent)


def _document(text: str, shown: str, folder: Path) -> Document:
    root, problems = parse(text, shown)
    return Document(shown, folder, root, tuple(problems))


def _chain(document: Document, path: Path) -> list[Document]:
    """The documents from the first base to the one loaded."""
    chain, seen = [document], [os.path.realpath(path)]
    while (target := _extends(chain[-1])) is not None:
        value, place = target
        path = path.parent / value
        names = " -> ".join(doc.file for doc in chain)
        shown = os.path.normpath(os.path.join(os.path.dirname(chain[-1].file), value))
        try:
            if os.path.realpath(path) in seen:
                raise ScenarioError([Problem(place, "goes in a circle", "extends", f"{names} -> {shown}")])
            if len(chain) == MAX_CHAIN:
                allowed = f"a chain of up to {MAX_CHAIN} files"
                raise ScenarioError([Problem(place, "the chain is too long", "extends", names, allowed)])
            try:
                base = _read(path, shown)
            except ScenarioError as error:
                found = f"chain: {names} -> {shown}"
                raise ScenarioError([Problem(place, "cannot be read", "extends", found), *error.problems]) from None
        except ScenarioError as error:
            raise ScenarioError([*(p for doc in chain for p in doc.problems), *error.problems]) from None
        seen.append(os.path.realpath(path))
        chain.append(base)
    return chain[::-1]


def divided(chain: list[Document], catalogue: Catalogue) -> tuple[Catalogue, Division | None, list[Problem]]:
    """The catalogue with the regions into which the last file to say so divides the country; what its own table says.

    Where a table cannot be used the catalogue has no regions, so that no lever is blamed for naming them.
    """
    path = ("population", "regions")
    for document in reversed(chain):
        block = document.root.entries.get("population")
        entry = block.value.entries.get("regions") if block is not None and isinstance(block.value, Block) else None
        if entry is None:
            continue
        try:
            regions = NameOrTable(REGIONS).read(plain(entry.value))
        except PydanticCustomError:
            return dataclasses.replace(catalogue, regions=()), None, []  # reported by the check of this file
        if regions == REGIONS[0]:
            break
        from techsim.data import refining
        from techsim.data.reader import TableError

        place, own = place_of(document.root, path), None
        try:
            if regions in REGIONS:
                parts = refining.parts_of(regions)
            else:
                read_text(document.folder / regions, os.path.join(os.path.dirname(document.file), regions))
                parts = refining.read_mapping(document.folder / regions)
                own = tuple(parts.items())
        except (TableError, ScenarioError) as error:
            further = error.problems if isinstance(error, ScenarioError) else ()
            message = "cannot be read" if further else str(error)
            first = Problem(place, message, ".".join(path), repr(regions))
            return dataclasses.replace(catalogue, regions=()), None, [first, *further]
        names = {region: tuple(part.name for part in mine) for region, mine in parts.items()}
        every = tuple(name for mine in names.values() for name in mine)
        return dataclasses.replace(catalogue, regions=every, parts=names), own, []
    return catalogue, None, []


def own_sets(chain: list[Document], catalogue: Catalogue) -> tuple[ParameterSets | None, list[Problem]]:
    """The parameter sets of the file that the last document to name a source of parameters names, if it is a file."""
    path = ("draws", "parameters")
    for document in reversed(chain):
        block = document.root.entries.get("draws")
        entry = block.value.entries.get("parameters") if block is not None and isinstance(block.value, Block) else None
        if entry is None:
            continue
        try:
            named = NameOrTable(SOURCES, SETS).read(plain(entry.value))
        except PydanticCustomError:
            return None, []  # reported by the check of this file
        if named in SOURCES:
            break
        from techsim.scenario.parameter_sets import read_sets

        try:
            shown = os.path.normpath(os.path.join(os.path.dirname(document.file), named))
            return read_sets(document.folder / named, shown, catalogue), []
        except ScenarioError as error:
            first = Problem(place_of(document.root, path), "cannot be used", ".".join(path), repr(named))
            return None, [first, *error.problems]
    return None, []


def _extends(document: Document) -> tuple[str, Place] | None:
    entry = document.root.entries.get("extends")
    if entry is None:
        return None
    try:
        return Text(longest=1000).read(plain(entry.value)), place_of(document.root, ("extends",))
    except PydanticCustomError:
        return None  # reported by the check of this file


def _assemble(chain: list[Document], catalogue: Catalogue) -> Scenario:
    catalogue, own, problems = divided(chain, catalogue)
    sets, wrong = own_sets(chain, catalogue)
    problems += wrong
    overrides: list[Override] = []
    merged: Block | None = None
    for document in chain:
        checker = Checker(document.root, catalogue, list(document.problems))
        checker.written()
        checker.parameters()
        root = _with_levers_by_name(document.root, checker.levers())
        problems += sorted(checker.problems, key=lambda problem: (problem.place.line, problem.place.column))
        if not problems:
            merged = root if merged is None else merge(merged, root, overrides)
    if problems or merged is None:
        raise ScenarioError(problems)
    return dataclasses.replace(_scenario(merged, chain, overrides, catalogue, own), own_sets=sets)


def _with_levers_by_name(root: Block, levers: Block) -> Block:
    if "levers" not in root.entries:
        return root
    return Block({**root.entries, "levers": Entry(root.entries["levers"].key, levers)}, root.place)


def _scenario(
    merged: Block, chain: list[Document], overrides: list[Override], catalogue: Catalogue, own: Division | None
) -> Scenario:
    checker = Checker(merged, catalogue)
    written, parameters = checker.written(), checker.parameters()
    levers = [
        LeverSetting(name, fields)
        for name, block in sorted(_lever_blocks(merged).items())
        if (fields := checker.lever_fields(name, block, ("levers", name))) is not None
    ]
    if written is None or checker.problems:
        raise ScenarioError(checker.problems)
    places = dict(sources(merged))
    scenario = Scenario(
        name=written.name,
        description=written.description,
        period=written.period,
        population=written.population,
        cycle=written.cycle,
        draws=written.draws,
        parameters=FrozenDict(sorted(parameters.items())),
        levers=tuple(levers),
        files=tuple(document.file for document in chain),
        sources=FrozenDict(places),
        overrides=(*overrides, *_against_defaults(parameters, places, overrides, catalogue)),
        own_regions=own,
    )
    problems = inconsistencies(scenario, merged, catalogue)
    if problems:
        raise ScenarioError(problems)
    return scenario


def _lever_blocks(merged: Block) -> Mapping[str, Block]:
    entry = merged.entries.get("levers")
    if entry is None or not isinstance(entry.value, Block):
        return MappingProxyType({})
    return {name: item.value for name, item in entry.value.entries.items() if isinstance(item.value, Block)}


def _against_defaults(
    parameters: Mapping[str, float], places: Mapping[str, Place], logged: list[Override], catalogue: Catalogue
) -> list[Override]:
    """Parameters that differ from their default, where the first file to set them says so."""
    known = {override.path for override in logged}
    out: list[Override] = []
    for name, value in sorted(parameters.items()):
        path, default = f"parameters.{name}", catalogue.parameters[name].default
        if path not in known and value != default:
            out.append(Override(path, default, value, "default", str(places[path])))
    return out


OPTIONS = {
    "draws": ("draws", "number"), "seed": ("draws", "seed"), "scale": ("population", "scale"),
    "parameters": ("draws", "parameters"), "end": ("period", "end"),
}  # fmt: skip
"""Command-line options that stand for a field."""


def with_options(
    scenario: Scenario,
    catalogue: Catalogue,
    draws: int | None = None,
    seed: int | None = None,
    scale: int | None = None,
    parameters: str | os.PathLike[str] | None = None,
    end: str | None = None,
) -> Scenario:
    """The scenario with the fields given on the command line (or from Python), checked as if written in the file.

    ``parameters`` is ``default``, ``prior``, or the path, from here, of a file of parameter sets; ``end`` the last
    month, YYYY-MM.

    Raises
    ------
    ScenarioError
        If a value is out of bounds; its place is the option's name.
    """
    named = None if parameters is None else os.fspath(parameters)
    given = {"draws": draws, "seed": seed, "scale": scale, "parameters": named, "end": end}
    sections: dict[str, Any] = {}
    sets = scenario.own_sets
    overrides: list[Override] = []
    problems: list[Problem] = []
    for option, value in given.items():
        if value is None:
            continue
        section, field = OPTIONS[option]
        place = Place(f"--{option}")
        checker = Checker(_one(section, field, value, place), catalogue)
        checker.written()
        if checker.problems:
            problems += checker.problems
            continue
        if option == "parameters":
            try:
                sets = _sets_named(str(value), catalogue)
            except ScenarioError as error:
                problems += error.problems
                continue
        block = sections.get(section, getattr(scenario, section))
        old = getattr(block, field)
        sections[section] = block.model_copy(update={field: value})
        if old != value:
            written = scenario.sources.get(f"{section}.{field}")
            overrides.append(Override(f"{section}.{field}", old, value, str(written or "default"), str(place)))
    if problems:
        raise ScenarioError(problems)
    changed = dataclasses.replace(scenario, **sections, own_sets=sets, overrides=(*scenario.overrides, *overrides))
    if "period" in sections:
        problems = inconsistencies(changed, Block({}, Place("--end")), catalogue)
        if problems:
            raise ScenarioError(
                dataclasses.replace(problem, message=f"{problem.message} (scenario {scenario.name!r})")
                for problem in problems
            )
    return changed


def _sets_named(named: str, catalogue: Catalogue) -> ParameterSets | None:
    if named in SOURCES:
        return None
    from techsim.scenario.parameter_sets import read_sets

    return read_sets(Path(named), named, catalogue)


def _one(section: str, field: str, value: object, place: Place) -> Block:
    """A document that sets one field."""
    inner = Block({field: Entry(Scalar(field, True, place), Scalar(str(value), True, place))}, place)
    name = Entry(Scalar("name", True, place), Scalar("options", True, place))
    return Block({"name": name, section: Entry(Scalar(section, True, place), inner)}, place)
