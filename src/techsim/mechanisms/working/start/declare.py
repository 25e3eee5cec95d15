"""W1, jobs of the start: for how long people have worked or searched, which contracts are temporary, who was kept.

Claim: none; tables say who works where, and these numbers what no table says of the jobs of the first month. Their hold
on results fades as jobs end: what they shift in 2008 is gone after a few years.

Equations (``population/start_jobs.py``), for those at work and the unemployed of the first month:

    months in the state  T = floor(-m ln u) + 1     u uniform, m = T_m at work, T_s unemployed; no longer than since
                                                    leaving education or turning 15
    temporary            if T < 24 months and v < f    v uniform
    kept by the employer who trained them              share k of last year's bbl graduates

=======  =============================  ======
symbol   code                           unit
=======  =============================  ======
T_m      ``start.tenure``               months
T_s      ``start.search``               months
f        ``start.temporary_share``      share
k        ``start.kept``                 share
=======  =============================  ======

Sources: figures bbl_retention; the rest from memory of CBS. Left out: tenure by age, sector and level. Read by:
separations, matching.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior
from techsim.population.start_rules import USUAL

PARAMETERS = (
    Parameter(
        "start.tenure",
        "months",
        USUAL.tenure,
        1.0,
        600.0,
        Prior("uniform", 84.0, 132.0),
        "assumption: about nine years (CBS, from memory)",
        "mean months in the present job of those at work at the start",
        "W1",
    ),
    Parameter(
        "start.search",
        "months",
        USUAL.search,
        1.0,
        120.0,
        Prior("uniform", 5.0, 14.0),
        "assumption: more than half a year, less than one",
        "mean months that the unemployed of the start have searched",
        "W1",
    ),
    Parameter(
        "start.temporary_share",
        "share",
        USUAL.temporary_share,
        0.0,
        1.0,
        Prior("uniform", 0.5, 1.0),
        "assumption: so that some 15 % of workers are temporary",
        "share of jobs of less than two years at the start that are temporary",
        "W1",
    ),
    Parameter(
        "start.kept",
        "share",
        USUAL.kept,
        0.0,
        1.0,
        Prior("normal", 0.8, 0.05),
        "figures bbl_retention: 0.80 in 2019; public_figures P1146: 82 % in 2015/16",
        "share of last year's bbl graduates who are with the employer who trained them at the start",
        "L4",
    ),
)

INDICATORS: tuple[Indicator, ...] = ()
