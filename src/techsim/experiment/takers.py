"""What a comparison has noted of those who do what schemes pay for, and for what share of them levers pay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from techsim.population.events import Events
from techsim.results import schemes
from techsim.results.acts import Act

if TYPE_CHECKING:
    from techsim.mechanisms.world import World

Floats = npt.NDArray[np.float64]


def kinds_of(levers: Iterable[str]) -> frozenset[str]:
    """What has to be noted to evaluate these levers."""
    named = set(levers)
    kinds = {schemes.NOTED[name] for name in named & set(schemes.NOTED)}
    return frozenset(kinds | set(schemes.NOTED_OF_SHORT_TIME if named & set(schemes.PAID_BY["short_time"]) else ()))


def listen(world: World, kinds: Collection[str]) -> None:
    """Have the coming month noted."""
    world.events = Events(kinds) if kinds else None


def heard(world: World) -> list[Act]:
    """What the month has noted, with the shares that the levers of this world pay for; then nobody listens."""
    if world.events is None:
        return []
    noted, world.events = world.events.take(), None
    active = {lever.type.name: lever for lever in world.institutions.government.levers}
    found = []
    for one in noted:
        paid = {}
        for name, kind in schemes.NOTED.items():
            if kind == one.kind and name in active:
                lever = active[name]
                if one.share is not None:
                    paid[name] = one.share
                else:
                    paid[name] = _PAID[name](lever.fields, lever.strength(world.month, world.gap))
        found.append(Act(one, paid))
    return found


def _payer(name: str) -> Callable[[Any, Floats], Floats]:
    """All of the courses that the lever pays for: their group is the payer."""

    def paid(fields: Any, strength: Floats) -> Floats:
        from techsim.data.training import PAYERS

        return np.array([float(payer == name) for payer in PAYERS])

    return paid


def _volume(fields: Any, strength: Floats) -> Floats:
    """A share of each region, as levers book it."""
    return np.asarray(fields.volume * strength)


def _reached(fields: Any, strength: Floats) -> Floats:
    """The same of graduates, who are two groups in each region."""
    return np.repeat(_volume(fields, strength), 2)


def _side_entry(fields: Any, strength: Floats) -> Floats:
    from techsim.levers.teacher_grants import through

    return through(fields, strength)


_PAID: Mapping[str, Callable[[Any, Floats], Floats]] = {
    "bridging_courses": _volume,
    "hybrid_programme": _volume,
    "international_retention": _reached,
    "praktijkleren": _volume,
    "slim": _payer("slim"),
    "stap": _payer("stap"),
    "teacher_grants": _side_entry,
    "wva_onderwijs": _volume,
}
"""Share of each group that a lever pays for, from its fields and its strength by region."""
