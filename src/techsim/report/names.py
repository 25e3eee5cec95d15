"""Labels of the results in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from techsim.data.evidence import Groups

WORDS = {
    "take_up": "take-up",
    "deadweight_share": "deadweight, share of the take-up",
    "deeltijd_ww": "deeltijd-WW",
    "deeltijd_ww_2009": "deeltijd-WW of 2009",
    "slim": "SLIM",
    "stap": "STAP",
    "wt_primary": "W&T in primary schools",
    "wva_onderwijs": "WVA onderwijs",
    "male": "men",
    "female": "women",
    "native": "no migration background",
    "western": "western background",
    "non_western": "non-western background",
    "vmbo_bb": "vmbo basis",
    "vmbo_kb": "vmbo kader",
    "vmbo_gl": "vmbo gemengd",
    "vmbo_tl": "vmbo theoretisch",
    "mbo1": "mbo 1",
    "mbo2": "mbo 2",
    "mbo3": "mbo 3",
    "mbo4": "mbo 4",
    "technical_construction": "construction and installation",
    "technical_metal": "metal, electrical, machines",
    "technical_ict": "ICT",
    "technical_process": "process, chemistry, laboratory",
    "agriculture_other": "agriculture and other",
    "energy_utilities": "energy and utilities",
    "construction_installation": "construction and installation",
    "ict": "ICT",
    "trade_transport": "trade and transport",
    "business_services": "business services",
    "health_care": "health care",
    "education_government": "education and government",
}
COMBINED = {
    ("mbo1", "mbo2", "mbo3", "mbo4"): "mbo",
    ("mbo2", "mbo3", "mbo4"): "mbo 2–4",
    ("mbo2", "mbo3"): "mbo 2–3",
    ("vmbo_bb", "vmbo_kb", "vmbo_gl"): "vmbo basis, kader, gemengd",
    ("vmbo_gl", "vmbo_tl"): "vmbo gemengd and theoretisch",
    ("construction", "metal", "ict", "process"): "technically educated",
    ("technical_construction", "technical_metal", "technical_process"): "without ICT",
}
PUPILS = {"male": "boys", "female": "girls"}
"""Words for sex where the people are pupils."""


def plain(label: str) -> str:
    """A label in words; an unknown one with spaces for underscores."""
    return WORDS.get(label, label.replace("_", " "))


def groups_in_words(groups: Groups) -> str:
    """Groups as a reader says them: havo, girls."""
    parts = []
    pupils = any(dimension == "track" for dimension, _ in groups)
    order = ("origin", "track", "level", "pathway", "field", "occupation", "technical", "sex")
    for dimension, labels in sorted(groups, key=lambda g: order.index(g[0]) if g[0] in order else len(order)):
        if dimension == "technical":
            parts.append("technical" if labels == ("true",) else "not technical")
        elif dimension == "origin":
            parts.append("after " + (COMBINED.get(labels) or " and ".join(map(plain, labels))))
        elif labels in COMBINED:
            parts.append(COMBINED[labels])
        else:
            parts.append(" and ".join(PUPILS.get(x, plain(x)) if pupils else plain(x) for x in labels))
    return ", ".join(parts) or "all"


def listed(words: Sequence[str]) -> str:
    """``one, two and three``; at least one."""
    *first, final = words
    return f"{', '.join(first)} and {final}" if first else final
