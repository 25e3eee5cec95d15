"""W3 and W4, skills: technical currency, what leaving technology costs and why few come back; transferable skill.

Claim: technical skills are kept up by technical work and fade without it; whoever leaves technology in a slump, or
never gets in, is a weaker candidate for technical jobs a few years on and looks for them less: the scar of a slump, and
the reason why the technicians whom it loses are missed in the upturn.

Equation, each month, C the currency of a person as a share of the frontier:

    in a technical job    C' = a_g (C + g (1 - C))            a = exp(-s delta / 12), as the frontier of the group moves
    otherwise             C' = a_f C (1 - d)                  as that of the field of education does
    at leaving education  C' = max(C, c_flr)      where the field f of the highest diploma is technical: what its school
                                                  taught (L6)
    on arrival            C' = max(C, c_0)        likewise, from abroad

At the start of a run workers have come from c_0, or without technical education from nothing, as far as their years
in the job carry.

How well someone fits technical work is, in matching (W2),

    fit = fit of the field x (1 - w (1 - C))      for technical fields and technical occupation groups

Transferable skill T, once a year in the month of birth, m months without work in the year:

    in work               T' = T + g_t (1 - T)
    without               T' = T (1 - f)^(m / 12)
    at leaving education  T' = max(T, t_0 + t_1 h)        h the step of the level, from mbo-1; on arrival likewise

and where n courses end (LLO)

    with or without work  T' = T + (1 - (1 - k)^n) (1 - T)

At the start, years of work were years with n_0 courses each.

It does not age with the frontier, serves in every occupation, and counts in employers' ranking (W2). Employers pay by
both (W2, wages), C in technical work, whatever the education. Of the technically educated, who knows less than the
frontier expects less pay in technical work, and seeks it less, by

    rho (C - 1)     [log wage], beside pay for given skill of the group and level

which is what they are paid, but for what the frontier itself is worth. T is paid alike in all work, so that it says
nothing to who chooses between jobs.

delta is content renewed a year (table ``technology_renewal``, a group as the field that trains for it), s its speed
(L6). Training (LLO) and short-time training add to C. A technician lacks something for the work where the level of the
job lies more than x above that of education, H_l - H_e > x (table ``level_ladder``), or else C < c_a. In the default
run nine in ten of those who lack something in 2013 lack skill; level falls a little, skill makes the rise after it.

=======  ==================================  =======================
symbol   code                                unit
=======  ==================================  =======================
g        ``currency.gain``                   share of the gap a month
d        ``currency.fade``                   share a month
c_0      ``currency.at_graduation``          share of the frontier
w        ``currency.weight``                 share of the fit
x        ``currency.level_gap``              height of the level ladder
c_a      ``currency.asked``                  share of the frontier
g_t, f   ``transferable.gain``, ``fade``     share of the gap a year, share a year
k        ``transferable.course``             share of the gap a course
n_0      ``transferable.usual_courses``      courses a year
t_0, t_1  ``transferable.school``, ``level``  share, share a level
rho      ``wages.skill``                     log wage per share of the frontier
=======  ==================================  =======================

Sources: SEO and Technopolis (2020) 3.2.2, 4.1.3 (those who leave technology in a slump seldom return). Left out: that
those without technical education foresee what they are paid less in technical work until they have learnt it. Read by:
matching, wages (W2), lifelong learning (W4).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "currency.gain",
        "share of the gap a month",
        0.04,
        0.0,
        1.0,
        Prior("uniform", 0.01, 0.1),
        "assumption: two years of technical work close most of a gap",
        "how fast technical work brings skills up to date",
        "W4",
    ),
    Parameter(
        "currency.fade",
        "share a month",
        0.0097,
        0.0,
        0.2,
        Prior("lognormal", 0.0097, 0.4),
        "assumption: half is lost in about five years without technical work, by a moving frontier too",
        "how fast technical skills fade without technical work",
        "W3",
    ),
    Parameter(
        "currency.at_graduation",
        "share of the frontier",
        0.9,
        0.0,
        1.0,
        Prior("uniform", 0.75, 1.0),
        "assumption: schools lag behind the frontier somewhat (L6)",
        "mean technical skill currency of those who leave technical education when the run begins (L6), and of who "
        "comes from abroad",
        "W4",
    ),
    Parameter(
        "currency.weight",
        "share of the fit",
        0.5,
        0.0,
        1.0,
        Prior("uniform", 0.2, 0.8),
        "assumption: a technical diploma keeps half its worth to employers when what was learnt is out of date",
        "how much of the fit for technical work hangs on skill currency",
        "W3",
    ),
    Parameter(
        "currency.level_gap",
        "height of the level ladder",
        2.3,
        0.0,
        10.0,
        Prior("uniform", 1.0, 3.2),
        "assumption: two levels and more are felt; set with figures undereducated in view",
        "height of the job above that of education beyond which technicians lack level",
        "W4",
    ),
    Parameter(
        "currency.asked",
        "share of the frontier",
        0.65,
        0.0,
        1.0,
        Prior("uniform", 0.3, 0.8),
        "assumption: set with the 7 % of technicians who lack level or skills in 2013 in view (figures undereducated)",
        "technical skill currency below which technicians lack skills",
        "W4",
    ),
)

PARAMETERS += (
    Parameter(
        "transferable.gain", "share of the gap a year", 0.1, 0.0, 1.0, Prior("uniform", 0.03, 0.2),
        "assumption: ten years of work close two thirds of a gap", "how fast work builds transferable skill", "W4",
    ),
    Parameter(
        "transferable.fade", "share a year", 0.08, 0.0, 1.0, Prior("uniform", 0.02, 0.15),
        "assumption: long unemployment scars; a third is lost in five years", "how fast it fades without work", "W4",
    ),
    Parameter(
        "transferable.course", "share of the gap", 0.03, 0.0, 1.0, Prior("uniform", 0.0, 0.08),
        "assumption: a course gives as much as some months of work", "what a course adds to transferable skill", "W4",
    ),
    Parameter(
        "transferable.usual_courses", "courses a year", 0.9, 0.0, 3.0, Prior("uniform", 0.5, 1.2),
        "arithmetic: six in ten workers begin a course in a year, of one and a half each (LLO)",
        "courses of a worker in a year before the run begins", "W4",
    ),
    Parameter(
        "transferable.school", "share", 0.4, 0.0, 1.0, Prior("uniform", 0.2, 0.6),
        "assumption: schools lay a basis", "transferable skill of who leaves education at the lowest level", "W4",
    ),
    Parameter(
        "transferable.level", "share a level", 0.05, 0.0, 0.2, Prior("uniform", 0.0, 0.1),
        "assumption: more years of school give more of it", "what each level of education adds", "W4",
    ),
)  # fmt: skip

INDICATORS = (
    Indicator(
        "transferable_skill",
        "mean transferable skill of people out of education, by labour state, at the end of the year",
        "share",
        "W4",
        "year",
        ("level", "labour"),
        "share",
    ),
    Indicator(
        "skill_currency",
        "mean gap to the technical frontier of technically educated workers",
        "share of the frontier",
        "W4",
        "year",
        ("level", "occupation"),
        "share",
    ),
    Indicator(
        "technicians_by_shortfall",
        "workers in technical occupations by what their education lacks for the work, at the end of the year",
        "persons",
        "W4",
        "year",
        ("level", "shortfall"),
        "stock",
    ),
)
