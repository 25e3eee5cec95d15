"""Part-time unemployment insurance (deeltijd-WW): hours are cut instead of jobs, with compulsory training (W3, W4)."""

from __future__ import annotations

from techsim.levers.base import LeverType
from techsim.levers.short_time_scheme import COUNTS, HOOKS, ITEMS, SIDE_EFFECTS, ShortTimeFields, cost, effect


class DeeltijdWwFields(ShortTimeFields):
    """Fields of ``deeltijd_ww``."""


LEVER = LeverType(
    name="deeltijd_ww",
    doc="Part-time unemployment insurance: employers in difficulty cut hours instead of jobs, workers train meanwhile.",
    mechanisms=("W1", "W3", "W4"),
    hooks=HOOKS,
    fields=DeeltijdWwFields,
    side_effects=SIDE_EFFECTS,
    items=ITEMS,
    counts=COUNTS,
    effect=effect,
    cost=cost,
)
