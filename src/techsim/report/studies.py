"""The page of a study (sensitivity, frontier): sections of words, a drawing and a table; a file that loads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from techsim.report import templating
from techsim.report.again import Again


@dataclass(frozen=True)
class Section:
    """A part of the page; ``rows`` are cells in the order of ``head``, which end up in a table."""

    title: str
    words: Sequence[str]
    drawing: Markup | None = None
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Page:
    """What a page says; ``resolved`` are names and texts of scenarios, ``scale`` the residents per simulated person."""

    title: str
    version: str
    scale: int
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    again: Again
    notes: Sequence[str] = ()
    resolved: Sequence[tuple[str, str]] = field(default=())


def render(page: Page) -> str:
    """The page as HTML."""
    environment = templating.environment()
    style = templating.text(environment, "report.css")
    return environment.get_template("study.html.j2").render(page=page, style=style)
