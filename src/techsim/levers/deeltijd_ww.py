"""Part-time unemployment insurance (deeltijd-WW): hours are cut instead of jobs, with compulsory training (W3, W4)."""

from __future__ import annotations

from techsim.levers.short_time_scheme import ShortTimeFields, scheme


class DeeltijdWwFields(ShortTimeFields):
    """Fields of ``deeltijd_ww``."""


LEVER = scheme(
    "deeltijd_ww",
    "Part-time unemployment insurance: employers in difficulty cut hours instead of jobs, workers train meanwhile.",
    DeeltijdWwFields,
)
