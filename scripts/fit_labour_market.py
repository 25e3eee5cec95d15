"""Fit the few free parameters of the labour market to unemployment and vacancies of 2008-2018, by least squares.

    python scripts/fit_labour_market.py [--draws 4] [--rounds 3]

Residuals are the logarithms of model over evidence by year, unemployment by the new method (chained before 2013) and
open vacancies, in units of the 15 percent that count as close, and what each parameter moves away from its default in
units of its prior's spread. Gauss-Newton (``scipy.optimize.least_squares``) with finite differences on the same
people and luck throughout. It prints the values found and the fit; the defaults in the declarations are these,
rounded. Leakage and underuse are not in it: their levels were set by hand (tables ``level_ladder`` and
``apprentice_levels``), as docs/labour_market.md says.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import least_squares

import techsim
from techsim.model.catalogue import catalogue
from techsim.report.comparison import Row, compare

Floats = npt.NDArray[np.float64]

FREE = (
    "matching.interview",
    "demand.structural_slack",
    "demand.response",
    "demand.boom_weight",
    "demand.habituation",
    "demand.usual_gap_start",
    "demand.habituation_months",
    "demand.lag_scale",
    "separations.hoarding_scarcity",
)
"""The parameters that are fitted; all others keep their defaults."""
CLOSE = np.log(1.15)
STEP = 0.4
"""Step of the finite differences, in spreads of the prior."""
SCENARIO = Path(__file__).resolve().parent.parent / "scenarios" / "historical.yaml"


def spread(name: str) -> float:
    """Standard deviation of a parameter's prior."""
    declared = catalogue().parameters[name]
    a, b = declared.prior.a, declared.prior.b
    return {"uniform": (b - a) / 12**0.5, "normal": b, "lognormal": a * b}[declared.prior.family]


def run(values: dict[str, float], draws: int) -> list[Row]:
    """The historical run with these values, beside the evidence."""
    lines = ["name: fit", f"extends: {SCENARIO}", "parameters:", *(f"  {k}: {v!r}" for k, v in values.items())]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fit.yaml"
        file.write_text("\n".join(lines) + "\n")
        return compare(techsim.load(file).run(draws=draws, threads=2))


def chosen(rows: list[Row]) -> list[Row]:
    """Yearly unemployment by the new method, and yearly vacancies, of everyone."""
    whole = [row for row in rows if not row.figure.groups and not row.figure.quarter]
    return [
        row
        for row in whole
        if row.figure.indicator == "vacancies"
        or (row.figure.indicator == "unemployment_rate" and "new survey" in row.figure.definition)
    ]


def main() -> int:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--draws", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    declared = catalogue().parameters
    start = np.array([declared[name].default for name in FREE])
    size = np.array([spread(name) for name in FREE])

    def values(z: Floats) -> dict[str, float]:
        return {
            name: float(np.clip(x, declared[name].low, declared[name].high))
            for name, x in zip(FREE, start + size * z, strict=True)
        }

    def residuals(z: Floats) -> Floats:
        rows = chosen(run(values(z), options.draws))
        off = np.array([np.log(row.model / row.figure.value) / CLOSE for row in rows])
        print(f"{(off @ off):8.2f}  {(np.abs(off) > 1).sum()} beyond 15 %", *(f"{x:+.2f}" for x in z), flush=True)
        return np.concatenate([off, 0.5 * z])

    def slopes(z: Floats) -> Floats:
        here = residuals(z)
        return np.stack([(residuals(z + STEP * unit) - here) / STEP for unit in np.eye(z.size)], axis=1)

    found: Any = least_squares(residuals, np.zeros(len(FREE)), jac=slopes, max_nfev=options.rounds + 1, method="trf")
    best = values(found.x)
    for name, value in best.items():
        print(f"{name:32s} {value:.4g}   (default {declared[name].default:g})")
    for row in chosen(run(best, options.draws)):
        off = row.model / row.figure.value - 1
        print(f"{row.figure.indicator:20s} {row.when} {row.model:10.4g} {row.figure.value:10.4g} {off:+.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
