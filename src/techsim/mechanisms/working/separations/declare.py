"""W1 and W3, separations: contracts that end, quits, apprentices who leave, layoffs.

Claim: short jobs end more often than long ones; quits rise in a boom; employers first spare their staff (hoarding),
then lay off those with the shortest tenure; four in five apprentices stay where they trained.

Equations, for a worker of tenure T months (no bbl student):

    P(contract ends) = k_short if T < T*, else k_long                      per month
    P(quits)         = q exp(theta x)                                      per month; x mean pressure (W3)
    P(leaves)        = 1 - keep, in the month in which a bbl student leaves education

Layoffs of a cell: floor(k max(N - D (1 + h), 0) + r), of those with the lowest rank

    rank_i = log(1 + T_i) + sigma_r z_i

(last in, first out, with noise for what employers know). Job changes are separations too; they happen in matching.

=========  ===========================================  ==================
symbol     code                                         unit
=========  ===========================================  ==================
k_short    ``separations.contract_end_short``           chance a month
k_long     ``separations.contract_end_long``            chance a month
T*         ``separations.short_tenure``                 months
q          ``separations.quit``                         chance a month
theta      ``separations.quit_cyclical``                log per unit pressure
keep       ``apprentices.retention``                    chance
h          ``separations.hoarding``                     share of staff
k          ``separations.layoff_speed``                 share a month
sigma_r    ``separations.layoff_noise``                 log months
=========  ===========================================  ==================

Sources: employees changing employer per quarter, 8.5 % below two years of tenure, 2.8 % above (public_figures P1098
f., 2022); bbl graduates who stay 0.80 (figures bbl_retention). Left out: dismissal law, severance pay, short-time
work (later). Read by: vacancies, matching.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "separations.contract_end_short",
        "chance a month",
        0.008,
        0.0,
        0.2,
        Prior("lognormal", 0.008, 0.3),
        "assumption: a third of those who leave a short job (8.5 % a quarter, P1098) do so without another",
        "chance that a job of short tenure ends without another",
        "W1",
    ),
    Parameter(
        "separations.contract_end_long",
        "chance a month",
        0.0012,
        0.0,
        0.1,
        Prior("lognormal", 0.0012, 0.3),
        "assumption: an eighth of those who leave a long job (2.8 % a quarter, P1099) do so without another",
        "chance that a job of long tenure ends without another",
        "W1",
    ),
    Parameter(
        "separations.short_tenure",
        "months",
        24.0,
        1.0,
        120.0,
        Prior("uniform", 18.0, 36.0),
        "CBS tenure classes (public_figures P1098)",
        "tenure below which a job is short",
        "W1",
    ),
    Parameter(
        "separations.quit",
        "chance a month",
        0.0008,
        0.0,
        0.05,
        Prior("lognormal", 0.0008, 0.4),
        "assumption: few quit without another job",
        "chance that a worker quits into unemployment at usual pressure",
        "W1",
    ),
    Parameter(
        "separations.quit_cyclical",
        "log per unit pressure",
        12.0,
        0.0,
        60.0,
        Prior("uniform", 4.0, 20.0),
        "assumption: mobility rises in a boom (seed 4.1.3)",
        "how much quits rise with the pressure on employers",
        "W1",
    ),
    Parameter(
        "separations.hoarding",
        "share of staff",
        0.02,
        0.0,
        0.5,
        Prior("uniform", 0.0, 0.05),
        "assumption: employers kept staff in 2009",
        "staff above what is wanted that employers keep",
        "W3",
    ),
    Parameter(
        "separations.layoff_speed",
        "share a month",
        0.15,
        0.0,
        1.0,
        Prior("uniform", 0.05, 0.4),
        "assumption: notice and procedures take some months",
        "share of the excess laid off in a month",
        "W3",
    ),
    Parameter(
        "separations.layoff_noise",
        "log months",
        0.7,
        0.0,
        10.0,
        Prior("uniform", 0.3, 1.5),
        "assumption: last in, first out within age groups",
        "spread of what else than tenure decides who is laid off",
        "W3",
    ),
    Parameter(
        "apprentices.retention",
        "chance",
        0.80,
        0.0,
        1.0,
        Prior("normal", 0.80, 0.04),
        "figures bbl_retention (seed 2.2.6)",
        "chance that a bbl student stays with the employer on leaving education",
        "L4",
    ),
)

INDICATORS = (
    Indicator(
        "separations",
        "jobs that ended",
        "persons",
        "W1",
        "month",
        ("occupation", "level", "region", "sector"),
        "flow",
    ),
    Indicator(
        "separations_by_reason",
        "jobs that ended, by reason",
        "persons",
        "W1",
        "month",
        ("reason", "occupation", "level"),
        "flow",
    ),
)
