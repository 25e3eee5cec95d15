"""What the short-time schemes share: fields, what they change, what they cost (W3). No lever itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.scenario.values import Number, Whole

if TYPE_CHECKING:
    from techsim.levers.base import Values

HOOKS = (
    "short_time.open",
    "short_time.replacement",
    "short_time.employer_contribution",
    "short_time.max_months",
    "short_time.training_share",
    "short_time.clawback",
)
ITEMS = ("benefit", "training", "administration", "clawback")
COUNTS = ("short_time_wages", "short_time_entries", "short_time_training_hours", "short_time_repaid_wages")
SIDE_EFFECTS = (
    "deadweight: benefits are also paid for hours of staff whom the employer would have kept anyway",
    "locking in: workers on short-time work search less, and move less to growing employers",
    "jobs that end anyway: staff still too large when the spell is over is let go then",
    "jobs kept at firms in trouble are vacancies less elsewhere (W6)",
)


class ShortTimeFields(LeverFields):
    """Fields of a scheme of short-time work."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="Share of employers who may take part, if their output has fallen (by `short_time.min_fall`).",
        json_schema_extra={"unit": "share of employers", "source": "assumption: open to every employer"},
    )
    coverage: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="Share of the employers of `volume` whom the scheme reaches.",
        json_schema_extra={"unit": "share of employers"},
    )
    replacement_rate: Annotated[float, Number(0, 1)] = Field(
        default=0.70,
        description="Benefit for an hour not worked, as a share of the gross wage.",
        json_schema_extra={
            "unit": "share of the wage",
            "source": "law: Werkloosheidswet art. 47 (75 % in the first two months, then 70 %); from memory",
        },
    )
    employer_contribution: Annotated[float, Number(0, 1)] = Field(
        default=0.0,
        description="Share of the benefit that the employer pays.",
        json_schema_extra={
            "unit": "share of the benefit",
            "source": "assumption: none, as in 2009 (unemployment insurance paid)",
        },
    )
    max_months: Annotated[int, Whole(1, 120)] = Field(
        default=15,
        description="Longest spell of short-time work of a worker.",
        json_schema_extra={"unit": "months", "source": "public figures P1247 (deeltijd-WW, first version)"},
    )
    training_share: Annotated[float, Number(0, 1)] = Field(
        default=0.25,
        description="Share of the hours cut that workers must spend in training.",
        json_schema_extra={
            "unit": "share of the hours cut",
            "source": "assumption: a quarter of the hours (recommended: compulsory training, seed 4.1.3)",
        },
    )
    training_cost: Annotated[float, Number(0, 500)] = Field(
        default=8.0,
        description="Public money per hour of training.",
        json_schema_extra={
            "unit": "euro per hour",
            "source": "assumption: courses for groups at about 16 euro per hour and participant, half of it public",
        },
    )
    clawback: Annotated[float, Number(0, 1)] = Field(
        default=0.5,
        description="Share of the benefit of a worker's spell that the employer pays back on letting him go during it "
        "or within three months (parameter `short_time.clawback_months`), while the scheme runs.",
        json_schema_extra={
            "unit": "share of the benefit",
            "source": "from memory; verify: deeltijd-WW, half of the benefit on dismissal within 13 weeks",
        },
    )
    unit_cost: Annotated[float, Number(0, 10_000)] = Field(
        default=150.0,
        description="Public money for administration per worker who begins a spell.",
        json_schema_extra={
            "unit": "euro per spell",
            "source": "assumption: two to three hours of the benefit agency (UWV) per worker",
        },
    )


def effect(fields: ShortTimeFields, strength: Values) -> tuple[Change, ...]:
    """The scheme is open to a share of employers by region; its terms hold in the regions where it is open."""
    share = fields.volume * strength
    here = (share > 0.0).astype(np.float64)
    terms = (
        fields.replacement_rate,
        fields.employer_contribution,
        float(fields.max_months),
        fields.training_share,
        fields.clawback,
    )
    held = (Change(hook, "max", here * term) for hook, term in zip(HOOKS[1:], terms, strict=True))
    return (Change(HOOKS[0], "max", share), *held)


def cost(fields: ShortTimeFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """Public money of the month, in regions where the scheme is open: benefit less what employers pay, and the rest."""
    here = (fields.volume * strength > 0.0).astype(np.float64)
    rate = fields.replacement_rate * (1.0 - fields.employer_contribution)
    wages, entries, hours, repaid = (float((here * counts[name]).sum()) for name in COUNTS)
    return {
        "benefit": rate * wages,
        "training": fields.training_cost * hours,
        "administration": fields.unit_cost * entries,
        "clawback": 0.0 - fields.clawback * rate * repaid,
    }


def scheme(name: str, doc: str, fields: type[ShortTimeFields]) -> LeverType:
    """A lever that is a scheme of short-time work: no two are open in the same region and month."""
    return LeverType(
        name=name,
        doc=doc,
        mechanisms=("W1", "W3", "W4"),
        hooks=HOOKS,
        fields=fields,
        side_effects=SIDE_EFFECTS,
        items=ITEMS,
        counts=COUNTS,
        effect=effect,
        cost=cost,
        alone=HOOKS[0],
    )
