"""W1 and W3, separations: contracts that end, quits, apprentices who leave, layoffs.

Claim: a temporary contract ends more easily than a permanent one and is the first to go in a slump; quits rise in a
boom; employers first spare their staff (hoarding), then do not renew, then lay off those with the shortest tenure.

Equations, for a worker (no bbl student):

    temporary: P(decision) = 1 / m                                         per month; at a decision
                   P(ends) = e_f;  of those that go on, a share p becomes permanent
    permanent: P(ends)     = e_p                                           per month
    both:      P(quits)    = q exp(theta x)                                per month; x mean pressure (W3)

In a cell with more staff N, in hours worked, than the employer keeps, K = max(D (1 + h), floor(D + r)), r the cell's
fixed threshold, it lets go, r_t this month's threshold,

    floor(k_f max(N - K, 0) + r_t)    temporary workers, and with them at most
    floor(k max(N - K, 0) + r_t)      workers in all,

temporary ones first (reason contract_end), then permanent ones (layoff), each in order of the lowest rank

    rank_i = log(1 + T_i) + sigma_r z_i     T months of tenure

(last in, first out, with noise for what employers know). Job changes are separations too; they happen in matching.
Employers keep more staff than they want where it was hard to find,

    h  = h_0 + h_l 1[large] + b v           v' = v + (V / N - v) / M_v      vacancy rate of the type, remembered

Types of employers stand for many firms, some of which are in trouble while the type as a whole still hires
(:mod:`~techsim.mechanisms.working.surplus`). They let go, by type and region, of their permanent staff

    k_d (A - kappa A_0 + S + U),   A = N a(h),   F ~ N(f, sigma)      kappa, A_0, S, U: short-time work (W3), else zero

as layoffs, by the same rank; of it k_d (S + U) among the workers on short-time work or just off it, if there are any.

=========  ===========================================  ==================
symbol     code                                         unit
=========  ===========================================  ==================
m          ``separations.temporary_months``             months
e_f        ``separations.not_renewed``                  chance
p          ``separations.made_permanent``               chance
e_p        ``separations.permanent_end``                chance a month
q          ``separations.quit``                         chance a month
theta      ``separations.quit_cyclical``                log per unit pressure
h_0, h_l   ``separations.hoarding``, ``hoarding_large``  share of staff
b          ``separations.hoarding_scarcity``            share of staff per open vacancy per worker
M_v        ``separations.memory_months``                months
k, k_f     ``separations.layoff_speed``, ``flex_speed``  share a month
k_d        ``separations.trouble_speed``                share a month
sigma      ``separations.firm_spread``                  share of staff
M_u        ``separations.staffing_months``              months
sigma_r    ``separations.layoff_noise``                 log months
=========  ===========================================  ==================

Sources: employees changing employer per quarter, 8.5 % below two years of tenure, 2.8 % above (public_figures P1098
f., 2022); flexible workers are first out in a slump (seed 3.2.2). Left out: dismissal law, severance pay, agencies and
the self-employed as such; hybrid teachers (L3): who leaves to teach changes to a job in education, in matching. Read
by: vacancies, matching.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "separations.temporary_months",
        "months",
        12.0,
        1.0,
        36.0,
        Prior("uniform", 6.0, 18.0),
        "assumption: contracts of half a year to a year and a half are most usual",
        "mean months between decisions on a temporary contract",
        "W1",
    ),
    Parameter(
        "separations.not_renewed",
        "chance",
        0.14,
        0.0,
        1.0,
        Prior("uniform", 0.05, 0.3),
        "assumption: a third of those who leave a short job (8.5 % a quarter, P1098) do so without another",
        "chance that a temporary contract is not renewed although there is work",
        "W1",
    ),
    Parameter(
        "separations.made_permanent",
        "chance",
        0.35,
        0.0,
        1.0,
        Prior("uniform", 0.15, 0.6),
        "assumption: after two or three contracts most are permanent (chain rule: three contracts or three years)",
        "chance that a contract that is renewed becomes permanent",
        "W1",
    ),
    Parameter(
        "separations.permanent_end",
        "chance a month",
        0.0012,
        0.0,
        0.1,
        Prior("lognormal", 0.0012, 0.3),
        "assumption: an eighth of those who leave a long job (2.8 % a quarter, P1099) do so without another",
        "chance that a permanent job ends without another",
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
        0.005,
        0.0,
        0.5,
        Prior("uniform", 0.0, 0.03),
        "assumption: employers kept staff in 2009",
        "staff above what is wanted that employers keep, however easy it was to find",
        "W3",
    ),
    Parameter(
        "separations.hoarding_scarcity",
        "share of staff per open vacancy per worker",
        1.0,
        0.0,
        10.0,
        Prior("uniform", 0.0, 2.0),
        "assumption: unemployment rose by a point in 2009-2010, after years of scarcity, and by two in 2012-2013 at a "
        "smaller fall of output (figures unemployment)",
        "staff that employers keep beyond that, by how hard staff was to find",
        "W3",
    ),
    Parameter(
        "separations.memory_months",
        "months",
        24.0,
        1.0,
        240.0,
        Prior("uniform", 12.0, 48.0),
        "assumption: some years, as vacancies take months to fill",
        "months over which employers remember how many vacancies were open",
        "W3",
    ),
    Parameter(
        "separations.hoarding_large",
        "share of staff",
        0.01,
        0.0,
        0.5,
        Prior("uniform", 0.0, 0.03),
        "assumption: large employers have reserves and specific skills to keep",
        "what large employers keep above what small ones do",
        "W3",
    ),
    Parameter(
        "separations.flex_speed",
        "share a month",
        0.4,
        0.0,
        1.0,
        Prior("uniform", 0.2, 0.8),
        "assumption: a contract that is not renewed needs no notice",
        "share of the excess shed in a month where the workers are temporary",
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
        "separations.firm_spread",
        "share of staff",
        0.03,
        0.0,
        0.5,
        Prior("uniform", 0.015, 0.06),
        "assumption: some 100,000 layoffs of permanent staff in a slump, few in a boom (from memory: new unemployment "
        "benefits rose by more than half from 2008 to 2009)",
        "spread, over the firms of a type, of the fall of output in terms of staff",
        "W3",
    ),
    Parameter(
        "separations.trouble_speed",
        "share a month",
        0.05,
        0.0,
        1.0,
        Prior("uniform", 0.02, 0.1),
        "assumption: permanent staff is let go after attrition, notice and procedures",
        "share of what firms in trouble have too many of that they lay off in a month",
        "W3",
    ),
    Parameter(
        "separations.staffing_months",
        "months",
        12.0,
        1.0,
        240.0,
        Prior("uniform", 6.0, 24.0),
        "assumption: a tenth of staff leaves in a year by itself: a fall of some percent is gone in one",
        "months over which attrition lets the staff of firms follow their output",
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
