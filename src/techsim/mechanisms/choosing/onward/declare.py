"""K3 and K4: what a diploma leads to: up, sideways or out, and in which field.

Claim: early choices restrict later ones; switching up, down and sideways has a cost in time and money, which bridging
courses lower; without wiskunde B a technical university is almost closed; the technologieroute carries vmbo pupils
on to mbo and to technology.

Equations, for a person i with diploma d at age A (years) who stands before the choice. Destination k, a column or out:

    V_k = log(onward_dk) - w (kappa - 1) 1[k up: havo, vwo, hbo after mbo, wo after hbo] + beta_x x_i 1[k up]
          - w_down (kappa - 1) 1[k down: a column below the one that d prepares for, as hbo after vwo, mbo after havo]
    V_out = log(onward_d,out) + eta max(0, A - 21) - upsilon (u - u(0)) - rho 1[route, d of vmbo]
    P(k) = exp(V_k) / sum exp(V)

Field technical or not, after an earlier choice e (0 other, 1 technical):

    U_i = alpha_ose + beta_f a_i + beta_h (g_r - g(0)) + beta_n (m + psi log(1 + s_r)) + iota_h I_r
          + tau 1[route, d of vmbo, e = 0]
          - w (kappa - 1) 1[e = 0] + w (kappa - 1) 1[e = 1] + lambda_k + log(sum_f s_f exp(-b_f))
    P(technical) = 1 / (1 + exp(-U_i))

The sum is over the technical fields; m_f is a field's prospects (p_g of the profile choice, K2), m their mean over the
technical fields less that over the others. Who keeps the kind of the field of the last diploma keeps that field with
chance pi; the others draw a field f within the kind with weight s_f exp(-b_f + beta_n (m_f - mean m)), the mean being
that of the kind. Who goes to mbo wants bbl with the share of the level, the kind and the age (21 or more, or less) in
table ``bbl_shares``.

b_f = omega kappa for the fields of a wo bachelor that require wiskunde B, of those who lack it, else 0. kappa is
today's cost of switching in the region, c (1 - q u_r) with u_r the share of switchers for whom there is a course that
takes a part q of the cost away; psi, s_r and I_r as in the profile choice (K2); alpha holds at kappa = 1.

=========  ==========================================  =============================
symbol     code                                        unit
=========  ==========================================  =============================
c          ``switching.cost``                          today's cost = 1
q          ``switching.relief``                        share of the cost
u_r        hook ``switching.courses``                  share of switchers
w          ``switching.cost_weight``                   utility
w_down     ``switching.cost_weight_down``              utility
omega      ``switching.wiskunde_b_barrier``            utility
beta_x     ``onward.ability_weight``                   utility per standard deviation
eta        ``onward.age_weight``                       utility per year
upsilon    ``onward.unemployment_weight``              utility per unit rate
rho, tau   ``technologieroute.onward``, ``.technical`` utility
beta_f     ``followup.affinity_weight``                utility per standard deviation
beta_h     ``followup.guidance_weight``                utility per unit reach
iota_h     ``followup.image_weight``                   utility per unit reach
beta_n     ``followup.prospects_weight``               utility per unit log ratio
lambda_k   table ``kind_shifts``                       utility
pi         ``onward.field_persistence``                chance
=========  ==========================================  =============================

Sources: SEO and Technopolis (2020) 4.1.1, 2.1.6; tables ``onward``, ``followup_shares``, ``field_shares``,
``kind_shifts``, ``bbl_shares``. Left out: distance to a school; numerus fixus (L2). Read by: intake (L1).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "switching.cost",
        "today's cost = 1",
        1.0,
        0.0,
        5.0,
        Prior("uniform", 0.8, 1.2),
        "assumption: today's cost by definition",
        "cost of switching up, down or sideways",
        "K3",
    ),
    Parameter(
        "switching.relief",
        "share of the cost",
        0.5,
        0.0,
        1.0,
        Prior("uniform", 0.1, 0.9),
        "assumption: half; switching must be simple and cheap (seed 4.1.1), no size measured",
        "part of the cost of switching that a bridging course takes away",
        "K3",
    ),
    Parameter(
        "switching.cost_weight",
        "utility",
        0.6,
        0.0,
        3.0,
        Prior("uniform", 0.2, 1.2),
        "assumption: switching is seen as hard (seed 4.1.1)",
        "disutility of today's cost of switching",
        "K3",
    ),
    Parameter(
        "switching.cost_weight_down",
        "utility",
        0.3,
        0.0,
        3.0,
        Prior("uniform", 0.0, 0.9),
        "assumption: down asks no bridging course or selection, but time and a new school: about half of "
        "switching.cost_weight, and from nothing to more than it",
        "disutility of today's cost of switching in a move down, in vo and after a diploma",
        "K3",
    ),
    Parameter(
        "switching.wiskunde_b_barrier",
        "utility",
        3.5,
        0.0,
        10.0,
        Prior("uniform", 2.0, 5.0),
        "assumption: without wiskunde B a technical university is almost closed (seed 4.1.1)",
        "disutility of a technical wo bachelor for those without wiskunde B",
        "K3",
    ),
    Parameter(
        "onward.ability_weight",
        "utility per standard deviation",
        0.4,
        0.0,
        3.0,
        Prior("uniform", 0.1, 0.8),
        "assumption: the able go on more",
        "weight of ability in moving up",
        "K3",
    ),
    Parameter(
        "onward.age_weight",
        "utility per year",
        0.20,
        0.0,
        1.0,
        Prior("uniform", 0.05, 0.35),
        "assumption: continuation falls with age",
        "fall of continuation per year above the age of 21",
        "L1",
    ),
    Parameter(
        "onward.unemployment_weight",
        "utility per unit rate",
        3.0,
        0.0,
        20.0,
        Prior("uniform", 0.0, 8.0),
        "assumption: the young stay in education in a slump",
        "effect of the rise in unemployment on staying in education",
        "L1",
    ),
    Parameter(
        "onward.reentry",
        "chance a year",
        0.35,
        0.0,
        1.0,
        Prior("uniform", 0.2, 0.5),
        "assumption: gap years and second chances",
        "chance that someone out of education for a year at most chooses again; halves each year of age above 20",
        "L1",
    ),
    Parameter(
        "onward.reentry_general",
        "chance a year",
        0.60,
        0.0,
        1.0,
        Prior("uniform", 0.4, 0.8),
        "assumption: more than half of those who pause after havo or vwo come back in a year (P0683)",
        "as onward.reentry, of those whose last diploma is havo or vwo",
        "L1",
    ),
    Parameter(
        "onward.field_persistence",
        "chance",
        0.85,
        0.0,
        1.0,
        Prior("uniform", 0.7, 0.95),
        "assumption: those who go on in the same kind mostly keep their field",
        "chance to keep the field of the last diploma when its kind is kept",
        "L1",
    ),
    Parameter(
        "followup.affinity_weight",
        "utility per standard deviation",
        0.8,
        0.0,
        5.0,
        Prior("uniform", 0.3, 1.5),
        "assumption: as profile.affinity_weight, less strong",
        "weight of affinity in the choice of a field",
        "K3",
    ),
    Parameter(
        "followup.guidance_weight",
        "utility per unit reach",
        0.25,
        0.0,
        3.0,
        Prior("uniform", 0.0, 0.8),
        "assumption: no impact measured (seed, levers table)",
        "effect of guidance on choosing a technical field",
        "K2",
    ),
    Parameter(
        "followup.prospects_weight",
        "utility per unit log ratio",
        0.15,
        0.0,
        2.0,
        Prior("uniform", 0.0, 0.5),
        "assumption: as profile.prospects_weight",
        "effect of lagged relative tightness and pay on the field",
        "K2",
    ),
    Parameter(
        "followup.image_weight",
        "utility per unit reach",
        0.1,
        0.0,
        2.0,
        Prior("uniform", 0.0, 0.4),
        "assumption: less than at the profile choice, as guidance; no impact measured",
        "effect of a campaign for the image of technical work on the choice of a field",
        "K2",
    ),
    Parameter(
        "technologieroute.onward",
        "utility",
        1.0,
        0.0,
        4.0,
        Prior("normal", 1.0, 0.5),
        "seed 2.1.6: moved on to mbo 7 % more often than comparable pupils, as log odds",
        "effect of the technologieroute on going on after vmbo",
        "K4",
    ),
    Parameter(
        "technologieroute.technical",
        "utility",
        1.39,
        0.0,
        4.0,
        Prior("normal", 1.39, 0.5),
        "figures techroute_technical: two thirds against one third, as log odds",
        "effect of the technologieroute on a technical field after vmbo",
        "K4",
    ),
)

INDICATORS = (
    Indicator(
        "onward_choices",
        "people with a diploma who chose where to go",
        "persons",
        "K3",
        "school_year",
        ("origin", "destination", "sex"),
        "flow",
    ),
    Indicator(
        "field_switches",
        "onward choices by earlier and later kind of field",
        "persons",
        "K3",
        "school_year",
        ("origin", "earlier_technical", "technical"),
        "flow",
    ),
)
