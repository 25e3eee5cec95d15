"""W1 and W3: what employers want, from the cycle, structural trends and the labour force; replacement apart.

Claim: staff follows output, with a lag and less in some sectors than in others; construction and manufacturing swing
most, care and government little; what firms are used to moves with a long slump or boom (hysteresis), so that a
slump's scars fade slowly and a return to the old path is felt as a boom; structure shifts to ICT and higher levels.

Equations, sector s, occupation group g, job level l, region r, month t, output gap y:

    y_s(t) = y_s(t-1) + (y(t) - y_s(t-1)) / m_s                       output that staff has followed
    n(t)   = n(t-1) + (y(t) - n(t-1)) / M                             what employers are used to
    x_s    = f(y_s - h n),  f(x) = x below zero, b x above            pressure
    D_sglr = N_r (1 - u) a_r share_sglr(t) (1 + e c_s x_s)            staff wanted
    share  ~ base_sglr exp((trend_s + trend_g + trend_l + o 1[technical g, other s]) Y)    normalised per region
    a_r    ~ a_r(0) exp(trend_r Y)                                     normalised over the country
    share  also x exp((E z_e + G z_d) T), cell by cell, where the energy transition (E) or digitalisation (G) touches it
    share  also x (1 + p_r)^-e_w for technical groups: dear work is asked for less (hook ``pay.employers``)
    Y      = years since the start; of those after the evidence t_e (January 2024) M_t (1 - exp(-(t - t_e) / M_t))

Potential output is what the labour force produces at the productivity of the day, so that staff wanted at potential
is the labour force less slack: productivity cancels, and only the gap and the structure of demand move staff.

Expansion demand of a year is the change of the staff wanted; replacement demand is every worker who left work for
retirement, education, inactivity, death or abroad: jobs, not people, so that a job change is neither.

=======  ================================  =======================================
symbol   code                              unit
=======  ================================  =======================================
e        ``demand.response``               log staff per log output
b        ``demand.boom_weight``            ratio
h        ``demand.habituation``            ratio
M        ``demand.habituation_months``     months
n(0)     ``demand.usual_gap_start``        share of potential output
o        ``demand.technical_outside``      log change a year
u        ``demand.structural_slack``       share of the labour force
N        smoothed labour force             persons, ``demand.labour_force_months``
m_s      table ``sectors``, lag            months, x ``demand.lag_scale``
c_s      table ``sectors``                 elasticity, scaled to a mean of one
E, G     ``demand.energy_transition``,      log change a year, beyond the trends
         ``demand.digitalisation``
z_e, z_d table ``transitions``              weights, sector's + group's + level's
T        years since January of             ``demand.transitions_from``
e_w      ``demand.wage_elasticity``         log staff per log wage
trends   tables ``sectors``, ``demand_trends``  log change a year, x ``demand.trend_scale``
M_t      ``demand.trend_fade``             years
=======  ================================  =======================================

Sources: SEO and Technopolis (2020) 2.1.1, 2.2.5, 4.1.3; unemployment and vacancies 2008-2019 in figures.csv. Left out:
capital and prices; demand that one region's output sends to another. Read by: vacancies, separations, apprentices.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

_FIT = "assumption: so that vacancies less unemployed follow the output gap as in 2008-2019 (figures unemployment)"

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "demand.response",
        "elasticity",
        1.2,
        0.0,
        3.0,
        Prior("normal", 1.2, 0.15),
        _FIT,
        "change of the staff wanted by a change of output against what employers are used to",
        "W1",
    ),
    Parameter(
        "demand.boom_weight",
        "ratio",
        0.215,
        0.0,
        1.5,
        Prior("uniform", 0.1, 0.5),
        _FIT,
        "weight of pressure above zero: capacity limits how far hiring follows a boom",
        "W3",
    ),
    Parameter(
        "demand.habituation",
        "ratio",
        0.95,
        0.0,
        1.0,
        Prior("uniform", 0.6, 1.0),
        _FIT,
        "how far what employers are used to replaces potential output as their measure (hysteresis)",
        "W3",
    ),
    Parameter(
        "demand.habituation_months",
        "months",
        99.0,
        6.0,
        600.0,
        Prior("lognormal", 99.0, 0.25),
        _FIT,
        "months over which employers get used to an output gap",
        "W3",
    ),
    Parameter(
        "demand.usual_gap_start",
        "share of potential output",
        0.0349,
        -0.1,
        0.1,
        Prior("normal", 0.0349, 0.007),
        _FIT,
        "output gap to which employers were used when the run begins",
        "W3",
    ),
    Parameter(
        "demand.structural_slack",
        "share of the labour force",
        0.0,
        -0.1,
        0.2,
        Prior("normal", 0.0, 0.004),
        _FIT,
        "unemployed less vacancies when output is what employers are used to",
        "W1",
    ),
    Parameter(
        "demand.labour_force_months",
        "months",
        5.0,
        1.0,
        240.0,
        Prior("uniform", 3.0, 12.0),
        "assumption: firms and places grow with who is there to work, within a year",
        "months over which jobs follow the labour force of a region",
        "W1",
    ),
    Parameter(
        "demand.lag_scale",
        "ratio",
        1.5,
        0.2,
        5.0,
        Prior("lognormal", 1.5, 0.3),
        "assumption: labour hoarding of some quarters; unemployment peaked a year after output was lowest in 2013",
        "lag of staff behind output, relative to table sectors",
        "W1",
    ),
    Parameter(
        "demand.trend_scale",
        "ratio",
        1.0,
        0.0,
        3.0,
        # 1.6 has technicians rise by 12.6 % from 2013 to 2017 (1.3: 10.5 %, 1: 8.5 %, 0.4: 5.6 %; three draws at 1:800)
        # where 6.6 % was seen, and in 2022 twice the unemployment that was seen.
        Prior("uniform", 0.4, 1.3),
        "assumption: as tables sectors and demand_trends; much more of it has more technicians in 2017 than there were "
        "(table evidence)",
        "speed of structural change (digitalisation, upgrading, ageing), relative to the tables",
        "W1",
    ),
    Parameter(
        "demand.trend_fade",
        "years",
        8.0,
        0.5,
        200.0,
        Prior("lognormal", 8.0, 0.6),
        "assumption: trends were seen to 2023; none of them lasts, and none ends at once",
        "years over which structural trends ebb away after the years of evidence",
        "W1",
    ),
    Parameter(
        "demand.technical_outside",
        "log change a year",
        0.006,
        -0.05,
        0.05,
        Prior("uniform", 0.0, 0.012),
        "assumption: technical skills are asked for more and more outside technical sectors (W1, seed 2.2.5)",
        "growth of technical work in sectors that are not technical, beyond the other trends",
        "W1",
    ),
)

_TRANSITION = "assumption: none beyond the trends by default; scenarios set it, their sizes are assumptions too"

PARAMETERS += (
    Parameter(
        "demand.energy_transition",
        "log change a year",
        0.0,
        -0.1,
        0.1,
        Prior("normal", 0.0, 0.005),
        _TRANSITION,
        "growth of the jobs that the energy transition touches (table transitions), beyond the trends",
        "W1",
    ),
    Parameter(
        "demand.digitalisation",
        "log change a year",
        0.0,
        -0.1,
        0.1,
        Prior("normal", 0.0, 0.005),
        _TRANSITION,
        "growth of the jobs that digitalisation touches (table transitions), beyond the trends",
        "W1",
    ),
    Parameter(
        "demand.transitions_from",
        "year",
        2026.0,
        2000.0,
        2100.0,
        Prior("uniform", 2025.0, 2028.0),
        "assumption: what goes beyond the trends begins now",
        "year in January of which energy transition and digitalisation begin",
        "W1",
    ),
    Parameter(
        "demand.wage_elasticity",
        "log staff per log wage",
        0.3,
        0.0,
        2.0,
        Prior("uniform", 0.1, 0.6),
        "assumption: -0.2 to -0.5 in Hamermesh (1993) and Lichter, Peichl and Siegloch (2015); from memory",
        "fall of the technical staff that employers want by pay beyond the market's that they bear themselves",
        "W1",
    ),
)

INDICATORS = (
    Indicator(
        "expansion_demand",
        "change of the staff that employers want since the year began",
        "persons",
        "W1",
        "year",
        ("occupation", "level"),
        "flow",
    ),
    Indicator(
        "replacement_demand",
        "workers who left work for retirement, education, inactivity, death or abroad",
        "persons",
        "W1",
        "year",
        ("occupation", "level"),
        "flow",
    ),
    Indicator(
        "pressure_by_sector",
        "output against what employers are used to, before a sector's sensitivity",
        "share of potential output",
        "W3",
        "month",
        ("sector",),
        "share",
    ),
)
