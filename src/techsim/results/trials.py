"""Regional trials: a measure in some regions and not in others: how many regions and years until it shows (W5).

A trial is looked at as an evaluator would, without the paired world that only a model has: the change of a share from
before the start to after it in the regions with the measure, less that in the others,

    D = mean over treated of (y_after - y_before)  -  mean over others of (y_after - y_before)

y_before and y_after means over B years before and T years from the start. Its effect is what D is on average where the
treated have the measure; its noise what D is where nobody has it, over draws and over choices of the treated regions:

    V = max(M - S, 0) + S / k        M = mean of D^2 without the measure, k residents per simulated person
    S = sum over both groups of 1 / n^2  sum over regions of  sum over both spans of  1 / years^2  sum of p (1 - p) / N

S is the luck of counting N simulated persons, which a country of k times as many has k times less of; what is left of M
are differences of trend and luck that regions share. Power is the chance that a test at 5 % sees the effect:

    Phi(|E[D]| / sqrt V - z) + Phi(-|E[D]| / sqrt V - z)        z = 1.96
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from techsim.results.pairs import require_pair

if TYPE_CHECKING:
    import xarray as xr

Floats = npt.NDArray[np.float64]
TESTED_AT, ENOUGH = 0.05, 0.80
"""Size of the test, and the power from which a trial is said to show an effect."""
MOST_CHOICES = 200
"""Choices of the treated regions that are looked at; of more, as many drawn."""


@dataclass(frozen=True)
class Trial:
    """A trial of ``regions`` treated regions, looked at after ``years`` years.

    ``effect`` and ``noise`` (a standard deviation) are of D; ``power`` the chance to see the effect.
    """

    regions: int
    years: int
    effect: float
    noise: float

    @property
    def power(self) -> float:
        """Chance that the test rejects that there is no effect."""
        if self.noise == 0.0:
            return 1.0 if self.effect else TESTED_AT
        normal = NormalDist()
        ratio, z = abs(self.effect) / self.noise, normal.inv_cdf(1.0 - TESTED_AT / 2.0)
        return normal.cdf(ratio - z) + normal.cdf(-ratio - z)


def trials(
    with_measure: xr.Dataset, without: xr.Dataset, variable: str, start: int, *, before: int = 3, scale: float
) -> list[Trial]:
    """Every size of a trial that the regions and years of a pair allow.

    Parameters
    ----------
    with_measure, without : Dataset
        Twins: the same draws, with the measure in every region and in none. That the measure in one region reaches
        the others, too, is left out.
    variable : str
        A count by ``year``, ``region`` and ``technical``; what is looked at is the share of the technical.
    start : int
        First year on the variable's axis that the measure can show in.
    before : int
        B, years before it that are looked at.
    scale : float
        k, residents per simulated person.

    Returns
    -------
    list of Trial, by regions and years

    Raises
    ------
    ValueError
        If draws or years differ, or the years before the start are not there.
    """
    require_pair(with_measure, without, ("draw", "year", "region", "technical"))
    treated, _ = _shares(with_measure, variable)
    plain, counts = _shares(without, variable)
    years = without["year"].values
    first = int(np.searchsorted(years, start))
    known = np.asarray(~np.isnan(plain + treated).any(axis=(0, 1)))
    if first < before or first >= years.size or not known[first - before : first + 1].all():
        raise ValueError(f"{variable} is not known in {before} years before {start} and from then on")
    last = first + int(np.argmin(np.append(known[first:], False)))
    spread = plain * (1.0 - plain) / np.maximum(counts / scale, 1.0)
    found = []
    for size in range(1, plain.shape[1]):
        choices = _choices(plain.shape[1], size)
        for count in range(1, last - first + 1):
            spans = slice(first - before, first), slice(first, first + count)
            moved, own = _change(plain, spans), _change(treated, spans)
            luck = sum(spread[..., span].sum(axis=2) / (span.stop - span.start) ** 2 for span in spans)
            effects, squares, sampled = [], [], []
            for chosen in choices:
                others = np.setdiff1d(np.arange(plain.shape[1]), chosen)
                none = moved[:, chosen].mean(axis=1) - moved[:, others].mean(axis=1)
                effects.append((own[:, chosen] - moved[:, chosen]).mean())
                squares.append((none**2).mean())
                sampled.append(
                    (luck[:, chosen].mean(axis=1) / size + luck[:, others].mean(axis=1) / others.size).mean()
                )
            noise = max(np.mean(squares) - np.mean(sampled), 0.0) + np.mean(sampled) / scale
            found.append(Trial(size, count, float(np.mean(effects)), float(np.sqrt(noise))))
    return found


def smallest(found: list[Trial]) -> Trial | None:
    """The trial of fewest region-years that shows its effect, the shorter of equals; None if none does."""
    enough = [trial for trial in found if trial.power >= ENOUGH]
    return min(enough, key=lambda t: (t.regions * t.years, t.years)) if enough else None


def _shares(data: xr.Dataset, variable: str) -> tuple[Floats, Floats]:
    """Technical shares, and the people that they are of; float64 (draw, region, year)."""
    values = data[variable].astype(np.float64)
    counts = values.sum([d for d in values.dims if d not in ("draw", "region", "year", "technical")], skipna=False)
    everyone = counts.sum("technical", skipna=False)
    share = counts.sel(technical=True, drop=True) / everyone.where(everyone > 0)
    dims = ("draw", "region", "year")
    return np.asarray(share.transpose(*dims).values), np.asarray(everyone.transpose(*dims).values)


def _change(shares: Floats, spans: tuple[slice, slice]) -> Floats:
    """y_after - y_before; (draw, region)."""
    return np.asarray(shares[..., spans[1]].mean(axis=2) - shares[..., spans[0]].mean(axis=2))


def _choices(regions: int, size: int) -> list[npt.NDArray[np.int64]]:
    """Which regions may be treated."""
    every = [np.array(chosen) for chosen in combinations(range(regions), size)]
    if len(every) <= MOST_CHOICES:
        return every
    picked = np.random.default_rng(0).choice(len(every), MOST_CHOICES, replace=False)
    return [every[k] for k in np.sort(picked)]
