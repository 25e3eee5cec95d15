"""A made-up comparison: a baseline, one that does something, one that does less for more money, and their mix."""

from __future__ import annotations

import numpy as np
import xarray as xr

from techsim.population.reached import PROGRAMMES
from techsim.results.comparison import build
from techsim.results.outcomes import DIPLOMA, MEASURE, PROGRAMME, WORK, Pair

YEARS = np.arange(2026, 2031)
MANY = np.array([0.0, 10.0, -20.0, 30.0, 5.0, -5.0, 15.0, -25.0, 20.0, -10.0])
LUCK = MANY[:6]
DRAWS = len(LUCK)
LABELS = {
    "sex": ("male", "female"),
    "background": ("native", "western", "non_western"),
    "level": ("mbo4", "hbo"),
    "region": ("n", "s"),
}


class Made:
    """One scenario's run in a draw."""

    def __init__(self, draw: int, effect: float, wobble: float, lever: str, euro: float) -> None:
        luck = MANY[draw]
        more = effect + wobble * (-1) ** draw
        technicians = 1000 + luck + np.array([0, 0, more, more, more])
        graduates = 50 + np.array([0, more, more, more, np.nan])
        by_level = np.stack([0.25 * technicians, 0.75 * technicians], axis=1)
        self.indicators = {
            "technicians": (("year",), technicians),
            "technicians_by_level": (("year", "level"), by_level),
            "technical_graduates": (("year",), graduates),
            "technical_graduates_by_level": (("year", "level"), np.stack([0.25 * graduates, 0.75 * graduates], axis=1)),
            "technical_graduates_by_sex": (("year", "sex"), np.stack([0.5 * graduates, 0.5 * graduates], axis=1)),
        }
        self.levers, self.items = (lever,), ("places" if euro else lever,)
        self.spending = np.zeros((5, 1, 1))
        self.spending[1:3] = euro
        work = np.zeros((2, 3, len(WORK), len(WORK)), dtype=np.int64)
        work[0, 0, 0, 0] = 7
        work[0, 0, 1, 0] = 2 if effect else 0  # from care to technology
        work[1, 2, 0, 4] = 1 if effect else 0
        participants = np.zeros((len(PROGRAMME), len(MEASURE), 2, 2), dtype=np.int64)
        participants[0, 0] = [[4, 2], [1, 3]] if effect else 0
        diploma = np.zeros((2, 3, len(DIPLOMA), len(DIPLOMA)), dtype=np.int64)
        choosers = np.zeros((len(PROGRAMMES), 2, 2), dtype=np.int64)
        levels, regions = (np.zeros((2, len(WORK), 2, 2), dtype=np.int64) for _ in range(2))
        levels[0, 0] = [[3, 3], [5, 6 if effect else 5]]
        self.people = (Pair(work, diploma, participants, choosers, choosers[:, 0, 0], levels, regions),)
        used = {"take_up": 40.0 + draw, "deadweight": 30.0 + draw, "additional": 10.0}
        self.schemes: dict[str, dict[str, float]] = {"bridging_scheme": used, "pabo": {}} if effect else {}
        self.changed = {lever: "added" for lever in (*self.schemes, "technologieroute") if effect}
        self.short_time: dict[str, float] = {}
        self.alike = True


def paying_for_hours(data: xr.Dataset) -> xr.Dataset:
    """The comparison with lever ``a`` as deeltijd-WW."""
    return data.assign_coords(lever=["deeltijd_ww" if lever == "a" else lever for lever in data["lever"].values])


def made(mix: float = 30.0, few: int = DRAWS) -> xr.Dataset:
    """A baseline; one that does something, one that does less and costs more, and the mix of both."""
    scenarios = {
        "base": (0, 0, "none", 0),
        "good": (20, 3, "a", 1e6),
        "bad": (8, 12, "b", 2e6),
        "mix": (mix, 0, "c", 3e6),
    }
    draws = [(d, 100 + d, [Made(d, *what) for what in scenarios.values()]) for d in range(few)]
    about = {
        "mixes": "mix\tgood\tbad",
        "start": "2026-01",
        "end": "2030-12",
        "shared_until": "\n2026-08\n2026-08\n2026-08",
    }
    return build(list(scenarios), draws, YEARS, [2030], LABELS, 100.0, 0.02, about)
