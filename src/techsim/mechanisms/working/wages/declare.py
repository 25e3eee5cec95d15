"""W2, wages: pay follows how hard work is to find, slowly, and falls with reluctance; and each worker's skill.

Claim: where few are without work pay rises, where many are it falls behind (the wage curve); agreements run for years,
so pay follows late; and pay that should fall gives way less than pay that should rise (downward rigidity). Employers
pay who knows more more: the mean pay of a group moves with the skills of who works in it.

``labour.wages`` is an index: one in the base year, which is the run's first, and relative to the general trend of
productivity. It knows no inflation and no trend: 0.98 says that a group is paid 2 % less, beside that trend, than in
the base year, not less in euro. Nor are groups compared in euro: each has its own base.

Equations, occupation group g, job level l, month t, workers N, unemployed U (simulated persons):

    u     = (sum U + 1/2) / (sum (N + U) + 1)                    all
    u_g   = (U_g + k u) / (N_g + U_g + k)                        a group, drawn towards all where it is small
    u_gl  = (U_gl + k u_g) / (N_gl + U_gl + k)                   a cell, drawn towards its group where it is small
    s(t)  = s(t-1) + (u_gl(t) - s(t-1)) / m                      smoothed; s(0) is the mean of u_gl over the base year
    d     = -e log(s(t) / s(0)) - log v(t-1)                     how far pay is from what it tends to
    log v(t) = log v(t-1) + (max(d, 0) + delta min(d, 0)) / c    the wage curve: pay for given skill

and worker i of the cell, of technical currency C and transferable skill T (W4), when people have changed jobs:

    q_i   = rho C_i 1[g technical] + rho_t T_i                   what skill is worth, log wage
    z_gl  = mean of exp(q_i) over the workers of the cell        z(0) over the worker-months of the base year
    pay_i = v_gl exp(q_i) / z_gl(0)
    w_gl  = v_gl z_gl / z_gl(0)                                  the mean of pay_i, one in the base year: recorded

Everyone in technical work has a currency, which work builds (W4): who comes without technical education is paid less
until then. As skill in a cell rises or falls as a whole its mean pay does; nobody else's pay does, nor does what a
seeker (W2) or a teacher (L2) would be paid there, who brings skill of his own: they see v.

An unemployed person counts in the group and at the level of the last job; a school leaver without one, in the field and
at the level of education; one whose education prepares for no occupation, in all groups in proportion to their workers
at that level.

What choosers see (K2), who count on the skill of those at work, smoothed over ``vacancies.outlook_months``, kind K the
technical groups or the others:

    w_g  = sum_l N_gl w_gl / N_g        W_K = sum_{g in K} N_g w_g / N_K
    seen = log w_g + log W_K - mean_{h in K} log w_h

so that the plain mean over the groups of a kind, which choosers compare, is the log of that kind's mean wage.

=======  =======================================  ==============================
symbol   code                                     unit
=======  =======================================  ==============================
e        ``wages.elasticity``                     log wage per log unemployment
m        ``wages.outlook_months``                 months
c        ``wages.agreement_months``               months
delta    ``wages.downward``                       ratio
k        ``wages.pooling``                        simulated persons
w, v     ``labour.wages``, ``wage_curve``         index, base year = 1
z, z(0)  ``labour.skill_pay.mean``, ``base``      ratio
rho      ``wages.skill``                          log wage per share of the frontier
rho_t    ``wages.transferable``                   log wage per share of all there is
s        ``labour.cell_unemployment``             share of the labour force
=======  =======================================  ==============================

Sources: Blanchflower and Oswald (1994), The Wage Curve: an elasticity of about -0.1; Nijkamp and Poot (2005), The last
word on the wage curve?: -0.07 when corrected for what was published; both from memory. Median pay of 2021 and 2022
(public_figures P1115-P1120) rose by 2.8 % in technical occupations, 3.2 % in ICT, 3.7 % in all: two years, too few to
fit anything to, but they say that technical pay does not run ahead in a tight market.
Left out: inflation, productivity, the minimum wage, regions and sectors, employers who pay more to fill a vacancy, and
that dear labour is hired less; that some jobs pay more for the same skill, and that scarcity moves what it is worth.
The start population holds few unemployed school leavers; they come within the base year, so that its mean is a little
low at hbo and wo. Read by: profile choice and onward choice (K2, K3), matching (W2), courses and retraining (W4),
teachers (L2), short-time work (W3).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "wages.elasticity",
        "log wage per log unemployment",
        0.1,
        0.0,
        1.0,
        Prior("uniform", 0.03, 0.17),
        "assumption: 0.1 in Blanchflower and Oswald (1994), 0.07 in Nijkamp and Poot (2005); from memory",
        "fall of pay by a rise of unemployment in a group and level: the wage curve",
        "W2",
    ),
    Parameter(
        "wages.outlook_months",
        "months",
        12.0,
        1.0,
        120.0,
        Prior("uniform", 6.0, 24.0),
        "assumption: who bargains looks back about a year",
        "months over which those who bargain see unemployment",
        "W2",
    ),
    Parameter(
        "wages.agreement_months",
        "months",
        24.0,
        1.0,
        120.0,
        Prior("uniform", 12.0, 48.0),
        "assumption: collective agreements last about two years, so one in 24 is renewed in a month; from memory",
        "months over which pay moves to what unemployment asks for",
        "W2",
    ),
    Parameter(
        "wages.downward",
        "ratio",
        0.5,
        0.0,
        1.0,
        Prior("uniform", 0.1, 0.9),
        "assumption: pay in the Netherlands is rigid downward, how far is disputed (Dickens et al. 2007; from memory)",
        "speed of falls relative to that of rises; 0: pay never falls behind",
        "W2",
    ),
    Parameter(
        "wages.pooling",
        "simulated persons",
        100.0,
        1.0,
        100_000.0,
        Prior("lognormal", 100.0, 0.7),
        "assumption: at 4 % unemployment a cell of 100 has 4 give or take 2, which says little",
        "size of the labour force at which a cell counts as much as its group in its unemployment",
        "W2",
    ),
)

PARAMETERS += (
    Parameter(
        "wages.skill", "log wage per share of the frontier", 0.2, 0.0, 2.0, Prior("uniform", 0.0, 0.4),
        "assumption: who has lost half of the frontier earns a tenth less in technical work",
        "pay in technical work by technical skill currency: what employers pay, and what seekers expect", "W4",
    ),
    Parameter(
        "wages.transferable", "log wage per share of all there is", 0.2, 0.0, 2.0, Prior("uniform", 0.0, 0.4),
        "assumption: as much as technical skill; ten years of work, which close two thirds of a gap, add some 6 %",
        "pay in any work by transferable skill", "W4",
    ),
)  # fmt: skip

INDICATORS = (
    Indicator(
        "wages",
        "wages relative to the general trend of productivity",
        "index, base year = 1",
        "W2",
        "month",
        ("occupation", "level"),
        "share",
    ),
    Indicator(
        "pay_of_technicians",
        "mean pay of workers in technical occupations, each against the base year's of group and job level, by what "
        "their education lacks for the work, at the end of the year",
        "index, base year = 1",
        "W4",
        "year",
        ("level", "shortfall"),
        "share",
    ),
)
