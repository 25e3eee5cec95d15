"""What pairing is worth: ``python benchmarks/pairing.py [--draws N] [--scale K] [--threads N] [--end YEAR]``.

For each lever, the variance over draws of its effect on the number of technicians (and of two other indicators) in the
last year, with draws that share people and luck, against draws that do not: the alternative of one draw less the
baseline of the next. Their ratio says how many times as many unpaired draws the same precision would take. Levers act
from 2026 with their default volume, in the recession of 2026, so that short-time work has something to do.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from techsim.experiment.comparing import prepare
from techsim.experiment.study import Study
from techsim.levers import catalogue as levers
from techsim.model.catalogue import catalogue
from techsim.scenario import load_text

INDICATORS = ("technicians", "technical_graduates", "technical_vacancies")
HISTORY = {"deeltijd_ww_2009"}
"""Levers of the past."""


def study(name: str, lever: str, draws: int, scale: int, end: int) -> Study:
    """The recession of 2026 with a lever, or without."""
    text = (
        f"name: {name}\nperiod: {{start: 2008-01, end: {end}-12}}\npopulation: {{scale: {scale}}}\n"
        f"cycle: {{path: recession_2026}}\ndraws: {{number: {draws}}}\n"
    )
    text += f"levers:\n  - {lever}: {{start: 2026-09}}\n" if lever else ""
    loaded = Study(load_text(text, catalogue()), catalogue())
    return Study(replace(loaded.scenario, name=name), loaded.catalogue)


def unpaired(baseline: npt.NDArray[np.float64], alternative: npt.NDArray[np.float64]) -> float:
    """Variance of the difference of draws that share nothing: alternative of each draw less baseline of the next."""
    return float((alternative - np.roll(baseline, 1)).var(ddof=1))


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--scale", type=int, default=400)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--end", type=int, default=2035)
    given = parser.parse_args()
    names = [name for name in levers() if name not in HISTORY]
    studies = [study(name or "baseline", name, given.draws, given.scale, given.end) for name in ("", *names)]
    started = time.perf_counter()
    data = prepare(studies[0], studies[1:]).execute(given.threads).data
    seconds = time.perf_counter() - started
    print(f"{given.draws} draws at 1:{given.scale}, {len(names) + 1} scenarios to {given.end}, in {seconds:.0f} s\n")
    print("| lever | indicator | year | effect | sd, paired | sd, unpaired | variance ratio |")
    print("|---|---|---|---|---|---|---|")
    for s, name in enumerate(names, 1):
        for indicator in INDICATORS:
            values = data[indicator].values
            at = int(np.flatnonzero(~np.isnan(values).any(axis=(0, 1)))[-1])
            a, b = values[0, :, at], values[s, :, at]
            paired, apart = float((b - a).var(ddof=1)), unpaired(a, b)
            ratio = f"{apart / paired:.1f}" if paired > 0 else "no difference"
            print(
                f"| `{name}` | {indicator} | {int(data['year'].values[at])} | {(b - a).mean():,.0f} | "
                f"{paired**0.5:,.0f} | {apart**0.5:,.0f} | {ratio} |"
            )


if __name__ == "__main__":
    main()
