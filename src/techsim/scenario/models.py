"""The fields of a scenario: what each is, its default and its bounds. The JSON Schema and ``explain`` read them too."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from techsim.population import clock
from techsim.scenario.nodes import Place
from techsim.scenario.values import Month, NameOrTable, Number, OneOf, Text, Title, Whole, YearOrMonth

if TYPE_CHECKING:
    from techsim.data.refining import Division, Part
    from techsim.scenario.parameter_sets import ParameterSets

REGIONS = ("landsdelen", "provinces", "labour_market_regions")
"""How finely the country is divided; tables of the others are made of those of the first (``data.refining``)."""
SOURCES = ("default", "prior")
"""Where the parameters of draws come from, beside a file."""
SETS = (".csv", ".parquet")
"""How a file of parameter sets is called."""
GAP = Number(-0.25, 0.25)
"""Output gap: share of potential output; the bounds of what a scenario writes and of what a process makes of it."""


class Section(BaseModel):
    """A block of a scenario: unknown keys are errors, values are read strictly, nothing changes afterwards."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class FrozenDict(dict[str, Any]):
    """A dict that stays as it is; equal to a plain one, copied and pickled as one."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a loaded scenario does not change")

    __setitem__ = __delitem__ = update = setdefault = pop = popitem = clear = __ior__ = _refuse

    def __reduce__(self) -> tuple[type[FrozenDict], tuple[dict[str, Any]]]:
        return type(self), (dict(self),)

    def __copy__(self) -> FrozenDict:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> FrozenDict:
        return type(self)(copy.deepcopy(dict(self), memo))


class Period(Section):
    """The months that a run covers."""

    start: Annotated[str, Month(start=True)] = Field(
        default="2008-01", description="First month, YYYY-MM: one for which there is a start population."
    )
    end: Annotated[str, Month()] = Field(
        default="2030-12", description="Last month, YYYY-MM, after the start, to 2060-12."
    )

    @property
    def first(self) -> int:
        """Month index of the first month."""
        return clock.parse(self.start)

    @property
    def last(self) -> int:
        """Month index of the last month."""
        return clock.parse(self.end)


class Population(Section):
    """How many people are simulated."""

    scale: Annotated[int, Whole(1, 10_000)] = Field(
        default=100, description="Residents for whom one simulated person stands; 1 is the whole population."
    )
    regions: Annotated[str, NameOrTable(REGIONS)] = Field(
        default="landsdelen",
        description="Regions in which people live and work: the five landsdelen, provinces (North Brabant in two), the "
        "35 labour_market_regions, or the path, from this file, of a table of your own that splits landsdelen "
        "(my_regions.csv). Levers name landsdelen, which stand for all their parts, or parts.",
    )


class CycleProcess(Section):
    """Chance in the cycle: from a month on, the gap strays from its path."""

    start: Annotated[str, Month()] = Field(
        description="Month, YYYY-MM, within the period, from which the output gap strays from its path."
    )
    model: Annotated[str, OneOf(("ar2",))] = Field(
        default="ar2",
        description="What the deviations follow: an AR(2) by month, as fitted to 2003-2024, with the parameters "
        "`cycle.damping_months` and `cycle.deviation`.",
    )

    @property
    def first(self) -> int:
        """Month index of the start."""
        return clock.parse(self.start)


class Cycle(Section):
    """The business cycle: a named path, where a table says so other values, and chance around them."""

    path: Annotated[str, OneOf(of="cycle_paths")] = Field(
        default="baseline", description="A named path of the output gap."
    )
    table: Annotated[dict[Annotated[str, YearOrMonth()], Annotated[float, GAP]], AfterValidator(FrozenDict)] = Field(
        default_factory=FrozenDict,
        description="Output gap, as a share of potential output, by year (2026: -0.03) or month (2026-04: -0.05); "
        "it replaces the path in those months, a month before its year.",
    )
    process: CycleProcess | None = Field(
        default=None,
        description="Chance around the path and its table, other in each draw and shared by scenarios with the same "
        "seed, such as `{start: 2026-01}`; none if left out.",
    )

    def applied(self, path: Sequence[float], first: int) -> list[float]:
        """The path with the table's values in its months.

        Parameters
        ----------
        path : sequence of float
            Output gap by month [share of potential output].
        first : int
            Month index of the first value.
        """
        out = [float(gap) for gap in path]
        for at in range(len(out)):
            month = clock.label(first + at)
            out[at] = self.table.get(month, self.table.get(month[:4], out[at]))
        return out


class Draws(Section):
    """Repetitions of the run."""

    number: Annotated[int, Whole(1, 10_000)] = Field(default=1, description="Number of draws.")
    seed: Annotated[int, Whole(0, 2**32 - 1)] = Field(default=1, description="Seed of the random numbers.")
    parameters: Annotated[str, NameOrTable(SOURCES, SETS)] = Field(
        default="default",
        description="Values of the parameters that the scenario does not set: their defaults in every draw, a value "
        "from their prior in each, or the path, from this file, of a table of sets (fitted.csv or .parquet: a row per "
        "set, parameters as columns, optional weight), of which each draw takes one.",
    )


class Written(Section):
    """What may stand in a scenario file."""

    name: Annotated[str, Title(longest=120)] = Field(description="Name of the scenario; each file has its own.")
    description: Annotated[str, Text(longest=4000, lines=True)] = Field(
        default="", description="What the scenario is about, in any number of lines."
    )
    extends: Annotated[str | None, Text(longest=1000)] = Field(
        default=None, description="Path, from this file, of the scenario that this one differs from; this file wins."
    )
    period: Period = Field(default_factory=Period, description="The months that a run covers.")
    population: Population = Field(default_factory=Population, description="How many people are simulated.")
    cycle: Cycle = Field(
        default_factory=Cycle, description="The business cycle; replaces that of the extended scenario as a whole."
    )
    draws: Draws = Field(default_factory=Draws, description="Repetitions of the run.")
    parameters: Any = Field(
        default=None, description="Parameters of the model by their dotted names, such as `profile.peer_weight: 0.5`."
    )
    levers: Any = Field(
        default=None,
        description="List of policy levers, such as `- career_guidance: {start: 2026-09, volume: 0.2}`. A lever that "
        "the extended scenario has too keeps its fields but those given here.",
    )


@dataclass(frozen=True)
class LeverSetting:
    """A lever as a scenario sets it: its name and its checked fields."""

    name: str
    fields: BaseModel


@dataclass(frozen=True)
class Override:
    """A value that a later file (or the command line) set again; ``old_at`` is ``default`` where none had set it."""

    path: str
    old: Any
    new: Any
    old_at: str
    new_at: str

    def as_dict(self) -> dict[str, Any]:
        """For the manifest."""
        return {"path": self.path, "old": self.old, "new": self.new, "old_at": self.old_at, "new_at": self.new_at}


@dataclass(frozen=True)
class Scenario:
    """A scenario after merging and checking: every field has its value, nothing changes afterwards.

    ``parameters`` holds those set, by dotted name; ``levers`` are in name order. ``files`` is the chain of ``extends``,
    from the first to the file loaded; ``sources`` says where each value was written; ``overrides`` what was replaced.
    ``own_regions`` is what the table says that ``population.regions`` is the path of; ``own_sets`` the parameter sets
    that ``draws.parameters`` is the path of.
    """

    name: str
    description: str
    period: Period
    population: Population
    cycle: Cycle
    draws: Draws
    parameters: Mapping[str, float]
    levers: tuple[LeverSetting, ...]
    files: tuple[str, ...]
    sources: Mapping[str, Place]
    overrides: tuple[Override, ...]
    own_regions: Division | None = None
    own_sets: ParameterSets | None = None

    @property
    def division(self) -> str | Division:
        """What the tables of the run are made for: a name of REGIONS, or the parts that a table of one's own has."""
        return self.population.regions if self.own_regions is None else self.own_regions

    @property
    def parameter_source(self) -> str:
        """Where draws have their parameters from: a name of SOURCES, or the file's name without its folders."""
        return self.draws.parameters if self.own_sets is None else self.own_sets.name

    def resolved(self) -> dict[str, Any]:
        """The whole scenario as plain data, with every default filled in; what the manifest keeps."""
        return {"name": self.name, "description": self.description, **self.effective()}

    def effective(self) -> dict[str, Any]:
        """What affects results: all but name and description.

        A cycle without a process has no key for it, nor has the usual division into regions, so that such scenarios
        keep the hashes that they had before there was a choice. A table of one's own stands here as what it says, so
        that the hash goes with its content, not with its name; one of parameter sets, which is long, as the hash of it.
        """
        cycle: dict[str, Any] = {"path": self.cycle.path, "table": dict(sorted(self.cycle.table.items()))}
        if self.cycle.process is not None:
            cycle["process"] = self.cycle.process.model_dump()
        population = self.population.model_dump(exclude_defaults=True) | {"scale": self.population.scale}
        if self.own_regions is not None:
            population["regions"] = [
                {"region": region, **_said(part)} for region, parts in self.own_regions for part in parts
            ]
        draws = self.draws.model_dump()
        if self.own_sets is not None:
            draws["parameters"] = self.own_sets.described()
        return {
            "period": self.period.model_dump(),
            "population": population,
            "cycle": cycle,
            "draws": draws,
            "parameters": dict(sorted(self.parameters.items())),
            "levers": [{lever.name: lever.fields.model_dump(mode="json")} for lever in self.levers],
        }

    @property
    def hash(self) -> str:
        """SHA-256, in hexadecimal, of :meth:`effective` as canonical JSON: equal inputs, equal hashes."""
        text = json.dumps(self.effective(), sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    @property
    def slug(self) -> str:
        """The name as a folder is called: lower-case letters, digits and underscores."""
        ascii_name = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode("ascii")
        return re.sub(r"[^a-z0-9]+", "_", ascii_name.lower()).strip("_")[:60] or f"scenario_{self.hash[:8]}"


def _said(part: Part) -> dict[str, Any]:
    """A part of a region as plain data; without a key for clusters where its table has no column for them."""
    said: dict[str, Any] = {**asdict(part), "study": list(part.study), "sectors": dict(part.sectors)}
    return said if part.sectors else {key: value for key, value in said.items() if key != "sectors"}
