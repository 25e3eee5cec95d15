"""D1, demography: deaths, births, immigration, emigration, by the month.

Claim: the number of young people, of those who retire and of those who come from abroad bounds what education and
labour market can do; who is born, dies or moves does not depend on education or work here.

Equations, for a person of age x, sex s, background b in month t of year y:

    P(dies)       = 1 - exp(-mu_s(x, t) / 12)
    mu_s(x, t)    = rho_y (c_s + m_s exp(beta_s (x - 65)) q(t))                     Gompertz and Makeham
    q(t)          falls by 1.5 % a year to 2024, by i a year after it
    P(emigrates)  = 1 - exp(-e_xb epsilon_y o_e / 12)                            of those who do not die
    newcomers of cell c in month t = floor(N_c(t+1)/S + u_c) - floor(N_c(t)/S + u_c)

N_c(t): births or immigrants of sex x background x region c from the start to the beginning of month t in the tables
(after 2024 times o_b or o_i), S residents per simulated person, u_c spread evenly over [0, 1): every cell's number is
within one person of the table at any time and scale. Immigrants draw their age and education from tables. Children go
to school when they turn four. Who comes to study is among the table's immigrants, and goes by L7: those who come and
leave here are all others.

=========  ==========================================  =============================
symbol     code                                        unit
=========  ==========================================  =============================
i          ``demography.mortality_improvement``        share a year
o_b        ``demography.births_outlook``               ratio
o_i        ``demography.immigration_outlook``          ratio
o_e        ``demography.emigration_outlook``           ratio
m, beta    table ``mortality`` (hazards at 65 and 85)  a year
c          table ``mortality``, floor                  a year
rho        table ``mortality_years``                   ratio
e          table ``emigration_rates``                  a year
epsilon    table ``emigration_years``                  ratio
=========  ==========================================  =============================

Sources: CBS births and population (public_figures P0001 ff., P0035 ff., P1497 ff.); deaths and emigration from memory.
Births are spread over regions by where people of 20 to 39 live (W5), immigrants by where their kind lives, by work and
by cities; those who come for work are apart from others (L7, ``labour_migration``). Left out: households, births by
mother, mortality by education, return of the same emigrant, seasons. Read by: everything that counts people; the
pension age by participation (W1).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "demography.mortality_improvement",
        "share a year",
        0.015,
        -0.02,
        0.06,
        Prior("normal", 0.015, 0.005),
        "assumption: about the fall of the past decades",
        "yearly fall of mortality after 2024",
        "D1",
    ),
    Parameter(
        "demography.births_outlook",
        "ratio",
        1.0,
        0.3,
        2.0,
        Prior("normal", 1.0, 0.08),
        "assumption: width of the birth forecasts of CBS",
        "births after 2024 against table births",
        "D1",
    ),
    Parameter(
        "demography.immigration_outlook",
        "ratio",
        1.0,
        0.0,
        3.0,
        Prior("lognormal", 1.0, 0.2),
        "assumption: immigration was 220,000 in 2020 and 400,000 in 2022",
        "immigrants after 2024 against table migration",
        "D1",
    ),
    Parameter(
        "demography.emigration_outlook",
        "ratio",
        1.0,
        0.0,
        3.0,
        Prior("lognormal", 1.0, 0.12),
        "assumption: less uncertain than immigration",
        "chances of emigrating after 2024 against table emigration_years",
        "D1",
    ),
)

_CELL = ("sex", "background", "region")
_AGES = ("sex", "age_group", "region")

INDICATORS = (
    Indicator("population", "residents on 1 January", "persons", "D1", "year", _AGES, "stock"),
    Indicator("births", "live births", "persons", "D1", "year", _CELL, "flow"),
    Indicator("deaths", "deaths", "persons", "D1", "year", _AGES, "flow"),
    Indicator("migration", "people who came or left", "persons", "D1", "year", ("flow", *_CELL), "flow"),
)
