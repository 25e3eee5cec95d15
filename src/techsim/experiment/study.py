"""An experiment from scenario to Dataset, and to the files of the outputs contract."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from techsim.experiment import runner
from techsim.experiment.draws import Draw, plan
from techsim.experiment.simulate import simulate
from techsim.experiment.watching import Silent, Stop, Stopped, Watcher, never

if TYPE_CHECKING:
    import xarray as xr

    from techsim.scenario import Catalogue, Scenario

Report = Callable[["xr.Dataset", "dict[str, Any]"], str]
"""Makes the HTML report from the results and the manifest (handed in from above: report/ lies higher)."""
Source = str | os.PathLike[str]
"""Where draws have their parameters from: ``default``, ``prior``, or the path of a file of parameter sets."""


@dataclass(frozen=True)
class Outcome:
    """The results of an experiment and its manifest."""

    data: xr.Dataset
    manifest: dict[str, Any]


class Study:
    """A scenario ready to run: what ``techsim.load`` returns."""

    def __init__(self, scenario: Scenario, catalogue: Catalogue) -> None:
        self.scenario, self.catalogue = scenario, catalogue

    def __repr__(self) -> str:
        period, draws = self.scenario.period, self.scenario.draws
        return f"<techsim.Study {self.scenario.name!r}: {period.start} to {period.end}, {draws.number} draw(s)>"

    def with_options(
        self,
        draws: int | None = None,
        seed: int | None = None,
        scale: int | None = None,
        parameters: Source | None = None,
        end: str | None = None,
    ) -> Study:
        """The study with these fields in place of the scenario's; ScenarioError if one is out of bounds."""
        from techsim.scenario import with_options

        return Study(with_options(self.scenario, self.catalogue, draws, seed, scale, parameters, end), self.catalogue)

    def run(
        self,
        draws: int | None = None,
        *,
        seed: int | None = None,
        scale: int | None = None,
        parameters: Source | None = None,
        end: str | None = None,
        threads: int = 1,
        out: str | os.PathLike[str] | None = None,
        watcher: Watcher | None = None,
    ) -> xr.Dataset:
        """Run the scenario.

        Parameters
        ----------
        draws, seed, scale : int, optional
            In place of the scenario's.
        parameters : "default", "prior" or path, optional
            Where draws have their parameters from, in place of the scenario's ``draws.parameters``; the path of a file
            of parameter sets starts from the current folder.
        end : str, optional
            Last month, YYYY-MM, in place of the scenario's.
        threads : int
            Draws that run side by side, in processes of their own. With more than one, a script needs the guard
            ``if __name__ == "__main__":``, as all programs that start processes do.
        out : path, optional
            Directory to write ``results.nc``, ``summary.csv`` and ``manifest.json`` to (no report: see
            ``techsim run``).
        watcher : Watcher, optional
            Is told how far the run is.

        Returns
        -------
        xarray.Dataset
            As ``results.nc`` holds it; dims ``draw``, ``time``, ``year``, ``cohort`` and the groups.

        Raises
        ------
        ScenarioError
            If an option is out of bounds.
        TargetError
            If ``out`` cannot be used.
        """
        study = self.with_options(draws, seed, scale, parameters, end)
        if out is not None:
            from techsim.results.writing import check_target

            check_target(Path(out))
        outcome = study.execute(threads, watcher or Silent())
        if out is not None:
            write(outcome, Path(out), watcher or Silent())
        return outcome.data

    def execute(self, threads: int = 1, watcher: Watcher | None = None, stop: Stop = never) -> Outcome:
        """Run all draws and put the results together; Stopped if ``stop`` says so."""
        watcher, clock = watcher or Silent(), Clock()
        with clock.phase("prepare", watcher, "preparing"):
            draws = plan(self.scenario, self.catalogue)
        with clock.phase("simulate", watcher, "simulating"):
            task = partial(simulate, self.scenario, threads=runner.threads_within(threads, len(draws)))
            records = runner.run(task, draws, threads, watcher, stop)
        with clock.phase("assemble", watcher, "putting the results together"):
            data = self._dataset(records, draws)
        return Outcome(data, manifest_of(self.scenario, records, clock.seconds))

    def _dataset(self, records: list[Any], draws: tuple[Draw, ...]) -> xr.Dataset:
        from techsim import __version__
        from techsim.experiment.simulate import tables
        from techsim.results.coordinates import of_scenario
        from techsim.results.dataset import build
        from techsim.results.derived import derive
        from techsim.results.parameter_table import with_parameters

        scenario = self.scenario
        attributes: dict[str, str | int | float] = {
            "title": scenario.name,
            "description": scenario.description,
            "source": f"techsim {__version__}",
            "techsim_version": __version__,
            "scenario_hash": scenario.hash,
            "scale": scenario.population.scale,
            "seed": scenario.draws.seed,
            "draws": len(draws),
            "start": scenario.period.start,
            "end": scenario.period.end,
        }
        labels = of_scenario(scenario, self.catalogue, tables(scenario.division).dimensions)
        first, last = scenario.period.first, scenario.period.last
        data = derive(build(self.catalogue.indicators, records, labels, first, last, attributes))
        return with_parameters(data, draws, scenario.parameter_source)


def manifest_of(scenario: Scenario, records: Sequence[Any], seconds: Mapping[str, float]) -> dict[str, Any]:
    """The manifest of a scenario and its draws; ``seconds`` by phase."""
    from techsim import __version__
    from techsim.results import manifest

    sets = None if scenario.own_sets is None else scenario.own_sets.described()
    made = manifest.build(
        version=__version__,
        scenario=scenario.resolved(),
        scenario_hash=scenario.hash,
        overrides=[override.as_dict() for override in scenario.overrides],
        seed=scenario.draws.seed,
        scale=scenario.population.scale,
        records=records,
        timings=seconds,
    )
    return made | {"parameters_from": {"source": scenario.parameter_source} | (sets or {})}


def file_names(*scenarios: Scenario) -> list[str]:
    """The files that scenarios were loaded from, without their folders; none of a scenario that is not from one."""
    return [Path(scenario.files[-1]).name for scenario in scenarios if scenario.files]


def load(path: str | os.PathLike[str]) -> Study:
    """Read and check a scenario file; ScenarioError if it cannot be used."""
    from techsim import scenario
    from techsim.model.catalogue import catalogue

    known = catalogue()
    return Study(scenario.load(path, known), known)


def write(
    outcome: Outcome,
    target: Path,
    watcher: Watcher | None = None,
    stop: Stop = never,
    report: Report | None = None,
) -> Path:
    """Write an outcome to a directory, whole or not at all.

    Parameters
    ----------
    target : Path
        Replaced if it holds earlier results and nothing else.
    report : callable, optional
        Makes ``report.html``; without it there is none.

    Returns
    -------
    Path
        The directory, absolute.

    Raises
    ------
    TargetError
        If the directory cannot be used.
    Stopped
        If ``stop`` said so: nothing is written.
    """
    from techsim.results import manifest, parameter_table, summary, writing

    watcher, clock = watcher or Silent(), Clock()
    timings = outcome.manifest["timings"]["phases"]
    with writing.whole_directory(target) as directory:
        with clock.phase("write", watcher, "writing the results"):
            writing.write_dataset(outcome.data, directory / writing.RESULTS)
            check(stop)
            summary.write(outcome.data, directory / writing.SUMMARY)
            parameter_table.write(outcome.data, directory)
        check(stop)
        if report is not None:
            with clock.phase("report", watcher, "drawing the report"):
                html = report(outcome.data, outcome.manifest)
                (directory / writing.REPORT).write_text(html, encoding="utf-8", newline="\n")
        timings.update({name: round(seconds, 4) for name, seconds in clock.seconds.items()})
        manifest.write(outcome.manifest, directory / writing.MANIFEST)
        check(stop)
    return Path(os.path.realpath(target))


def check(stop: Stop) -> None:
    """Stopped if ``stop`` says so."""
    if stop():
        raise Stopped


class Clock:
    """Seconds per phase."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str, watcher: Watcher, said: str) -> Iterator[None]:
        watcher.phase(said)
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start
