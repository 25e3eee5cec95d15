"""What the subsidies for apprenticeship places share: what they change, what they cost (L4). No lever itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.population.clock import MONTHS

if TYPE_CHECKING:
    from techsim.levers.base import Values


def effect(fields: LeverFields, strength: Values) -> tuple[Change, ...]:
    """What an employer may expect for a place, per region: the amount times the share of places with it."""
    return (Change("places.subsidy", "add", fields.volume * fields.unit_cost * strength),)


def cost(fields: LeverFields, strength: Values, counts: Mapping[str, Values], item: str) -> dict[str, float]:
    """A twelfth of the yearly amount for each apprentice in place for whom it is paid."""
    paid = float((fields.volume * strength * counts["apprentices"]).sum())
    return {item: paid * fields.unit_cost / MONTHS}


def subsidy(name: str, doc: str, fields: type[LeverFields], item: str) -> LeverType:
    """A lever that is a subsidy for each apprenticeship place."""
    return LeverType(
        name=name,
        doc=doc,
        mechanisms=("L4",),
        hooks=("places.subsidy",),
        fields=fields,
        side_effects=(
            "deadweight: most places would be offered without it too",
            "bbl instead of bol: more places draw students from school-based mbo, not only from outside",
        ),
        items=(item,),
        counts=("apprentices",),
        effect=effect,
        cost=lambda given, strength, counts: cost(given, strength, counts, item),
    )
