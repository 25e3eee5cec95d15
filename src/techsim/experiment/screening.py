r"""Which parameters the effects of an alternative hang on: Morris screening and Sobol indices over the priors.

Morris (1991), with the absolute mean of Campolongo, Cariboni and Saltelli (2007): each parameter :math:`i` is moved by
:math:`\Delta` of its range from many starting points, all others staying where they are. Of the elementary effects
:math:`e_i = (y(u + \Delta_i) - y(u)) / \Delta`, :math:`\mu^*_i` is the mean of :math:`|e_i|`, :math:`\mu_i` the mean
and :math:`\sigma_i` the standard deviation. :math:`u_i = 0..1` runs over the central 90 % of the prior (its whole for
Sobol), so that :math:`\mu^*` is the change of the outcome when the parameter goes from its 5 % to its 95 % quantile.

**Luck.** Every point has the same people and the same random numbers. A parameter that moves a decision nevertheless
sends people other ways, and what follows is another history: part of each :math:`\mu^*` is chance. How much, the points
at default parameters with other seeds say. With standard deviation :math:`s` over seeds, :math:`e` between histories
that differ by luck alone is normal with deviation :math:`\sqrt{2} s / \Delta`; the mean of :math:`R` of its absolute
values stays, 19 times in 20, below the ``floor``
:math:`\sqrt{2} s / \Delta \, (\sqrt{2 / \pi} + 1.645 \sqrt{(1 - 2 / \pi) / R})`. A parameter below it has no effect
that can be told from luck; of twenty without any, one will lie above.

Of Sobol's total index :math:`S_{T,i} = \overline{(y(u) - y(u'))^2} / 2 V`, with :math:`u'` that differs from :math:`u`
in :math:`i` alone and :math:`V` the variance of the outcome over the base points, luck alone gives
:math:`s^2 / V` times the mean of :math:`R` squared standard normal values: 19 times in 20 less than
:math:`s^2 / V \, \chi^2_R(0.95) / R`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.declarations import Parameter
from techsim.experiment.draws import quantile
from techsim.scenario.names import meant

Floats = npt.NDArray[np.float64]
LEVELS = 4
"""Levels of a parameter in Morris screening: its step is 2/3 of the range."""
TAIL = 0.05
"""Share of the prior left out at each end in Morris screening; its outermost levels would be the bounds else."""
MORRIS, SOBOL = "morris", "sobol"
ALL = "all"
"""Stands for all parameters where names are asked for."""
STEP = LEVELS / (2.0 * (LEVELS - 1))
COLUMNS: Mapping[str, tuple[str, ...]] = {
    MORRIS: ("mu", "mu_star", "sigma", "mu_star_conf"),
    SOBOL: ("S1", "S1_conf", "ST", "ST_conf"),
}
"""What each method says of a parameter."""
SORTED_BY = {MORRIS: "mu_star", SOBOL: "ST"}
CONFIDENCE = {MORRIS: "mu_star_conf", SOBOL: "ST_conf"}


class SensitivityError(ValueError):
    """A study that cannot be made; the message says why and what to do."""


@dataclass(frozen=True)
class Index:
    """What one parameter does to one outcome; ``values`` by the names of ``COLUMNS``."""

    parameter: str
    outcome: str
    values: Mapping[str, float]


def choose(known: Mapping[str, Parameter], fixed: Sequence[str], wanted: Sequence[str] | None) -> tuple[Parameter, ...]:
    """The parameters to vary, by name.

    Parameters
    ----------
    known : mapping of name to Parameter
    fixed : sequence of str
        Those that a scenario sets: they stay as set.
    wanted : sequence of str, optional
        Names, or beginnings that end in a dot; all without it, or with ``all`` alone.

    Raises
    ------
    SensitivityError
        If a name is unknown, or set by a scenario, or nothing is left.
    """
    free = {name: p for name, p in known.items() if name not in fixed and _varies(p)}
    if wanted is None or list(wanted) == [ALL]:
        names = set(free)
    else:
        names = set()
        for word in wanted:
            here = [name for name in known if name == word or (word.endswith(".") and name.startswith(word))]
            if not here:
                groups = sorted({name.split(".")[0] + "." for name in known})
                raise SensitivityError(
                    f"--parameters: no parameter is or begins with {word!r}{meant(word, [*groups, *known])} "
                    f"(groups: {', '.join(groups)})"
                )
            if word in fixed:
                raise SensitivityError(f"--parameters: {word} is set by a scenario; take it out of there or here")
            names |= {name for name in here if name in free}
    if not names:
        raise SensitivityError("no parameter is left to vary: the scenarios set them all")
    return tuple(free[name] for name in sorted(names))


def _varies(parameter: Parameter) -> bool:
    ends = (quantile(parameter.prior, share, parameter.low, parameter.high) for share in (TAIL, 1 - TAIL))
    return next(ends) < next(ends)


def runs(method: str, parameters: int, repeats: int) -> int:
    """Points that a study takes: ``repeats`` (k + 1) for Morris, ``repeats`` (k + 2) for Sobol."""
    return repeats * (parameters + (1 if method == MORRIS else 2))


def sample(method: str, names: Sequence[str], repeats: int, seed: int) -> Floats:
    """Points in the unit cube; float64 (point, parameter)."""
    problem = _problem(names)
    if method == MORRIS:
        from SALib.sample import morris

        return np.asarray(morris.sample(problem, repeats, num_levels=LEVELS, seed=seed), dtype=np.float64)
    if repeats & (repeats - 1):
        raise SensitivityError(f"--trajectories: {repeats} is no power of two, which Sobol's points need; try 64")
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem, repeats, calc_second_order=False, seed=seed), dtype=np.float64)


def value(method: str, parameter: Parameter, unit: float) -> float:
    """The parameter's value at a place in the unit interval."""
    tail = TAIL if method == MORRIS else 1e-9
    return quantile(parameter.prior, tail + unit * (1 - 2 * tail), parameter.low, parameter.high)


def analyse(method: str, names: Sequence[str], points: Floats, outcome: str, y: Floats, seed: int) -> list[Index]:
    """The indices of each parameter for an outcome.

    Parameters
    ----------
    points : float64 (point, parameter)
        As ``sample`` gave them.
    y : float64 (point,)
        The outcome there.

    Raises
    ------
    SensitivityError
        If an outcome is unknown at some point.
    """
    if not np.isfinite(y).all():
        raise SensitivityError(f"{outcome} is unknown at {int((~np.isfinite(y)).sum())} of {y.size} points")
    problem, columns = _problem(names), COLUMNS[method]
    if not np.ptp(y):
        return [Index(name, outcome, dict.fromkeys(columns, 0.0)) for name in names]
    found: Mapping[str, Any]
    if method == MORRIS:
        from SALib.analyze import morris

        found = morris.analyze(problem, points, y, num_levels=LEVELS, seed=seed)
    else:
        from SALib.analyze import sobol

        # Sobol's estimators assume a mean near zero: large means make them noisy
        found = sobol.analyze(problem, y - y.mean(), calc_second_order=False, seed=seed)
    return [
        Index(name, outcome, {column: float(found[column][i]) for column in columns}) for i, name in enumerate(names)
    ]


def floor(method: str, lucky: Floats, repeats: int, varied: Floats | None = None) -> float:
    """What luck alone stays below for mu* or ST, from the outcome at one point under several seeds; NaN if unknown.

    Unknown also where all of them are the same: then the world is too coarse for luck to show, not free of it.

    Parameters
    ----------
    lucky : float64 (seed,)
    repeats : int
        Trajectories, or base points.
    varied : float64 (point,), optional
        The outcome at the points of the study, as ``sample`` gave them: Sobol's indices are shares of its variance.
    """
    if not knows_luck(lucky):
        return math.nan
    if method == SOBOL:
        # The variance that SALib divides by: of the base points, the first and the last of each block.
        variance = 0.0 if varied is None else float(varied.reshape(repeats, -1)[:, [0, -1]].var())
        if not variance > 0.0:
            return math.nan
        from scipy.stats import chi2

        return float(lucky.var(ddof=1)) / variance * float(chi2.ppf(0.95, repeats)) / repeats
    one = math.sqrt(2.0) * float(lucky.std(ddof=1)) / STEP
    return one * (math.sqrt(2.0 / math.pi) + 1.645 * math.sqrt((1.0 - 2.0 / math.pi) / repeats))


def knows_luck(lucky: Floats) -> bool:
    """Whether outcomes under several seeds, float64 (seed,), say how much luck there is."""
    return lucky.size > 2 and bool(np.isfinite(lucky).all()) and bool(np.ptp(lucky) > 0.0)


def ranked(method: str, indices: Sequence[Index]) -> list[Index]:
    """The largest first; ties by name."""
    return sorted(indices, key=lambda index: (-index.values[SORTED_BY[method]], index.parameter))


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def screen(
    method: str, names: Sequence[str], repeats: int, seed: int, model: Callable[[Floats], Floats], outcome: str = "y"
) -> list[Index]:
    """Sample, run and analyse a model of the unit cube: what the tests and other programs use.

    Parameters
    ----------
    model : callable
        float64 (point, parameter) to float64 (point,).
    """
    points = sample(method, names, repeats, seed)
    return analyse(method, names, points, outcome, np.asarray(model(points), dtype=np.float64), seed)
