"""A page that answers one question: sentences first, then a chart, then tables. One file that loads nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from techsim.report import templating
from techsim.report.again import Again
from techsim.results import uncertainty


@dataclass(frozen=True)
class Chart:
    """A drawing with its title and the words that say how to read it."""

    title: str
    words: str
    drawing: Markup


@dataclass(frozen=True)
class Grid:
    """A table; the first cell of each row names it. ``source`` is the file that holds the same numbers."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    source: str


def render(
    *,
    title: str,
    answers: Sequence[str],
    charts: Sequence[Chart],
    grids: Sequence[Grid],
    notes: Sequence[str],
    files: str,
    again: Again,
    document: Mapping[str, Any],
    manifest: Mapping[str, Any],
) -> str:
    """The page as HTML.

    Parameters
    ----------
    document : mapping
        The answer as its JSON file holds it: draws, seed, scale and version are read from it.
    """
    environment = templating.environment()
    revision = manifest.get("revision") or {}
    return environment.get_template("onepage.html.j2").render(
        style=templating.text(environment, "report.css"),
        title=title,
        answers=answers,
        charts=charts,
        grids=grids,
        notes=notes,
        files=files,
        again=again,
        about=document,
        parameters=uncertainty.short(document["parameters"]),
        commit=str(revision.get("commit", ""))[:12],
        changed=bool(revision.get("changed")),
        hash=str(manifest.get("scenario_hash", "?")),
        resolved=json.dumps(manifest.get("scenario") or {}, indent=2, ensure_ascii=False, default=str),
    )
