"""The report as a file: complete in itself, escaped, small, and tolerant of what is missing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
import xarray as xr

from techsim.report.page import render
from techsim.report.quantities import Results
from techsim.report.sections import Drawer
from techsim.report.shortages import pay_and_scars, shortages

VOID = {"meta", "link", "br", "img", "input", "hr"}
LOADING = {"src", "href", "xlink:href", "srcset", "data", "action", "poster", "background"}


class Reader(HTMLParser):
    """Collects ids, links, texts and faults of nesting."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.alone: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        self.links += [(name, str(value)) for name, value in attrs if name in LOADING]
        if tag == "svg":
            self.alone.append(values)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    return reader


def test_the_page_is_well_formed_and_its_links_lead_somewhere(page: str) -> None:
    reader = read(page)
    assert len(reader.ids) == len(set(reader.ids))
    for _, target in reader.links:
        if target.startswith("#"):
            assert target[1:] in reader.ids


def test_the_page_loads_nothing(page: str) -> None:
    reader = read(page)
    assert {target for _, target in reader.links if not target.startswith("#")} == {"data:,"}
    assert not {"img", "iframe", "object", "embed", "video", "audio"} & set(reader.tags)
    for word in ("@import", "url(", "fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "import("):
        assert word not in page


def test_the_page_is_small(page: str) -> None:
    assert len(page.encode()) < 1_500_000


def test_every_drawing_says_what_it_shows_or_is_decoration(page: str) -> None:
    drawings = read(page).alone
    assert len(drawings) > 30
    assert all(
        svg.get("aria-hidden") == "true" or (svg.get("role") == "img" and svg.get("aria-label")) for svg in drawings
    )


def test_the_head_says_what_was_run(page: str) -> None:
    text = read(page).text
    for words in ("Baseline", "2008-01 to 2030-12", "1 person stands for 100", "techsim 0.1.0", "9f2c6f1e0b7a"):
        assert words in text
    assert "techsim run SCENARIO.yaml --draws 5 --seed 42 --scale 100" in text


def test_the_number_of_regions_is_that_of_the_run(one_draw: xr.Dataset, manifest: dict[str, Any], page: str) -> None:
    text = read(page).text
    assert "The five parts of the country, each at the same scale." in text
    assert "Moves between parts of the country" in text
    assert "Work in another part of the country, of those at work" in text
    three = one_draw.isel(region=slice(3), to_region=slice(3), job_region=slice(3))
    assert "The three parts of the country" in read(render(three, manifest)).text
    one = one_draw.isel(region=[0], to_region=[0], job_region=[0])
    assert "parts of the country, each" not in read(render(one, manifest)).text


def test_the_answer_comes_first(page: str) -> None:
    text = read(page).text
    assert text.index("have a technical diploma") < text.index("Share of pupils who choose")
    assert "4 out of 10, is missed by 12 percentage points" in text
    assert "Unemployment is highest in 2013" in text
    assert "In the last slump, from 20" in text


def test_school_years_are_named_by_both_their_years(page: str) -> None:
    text = read(page).text
    assert "in the school year 2030/31" in text
    assert "in 2030/31 (" in text, "the card of the graduates"


def test_a_cohort_still_on_its_way_is_said_to_be(one_draw: xr.Dataset, manifest: dict[str, Any], page: str) -> None:
    assert "latest cohort that the run follows to the job: " in read(page).text
    short = one_draw.sel(time=slice("2008-01", "2018-12"))
    assert "No cohort of this run is followed to the job" in read(render(short, manifest)).text


def test_draws_that_share_their_parameters_are_said_to_understate(
    dataset: xr.Dataset, manifest: dict[str, Any]
) -> None:
    two = dataset.isel(draw=slice(2))
    assert "differ by luck alone" in read(render(two, manifest)).text
    manifest["scenario"]["draws"] = {"number": 5, "seed": 42, "parameters": "prior"}
    text = read(render(two, manifest)).text
    assert "differ by luck alone" not in text
    assert "drawn from their priors" in text


def test_one_draw_has_no_interval_and_says_so(one_draw: xr.Dataset, manifest: dict[str, Any]) -> None:
    html = render(one_draw, manifest)
    text = read(html).text
    assert "This run has one draw: there is no interval" in text
    assert "90\u202f% of draws" not in text
    assert 'class="band c0" points="1,3' in html  # only the legend's own band is left, and the filled output gap
    assert html.count('class="band') == 2


def test_what_was_replaced_names_files_without_their_folders(one_draw: xr.Dataset, manifest: dict[str, Any]) -> None:
    manifest["overrides"] = [
        {
            "path": "draws.number",
            "old": 1,
            "new": 10,
            "old_at": "/home/me/a.yaml:8:17",
            "new_at": "/home/me/b.yaml:9:3",
        },
        {"path": "cycle", "old": None, "new": {"path": "boom"}, "new_at": "C:\\me\\b.yaml:7:1"},
    ]
    html = render(one_draw, manifest)
    assert "draws.number: 1 became 10 (b.yaml:9:3)" in read(html).text
    assert 'cycle: nothing became {"path": "boom"} (b.yaml:7:1)' in read(html).text
    assert "/home" not in html
    assert "\\me" not in html


def test_texts_of_users_are_escaped(one_draw: xr.Dataset, manifest: dict[str, Any]) -> None:
    evil = '<script>alert("x")</script>&"\'</title>'
    manifest["scenario"] |= {"name": evil, "description": evil, "levers": [{"x": "</pre><b>"}]}
    manifest |= {"techsim": evil, "scenario_hash": evil, "overrides": [{"path": evil}], "seed": evil}
    renamed = one_draw.assign_coords(lever=[evil])
    renamed["spending"].attrs["long_name"] = evil
    html = render(renamed, manifest)
    reader = read(html)
    assert reader.tags.count("script") == 1
    assert "<script>alert" not in html
    assert "<b>" not in html.replace("<b>How to read.</b>", "")
    assert 'alert("x")' in reader.text


def test_the_same_results_give_the_same_bytes(dataset: xr.Dataset, manifest: dict[str, Any], page: str) -> None:
    assert render(dataset, manifest) == page


@pytest.mark.parametrize(
    "names",
    [
        ("profile_choices", "entrants", "employed", "cohort_flows"),
        ("students", "unemployed", "school_leavers_working"),
        ("graduates", "vacancies", "output_gap", "school_leavers_five_years_on"),
        ("apprenticeship_places", "wages", "teachers"),
        ("hybrid_teachers", "months_to_fill"),
        ("partnerships", "employed_by_occupation"),
    ],
    ids=", ".join,
)
def test_what_is_missing_is_left_out_with_a_note(
    one_draw: xr.Dataset, manifest: dict[str, Any], names: tuple[str, ...]
) -> None:
    """Each beside what other parts of the page show: a page takes seconds."""
    text = read(render(one_draw.drop_vars(names), manifest)).text
    note = text[text.index("Not in these results") :]
    assert all(name in note for name in names)
    assert "Run it again" in text


def test_a_scenario_without_levers_spends_nothing_which_is_no_gap(
    one_draw: xr.Dataset, manifest: dict[str, Any]
) -> None:
    text = read(render(one_draw.drop_vars("spending"), manifest)).text
    assert "Not in these results" not in text
    assert "Run it again" in text


def test_shortages_of_technical_and_other_groups_stand_at_one_scale(one_draw: xr.Dataset) -> None:
    """W6: care and education beside the technical groups; months have a scale of their own."""
    chart = shortages(Drawer(Results(one_draw), ()))
    assert chart is not None
    titles = [title for title, _ in chart.drawings]
    assert titles == ["Technical groups, per 100 workers", "Other groups, per 100 workers", "Months to fill a vacancy"]
    ticks = [re.findall(r'text-anchor="end">([^<]+)<', str(drawing)) for _, drawing in chart.drawings]
    assert ticks[0] == ticks[1] != ticks[2]
    assert "health" in chart.drawings[1][1]
    assert "nan" not in str(chart.drawings).lower()


@pytest.mark.parametrize("people", [0.0, 1.0])
def test_short_time_work_is_drawn_where_the_run_has_any(one_draw: xr.Dataset, people: float) -> None:
    drawer = Drawer(Results(one_draw.assign(short_time_workers=one_draw["short_time_workers"] * people)), ())
    chart = pay_and_scars(drawer)
    assert chart is not None
    assert ("People on short time" in [title for title, _ in chart.drawings]) == (people > 0)
    assert ("short_time_workers" in chart.source) == (people > 0)
    assert not drawer.missing


def test_an_empty_dataset_still_gives_a_page() -> None:
    reader = read(render(xr.Dataset(), {}))
    assert "hold none of the headline indicators" in reader.text
    assert "svg" in reader.tags


def test_values_that_are_unknown_or_zero_do_not_break_the_page(one_draw: xr.Dataset, manifest: dict[str, Any]) -> None:
    for factor in (0.0, np.nan):
        broken = one_draw.map(lambda v, factor=factor: v * factor if v.dtype.kind == "f" else v, keep_attrs=True)
        text = read(render(broken, manifest)).text
        assert "nan" not in text.lower().replace("finan", "")


def test_every_published_figure_of_the_run_stands_in_the_table(page: str, dataset: xr.Dataset) -> None:
    from techsim.report.comparison import compare

    rows = compare(dataset)
    assert page.count('class="flag"') == len(rows)
    assert f"All {len(rows)} published figures" in read(page).text


def test_sources_are_printed(page: str) -> None:
    """The tables behind charts are folded and not printed; where their numbers come from is."""
    hidden = page.partition("@media print")[2].partition("</style>")[0]
    assert ".from" not in hidden
    assert ".print { display: block; }" in hidden
    assert page.count('<p class="note print">From <code>results.nc</code>') == page.count('<details class="data">') > 3
