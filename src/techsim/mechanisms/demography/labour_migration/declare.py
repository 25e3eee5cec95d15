"""L7 and D1, labour migration: who comes to work comes more when vacancies are many, and to where they are.

Claim: a part of the immigrants between 20 and 45 come for work; more of them when employers find nobody here, to the
regions and levels that are short; and fewer residents of these ages leave. All newcomers, for work or not, settle where
people of their background live and where work is, and like all the young in cities: no share of a region is fed in.

Equations. Of the table's immigrants N_c of month t (sex x background x region cell c, those who do not come to study)
a share w = a A come for work, A those of 20 to 45. With theta vacancies per unemployed person, v_L vacancies per worker
of level L, and their own past smoothed over m months (bars):

    labour immigrants = w N phi,   phi = (theta / bar theta)^e within [1/2, 2]        from 2024 on; 1 before
    region of all newcomers of background b:  (n M_br / M_b + (1 - n) J_r / J) exp(b_y m_r), summing to one
    of labour immigrants:  that x (theta_r / mean theta)^p, summing to one
    education: share_E = table share x (v_L / bar v_L)^p                              L the level of E, summing to one
    chance of emigrating, 20 to 45:  table x (theta / bar theta)^-e_o within [1/2, 2]  from 2024 on

M_br residents of 20 to 39 of background b in region r (last January), J_r jobs in the region, m_r how urban it is.
Until 2024 the table's numbers have been what they were because the labour market was what it was; after it the table
is a path for a usual market. As bar theta follows theta, migration as a whole keeps to the table over the cycle. Who
comes to study settles where programmes are.

===========  ==========================================  =============================
symbol       code                                        unit
===========  ==========================================  =============================
a            ``labour_migration.share``                  share
e, e_o       ``labour_migration.tightness``, ``leaving`` elasticity
p            ``labour_migration.directed``               elasticity
n            ``labour_migration.network``                share
b_y, m       ``moving.city_young``, and how urban (W5)   log odds per share urban
m            ``labour_migration.memory``                 months
===========  ==========================================  =============================

Sources: CBS on motives of migration, from memory: of those from the EU about half come to work. Left out: permits,
short stays, posted workers, countries of origin and their own labour markets, families who follow. Read by: D1.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "labour_migration.share",
        "share",
        0.4,
        0.0,
        1.0,
        Prior("uniform", 0.2, 0.6),
        "assumption: about half of those from the EU come to work, fewer of others (CBS, from memory)",
        "share of immigrants between 20 and 45 who come to work",
        "L7",
    ),
    Parameter(
        "labour_migration.tightness",
        "elasticity",
        0.4,
        0.0,
        3.0,
        Prior("uniform", 0.0, 1.0),
        "assumption: labour immigrants rose by about a third from 2013 to 2018, while tightness trebled",
        "how labour immigrants follow vacancies per unemployed person",
        "L7",
    ),
    Parameter(
        "labour_migration.leaving",
        "elasticity",
        0.1,
        0.0,
        2.0,
        Prior("uniform", 0.0, 0.3),
        "assumption: weaker than what draws people here",
        "how emigration falls with vacancies per unemployed person",
        "L7",
    ),
    Parameter(
        "labour_migration.directed",
        "elasticity",
        0.5,
        0.0,
        3.0,
        Prior("uniform", 0.0, 1.0),
        "assumption: recruited by those who are short",
        "how labour immigrants go to regions and levels that are short",
        "L7",
    ),
    Parameter(
        "labour_migration.network",
        "share",
        0.7,
        0.0,
        1.0,
        Prior("uniform", 0.4, 0.9),
        "assumption: most newcomers follow kin and earlier migrants (family, study, networks), the rest the work",
        "share of newcomers who settle where people of their background live; the others, where jobs are",
        "L7",
    ),
    Parameter(
        "labour_migration.memory",
        "months",
        60.0,
        1.0,
        240.0,
        Prior("uniform", 24.0, 96.0),
        "assumption: about a cycle",
        "months over which a tightness becomes usual",
        "L7",
    ),
)

INDICATORS = (
    Indicator(
        "labour_immigrants",
        "immigrants who came to work",
        "persons",
        "L7",
        "year",
        ("level", "region"),
        "flow",
    ),
)
"""They are part of ``migration``."""
