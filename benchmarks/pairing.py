"""What pairing is worth: ``python benchmarks/pairing.py [--draws N] [--scale K] [--end YEAR] [--levers A,B]``.

For each lever, the variance over draws of its effect on the number of technicians (and of two other indicators) in the
last year, with draws that share people and luck, against draws that do not: the variances of the alternative and of the
baseline over draws, added up. Their ratio says how many times as many unpaired draws the same precision would take; it
has an interval, so that one can say whether it is at least ten, or that so few draws do not tell. Levers act
from 2026 with their default volume, in the recession of 2026, so that short-time work has something to do.

A second table says how far the worlds have drifted apart by then, person by person: who is in another state by work in
the last December, who of the technicians is one in the alternative only (additional) and in the baseline only
(displaced), and what of these gross numbers is left as net effect.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import stats

from techsim.cli.progress import Display
from techsim.experiment.comparing import prepare
from techsim.experiment.study import Study
from techsim.experiment.watching import Watcher
from techsim.levers import catalogue as levers
from techsim.model.catalogue import catalogue
from techsim.results.outcomes import ABSENT, TECHNICAL, WORK
from techsim.scenario import load_text

if TYPE_CHECKING:
    import xarray as xr

Floats = npt.NDArray[np.float64]
INDICATORS = ("technicians", "technical_graduates", "technical_vacancies")
AIM = 10.0
"""Variance ratio that is asked for, at least."""
CERTAINTY = 0.9
"""Of the intervals."""
HISTORY = {"deeltijd_ww_2009", "wva_onderwijs"}
"""Levers of the past: they have ended before 2026."""


@dataclass(frozen=True)
class Gain:
    """Variances of an indicator's effect [persons squared] in the last year that is known, and the mean effect.

    ``low`` and ``high`` bound the ratio of the variances with a certainty of ``CERTAINTY``.
    """

    lever: str
    indicator: str
    year: int
    effect: float
    paired: float
    unpaired: float
    low: float
    high: float

    @property
    def ratio(self) -> float:
        """Unpaired over paired; infinite where the two worlds do not differ."""
        return self.unpaired / self.paired if self.paired > 0.0 else np.inf

    @property
    def verdict(self) -> str:
        """Whether the ratio is at least ``AIM``, as far as these draws tell."""
        if self.low >= AIM:
            return "yes"
        return "no" if self.high < AIM else "open"


@dataclass(frozen=True)
class Drift:
    """How far a lever's world is from the baseline in the last December, means over draws.

    ``elsewhere`` is the share of the people of both worlds in another state by work (a job outside technology for one
    in it, none for one, ...); ``additional`` and ``displaced`` count technicians of one world only [persons].
    """

    lever: str
    elsewhere: float
    additional: float
    displaced: float

    @property
    def net_of_gross(self) -> float:
        """Net effect over all who moved into and out of technology; NaN where nobody did."""
        gross = self.additional + self.displaced
        return abs(self.additional - self.displaced) / gross if gross else np.nan


def names() -> list[str]:
    """The levers that can act from 2026."""
    return [name for name in levers() if name not in HISTORY]


def study(name: str, lever: str, draws: int, scale: int, end: int) -> Study:
    """The recession of 2026 with a lever, or without."""
    text = (
        f"name: {name}\nperiod: {{start: 2008-01, end: {end}-12}}\npopulation: {{scale: {scale}}}\n"
        f"cycle: {{path: recession_2026}}\ndraws: {{number: {draws}}}\n"
    )
    text += f"levers:\n  - {lever}: {{start: 2026-09}}\n" if lever else ""
    loaded = Study(load_text(text, catalogue()), catalogue())
    return Study(replace(loaded.scenario, name=name), loaded.catalogue)


def run(
    which: Sequence[str], draws: int, scale: int, end: int, threads: int = 1, watcher: Watcher | None = None
) -> xr.Dataset:
    """The comparison of the levers with the baseline, each alone; ``watcher`` is told how far it is."""
    studies = [study(name or "baseline", name, draws, scale, end) for name in ("", *which)]
    return prepare(studies[0], studies[1:]).execute(threads, watcher).data


def unpaired(baseline: Floats, alternative: Floats) -> float:
    """Variance of the difference of draws that share nothing: those of the two worlds over draws add up."""
    return float(baseline.var(ddof=1) + alternative.var(ddof=1))


def bounds(ratio: float, draws: int) -> tuple[float, float]:
    """Interval of the ratio R = (var a + var b) / var d, d = b - a, with a certainty of ``CERTAINTY``.

    With s = a + b, var a + var b = (var s + var d) / 2, so that R = (var s / var d + 1) / 2. Where the two worlds
    vary as much, s and d are independent (Pitman 1939, Morgan 1939), and the ratio of their variances over the true
    one is F-distributed. Normal draws are assumed.
    """
    if not np.isfinite(ratio):
        return ratio, ratio
    outer = float(stats.f.ppf(0.5 + CERTAINTY / 2.0, draws - 1, draws - 1))
    relative = 2.0 * ratio - 1.0
    return (relative / outer + 1.0) / 2.0, (relative * outer + 1.0) / 2.0


def gain(lever: str, indicator: str, year: int, baseline: Floats, alternative: Floats) -> Gain:
    """What pairing is worth for one indicator; ``baseline``, ``alternative`` : float64 (draws,)."""
    difference = alternative - baseline
    paired, alone = float(difference.var(ddof=1)), unpaired(baseline, alternative)
    low, high = bounds(alone / paired if paired > 0.0 else np.inf, baseline.size)
    return Gain(lever, indicator, year, float(difference.mean()), paired, alone, low, high)


def gains(data: xr.Dataset) -> Iterable[Gain]:
    """By alternative and indicator."""
    for s, name in enumerate(data["scenario"].values[1:], 1):
        for indicator in INDICATORS:
            values = data[indicator].values
            at = int(np.flatnonzero(~np.isnan(values).any(axis=(0, 1)))[-1])
            yield gain(str(name), indicator, int(data["year"].values[at]), values[0, :, at], values[s, :, at])


def drifts(data: xr.Dataset) -> Iterable[Drift]:
    """By alternative, at the last horizon."""
    counts = data["people_by_work"].isel(horizon=-1).mean("draw").sum(["sex", "background"])
    counts = counts.transpose("scenario", "work_baseline", "work_alternative")
    technical, absent = WORK.index(TECHNICAL), WORK.index(ABSENT)
    for s, name in enumerate(data["scenario"].values[1:], 1):
        moved = counts.values[s].astype(np.float64)
        there = np.delete(np.delete(moved, absent, axis=0), absent, axis=1)
        won = moved[:, technical].sum() - moved[technical, technical]
        lost = moved[technical].sum() - moved[technical, technical]
        yield Drift(str(name), float(1.0 - np.trace(there) / there.sum()), float(won), float(lost))


def main() -> None:
    """Measure and print two Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--scale", type=int, default=400)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--end", type=int, default=2035)
    parser.add_argument("--levers", default=",".join(names()))
    given = parser.parse_args()
    which = given.levers.split(",")
    started = time.perf_counter()
    with Display() as display:
        data = run(which, given.draws, given.scale, given.end, given.threads, display)
    seconds = time.perf_counter() - started
    print(f"{given.draws} draws at 1:{given.scale}, {len(which) + 1} scenarios to {given.end}, in {seconds:.0f} s\n")
    print("| lever | indicator | year | effect | sd, paired | sd, unpaired | variance ratio | "
          f"{100 * CERTAINTY:.0f} % interval | at least {AIM:.0f} |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|")
    found = list(gains(data))
    for one in found:
        differs = np.isfinite(one.ratio)
        ratio = f"{one.ratio:.1f} | {one.low:.1f} to {one.high:.1f}" if differs else "no difference |"
        print(
            f"| `{one.lever}` | {one.indicator} | {one.year} | {one.effect:,.0f} | {one.paired**0.5:,.0f} | "
            f"{one.unpaired**0.5:,.0f} | {ratio} | {one.verdict} |"
        )
    print()
    for indicator in INDICATORS:
        some = [one for one in found if one.indicator == indicator and np.isfinite(one.ratio)]
        if some:
            together = np.mean([one.unpaired for one in some]) / np.mean([one.paired for one in some])
            print(f"{indicator}: ratio of the mean variances over {len(some)} levers {together:.1f}")
    print(f"\n| lever | % of people in another state by work, December {given.end} | additional technicians, gross | "
          "displaced technicians, gross | net / gross |")  # fmt: skip
    print("|---|---|---|---|---|")
    for drift in drifts(data):
        print(
            f"| `{drift.lever}` | {100 * drift.elsewhere:.2f} | {drift.additional:,.0f} | {drift.displaced:,.0f} | "
            f"{drift.net_of_gross:.3f} |"
        )


if __name__ == "__main__":
    main()
