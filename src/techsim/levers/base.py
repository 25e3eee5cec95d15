"""What every lever has: its fields in a scenario, what it changes, what it costs.

A lever is one file of this folder with ``LEVER = LeverType(...)``; see ``career_guidance.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from techsim.levers.hooks import Law
from techsim.scenario.models import GAP, Section
from techsim.scenario.values import Month, Number, Regions, Whole

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Values = npt.NDArray[np.float64]

COUNTS: Mapping[str, str] = MappingProxyType(
    {
        "vo_pupils": "pupils in secondary education (vo), all tracks and years",
        "vo_pupils_unguided": "of them, those whom career guidance does not reach anyway",
        "vmbo_upper_pupils": "pupils in years 3 and 4 of vmbo",
        "vmbo_upper_pupils_off_route": "of them, those who are not on the technologieroute anyway",
        "technical_students": "students of technical fields in mbo, hbo and wo on the last 1 October",
        "partnership_seed_use_mbo": "partnerships of mbo started this month on levers' money, for each a year on offer",
        "partnership_seed_use_hbo_wo": "the same of hbo and wo",
        "apprentices": "bbl students in a job with an employer",
        "bridging_places": "apprenticeship places in the months for which the bridging scheme pays",
        "short_time_wages": "euro of gross wages for the hours of the month not worked on short-time work",
        "short_time_entries": "workers who began a spell of short-time work",
        "short_time_training_hours": "hours of compulsory training on short-time work",
        "short_time_repaid_wages": "euro of gross wages for the hours not worked in spells of workers let go "
        "on short-time work or soon after",
        "stap_euro": "euro of learning budgets (STAP) granted this month",
        "slim_euro": "euro of subsidies to small and medium employers for courses (SLIM) granted this month",
        "retraining_use": "people who began retraining this month on levers' places, for each place a year on offer",
        "retraining_use_uwv": "the same on places of the benefit agency alone",
        "retraining_use_fund": "the same on places of O&O funds alone",
        "retraining_use_region": "the same on places of regional programmes alone",
        "technical_teachers": "teachers of technical subjects with a job in education",
        "side_entrants": "people without the teaching degree asked who got a teaching post this month",
        "technical_capacity": "students of technical mbo, hbo, wo for whom there are teachers at the start's ratio",
        "hybrid_starters": "people who began the certificate for hybrid teachers (pdg) this month",
        "hybrid_posts": "full-time posts for hybrid teachers beyond those of the start that are held",
        "scholarships_technical": "students from abroad who came for technical fields this month on a scholarship, "
        "those who would have come anyhow among them",
        "scholarships_other": "the same for all other fields",
        "international_graduates": "international students who left education with a diploma and decided this month",
        "vo_girls": "girls in vo, all tracks and years",
        "vo_migration_pupils": "pupils with a migration background in vo, all tracks and years",
        "primary_pupils": "pupils in primary schools",
        "pabo_students": "students of hbo who become teachers, pabo among them",
        "switchers": "people who went up beyond the common way, or into the other kind of field, this month",
        "unemployed": "people without work who look for it",
        "technical_wages": "euro of gross wages of the month in technical occupations, at full-time hours",
        "hybrid_hours": "hours of work of the month not done as hybrid teachers teach",
    }
)
"""What levers may pay for per region, by name: residents (not simulated persons), or what is said."""


class When(Section):
    """Condition on the business cycle, asked anew each month."""

    output_gap_below: Annotated[float, GAP] = Field(
        description="The lever acts only in months whose output gap (share of potential output) lies below this."
    )


class LeverFields(Section):
    """The fields that every lever has; each declares ``volume`` and ``unit_cost`` anew, with their source."""

    volume: Annotated[float, Number(0, 1)] = Field(description="How much, at full strength.")
    start: Annotated[str | None, Month(optional=True)] = Field(
        default=None, description="First month in which the lever acts, YYYY-MM; the period's first if left out."
    )
    end: Annotated[str | None, Month(optional=True)] = Field(
        default=None, description="Last month in which the lever acts, YYYY-MM; the period's last if left out."
    )
    phase_in: Annotated[int, Whole(0, 240)] = Field(
        default=0, description="Months over which the lever grows evenly to full strength, from its start.",
        json_schema_extra={"unit": "months"},
    )  # fmt: skip
    coverage: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="Share of the regions' schools that take part.",
        json_schema_extra={"unit": "share of schools"},
    )
    regions: Annotated[tuple[str, ...] | None, Regions()] = Field(
        default=None, description="Regions in which the lever acts; all if left out."
    )
    when: When | None = Field(
        default=None, description="Condition on the business cycle; acts whatever the cycle if left out."
    )
    unit_cost: Annotated[float, Number(0, 1_000_000)] = Field(description="Public money per unit of volume.")


@dataclass(frozen=True)
class Change:
    """What a lever does to a hook in a month: values per region, or one value; ``law`` must be the hook's."""

    hook: str
    law: Law
    value: Values


@dataclass(frozen=True)
class Spending:
    """Public money of a month, for one item of a lever; euro of the base year, over all regions."""

    lever: str
    item: str
    euro: float


Effect = Callable[[Any, "Values"], tuple[Change, ...]]
"""Fields and strength per region (0..1) to changes; zero strength or volume must give neutral changes."""
Cost = Callable[[Any, "Values", Mapping[str, "Values"]], Mapping[str, float]]
"""Fields, strength per region and counts per region to euro this month by item."""


@dataclass(frozen=True)
class LeverType:
    """A lever as its file declares it.

    Parameters
    ----------
    name : str
        As scenarios write it; the name of its file.
    doc : str
        What it is and does, in a sentence.
    mechanisms : tuple of str
        Ids of the mechanisms on which it acts.
    hooks : tuple of str
        Names of the hooks that it changes.
    fields : subclass of LeverFields
    side_effects : tuple of str
        What else it can bring about; shown by ``techsim levers``.
    items : tuple of str
        Items of its spending, as the ledger names them.
    counts : tuple of str
        Names (of ``COUNTS``) of the people, or of the month's take-up, that it pays for.
    effect, cost : callable
    alone : str
        A hook that no other lever may change in the same region and month, as both would pay for the same; empty where
        there is none.
    pays_on : bool
        Whether it pays for what it has promised in months in which it has no strength, too.
    """

    name: str
    doc: str
    mechanisms: tuple[str, ...]
    hooks: tuple[str, ...]
    fields: type[LeverFields]
    side_effects: tuple[str, ...]
    items: tuple[str, ...]
    counts: tuple[str, ...]
    effect: Effect
    cost: Cost
    alone: str = ""
    pays_on: bool = False
