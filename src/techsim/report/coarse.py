"""What a coarse scale does to numbers: the warning of commands and pages, in words that one template holds."""

from __future__ import annotations

from techsim.report import templating

FINE = 100
"""Residents per simulated person at which the model's levels are set."""
SEARCHED = 400
"""The scale that searches and studies take unless asked otherwise, of which :data:`LEVELS` tells."""
LEVELS = (
    "Levels at 1:400 are not those of 1:100, at which the model is set: from 2010 to 2017 some 10 % more technical "
    "vacancies (6 % more of all), 2 % fewer unemployed, and leakage 1.5 points higher (three draws beside two)."
)
"""What is known of the scale that searches and sensitivity studies take unless asked otherwise."""


def warning(scale: int) -> str:
    """A warning of a scale coarser than 1:400, which pages have at their head (``coarse.html.j2``); else nothing."""
    environment = templating.environment()
    return environment.get_template("coarse.txt.j2").render(about={"scale": scale}).strip()


def levels(scale: int) -> list[str]:
    """How far levels at such a scale differ from those at 1:100, in a sentence; none where they are those."""
    if scale <= FINE:
        return []
    return [LEVELS if scale <= SEARCHED else f"{LEVELS} This is 1:{scale}, which is coarser still."]
