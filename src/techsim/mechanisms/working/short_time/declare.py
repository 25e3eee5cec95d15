"""W3, short-time work (werktijdverkorting, deeltijd-WW): hours are cut instead of jobs, and public money pays for it.

Claim: a scheme that pays for hours not worked lets employers in difficulty keep staff. They put all that they have too
many of on short hours, also those whom they would have kept in any case: deadweight. Some of the jobs end all the same
when the scheme or the spell does, and workers who are kept search less (locking in). Training in the hours cut keeps
technical skills up to date.

The government offers the scheme by hooks: open (share of employers by region), replacement, the employer's
contribution, longest spell, compulsory training, clawback. Without a lever it is closed and nothing happens.

Equations, type of employer e of sector s in region r, N staff, f, a(t) and a(t, t_0) of
:mod:`~techsim.mechanisms.working.surplus` (what firms in trouble have too many of):

    eligible   firms whose output has fallen by more than t_0 of their staff
    taking up  P_e = 1 / (1 + exp(-(b_0 + o_s + b (L_e T' / T - K))))
               L_e = l_0 + l_t (technical share of staff) + l_l 1[large]              letting go and hiring again
               K   = T' (c rho + v + w (1 - rho) + y tau + p rho (1 - c) q)           keeping; both in monthly wages
               T'  = min(T, longest spell)                firms that have not recovered by then let go all the same
    claim      X = N a(0, t_0), their whole surplus; of it A_0 = N a(h, t_0) lies beyond what they keep anyway
    wanted     n* = open_r P_e X / u workers, each with a share u of the hours cut: H = u n
    entries    floor(k_n (n* - n)+ + r_t): permanent staff in order of the highest
               log(1 + tenure) + g C + sigma z                                        C skill currency
               out of education, not hired this month, and at least twice the longest spell after their last one began
    recalls    floor(n / T + (n - n*)+ + r_t): drawn among the workers: firms recover whenever
    spells     end besides at the longest spell, when the scheme closes, or when the worker leaves

    covered    kappa = min(1, H / X)
    jobs kept  S' = (S + k (kappa A_0 - S)+) less the share of the workers who leave or are recalled (kept for good) or
               whose spell ends otherwise, which goes to U
    released   U' = (U + jobs of spells that ended) (1 - k - 1 / T)
    let go     at firms in trouble: k (A - kappa A_0 + S + U) a month (separations), of which k (S + U) are workers in
               a spell, or off one of U for no more than q_m months, in order of rank; as many as there are

so that as a stock no more than A_0 / X of the hours cut keeps a job, and what is over at the end of a spell is let go
at the usual speed. Who is let go is settled before matching, and has to be paid for also if he finds a job at once.
Search of workers on short time is m_k times that of others (matching). Training: C' = C + g_t tau u (1 - C) a
month, where education or occupation are technical.

Money: wages of the hours cut = H x wage of the group and level (table ``hourly_wages`` x wage index x prices) x
hours of a full-time month; levers pay benefits, training, administration per spell, and get back a share of the
benefit of a worker let go during the spell or within q_m months of its end.

==========  ==============================================  ================================
symbol      code                                            unit
==========  ==============================================  ================================
t_0         ``short_time.min_fall``                         share of staff
u           ``short_time.hours_share``                      share of a worker's hours
T           ``short_time.recovery_months``                  months
k_n         ``short_time.entry_speed``                      share a month
b_0, b      ``short_time.intercept``, ``cost_weight``       log odds, per monthly wage
o_s         table ``short_time_use``                        log odds
l_0         ``short_time.rehire_cost``                      monthly wages
l_t, l_l    ``short_time.rehire_technical``, ``_large``     monthly wages
v           ``short_time.overhead``                         share of the wage
w           ``short_time.top_up``                           share of the wage lost
y           ``short_time.training_burden``                  share of the wage
p           ``short_time.failure``                          chance
g, sigma    ``short_time.skilled_first``, ``noise``         log months
m_k         ``short_time.search``                           ratio
g_t         ``short_time.training_gain``                    share of the gap a full month
k, h        ``separations.trouble_speed``, ``hoarding``     share a month, share of staff
==========  ==============================================  ================================

rho, c, tau, q: replacement, employer's contribution, training share, clawback, as the scheme sets them in the region
of the job; no two schemes are open in the same region and month.

Sources: SEO and Technopolis (2020) 4.1.3 (design is crucial: public money may replace private); public_figures P1246 to
P1261, figures stw_*. Left out: the benefit's ceiling and that it uses up the worker's own rights, collective
applications and works councils, fraud, firms as such (a type of employer stands for them). Read by: separations,
matching, currency, the levers' ledger.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Prior, parameters_of

_DECIDE = "assumption: so that some 120,000 workers had a spell in 2008-2011 (figures stw_workers)"


_number = parameters_of("short_time", "W3")

PARAMETERS = (
    _number("min_fall", "share of staff", 0.04, 0.0, 0.5, Prior("uniform", 0.02, 0.06),
            "assumption: firms had to show a loss of turnover (30 % for werktijdverkorting, P1256; not for long)",
            "fall of a firm's output, in terms of staff too many, from which it may apply"),
    _number("hours_share", "share of a worker's hours", 0.40, 0.05, 1.0, Prior("uniform", 0.3, 0.5),
            "from memory; verify: deeltijd-WW between 20 and 50 % of hours; about 40 % on average",
            "hours cut of a worker on short time"),
    _number("recovery_months", "months", 15.0, 1.0, 60.0, Prior("lognormal", 15.0, 0.25),
            "assumption: EUR 760 mln over 121,890 workers (figures stw_cost, stw_workers) at some EUR 800 a month",
            "months after which a firm in trouble needs its staff again"),
    _number("entry_speed", "share a month", 0.25, 0.0, 1.0, Prior("uniform", 0.1, 0.5),
            "assumption: applying takes some months (19,000 benefits three months after the start, P1248)",
            "how fast employers who want to take part do"),
    _number("intercept", "log odds", 1.42, -20.0, 20.0, Prior("normal", 1.42, 0.5), _DECIDE,
            "inclination of employers to take part where letting go costs as much as keeping"),
    _number("cost_weight", "log odds per monthly wage", 0.6, 0.0, 10.0, Prior("lognormal", 0.6, 0.5),
            "assumption: a month's wage is felt, and is one reason among others",
            "how much the cost of keeping against letting go decides"),
    _number("rehire_cost", "monthly wages", 3.0, 0.0, 36.0, Prior("uniform", 1.5, 5.0),
            "assumption: severance, notice, recruiting and training a successor",
            "cost of letting a worker go and hiring another later"),
    _number("rehire_technical", "monthly wages", 2.0, 0.0, 36.0, Prior("uniform", 0.5, 4.0),
            "assumption: technical staff is scarce and its skills are specific",
            "what this costs more for technical staff"),
    _number("rehire_large", "monthly wages", 1.0, 0.0, 36.0, Prior("uniform", 0.0, 2.0),
            "assumption: large firms have social plans and know how to apply",
            "what this costs more for large employers"),
    _number("overhead", "share of the wage", 0.20, 0.0, 1.0, Prior("uniform", 0.1, 0.4),
            "assumption: pension premiums, leave and place of work go on",
            "cost of an hour not worked that stays with the employer"),
    _number("top_up", "share of the wage lost", 0.3, 0.0, 1.0, Prior("uniform", 0.0, 0.6),
            "assumption: many collective agreements top up part of what workers lose",
            "share of the wage lost by workers that employers make up for"),
    _number("training_burden", "share of the wage", 0.25, 0.0, 2.0, Prior("uniform", 0.0, 0.5),
            "assumption: courses and their organisation cost employers a part of the wage",
            "cost to the employer of an hour of compulsory training"),
    _number("failure", "chance", 0.25, 0.0, 1.0, Prior("uniform", 0.1, 0.5),
            "assumption: a quarter is let go all the same",
            "chance, as employers see it, of letting a worker go anyway: they weigh the clawback by it"),
    _number("skilled_first", "log months", 1.0, 0.0, 10.0, Prior("uniform", 0.0, 2.0),
            "assumption: employers keep those whose skills they would miss",
            "weight of technical skill currency in who is put on short time"),
    _number("noise", "log months", 0.5, 0.0, 10.0, Prior("uniform", 0.2, 1.0),
            "assumption: departments and orders decide too",
            "spread of what else decides who is put on short time"),
    _number("search", "ratio", 0.5, 0.0, 2.0, Prior("uniform", 0.2, 1.0),
            "assumption: income is kept up and recall is expected (locking in)",
            "search of workers on short time, relative to other workers"),
    _number("training_gain", "share of the gap a full month", 0.12, 0.0, 1.0, Prior("uniform", 0.03, 0.3),
            "assumption: half a year of full-time training closes half of a gap",
            "what a full month of training adds to technical skill currency"),
    _number("clawback_months", "months", 3.0, 0.0, 24.0, Prior("uniform", 1.0, 6.0),
            "from memory; verify: deeltijd-WW, dismissal within 13 weeks",
            "months after a spell in which letting go has to be paid for"),
    _number("month_hours", "hours", 156.0, 40.0, 200.0, Prior("uniform", 140.0, 165.0),
            "arithmetic: 36 hours x 52 weeks / 12; assumption: workers on short time had full-time jobs",
            "hours of a full-time month"),
    _number("wage_growth", "share a year", 0.0188, -0.05, 0.2, Prior("uniform", 0.015, 0.03),
            "from memory; verify: contract wages rose by about a quarter from 2009 to 2021",
            "how wages rise in euro: table hourly_wages holds those of 2021"),
)  # fmt: skip

INDICATORS = (
    Indicator(
        "short_time_workers",
        "workers on short-time work",
        "persons",
        "W3",
        "month",
        ("sector", "region"),
        "stock",
    ),
    Indicator(
        "short_time_entries",
        "workers who began a spell of short-time work: their first or a later one",
        "persons",
        "W3",
        "month",
        ("sector", "spell"),
        "flow",
    ),
    Indicator(
        "short_time_ended",
        "spells of short-time work that ended, by how",
        "persons",
        "W3",
        "month",
        ("ending", "sector"),
        "flow",
    ),
)
