"""L1, vo: promotion, repeating, moving down, leaving, and the final exam.

Claim: pupils climb a grade a year; some repeat, move to a lower track or leave without a diploma; the final exam gives
the diploma.

Equations, once a year for a pupil of track t in grade g (tables ``vo_grades``; chances shift with ability x, beta =
``vo.ability_weight``):

    July, final grade:   P(diploma) = logistic(logit(passed_t) + beta x) max(1, s+)^-e_p
    August, others:      one draw decides among leave_tg, repeat_tg, down_tg and, for the rest, up one grade
                         (repeat shifts as logistic(logit(p) - beta x) max(1, s+)^e_d, down as
                         logistic(logit(p) - beta x - w_down (kappa - 1)), w_down and kappa as in K3)

s+, e_p and e_d as in L2: pupils per teacher against the start, of those who teach the pupil: first-degree teachers in
upper havo and vwo, second-degree ones elsewhere; technical subjects in lower vo and of those who chose technology.

Leaving needs the age of 16 (Leerplichtwet 1969): who would leave younger repeats. Who fails the final exam leaves with
chance leave_tg or repeats. A move down loses no year and keeps the profile: the pupil goes on a grade higher, at most
the final one, in the lower track; where there is none the pupil goes up. A diploma never lowers diploma or level.
Sources: table ``vo_grades``. Left out: praktijkonderwijs beyond its duration, vavo. Read by: onward choice.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "vo.ability_weight",
        "utility per standard deviation",
        0.35,
        0.0,
        3.0,
        Prior("uniform", 0.1, 0.8),
        "assumption: within a track the less able fail and move down more",
        "weight of ability in passing, repeating and moving down",
        "L1",
    ),
)

INDICATORS = (
    Indicator(
        "vo_graduates",
        "diplomas of secondary education",
        "persons",
        "L1",
        "school_year",
        ("track", "sex", "region", "technical"),
        "flow",
    ),
    Indicator(
        "pupils",
        "pupils in secondary education on 1 October",
        "persons",
        "L1",
        "school_year",
        ("track", "sex", "region"),
        "stock",
    ),
)
