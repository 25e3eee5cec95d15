"""W5, moves between regions: for study, for work, for home. Nobody's rate of moving is fed in.

Claim: young people go where hbo and wo are taught, stay where their work is and where the city is, and a part returns;
so regions with few places, few jobs of their kind and little city age and lose graduates, by choices alone.

Equations. Everybody out of education and every child (with parents of 30 years more) asks on the birthday, graduates
of hbo and wo in the month in which they leave education, new students of hbo and wo below the age of 30 when they
enrol. A person in region q with home h (the region left before the age of 30, else q) chooses region r by a logit of

    V_r = (ln n_r - d ln(1 / c_qr))[r != q] + b_a m_r - e ln(n_r / n_r0)
          + w (l (ln theta_gr - ln theta_g) + k ln Q_gr) + (s_0 + s_1 y + s_g)[r = q] + h_0 [r = h != q]
          + j [r = region of the job]

n_r share of residents in January and n_r0 at the start (where more come, homes get scarce), m_r how urban the region is
against the mean, b_a by age (young, parents, old; more of hbo and wo), theta_gr vacancies per unemployed person of the
field's group, Q_gr the region's share of the group's jobs over its share of all jobs, w one for who has no work and
less for who works, none for the retired and children; c_qr how often one works there against chance (root of both
directions), y tens of years above 18 up to 65 (attachment), s_g for graduates. New students choose by

    V_r = ln p_r - d_s ln(1 / c_hr)[r != h] + s_st [r = h] + s_q [r = q != h]

p_r share of the country's places in programmes of their level and kind, s_st of hbo or of wo.

A child has the pull, the chances and the job of parents: of hbo or wo with the share of residents of 30 to 47 who are,
at work in q with the share of them who work there (draws of a lifetime). Births follow: the table's births of a year
and background are spread by where residents of 20 to 39 live (D1). Where newcomers from abroad settle: L7.

==============  ==========================================  =============================
symbol          code                                        unit
==============  ==========================================  =============================
b_a             ``moving.city_*``                           log odds per share urban
e               ``moving.housing``                          elasticity
l, k            ``moving.tightness``, ``moving.cluster``    elasticity
w               ``moving.with_work``                        ratio
d, d_s          ``moving.distance``, ``study_distance``     elasticity
s_0, s_1, s_g   ``moving.stay``, ``attachment``, ``fresh``  log odds
h_0, j          ``moving.home``, ``moving.job``             log odds
s_st, s_q       ``moving.study_hbo``, ``study_wo``, ``study_stay``  log odds
m, p            tables ``region_character``, ``study_places``  share
c               table ``commuting``                         ratio
==============  ==========================================  =============================

Sources: SEO and Technopolis (2020) 2.1.2 on the North; where institutions stand and how urban regions are, from memory.
Left out: moves within a region, couples, rents and house prices as such, wages by region (W2 has none), institutions
that grow or shrink by region, mbo students (they stay). Read by: all that asks where somebody lives.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

_LEVEL = "assumption: so that about 1 in 100 residents a year moves to another part of the country, most of them young"
_CITY = (
    "assumption: young and higher educated people are drawn to cities, parents and old people are not; set by hand "
    "with the residents of regions in 2024 (CBS) in view"
)


def _weight(name: str, unit: str, default: float, spread: float, source: str, meaning: str) -> Parameter:
    bounds = (-20.0, 20.0)
    return Parameter(f"moving.{name}", unit, default, *bounds, Prior("normal", default, spread), source, meaning, "W5")


_ODDS, _PER, _URBAN = "log odds", "log odds per log ratio", "log odds per share urban"

PARAMETERS = (
    _weight("stay", _ODDS, 0.9, 0.4, _LEVEL, "pull of the region lived in, at the age of 18"),
    _weight("attachment", "log odds per ten years", 0.75, 0.2, _LEVEL, "how attachment to where one lives grows"),
    _weight("fresh", _ODDS, -2.3, 0.5, "assumption: graduates choose anew", "the same, more, of new graduates"),
    _weight("distance", _PER, 0.45, 0.15, "assumption: neighbours first", "how distance deters a move"),
    _weight("home", _ODDS, 1.6, 0.5, "assumption: a part of those who left return", "pull of the home that was left"),
    _weight("job", _ODDS, 1.5, 0.5, "assumption: some who commute far move after years", "pull of the job's region"),
    _weight("tightness", _PER, 0.3, 0.2, "assumption: small and positive", "pull of vacancies per unemployed person"),
    _weight("cluster", _PER, 0.5, 0.25, "assumption: a cluster draws its kind", "pull of jobs of one's kind"),
    Parameter(
        "moving.with_work",
        "ratio",
        0.3,
        0.0,
        2.0,
        Prior("uniform", 0.0, 0.8),
        "assumption: who has a job looks less at chances elsewhere",
        "weight of chances of work for who has work, against who has none",
        "W5",
    ),
    Parameter(
        "moving.housing",
        "elasticity",
        4.0,
        0.0,
        50.0,
        Prior("uniform", 1.0, 8.0),
        "assumption: homes follow residents slowly; where more come than elsewhere they get scarce",
        "how a growing share of residents deters more",
        "W5",
    ),
    _weight("city_young", _URBAN, 0.7, 0.5, _CITY, "pull of the city, 18 to 29"),
    _weight("city_higher", _URBAN, 2.4, 0.6, _CITY, "the same, more, of those of hbo and wo under 30"),
    _weight("city_family", _URBAN, -1.2, 0.5, _CITY, "pull of the city, 30 to 44, and their children"),
    _weight("city_career", _URBAN, 1.0, 0.5, _CITY, "the same, more, of those of hbo and wo, 30 to 44"),
    _weight("city_old", _URBAN, -1.2, 0.5, _CITY, "pull of the city from the age of 45"),
    _weight("study_hbo", _ODDS, 1.3, 0.5, "assumption: most of hbo stay in their part of the country", "stay, hbo"),
    _weight("study_wo", _ODDS, 0.1, 0.5, "assumption: many of wo move", "stay, wo"),
    _weight("study_stay", _ODDS, 1.0, 0.5, "assumption: who has moved to study stays for more", "stay where one is"),
    _weight("study_distance", _PER, 0.5, 0.2, "assumption: neighbours first", "how distance deters students"),
)

INDICATORS = (
    Indicator(
        "moves",
        "people who moved to another region",
        "persons",
        "W5",
        "year",
        ("region", "to_region", "level", "technical", "move"),
        "flow",
    ),
    Indicator(
        "return_moves",
        "people who moved back to the region that they had left when young",
        "persons",
        "W5",
        "year",
        ("region", "to_region", "level", "technical"),
        "flow",
    ),
)
