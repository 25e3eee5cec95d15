"""One cohort on its way from secondary school to work: which cohort, its flows, and where technical talent stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from techsim.report.quantities import Results

FLOWS, BY_REGION = "cohort_flows", "cohort_flows_by_region"
YEARS_TO_SETTLE = 19
"""Years after which a vo cohort (12 years old) has settled: six of vo, seven of wo with delay, some of a next try, and
a year and a half to the first job. Later, hardly more of a cohort's students reach a place after education."""
BEFORE = "not_started"
START = "vo_start"
STARTS = (START, "vmbo", "havo", "vwo")
EDUCATION = ("mbo", "hbo", "wo")
TRACKS = ("vmbo", "havo", "vwo")
WORK = ("work", "working")
ENDS = ("not_working", "no_further_education")


@dataclass(frozen=True)
class Flow:
    """People of a cohort who went from one stage to another, mean over draws."""

    source: str
    target: str
    people: float


@dataclass(frozen=True)
class Transition:
    """Where a group with a technical stage went next; ``shares`` add up to 1 over ``people``."""

    group: str
    people: float
    shares: tuple[float, ...]


def is_technical(stage: str) -> bool:
    """Whether a stage is technical: a profile, a field of study, an occupation."""
    return stage.endswith("_technical")


def column_of(stage: str) -> str:
    """The kind of stage without technical or other: vmbo, mbo, work."""
    if stage in (*ENDS, BEFORE, START):
        return stage
    return stage.removesuffix("_technical").removesuffix("_other")


def choose(results: Results) -> int | None:
    """The cohort to show: the latest that has had time to settle, else the first that holds people; None if none."""
    if not results.has("cohort_flows"):
        return None
    flows = results.data["cohort_flows"]
    totals = flows.sum([d for d in flows.dims if d != "cohort"]).values
    cohorts = [int(c) for c, total in zip(flows["cohort"].values, totals, strict=True) if total > 0]
    if not cohorts:
        return None
    ends = [int(str(t)[:4]) for t in results.data["time"].values[-1:]] if "time" in results.data.coords else []
    end = ends[0] if ends else max(cohorts)
    # The first cohort of a run that starts in January is already under way: it was not seen entering.
    entered = [c for c in cohorts if _entering(results, c) > 0] or cohorts
    settled = [c for c in entered if end - c >= YEARS_TO_SETTLE]
    return max(settled) if settled else min(entered)


def _entering(results: Results, cohort: int) -> float:
    flows = results.data["cohort_flows"]
    stages = [str(s) for s in flows["from_stage"].values]
    firsts = [s for s in (BEFORE, *STARTS) if s in stages] or stages[:1]
    return float(flows.sel(cohort=cohort, from_stage=firsts).sum())


def groups_of(results: Results) -> list[tuple[str, str]]:
    """The groups by one of which :func:`flows_of` gives the flows: (dimension, label)."""
    held = {dim for name in (FLOWS, BY_REGION) if results.has(name) for dim in results.data[name].dims}
    return [(dim, label) for dim in ("sex", "background", "region") if dim in held for label in results.labels(dim)]


def flows_of(results: Results, cohort: int, groups: Mapping[str, str] | None = None) -> list[Flow]:
    """All flows of a cohort (of a sex, of a background, or of a region), largest first; mean over draws."""
    values = results.data[BY_REGION if "region" in (groups or {}) else FLOWS].sel(cohort=cohort)
    for dimension, label in (groups or {}).items():
        values = values.sel({dimension: label})
    summed = values.sum([d for d in values.dims if d not in ("draw", "from_stage", "to_stage")])
    mean: npt.NDArray[np.float64] = summed.transpose("draw", "from_stage", "to_stage").values.mean(axis=0)
    sources, targets = (list(map(str, values[d].values)) for d in ("from_stage", "to_stage"))
    found = [
        Flow(source, targets[j], float(mean[i, j]))
        for i, source in enumerate(sources)
        for j in range(len(targets))
        if mean[i, j] > 0 and source != targets[j]
    ]
    return sorted(found, key=lambda flow: -flow.people)


def size(flows: Sequence[Flow]) -> float:
    """People of the cohort: those who entered the first stage."""
    into = sum(flow.people for flow in flows if flow.source == BEFORE)
    if into:
        return into
    return sum(flow.people for flow in flows if flow.source in STARTS)


def arrived(flows: Sequence[Flow]) -> float:
    """People of the cohort whose last place so far is work or none, after education."""
    into = sum(flow.people for flow in flows if column_of(flow.target) in (*WORK, *ENDS))
    return into - sum(flow.people for flow in flows if column_of(flow.source) in (*WORK, *ENDS))


def after_profile(
    flows: Sequence[Flow], group: str, tracks: Sequence[str] = TRACKS, into: Sequence[str] = (*EDUCATION, *WORK, *ENDS)
) -> Transition:
    """Where pupils with a technical profile went from secondary school: technical education, other education, work.

    Only those of ``tracks``, and of them only those who went to one of the columns ``into``.
    """
    sources = {f"{track}_technical" for track in tracks}
    there = [flow for flow in flows if column_of(flow.target) in into]
    return _transition(there, group, sources, _after_school)


def after_education(flows: Sequence[Flow], group: str, columns: Sequence[str] = EDUCATION) -> Transition:
    """Where those who left technical education were a year and a half later: technical work, other work, none."""
    sources = {f"{column}_technical" for column in columns}
    return _transition(flows, group, sources, _after_study)


def _after_school(stage: str) -> int | None:
    if column_of(stage) in EDUCATION:
        return 0 if is_technical(stage) else 1
    return 2 if column_of(stage) in (*WORK, *ENDS) else None


def _after_study(stage: str) -> int | None:
    if column_of(stage) in WORK:
        return 0 if is_technical(stage) else 1
    return 2 if stage in ENDS else None


def _transition(flows: Sequence[Flow], group: str, sources: set[str], kind: Callable[[str], int | None]) -> Transition:
    counts = [0.0, 0.0, 0.0]
    for flow in flows:
        at = kind(flow.target) if flow.source in sources else None
        if at is not None:
            counts[at] += flow.people
    total = sum(counts)
    return Transition(group, total, tuple(c / total if total else float("nan") for c in counts))
