"""K2 (second half) and K4: the choice of a technical profile or sector, of wiskunde B, and of the technologieroute.

Claim: pupils choose technology by affinity, the norms of their sex and background, what same-sex peers of their region
chose the year before, guidance and role models, and how the labour market of technicians looked (the cobweb).

Equation, for a pupil i of track t, sex s, background b in region r who chooses in year y (vmbo-3, havo-4, vwo-4):

    U_i = alpha_ts + beta_a a_i + nu_sb + beta_p (q_rts(y-1) - q_ts(0))
          + (beta_g + beta_gf 1[girl] + beta_gm 1[migration background]) (g_r(y) - g(0) + 1[v_1i < G_r]) + beta_m m(y)
          + gamma_f 1[v_2i < R_r] 1[girl] + gamma_m 1[v_3i < J_r] 1[migration background]
          + iota I_r + beta_m psi log(1 + s_r)
    P(technical) = 1 / (1 + exp(-U_i))

What is usual, g, all feel by its share; programmes of levers (G, R, J) reach some pupils and not others: v is drawn for
a pupil and a programme once in a life, and whom they reached is kept (``Schools.reached``), so that one can see what
those reached would have chosen without (deadweight).

alpha is solved so that the conditions of the start year give its shares (table ``profile_shares``). q is smoothed:
q(y) = (1 - s) q(y-1) + s x (share this year). Prospects of a group g join its lagged tightness and its lagged log wage
(W2), as change since the first year of the run:

    p_g = theta_g + psi w_g         m = mean of p_g over the technical groups - mean over the others

=========  ==========================================  =============================
symbol     code                                        unit
=========  ==========================================  =============================
beta_a     ``profile.affinity_weight``                 utility per standard deviation
nu_sb      ``profile.norm_non_western_*``              utility
beta_p     ``profile.peer_weight``                     utility per unit share
s          ``profile.peer_smoothing``                  share
beta_g..   ``profile.guidance_weight*``                utility per unit reach
g_r        base of hook ``guidance.reach``             share of pupils
G_r        what levers add to it                       share of pupils
v          ``Purpose.REACH``                           uniform
gamma_f    ``profile.role_model_weight``               utility per unit reach
gamma_m    ``profile.coaching_weight``                 utility per unit reach
R_r, J_r   hooks ``role_models.girls``, ``.migration`` share of those pupils
iota       ``profile.image_weight``                    utility per unit reach
I_r        hook ``image.reach``                        share of pupils
s_r        hook ``pay.technical``                      share of the wage
m          technical prospects, lagged                 log ratio
psi        ``prospects.wage_weight``                   log tightness per log wage
beta_m     ``profile.prospects_weight``                utility per unit log ratio
=========  ==========================================  =============================

Wiskunde B follows a technical profile chosen in havo or vwo with chance logistic(alpha_w + beta_w a_i). A vmbo pupil
takes the technologieroute (K4), whatever the profile, with chance hook ``technologieroute.coverage``; its effects come
later, in onward choice and drop-out. A pupil who comes from a lower track with a technical profile keeps it (K3: path
dependence), and with a technical profile from vmbo goes through havo without wiskunde B; others from vmbo choose anew.

Sources: SEO and Technopolis (2020) 2.1.5, 4.1.1; start shares from Techniekpact monitors. Left out: the profiles within
N and within the rest; teacher availability (L2). Read by: onward choice (K3), goals (K5).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

_GUIDANCE = "assumption: coincides with the rise of girls in havo and vwo; no impact measured (seed, levers table)"

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "profile.affinity_weight",
        "utility per standard deviation",
        1.2,
        0.0,
        5.0,
        Prior("uniform", 0.5, 2.0),
        "assumption: preferences form early and weigh most (seed 4.1.1)",
        "weight of technical affinity",
        "K2",
    ),
    Parameter(
        "profile.norm_non_western_male",
        "utility",
        -0.45,
        -3.0,
        1.0,
        Prior("normal", -0.45, 0.25),
        "assumption: pupils with a migration background choose it less, boys especially (K2)",
        "norm of boys with a non-western background against native boys; western backgrounds half of it",
        "K2",
    ),
    Parameter(
        "profile.norm_non_western_female",
        "utility",
        -0.15,
        -3.0,
        1.0,
        Prior("normal", -0.15, 0.2),
        "assumption: pupils with a migration background choose it less, boys especially (K2)",
        "norm of girls with a non-western background against native girls; western backgrounds half of it",
        "K2",
    ),
    Parameter(
        "profile.peer_weight",
        "utility per unit share",
        0.9,
        0.0,
        3.5,
        Prior("uniform", 0.0, 2.0),
        "assumption: below 4, above which a share feeds on itself",
        "weight of same-sex peers of the region a year before",
        "K2",
    ),
    Parameter(
        "profile.peer_smoothing",
        "share",
        0.5,
        0.0,
        1.0,
        Prior("uniform", 0.2, 1.0),
        "assumption: pupils know the last two or three years",
        "weight of the last year in what peers are seen to choose",
        "K2",
    ),
    Parameter(
        "profile.guidance_weight",
        "utility per unit reach",
        0.55,
        0.0,
        3.0,
        Prior("uniform", 0.0, 1.0),
        _GUIDANCE,
        "effect of guidance (LOB), Jet-Net and role models on a pupil reached",
        "K2",
    ),
    Parameter(
        "profile.guidance_weight_girls",
        "utility per unit reach",
        0.6,
        -1.0,
        3.0,
        Prior("uniform", 0.0, 1.5),
        _GUIDANCE,
        "extra effect of guidance and role models on girls (VHTO)",
        "K2",
    ),
    Parameter(
        "profile.guidance_weight_migration",
        "utility per unit reach",
        0.10,
        -1.0,
        3.0,
        Prior("uniform", 0.0, 0.6),
        _GUIDANCE,
        "extra effect of guidance and role models on pupils with a migration background (JINC)",
        "K2",
    ),
    Parameter(
        "profile.prospects_weight",
        "utility per unit log ratio",
        0.15,
        0.0,
        2.0,
        Prior("uniform", 0.0, 0.5),
        "assumption: the cobweb in choice of study is found, small, in the literature (Freeman 1976)",
        "effect of the lagged relative tightness and pay of the technical labour market",
        "K2",
    ),
    Parameter(
        "prospects.wage_weight",
        "log tightness per log wage",
        5.0,
        0.0,
        50.0,
        Prior("uniform", 0.0, 15.0),
        "assumption: with prospects_weight 10 % more pay draws some 4 % more, between Beffy et al. (2012), 1 %, and "
        "Freeman (1976), 10 to 20 %; from memory",
        "weight of lagged relative pay, beside that of tightness, in what choosers see",
        "K2",
    ),
    Parameter(
        "profile.wiskunde_b_affinity_weight",
        "utility per standard deviation",
        0.8,
        0.0,
        5.0,
        Prior("uniform", 0.3, 1.5),
        "assumption: as profile.affinity_weight, less strong",
        "weight of affinity in the choice of wiskunde B",
        "K2",
    ),
)

PARAMETERS += (
    Parameter(
        "profile.role_model_weight",
        "utility per unit reach",
        0.9,
        0.0,
        3.0,
        Prior("uniform", 0.0, 1.8),
        _GUIDANCE + "; as guidance and its extra effect on girls, less what guidance gave already",
        "effect of female role models (VHTO, Girlsday) on a girl reached beyond those whom guidance reaches",
        "K2",
    ),
    Parameter(
        "profile.coaching_weight",
        "utility per unit reach",
        0.5,
        0.0,
        3.0,
        Prior("uniform", 0.0, 1.2),
        _GUIDANCE + "; as guidance and its extra effect on them",
        "effect of visits and coaching (JINC) on a pupil with a migration background reached",
        "K2",
    ),
    Parameter(
        "profile.image_weight",
        "utility per unit reach",
        0.15,
        0.0,
        2.0,
        Prior("uniform", 0.0, 0.5),
        "assumption: a campaign does less than guidance in person; no impact measured",
        "effect of a campaign for the image of technical work on a pupil reached",
        "K2",
    ),
)

INDICATORS = (
    Indicator(
        "profile_choices",
        "pupils who chose a profile or sector in vmbo-3, havo-4 or vwo-4",
        "persons",
        "K2",
        "school_year",
        ("track", "sex", "background", "region", "technical"),
        "flow",
    ),
    Indicator(
        "wiskunde_b",
        "pupils who chose wiskunde B in havo-4 or vwo-4",
        "persons",
        "K2",
        "school_year",
        ("track", "sex"),
        "flow",
    ),
    Indicator(
        "technologieroute_entrants",
        "pupils who entered the technologieroute",
        "persons",
        "K4",
        "school_year",
        ("track", "sex", "region"),
        "flow",
    ),
)
