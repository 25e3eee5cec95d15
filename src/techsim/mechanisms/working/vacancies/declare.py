"""W1, vacancies: opened for staff that is wanted and missing, taken back when it no longer is.

Claim: employers open vacancies for growth and to replace whoever left, and take them back in a slump; so vacancies
swing far more than staff.

Equations, per cell (sector, occupation group, level, region), staff wanted D, staff N, open vacancies V:

    V*      = floor(max(D - N, 0) + r)                fixed threshold r of the cell makes fractions whole
    opened  = floor(k_o max(V* - V, 0) + r_t)         withdrawn = floor(k_w max(V - V*, 0) + r_t)
    V(t)    = V(t-1) + opened - filled - withdrawn

Vacancies of a cell grow older by the month; of those filled or withdrawn the longest open go first.

r_t runs evenly through [0, 1) over months, so that fractions add up over time.

=======  ==================================  ===============
symbol   code                                unit
=======  ==================================  ===============
k_o      ``vacancies.opening_speed``         share a month
k_w      ``vacancies.withdrawal_speed``      share a month
=======  ==================================  ===============

Tightness, what others see of it: theta_gr = smoothed vacancies of the group per unemployed person of its field;
prospects_g = log theta_g - log theta, smoothed over ``vacancies.outlook_months``: the lagged signal of the cobweb (K2).

Scale: a cell holds some 20 workers at 1:100; rounding by thresholds keeps sums as in finer runs (decision 0012).

Sources: open and new vacancies 2008-2019 (public_figures P0769 ff., P0795 ff.). Left out: recruitment costs.
Read by: matching, apprentices, profile choice (K2), onward choice (K3).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

_DIMS = ("occupation", "level", "region", "sector")

PARAMETERS = (
    Parameter(
        "vacancies.opening_speed",
        "share a month",
        0.75,
        0.01,
        1.0,
        Prior("uniform", 0.4, 1.0),
        "assumption: most vacancies are opened within a month or two of a worker leaving",
        "share of missing staff for which a vacancy is opened in a month",
        "W1",
    ),
    Parameter(
        "vacancies.withdrawal_speed",
        "share a month",
        0.5,
        0.0,
        1.0,
        Prior("uniform", 0.2, 1.0),
        "assumption: open vacancies fell from 256 to 154 thousand within three quarters (P0775-P0778)",
        "share of vacancies no longer wanted that is taken back in a month",
        "W1",
    ),
    Parameter(
        "vacancies.outlook_months",
        "months",
        12.0,
        1.0,
        120.0,
        Prior("uniform", 6.0, 24.0),
        "assumption: people and employers look back about a year",
        "months over which tightness and hiring prospects are seen",
        "W2",
    ),
)

INDICATORS = (
    Indicator("vacancies", "open vacancies at the end of the month", "vacancies", "W1", "month", _DIMS, "stock"),
    Indicator("vacancies_opened", "vacancies opened", "vacancies", "W1", "month", _DIMS, "flow"),
    Indicator("vacancies_withdrawn", "vacancies taken back", "vacancies", "W1", "month", _DIMS, "flow"),
    Indicator(
        "vacancies_by_duration",
        "open vacancies by how long they have been open",
        "vacancies",
        "W1",
        "month",
        ("occupation", "level", "duration"),
        "stock",
    ),
    Indicator(
        "months_to_fill",
        "mean months open of the vacancies filled in the month",
        "months",
        "W1",
        "month",
        ("occupation",),
        "share",
    ),
)
