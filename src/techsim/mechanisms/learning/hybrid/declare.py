"""L3, hybrid teachers: people who work in industry and teach part of the week; hours in class are not produced.

Claim: many would like to, few can: the certificate takes long, employers, small ones most, can't spare them, least of
all in a boom, and schools find them with difficulty. What they teach adds to capacity (L2) and is lost to production.

Once a year, in the month of birth, workers outside education with hbo or wo who are interested (i e^(d (age - 40) / 10)
of them, a draw made once in a life) apply with chance q. The employer, of size class z, sector s and type e, permits it
with chance

    P = 1 / (1 + exp(-(a_z - b x_s - c v_e + k u)))     x pressure of output, v vacancies per worker as remembered,
                                                        u share of the wage that a lever compensates

In the region of the job, schools have hours for hybrid teachers: those of the start as a share of posts, what a lever
adds, a share y of what regular teachers leave vacant, less those in place or in training; they find a share f (1 + w
R) of it a month, R the share of students whom partnerships reach (L5). In vo and mbo the certificate (pdg) comes
first: D months, in each of which a share o gives up; in hbo and wo one begins at once. A hybrid teacher stops with
chance l a month, if the new employer after a job change does not permit it, or with the job. Hours are drawn once in a
life around their mean.

    hours lent of cell = p sum of hours taught by the cell's workers

Firms count staff less what is lent beyond the start, for whom to let go and for whom to seek: they replace what is lent
where they can, which makes other shortages worse.

=======  =====================================  ============================
symbol   code                                   unit
=======  =====================================  ============================
i, d, t  ``hybrid.interest``, ``interest_age``, ``interest_technical``  share, per ten years, ratio
q        ``hybrid.applies``                     chance a year
a        ``hybrid.permission_sme``, ``_large``  log odds
b, c, k  ``hybrid.permission_pressure``, ``_scarcity``, ``_compensation``  log odds per unit
y, f     ``hybrid.vacancies``, ``hybrid.matching``  share, share a month
w        ``hybrid.partnership``                 ratio
D, o     ``hybrid.pdg_months``, ``hybrid.pdg_dropout``  months, share a month
l        ``hybrid.leave``                       chance a month
p        ``hybrid.lost_share``                  share of hours
=======  =====================================  ============================

Sources: SEO and Technopolis (2020) 2.2.2, 2.2.5, 2.2.6, 3.5, 4.2.1 (figures hybrid_teachers, hybrid_interest,
pdg_duration). Left out: VAT and two employers as costs of their own; hybrid teachers with a job in another school.
Read by: teachers (L2), employers (W1, W3).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Prior, parameters_of

_parameter = parameters_of("hybrid", "L3")

PARAMETERS = (
    _parameter(
        "interest", "share", 0.2, 0.0, 1.0, Prior("uniform", 0.1, 0.25),
        "figures hybrid_interest: one in five of the higher educated",
        "workers of 40 who want to teach beside their job",
    ),
    _parameter(
        "interest_age", "per ten years", 0.1, -1.0, 1.0, Prior("normal", 0.1, 0.1),
        "assumption: later in a career rather than at its start", "rise of interest with age",
    ),
    _parameter(
        "interest_technical", "ratio", 1.0, 0.0, 5.0, Prior("uniform", 0.6, 1.4),
        "assumption: no figure by field", "interest of the technically educated, relative to other fields",
    ),
    _parameter(
        "applies", "chance a year", 0.2, 0.0, 1.0, Prior("uniform", 0.05, 0.4),
        "assumption: so that some 50,000 teach in 2017 (figures hybrid_teachers) of 500,000 who are interested",
        "chance that somebody interested applies",
    ),
    _parameter(
        "permission_sme", "log odds", -1.1, -10.0, 10.0, Prior("normal", -1.1, 0.5),
        "assumption: small firms can't spare the capacity (seed 2.2.6): one in four", "permission of SMEs",
    ),
    _parameter(
        "permission_large", "log odds", 0.0, -10.0, 10.0, Prior("normal", 0.0, 0.5),
        "assumption: half of the large firms", "permission of large employers",
    ),
    _parameter(
        "permission_pressure", "log odds per unit of output", 15.0, 0.0, 200.0, Prior("uniform", 0.0, 40.0),
        "assumption: employers are more willing in a slump (seed 3.5), no size given",
        "fall of permission by output above what is usual",
    ),
    _parameter(
        "permission_scarcity", "log odds per vacancy per worker", 10.0, 0.0, 200.0, Prior("uniform", 0.0, 30.0),
        "assumption: who is hard to replace is not lent", "fall of permission by the vacancy rate",
    ),
    _parameter(
        "permission_compensation", "log odds per wage", 2.0, 0.0, 20.0, Prior("uniform", 0.5, 4.0),
        "assumption: full compensation makes a firm of one in four one of three in four",
        "rise of permission by the share of the wage that is compensated",
    ),
    _parameter(
        "hours", "share of full time", 0.25, 0.05, 0.6, Prior("uniform", 0.2, 0.35),
        "assumption: a day or more a week", "mean hours taught, 0.6 to 1.4 times as many",
    ),
    _parameter(
        "lost_share", "share of hours", 0.8, 0.0, 1.5, Prior("uniform", 0.5, 1.0),
        "assumption: some teach in their own time (hours in class are hours not produced, seed 4.2.1)",
        "production lost per hour taught",
    ),
    _parameter(
        "vacancies", "share", 0.6, 0.0, 1.0, Prior("uniform", 0.3, 1.0),
        "assumption: most of what stays vacant can be split into parts of a week",
        "vacant hours that schools would give to hybrids",
    ),
    _parameter(
        "matching", "share a month", 0.4, 0.0, 1.0, Prior("uniform", 0.1, 0.6),
        "assumption: no structure brings them together (seed 2.2.6)", "free hours for which schools find somebody",
    ),
    _parameter(
        "partnership", "ratio", 1.0, 0.0, 20.0, Prior("uniform", 0.0, 3.0),
        "assumption: no size given (mechanism L5: partnerships help to find hybrid teachers)",
        "how many times as much schools find more, where partnerships reach all students",
    ),
    _parameter(
        "pdg_months", "months", 18.0, 0.0, 60.0, Prior("uniform", 15.0, 21.0),
        "figures pdg_duration", "duration of the certificate",
    ),
    _parameter(
        "pdg_dropout", "share a month", 0.015, 0.0, 0.5, Prior("uniform", 0.005, 0.03),
        "assumption: a quarter gives up in 18 months", "trainees for the certificate who give up",
    ),
    _parameter(
        "leave", "chance a month", 0.004, 0.0, 0.5, Prior("lognormal", 0.004, 0.5),
        "assumption: so that some 50,000 teach in 2017 (figures hybrid_teachers), beside those who leave the job",
        "hybrid teachers who stop",
    ),
)  # fmt: skip

INDICATORS = (
    Indicator(
        "hybrid_teachers",
        "hybrid teachers, those who train for it, what they teach and what is lost to production, on 1 October",
        "persons; full-time teachers; full-time workers",
        "L3",
        "school_year",
        ("segment", "technical", "hybrid_measure"),
        "share",
    ),
)
"""``hybrid_measure``: persons, in_training (persons), fte_taught, fte_lost; the first school year holds the run's first
month."""
