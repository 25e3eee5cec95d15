"""Levers made for tests: one for each law, on hooks of their own."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from techsim.levers.base import Change, LeverFields, LeverType
from techsim.levers.hooks import Hook, Law
from techsim.scenario.values import Number

REGIONS = ("North", "East", "North-West", "South-West", "South-East")
HOOKS = {
    hook.name: hook
    for hook in (
        Hook("sum", "share", "region", "add", 0.0, 1.0, ("K1",), "adds up"),
        Hook("product", "factor", "scalar", "multiply", 0.0, 10.0, ("K1",), "multiplies"),
        Hook("highest", "share", "region", "max", 0.0, 1.0, ("K1",), "the highest counts"),
    )
}


class Fields(LeverFields):
    """Fields of the sample levers."""

    volume: Annotated[float, Number(-10, 10)] = Field(default=0.1, description="how much")
    unit_cost: Annotated[float, Number(0, 100)] = Field(default=1.0, description="euro")


def sample(name: str, hook: str, law: Law) -> LeverType:
    """A lever whose change is its volume times the strength (for a scalar: of the first region)."""

    def effect(fields, strength):
        if HOOKS[hook].law == "add":
            return (Change(hook, law, fields.volume * strength),)
        if HOOKS[hook].law == "multiply":
            return (Change(hook, law, 1.0 - fields.volume * strength[0]),)
        return (Change(hook, law, fields.volume * strength),)

    return LeverType(
        name=name, doc="A sample.", mechanisms=("K1",), hooks=(hook,), fields=Fields, side_effects=("none",),
        items=("all",), counts=("vo_pupils",), effect=effect,
        cost=lambda fields, strength, counts: {"all": float((strength * counts["vo_pupils"]).sum()) * fields.unit_cost},
    )  # fmt: skip
