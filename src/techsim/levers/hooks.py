"""What a lever may change: each hook with its unit, shape, law of combination, bounds, and who reads it.

A hook's law says how the changes of several levers combine, so that their order cannot matter: ``add`` sums them onto
the base, ``multiply`` multiplies base by factors, ``max`` lets the highest of base and changes count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Law = Literal["add", "multiply", "max"]
Shape = Literal["region", "scalar"]


class LeverError(ValueError):
    """A lever, or a base value, that breaks the rules of its hook: a fault of the program, not of a scenario."""


@dataclass(frozen=True)
class Hook:
    """A quantity of the model that levers may change.

    ``shape`` is ``region`` (one value per region) or ``scalar``; the effective value stays within ``[low, high]``;
    ``reads`` are the ids of the mechanisms that read it.
    """

    name: str
    unit: str
    shape: Shape
    law: Law
    low: float
    high: float
    reads: tuple[str, ...]
    meaning: str


HOOKS: Mapping[str, Hook] = MappingProxyType(
    {
        hook.name: hook
        for hook in (
            Hook(
                "exposure.wt_schools", "share of primary schools", "region", "max", 0.0, 1.0, ("K1",),
                "primary schools that offer science and technology (W&T)",
            ),
            Hook(
                "exposure.support", "share of primary schools", "region", "add", 0.0, 1.0, ("K1",),
                "primary schools that get hours, materials and coaches for W&T beyond today's",
            ),
            Hook(
                "exposure.pabo", "share of pabo's", "region", "add", 0.0, 1.0, ("K1",),
                "teacher-training colleges for primary schools (pabo) with W&T firmly in the curriculum",
            ),
            Hook(
                "role_models.girls", "share of girls", "region", "add", 0.0, 1.0, ("K2",),
                "girls in vo whom female role models reach beyond guidance (VHTO, Girlsday)",
            ),
            Hook(
                "role_models.migration", "share of pupils", "region", "add", 0.0, 1.0, ("K2",),
                "pupils with a migration background in vo whom visits and coaching reach beyond guidance (JINC)",
            ),
            Hook(
                "image.reach", "share of pupils", "region", "add", 0.0, 1.0, ("K2", "K3"),
                "pupils and students whom a campaign for the image of technical work reaches",
            ),
            Hook(
                "pay.technical", "share of the wage", "region", "add", 0.0, 1.0, ("K2", "K3", "W2"),
                "what technical work is paid beyond the wage that the market gives",
            ),
            Hook(
                "pay.employers", "share of the wage", "region", "add", 0.0, 1.0, ("W1",),
                "what of it employers pay themselves",
            ),
            Hook(
                "matching.skills", "share of the unemployed", "region", "add", 0.0, 1.0, ("W2",),
                "unemployed whose skills employers and they themselves are shown, beside the diploma",
            ),
            Hook(
                "guidance.reach", "share of pupils", "region", "add", 0.0, 1.0, ("K2",),
                "pupils in vo reached by guidance and role models (LOB, Jet-Net/TechNet, VHTO)",
            ),
            Hook(
                "switching.courses", "share of switchers", "region", "add", 0.0, 1.0, ("K3",),
                "those who switch up, down or sideways for whom there is a bridging course",
            ),
            Hook(
                "technologieroute.coverage", "share of vmbo pupils", "region", "add", 0.0, 1.0, ("K4",),
                "vmbo pupils who take the technologieroute",
            ),
            Hook(
                "partnerships.seed_mbo", "partnerships a year, were all regions to get as much", "region", "add", 0.0,
                1000.0, ("L5",), "partnerships of mbo that seed money beyond that of history can start",
            ),
            Hook(
                "partnerships.seed_hbo_wo", "partnerships a year, were all regions to get as much", "region", "add",
                0.0, 1000.0, ("L5",), "partnerships of hbo and wo that seed money beyond that of history can start",
            ),
            Hook(
                "curriculum.equipment", "share of the usual", "region", "add", 0.0, 20.0, ("L6",),
                "investment in equipment and infrastructure of technical education beyond the usual",
            ),
            Hook(
                "short_time.open", "share of employers", "region", "max", 0.0, 1.0, ("W3",),
                "employers who may put staff on short-time work (deeltijd-WW)",
            ),
            Hook(
                "short_time.replacement", "share of the wage", "region", "max", 0.0, 1.0, ("W3",),
                "benefit for an hour not worked on short-time work",
            ),
            Hook(
                "short_time.employer_contribution", "share of the benefit", "region", "max", 0.0, 1.0, ("W3",),
                "what employers pay of the benefit",
            ),
            Hook(
                "short_time.max_months", "months", "region", "max", 0.0, 120.0, ("W3",),
                "longest spell of short-time work",
            ),
            Hook(
                "short_time.training_share", "share of the hours cut", "region", "max", 0.0, 1.0, ("W3", "W4"),
                "compulsory training on short-time work",
            ),
            Hook(
                "short_time.clawback", "share of the benefit", "region", "max", 0.0, 1.0, ("W3",),
                "what employers pay back for workers whom they let go on or soon after short-time work",
            ),
            Hook(
                "teachers.relative_pay", "share of pay", "region", "add", 0.0, 1.0, ("L2",),
                "pay of technical teachers beyond what schools pay",
            ),
            Hook(
                "teachers.side_entry", "today's = 1", "region", "multiply", 0.0, 50.0, ("L2",),
                "factor on the chance that technicians without the degree take a teaching post",
            ),
            Hook(
                "teachers.max_stretch", "ratio", "region", "add", 0.0, 10.0, ("L2",),
                "students per teacher against the start that are taken in beyond what schools do by themselves",
            ),
            Hook(
                "hybrid.pdg_factor", "today's = 1", "region", "multiply", 0.0, 10.0, ("L3",),
                "factor on the duration of the certificate for hybrid teachers (pdg)",
            ),
            Hook(
                "hybrid.matching", "today's = 1", "region", "multiply", 0.0, 50.0, ("L3",),
                "factor on the share of free hours for which schools find hybrid teachers",
            ),
            Hook(
                "hybrid.posts", "share of posts", "region", "add", 0.0, 1.0, ("L3",),
                "posts that schools hold for hybrid teachers beyond those of the start",
            ),
            Hook(
                "hybrid.compensation", "share of the wage", "region", "add", 0.0, 1.0, ("L3",),
                "what employers get for the hours of work that they lend to schools",
            ),
            Hook(
                "international.scholarships_technical", "people a year, were all regions to get as much", "region",
                "add", 0.0, 500_000.0, ("L7",), "scholarships for students from abroad who come for technical fields",
            ),
            Hook(
                "international.scholarships_other", "people a year, were all regions to get as much", "region", "add",
                0.0, 500_000.0, ("L7",), "scholarships for students from abroad who come for other fields",
            ),
            Hook(
                "international.scholarship_amount", "euro", "region", "max", 0.0, 200_000.0, ("L7",),
                "what a scholarship for a student from abroad is, once, in the first year",
            ),
            Hook(
                "international.english_bachelor_technical", "today's = 1", "region", "multiply", 0.0, 10.0, ("L7",),
                "factor on places taught in English in technical fields of bachelors of hbo and wo",
            ),
            Hook(
                "international.english_bachelor_other", "today's = 1", "region", "multiply", 0.0, 10.0, ("L7",),
                "factor on places taught in English in other fields of bachelors of hbo and wo",
            ),
            Hook(
                "international.english_master_technical", "today's = 1", "region", "multiply", 0.0, 10.0, ("L7",),
                "factor on places taught in English in technical fields of masters of wo",
            ),
            Hook(
                "international.english_master_other", "today's = 1", "region", "multiply", 0.0, 10.0, ("L7",),
                "factor on places taught in English in other fields of masters of wo",
            ),
            Hook(
                "international.stay", "share of graduates", "region", "add", 0.0, 1.0, ("L7",),
                "international graduates who are offered orientation on work, language and career",
            ),
            Hook(
                "training.stap_open", "share of people", "region", "max", 0.0, 1.0, ("W4",),
                "people whom the personal learning budget (STAP) reaches",
            ),
            Hook(
                "training.stap_amount", "euro", "region", "max", 0.0, 20_000.0, ("W4",),
                "what a learning budget pays for a course at most",
            ),
            Hook(
                "training.stap_budget", "euro a year, were all regions to get as much", "region", "add", 0.0, 1e11,
                ("W4",),
                "money for learning budgets",
            ),
            Hook(
                "training.slim_open", "share of employers", "region", "max", 0.0, 1.0, ("W4",),
                "small and medium employers whom the training subsidy (SLIM) reaches",
            ),
            Hook(
                "training.slim_rate", "share of the price", "region", "max", 0.0, 1.0, ("W4",),
                "what the training subsidy pays of a course",
            ),
            Hook(
                "training.slim_budget", "euro a year, were all regions to get as much", "region", "add", 0.0, 1e11,
                ("W4",),
                "money for the training subsidy",
            ),
            Hook(
                "retraining.places", "people a year, were all regions to get as much", "region", "add", 0.0, 500_000.0,
                ("W2",), "people retrained for technical work beyond those who are anyway",
            ),
            Hook(
                "retraining.uwv", "people a year, were all regions to get as much", "region", "add", 0.0, 500_000.0,
                ("W2",), "the same by programmes of the benefit agency (UWV) alone, which take the unemployed",
            ),
            Hook(
                "retraining.fund", "people a year, were all regions to get as much", "region", "add", 0.0, 500_000.0,
                ("W2",), "the same by O&O funds alone, which take workers of sectors that have one",
            ),
            Hook(
                "retraining.region", "people a year, were all regions to get as much", "region", "add", 0.0, 500_000.0,
                ("W2",), "the same by regional programmes alone, which take both",
            ),
            Hook(
                "places.subsidy", "euro a year per place", "region", "add", 0.0, 50_000.0, ("L4",),
                "what an employer gets for an apprentice (praktijkleren, tax reduction before it)",
            ),
            Hook(
                "bridging.open", "share of employers", "region", "max", 0.0, 1.0, ("L4",),
                "employers whom the bridging scheme reaches",
            ),
            Hook(
                "bridging.amount", "euro a year per place", "region", "max", 0.0, 50_000.0, ("L4",),
                "what the bridging scheme pays for a new apprenticeship place",
            ),
            Hook(
                "bridging.months", "months", "region", "max", 0.0, 60.0, ("L4",),
                "months for which the bridging scheme pays for a place",
            ),
            Hook(
                "bridging.anyway", "share of last year's new places", "region", "max", 0.0, 1.0, ("L4",),
                "new apprenticeship places that count as there anyway: the bridging scheme does not pay for them",
            ),
            Hook(
                "bridging.max_places", "places", "scalar", "max", 0.0, 1_000_000.0, ("L4",),
                "new places a year that the bridging scheme takes on",
            ),
        )
    }
)  # fmt: skip
