"""The schemes of the great recession as they were: werktijdverkorting, then deeltijd-WW, 2008-12 to 2011-06 (W3).

A lever of its own, so that a scenario can keep history and offer ``deeltijd_ww`` in a later slump: a lever stands once
in a scenario. The two may not be open in the same region and month, or both would book the same benefits.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from techsim.levers.short_time_scheme import ShortTimeFields, scheme
from techsim.scenario.values import Month, Number


class DeeltijdWw2009Fields(ShortTimeFields):
    """Fields of ``deeltijd_ww_2009``: those of ``deeltijd_ww``, with the dates and terms of 2008-2011."""

    start: Annotated[str | None, Month(optional=True)] = Field(
        default="2008-12",
        description="First month in which the lever acts, YYYY-MM.",
        json_schema_extra={"source": "public figures P1254 (werktijdverkorting), P1246 (deeltijd-WW from April 2009)"},
    )
    end: Annotated[str | None, Month(optional=True)] = Field(
        default="2011-06",
        description="Last month in which the lever acts, YYYY-MM.",
        json_schema_extra={"source": "from memory; verify: the last benefits ran to July 2011"},
    )
    training_share: Annotated[float, Number(0, 1)] = Field(
        default=0.10,
        description="Share of the hours cut that workers spent in training.",
        json_schema_extra={
            "unit": "share of the hours cut",
            "source": "assumption: training had to be agreed on, but was little and short",
        },
    )
    training_cost: Annotated[float, Number(0, 500)] = Field(
        default=0.0,
        description="Public money per hour of training.",
        json_schema_extra={
            "unit": "euro per hour",
            "source": "assumption: employers and sector funds paid for courses",
        },
    )


LEVER = scheme(
    "deeltijd_ww_2009",
    "Short-time work as it was in the great recession: werktijdverkorting and deeltijd-WW, 2008-12 to 2011-06.",
    DeeltijdWw2009Fields,
)
