"""L1, mbo, hbo and wo: diplomas and delay, drop-out, and switching sideways (K3).

Claim: students finish after the nominal duration or later, or drop out, most in the first year; misfit between a
person's affinity and a technical field raises drop-out and switching; the technologieroute lowers drop-out.

Equations, for a student i in column c with field f:

    July, from the nominal duration on:  P(diploma) = passed_c max(1, s+)^-e_p            (s+: students per teacher, L2)
    September to June, each month:
      m_i = exp(-beta_d a_i) if f is technical, else 1                       (misfit)
      P(drop out) = 1 - (1 - min(1, d_c m_i theta_i))^(1/10),  d_c of the first year or later ones,
                                                                        times max(1, s+)^e_d (L2)
    February of the first year, not in bbl:
      P(switch) = min(1, s_c m_i exp(-w (kappa - 1)));  the new field is drawn from the others of the column, with
      weight share_f exp(beta_f a_i 1[f technical]) (phi if f is of the other kind, else 1)

The nominal duration is counted in Julys with ten months or more of study. A diploma never lowers diploma or level; the
field becomes that of the programme unless an earlier diploma has a higher level. Who switches starts anew and loses the
year. theta_i is ``technologieroute.dropout`` for those who came by it, else 1. kappa and w as in K3.

=========  ==========================================  =============================
symbol     code                                        unit
=========  ==========================================  =============================
beta_d     ``tertiary.misfit_weight``                  per standard deviation
theta      ``technologieroute.dropout``                ratio
phi        ``switching.kind_change``                   ratio
d, s       table ``tertiary``                          chance a year
=========  ==========================================  =============================

A bol student without an internship this school year cannot get the diploma with chance ``internships.delay``, and in
January leaves school with chance ``internships.dropout`` besides (L4, working/places).

Sources: table ``tertiary``. Read by: intake,
working.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "tertiary.misfit_weight",
        "per standard deviation",
        0.25,
        0.0,
        2.0,
        Prior("uniform", 0.05, 0.5),
        "assumption: those with little affinity leave technical programmes more",
        "effect of affinity on drop-out and switching in technical fields",
        "L1",
    ),
    Parameter(
        "switching.kind_change",
        "ratio",
        0.3,
        0.0,
        1.0,
        Prior("uniform", 0.1, 0.6),
        "assumption: most who switch stay within technology or outside it",
        "weight of fields of the other kind for those who switch sideways",
        "K3",
    ),
    Parameter(
        "technologieroute.dropout",
        "ratio",
        0.8,
        0.1,
        1.5,
        Prior("uniform", 0.6, 1.0),
        "assumption: fewer leave school early (seed 2.1.6), no size given",
        "drop-out of those who came by the technologieroute against others",
        "K4",
    ),
    Parameter(
        "internships.delay",
        "chance",
        0.4,
        0.0,
        1.0,
        Prior("uniform", 0.1, 0.8),
        "assumption: schools found other assignments for many in 2020",
        "chance that a bol student without an internship cannot get the diploma that year",
        "L4",
    ),
    Parameter(
        "internships.dropout",
        "chance",
        0.04,
        0.0,
        1.0,
        Prior("uniform", 0.0, 0.1),
        "assumption: about half as much again as a bol student's yearly drop-out",
        "chance that a bol student without an internship leaves school for it",
        "L4",
    ),
)

_GROUPS = ("level", "pathway", "sex", "region", "technical")

INDICATORS = (
    Indicator(
        "graduates",
        "diplomas of mbo, hbo and wo (wo: master, or bachelor without one)",
        "persons",
        "L1",
        "school_year",
        _GROUPS,
        "flow",
    ),
    Indicator(
        "graduates_by_background",
        "the same diplomas by migration background",
        "persons",
        "L1",
        "school_year",
        ("level", "background", "technical"),
        "flow",
    ),
    Indicator("students", "students in mbo, hbo and wo on 1 October", "persons", "L1", "school_year", _GROUPS, "stock"),
    Indicator(
        "dropouts",
        "students who left mbo, hbo or wo without a diploma of their programme",
        "persons",
        "L1",
        "school_year",
        _GROUPS,
        "flow",
    ),
    Indicator(
        "programme_switches",
        "students who changed their field in the first year",
        "persons",
        "K3",
        "school_year",
        ("level", "sex", "earlier_technical", "technical"),
        "flow",
    ),
)
"""Graduates of July count in the school year that ends then."""
