"""The warning of a coarse scale: above 1:400 only, the same words on stderr and at the head of pages."""

from __future__ import annotations

import io
from typing import Any

import jinja2
import pytest
import xarray as xr

from techsim.cli.progress import Display
from techsim.cli.sharing import warn
from techsim.experiment.watching import Silent
from techsim.report.again import Again
from techsim.report.coarse import levels, warning
from techsim.report.page import render as run_page
from techsim.report.studies import Page, render

WORDS = "too few people for levels"


@pytest.mark.parametrize(("scale", "warned"), [(1, False), (100, False), (400, False), (401, True), (4000, True)])
def test_what_is_coarse_is_said_in_every_place(scale: int, warned: bool) -> None:
    assert (WORDS in warning(scale)) == warned
    assert bool(warning(scale)) == warned
    page = render(Page("A study", "1.0", scale, (), (), Again("With techsim 1.0:", "techsim sensitivity")))
    assert (WORDS in page) == warned
    if warned:
        assert f"1:{scale} " in warning(scale)
        assert page.index(WORDS) < page.index("</header>") < page.index("<main")
        assert warning(scale) in page
    stream = io.StringIO()
    with Display(stream=stream) as display:
        warn(display, scale)
    assert stream.getvalue() == (f"Warning: {warning(scale)}\n" if warned else "")


def test_a_run_warns_at_the_head_of_its_page(dataset: xr.Dataset, manifest: dict[str, Any]) -> None:
    assert WORDS not in run_page(dataset, manifest)
    page = run_page(dataset, manifest | {"scale": 4000})
    assert page.index(warning(4000)) < page.index("<main")


def test_nobody_is_warned_who_asked_for_quiet_or_watches_by_program() -> None:
    stream = io.StringIO()
    with Display(quiet=True, stream=stream) as display:
        warn(display, 4000)
    warn(Silent(), 4000)
    assert stream.getvalue() == ""


def test_a_terminal_keeps_the_warning_above_its_bar() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with Display(stream=stream) as display:
        warn(display, 4000)
    assert warning(4000) in stream.getvalue().replace("\n", " ").replace("  ", " ")


def test_levels_of_a_search_are_said_unless_it_is_as_fine_as_the_model() -> None:
    assert levels(100) == []
    (said,) = levels(400)
    assert "10 % more technical vacancies" in said


@pytest.mark.parametrize("name", ["compared.html.j2", "onepage.html.j2", "report.html.j2", "study.html.j2"])
def test_every_page_holds_the_warning_in_its_head(name: str) -> None:
    environment = jinja2.Environment(loader=jinja2.PackageLoader("techsim.report", "templates"), autoescape=True)
    assert environment.loader is not None
    source = environment.loader.get_source(environment, name)[0]
    assert '{% include "coarse.html.j2" %}' in source[: source.index("</header>")]
