"""What jobs of the start go by beside the tables: defaults of parameters ``start.*`` and ``retirement.spread``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StartRules:
    """Declared in ``mechanisms/working/start`` and ``participation``, where meaning, bounds and sources stand.

    tenure : mean months in the present job; search : mean months that the unemployed have searched; temporary_share :
    share of jobs shorter than ``TEMPORARY_MONTHS`` that are temporary; kept : share of bbl graduates of last year who
    stayed with the employer who trained them; retirement_spread : standard deviation of retirement ages, in years.
    """

    tenure: float = 108.0
    search: float = 9.0
    temporary_share: float = 0.75
    kept: float = 0.8
    retirement_spread: float = 2.4


USUAL = StartRules()
