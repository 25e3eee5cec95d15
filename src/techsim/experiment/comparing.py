"""A comparison: a baseline and alternatives on the same people and luck, from scenario files to results."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from techsim.experiment import runner
from techsim.experiment.draws import plan
from techsim.experiment.pairing import PairedRecord, compare_draw, differing_levers, horizons, same_but_levers
from techsim.experiment.periods import ending, left_out
from techsim.experiment.study import Clock, Outcome, Source, Study, check, file_names, load, manifest_of
from techsim.experiment.watching import Silent, Stop, Watcher, never
from techsim.results.money import DISCOUNT, discount_year

if TYPE_CHECKING:
    import xarray as xr

    from techsim.results.effects import Row
    from techsim.scenario import Scenario
    from techsim.scenario.models import Period

Report = Callable[["xr.Dataset", "dict[str, Any]", "Sequence[Row]"], str]
"""Makes the HTML report from the Dataset, the manifest and the rows of ``comparison.csv``."""
LARGEST_DISCOUNT = 0.2
MOST_PARTS = 4
"""Alternatives that a mix may be made of."""


class ComparisonError(ValueError):
    """Scenarios that cannot be compared, or a wrong option; the message says why and what to do."""


@dataclass(frozen=True)
class Comparison:
    """Scenarios ready to be compared.

    Parameters
    ----------
    scenarios : tuple of Scenario
        The baseline first; period, scale and draws are the same, names all different.
    given_up : tuple of str
        Settings of alternatives that gave way to the baseline's, in words.
    discount : float
        Rate a year.
    share_past : bool
        Whether the common past is run once.
    end_given : bool
        Whether the end was asked for, in place of the scenarios' own.
    """

    scenarios: tuple[Scenario, ...]
    base: Study
    given_up: tuple[str, ...]
    discount: float = DISCOUNT
    share_past: bool = True
    end_given: bool = False

    @property
    def slug(self) -> str:
        """Name of the folder of results."""
        first, *others = (scenario.slug for scenario in self.scenarios)
        name = f"{first}_vs_{'_'.join(others)}"
        return name if len(name) <= 120 else f"{first}_vs_{len(others)}_alternatives"

    def execute(self, threads: int = 1, watcher: Watcher | None = None, stop: Stop = never) -> Outcome:
        """Run all scenarios in all draws; Stopped if ``stop`` says so."""
        watcher, clock = watcher or Silent(), Clock()
        with clock.phase("prepare", watcher, f"preparing {len(self.scenarios)} scenarios"):
            plans = tuple(plan(scenario, self.base.catalogue) for scenario in self.scenarios)
        with clock.phase("simulate", watcher, "simulating"):
            within = runner.threads_within(threads, len(plans[0]))
            task = partial(compare_draw, self.scenarios, plans, self.share_past, within)
            records = runner.run(task, plans[0], threads, watcher, stop)
        with clock.phase("assemble", watcher, "putting the results together"):
            data = self._dataset(records)
        return Outcome(data, self._manifest(records, clock.seconds))

    def _dataset(self, records: Sequence[PairedRecord]) -> xr.Dataset:
        import numpy as np

        from techsim import __version__
        from techsim.experiment.simulate import tables
        from techsim.population.clock import school_year_of, year_of
        from techsim.results import comparison
        from techsim.results.coordinates import of_scenario
        from techsim.results.parameter_table import with_parameters

        base = self.scenarios[0]
        first, last = base.period.first, base.period.last
        attributes: dict[str, str | int | float] = {
            "title": f"{base.name}, and {len(self.scenarios) - 1} alternative(s)",
            "source": f"techsim {__version__}",
            "techsim_version": __version__,
            "scenario_hashes": "\n".join(scenario.hash for scenario in self.scenarios),
            "start": base.period.start,
            "end": base.period.end,
            "seed": base.draws.seed,
            "mixes": "\n".join("\t".join((mix, *parts)) for mix, parts in mixes(self.scenarios).items()),
            "shared_until": "\n".join(run.shared_until for run in records[0].runs),
        }
        data = comparison.build(
            names=[scenario.name for scenario in self.scenarios],
            draws=[(record.draw, record.seed, record.runs) for record in records],
            years=np.arange(school_year_of(first), year_of(last) + 1),
            horizons=horizons(base),
            labels=of_scenario(base, self.base.catalogue, tables(base.division).dimensions),
            scale=float(base.population.scale),
            rate=self.discount,
            attributes=attributes,
            base_year=discount_year(year_of(first), year_of(last)),
        )
        known = {each.name: each.mechanism for each in self.base.catalogue.indicators}
        return with_parameters(comparison.with_mechanisms(data, known), records, base.parameter_source)

    def _manifest(self, records: Sequence[PairedRecord], seconds: dict[str, float]) -> dict[str, Any]:
        base = self.scenarios[0]
        made = manifest_of(base, records, seconds)
        alternatives = [
            {
                "scenario": scenario.resolved(),
                "scenario_hash": scenario.hash,
                "shared_with_baseline_until": records[0].runs[index].shared_until or None,
                "parameters_set": dict(sorted(scenario.parameters.items())),
            }
            for index, scenario in enumerate(self.scenarios[1:], 1)
        ]
        asked = {"discount_rate": self.discount, "end_given": self.end_given, "notes": list(self.given_up)}
        return made | {"files": file_names(*self.scenarios), "alternatives": alternatives} | asked


def prepare(
    base: Study,
    alternatives: Sequence[Study],
    draws: int | None = None,
    seed: int | None = None,
    scale: int | None = None,
    discount: float | None = None,
    share_past: bool = True,
    parameters: Source | None = None,
    end: str | None = None,
) -> Comparison:
    """Make scenarios comparable: the baseline's draws, seed and scale hold for all, and the earliest end.

    ``end`` (YYYY-MM) stands in place of the end of each of them.

    Raises
    ------
    ComparisonError
        If there is no alternative, or the discount rate is out of bounds.
    ScenarioError
        If an option is out of bounds.
    """
    if not alternatives:
        raise ComparisonError("a comparison needs a baseline and at least one alternative")
    rate = DISCOUNT if discount is None else discount
    if not 0.0 <= rate <= LARGEST_DISCOUNT:
        raise ComparisonError(f"--discount: {rate:g} is not within 0 to {LARGEST_DISCOUNT:g} (0.0225 is 2.25 % a year)")
    study = base.with_options(draws=draws, seed=seed, scale=scale, parameters=parameters, end=end)
    alternatives = [other.with_options(end=end) for other in alternatives]
    chosen = study.scenario
    period = min((chosen.period, *(other.scenario.period for other in alternatives)), key=lambda given: given.last)
    scenarios, given_up = [ending(chosen, period)], []
    if chosen.period != period:
        given_up.append(_cut(chosen, period))
    for other in (alternative.scenario for alternative in alternatives):
        if other.period != period:
            given_up.append(_cut(other, period))
        for what, own, held in (
            ("draws", other.draws, chosen.draws),
            ("population", other.population, chosen.population),
        ):
            if own != held and own != getattr(base.scenario, what):
                given_up.append(
                    f"{other.name}: its own {what} ({_said(own)}) gave way to the baseline's ({_said(held)})"
                )
        _check_regions(other, chosen)
        names = {scenario.name for scenario in scenarios}
        scenarios.append(
            replace(
                ending(other, period),
                name=_fresh(other.name, names),
                draws=chosen.draws,
                population=chosen.population,
                own_regions=chosen.own_regions,
                own_sets=chosen.own_sets,
            )
        )
    return Comparison(tuple(scenarios), study, tuple(given_up), rate, share_past, end is not None)


def _cut(scenario: Scenario, period: Period) -> str:
    late = left_out(scenario, period)
    without = f", without {' and '.join(late)}, which would begin later" if late else ""
    return f"{scenario.name}: runs to {scenario.period.end}, is compared to {period.end}, the earliest end{without}"


def _check_regions(other: Scenario, chosen: Scenario) -> None:
    """The alternative runs with the baseline's regions: its levers may name no others."""
    if other.division == chosen.division:
        return
    from techsim.data.refining import landsdelen_of
    from techsim.experiment.simulate import tables

    dims = tables(chosen.division).dimensions
    known = {*dims.region, *landsdelen_of(dims)}
    for lever in other.levers:
        for name in getattr(lever.fields, "regions", None) or ():
            if name not in known:
                raise ComparisonError(
                    f"{other.name!r}: lever {lever.name} acts in {name}, which is no region of the baseline "
                    f"{chosen.name!r}: give both the same population.regions"
                )


def _said(section: Any) -> str:
    return ", ".join(f"{key} {value}" for key, value in section.model_dump().items())


def _fresh(name: str, taken: set[str]) -> str:
    """The name, with a number after it if another scenario has it."""
    number, fresh = 2, name
    while fresh in taken:
        fresh, number = f"{name} ({number})", number + 1
    return fresh


def mixes(scenarios: Sequence[Scenario]) -> dict[str, tuple[str, ...]]:
    """Alternatives whose levers are those of others together, and these: name of the mix to the names of its parts.

    A part has some of the mix's levers with the same fields and nothing else that differs from the baseline; the parts
    share no lever.
    """
    base = scenarios[0]
    plain = [
        (other.name, differing_levers(base, other))
        for other in scenarios[1:]
        if same_but_levers(base, other) and {x.name for x in base.levers} <= {x.name for x in other.levers}
    ]
    found: dict[str, tuple[str, ...]] = {}
    for name, levers in plain:
        smaller = [
            (part, own)
            for part, own in plain
            if 0 < len(own) < len(levers) and all(levers.get(lever) == fields for lever, fields in own.items())
        ]
        for count in range(2, min(MOST_PARTS, len(smaller)) + 1):
            for parts in combinations(smaller, count):
                together = [lever for _, own in parts for lever in own]
                if name not in found and sorted(together) == sorted(levers):
                    found[name] = tuple(part for part, _ in parts)
    return found


def compare(
    base: Study | str | os.PathLike[str],
    *alternatives: Study | str | os.PathLike[str],
    draws: int | None = None,
    seed: int | None = None,
    scale: int | None = None,
    parameters: Source | None = None,
    end: str | None = None,
    threads: int = 1,
    discount: float | None = None,
    out: str | os.PathLike[str] | None = None,
    watcher: Watcher | None = None,
) -> xr.Dataset:
    """Run a baseline and alternatives on the same people and luck; see :func:`techsim.compare`."""
    studies = [x if isinstance(x, Study) else load(x) for x in (base, *alternatives)]
    prepared = prepare(studies[0], studies[1:], draws, seed, scale, discount, parameters=parameters, end=end)
    if out is not None:
        from techsim.results.writing import check_target

        check_target(Path(out))
    outcome = prepared.execute(threads, watcher)
    if out is not None:
        write(outcome, Path(out), watcher)
    return outcome.data


def write(
    outcome: Outcome,
    target: Path,
    watcher: Watcher | None = None,
    stop: Stop = never,
    report: Report | None = None,
    tables: bool = False,
) -> Path:
    """Write a comparison to a directory, whole or not at all; as :func:`techsim.experiment.study.write` a run.

    ``tables`` adds ``comparison.parquet``, and ``parameters.parquet`` where draws differ in parameters; they need the
    extra ``parquet``.
    """
    from techsim.results import comparison, effects, manifest, parameter_table, parquet, workbook, writing

    watcher, clock = watcher or Silent(), Clock()
    timings = outcome.manifest["timings"]["phases"]
    with writing.whole_directory(target) as directory:
        with clock.phase("write", watcher, "writing the results"):
            comparison.write_dataset(outcome.data, directory / comparison.COMPARISON_NC)
            check(stop)
            made = effects.rows(outcome.data)
            effects.write_csv(made, directory / comparison.COMPARISON_CSV)
            check(stop)
            workbook.write(outcome.data, made, outcome.manifest, directory / comparison.COMPARISON_XLSX)
            parameter_table.write(outcome.data, directory, tables)
            if tables:
                check(stop)
                parquet.write(made, directory / parquet.COMPARISON_PARQUET)
        check(stop)
        if report is not None:
            with clock.phase("report", watcher, "drawing the report"):
                html = report(outcome.data, outcome.manifest, made)
                (directory / writing.REPORT).write_text(html, encoding="utf-8", newline="\n")
        timings.update({name: round(seconds, 4) for name, seconds in clock.seconds.items()})
        manifest.write(outcome.manifest, directory / writing.MANIFEST)
        check(stop)
    return Path(os.path.realpath(target))
