"""Sentences of docs/regions.md (``regions_page.py``), worked out from the run so that they hold whatever it gives."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
CBS_2024 = {"North": 9.85, "East": 18.60, "North-West": 26.93}
"""Shares of residents in percent, public_figures P0067 to P0069; the others need a split of North Brabant."""


def para(*pieces: str) -> str:
    """A paragraph in lines."""
    return textwrap.fill(" ".join(pieces), width=120, break_long_words=False, break_on_hyphens=False)


def named(labels: Sequence[str]) -> str:
    """``A``, ``A and B`` or ``A, B and C``; ``no part`` if there is none."""
    if not labels:
        return "no part"
    return " and ".join([", ".join(labels[:-1]), labels[-1]]) if len(labels) > 1 else labels[0]


def balance(values: Array, regions: Sequence[str], least: float = 50.0) -> str:
    """Who gains and who loses by net moves a year, (R,) [persons]; differences below ``least`` are none."""
    order = np.argsort(-np.abs(values), kind="stable")
    gains = [regions[k] for k in order if values[k] >= least]
    losses = [regions[k] for k in order if values[k] <= -least]
    return f"{named(gains)} gain{'' if len(gains) > 1 else 's'}, {named(losses)} lose{'' if len(losses) > 1 else 's'}"


def moves(study: Array, graduate: Array, later: Array, higher: Array, regions: Sequence[str]) -> str:
    """Net moves a year by reason, (R,) each, the largest first."""
    return (
        f"By those who begin to study {balance(study, regions)}. By graduates, in the month in which they have "
        f"finished, {balance(graduate, regions)}. By all later moves, of families, workers and old people, "
        f"{balance(later, regions)}. Of people of hbo and wo, whatever the reason, {balance(higher, regions)}."
    )


def returns(back: Array, moved: Array, regions: Sequence[str]) -> str:
    """Moves back home and all moves, (from, to), of all years."""
    share = back.sum() / max(float(moved.sum()), 1.0)
    of_arrivals = back.sum(axis=0) / np.maximum(moved.sum(axis=0), 1.0)
    each = named([f"{100 * of_arrivals[k]:.0f} % in {region}" for k, region in enumerate(regions)])
    return (
        f"{100 * share:.0f} % of all moves lead back to the part that somebody had left before the age of 30; of those "
        f"who arrive, {each}."
    )


def ages(old: Array, country: Array, since: int, until: int, regions: Sequence[str]) -> str:
    """Shares of 65 and over at two moments, (2, R) and (2,), in percent."""
    rise, usual = old[1] - old[0], country[1] - country[0]
    order = np.argsort(-rise, kind="stable")
    each = named([f"{rise[k] - usual:+.1f} in {regions[k]}" for k in order])
    return (
        f"From {since} to {until} the share of 65 and over rises by {usual:.1f} points in the country; beside that, in "
        f"points, {each}."
    )


def furthest(label: str, shares: Array, regions: Sequence[str]) -> str:
    """Which share, (years, R) in percent, ends furthest from where it began."""
    change = shares[-1] - shares[0]
    k = int(np.argmax(np.abs(change)))
    return f"{label} in {regions[k]} ({shares[0, k]:.1f} to {shares[-1, k]:.1f} %)"


def beside(shares: Array, of: Array, regions: Sequence[str]) -> str:
    """How far shares, (years, R) in percent, come from where they were beside others, region by region."""
    drift = (shares[-1] - of[-1]) - (shares[0] - of[0])
    return named([f"{drift[k]:+.1f} in {region}" for k, region in enumerate(regions)])


def against_cbs(people: Array, regions: Sequence[str]) -> str:
    """Shares of residents in 2024, (R,) in percent, beside those of CBS."""
    known = [(r, people[regions.index(r)], v) for r, v in CBS_2024.items() if r in regions]
    return named([f"{region} {here:.2f} (CBS {there:.2f})" for region, here, there in known])
