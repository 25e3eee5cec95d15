"""Bridging scheme: in a slump the government prefinances new apprenticeship places: training goes on (L4, W3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType, When
from techsim.population.clock import MONTHS
from techsim.scenario.values import Number, Whole

if TYPE_CHECKING:
    from techsim.levers.base import Values


class BridgingSchemeFields(LeverFields):
    """Fields of ``bridging_scheme``."""

    volume: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="Share of employers who may have their new places prefinanced.",
        json_schema_extra={"unit": "share of employers", "source": "assumption: open to every employer who trains"},
    )
    when: When | None = Field(
        default=When(output_gap_below=-0.01),
        description="Slump in which the scheme is open: output more than 1 % below potential if left out; "
        "`{output_gap_below: 0.25}` keeps it open whatever the cycle.",
    )
    coverage: Annotated[float, Number(0, 1)] = Field(
        default=1.0,
        description="Share of the employers of `volume` whom the scheme reaches.",
        json_schema_extra={"unit": "share of employers"},
    )
    unit_cost: Annotated[float, Number(0, 50_000)] = Field(
        default=4_000.0,
        description="Public money per new place and year.",
        json_schema_extra={
            "unit": "euro a year per place",
            "source": "assumption: about the net cost of a place to an employer (table place_costs)",
        },
    )
    months: Annotated[int, Whole(1, 48)] = Field(
        default=24,
        description="Months for which a place is paid for, from its start; it goes on when the slump is over.",
        json_schema_extra={"unit": "months", "source": "assumption: the duration of most bbl programmes"},
    )
    there_anyway: Annotated[float, Number(0, 1)] = Field(
        default=0.0,
        description="Share of last September's new places that counts as there anyway and is not paid for.",
        json_schema_extra={
            "unit": "share of last year's new places",
            "source": "assumption: the scheme cannot tell which would have been there anyway, and pays for all",
        },
    )
    max_places: Annotated[int, Whole(1, 1_000_000)] = Field(
        default=100_000,
        description="New places a year that the scheme takes on at most.",
        json_schema_extra={"unit": "places a year", "source": "assumption: no limit that binds"},
    )


def effect(fields: BridgingSchemeFields, strength: Values) -> tuple[Change, ...]:
    """The scheme is open to a share of employers by region; its terms hold where it is open."""
    share = fields.volume * strength
    here = (share > 0.0).astype(np.float64)
    return (
        Change("bridging.open", "max", share),
        Change("bridging.amount", "max", here * fields.unit_cost),
        Change("bridging.months", "max", here * float(fields.months)),
        Change("bridging.anyway", "max", here * fields.there_anyway),
        Change("bridging.max_places", "max", np.array(float(fields.max_places) if here.any() else 0.0)),
    )


def cost(fields: BridgingSchemeFields, strength: Values, counts: Mapping[str, Values]) -> dict[str, float]:
    """A twelfth of the yearly amount for each place taken on: what was promised is paid when the slump is over, too."""
    paid = float(counts["bridging_places"].sum()) if fields.volume > 0.0 else 0.0
    return {"prefinancing": paid * fields.unit_cost / MONTHS}


LEVER = LeverType(
    name="bridging_scheme",
    doc="Bridging scheme: in a slump the government prefinances new apprenticeship places (bbl) for some time.",
    mechanisms=("L4", "W3"),
    hooks=("bridging.open", "bridging.amount", "bridging.months", "bridging.anyway", "bridging.max_places"),
    fields=BridgingSchemeFields,
    side_effects=(
        "deadweight: it pays for every new place of the employers whom it reaches, also for those that they would have "
        "offered anyway",
        "bbl instead of bol: some of those who get a place would have learnt the same at school",
        "apprentices trained in a slump are let go when staff is still too large",
    ),
    items=("prefinancing",),
    counts=("bridging_places",),
    effect=effect,
    cost=cost,
    alone="bridging.open",
    pays_on=True,
)
