"""What pairing is worth: ``python benchmarks/pairing.py [--draws N] [--scale K] [--end YEAR] [--levers A,B]``.

For each lever, the variance over draws of its effect on the number of technicians (and of two other indicators) in the
last year, with draws that share people and luck, against draws that do not: the alternative of one draw less the
baseline of the next. Their ratio says how many times as many unpaired draws the same precision would take. Levers act
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

from techsim.experiment.comparing import prepare
from techsim.experiment.study import Study
from techsim.levers import catalogue as levers
from techsim.model.catalogue import catalogue
from techsim.results.outcomes import ABSENT, TECHNICAL, WORK
from techsim.scenario import load_text

if TYPE_CHECKING:
    import xarray as xr

Floats = npt.NDArray[np.float64]
INDICATORS = ("technicians", "technical_graduates", "technical_vacancies")
HISTORY = {"deeltijd_ww_2009", "wva_onderwijs"}
"""Levers of the past: they have ended before 2026."""


@dataclass(frozen=True)
class Gain:
    """Variances of an indicator's effect [persons squared] in the last year that is known, and the mean effect."""

    lever: str
    indicator: str
    year: int
    effect: float
    paired: float
    unpaired: float

    @property
    def ratio(self) -> float:
        """Unpaired over paired; infinite where the two worlds do not differ."""
        return self.unpaired / self.paired if self.paired > 0.0 else np.inf


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


def run(which: Sequence[str], draws: int, scale: int, end: int, threads: int = 1) -> xr.Dataset:
    """The comparison of the levers with the baseline, each alone."""
    studies = [study(name or "baseline", name, draws, scale, end) for name in ("", *which)]
    return prepare(studies[0], studies[1:]).execute(threads).data


def unpaired(baseline: Floats, alternative: Floats) -> float:
    """Variance of the difference of draws that share nothing: alternative of each draw less baseline of the next."""
    return float((alternative - np.roll(baseline, 1)).var(ddof=1))


def gains(data: xr.Dataset) -> Iterable[Gain]:
    """By alternative and indicator."""
    for s, name in enumerate(data["scenario"].values[1:], 1):
        for indicator in INDICATORS:
            values = data[indicator].values
            at = int(np.flatnonzero(~np.isnan(values).any(axis=(0, 1)))[-1])
            a, b = values[0, :, at], values[s, :, at]
            year, paired = int(data["year"].values[at]), float((b - a).var(ddof=1))
            yield Gain(str(name), indicator, year, float((b - a).mean()), paired, unpaired(a, b))


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
    data = run(which, given.draws, given.scale, given.end, given.threads)
    seconds = time.perf_counter() - started
    print(f"{given.draws} draws at 1:{given.scale}, {len(which) + 1} scenarios to {given.end}, in {seconds:.0f} s\n")
    print("| lever | indicator | year | effect | sd, paired | sd, unpaired | variance ratio |")
    print("|---|---|---|---|---|---|---|")
    for gain in gains(data):
        ratio = f"{gain.ratio:.1f}" if np.isfinite(gain.ratio) else "no difference"
        print(
            f"| `{gain.lever}` | {gain.indicator} | {gain.year} | {gain.effect:,.0f} | {gain.paired**0.5:,.0f} | "
            f"{gain.unpaired**0.5:,.0f} | {ratio} |"
        )
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
