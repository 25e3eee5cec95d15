"""Charts of one number against another, and charts as files that stand alone."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from techsim.report import figures, numbers, scatter
from techsim.report.figures import Line, Panel
from techsim.report.quantities import Series
from techsim.report.scatter import Path, Plane
from techsim.report.sheet import sheet

SVG = "{http://www.w3.org/2000/svg}"
YEARS = np.arange(2008.0, 2013.0)


def plane() -> Plane:
    past = Path("model", (0.03, 0.05, 0.08), (200e3, 120e3, 90e3), 0, ("’08", "", "’13"))
    known = Path("published <CBS>", (0.04, 0.08), (230e3, 95e3), 1, joined=False, hollow=True)
    return Plane("Beveridge", "unemployment", "share", "open vacancies", "vacancies", (past, known))


def panel() -> Panel:
    line = Line("metal & more", Series(YEARS, YEARS - 2006, YEARS - 2007, YEARS - 2005), 0)
    return Panel("Months to fill", "months", (line,))


def drawn() -> ElementTree.Element:
    return ElementTree.fromstring(sheet([("One & two", figures.draw(panel())), ("Plane", scatter.draw(plane()))]))


def test_a_sheet_is_one_svg_that_holds_its_style_and_no_invisible_parts() -> None:
    root = drawn()
    assert root.tag == f"{SVG}svg"
    assert len(root.findall(f"{SVG}style")) == 1
    assert len(root.findall(f"{SVG}svg")) == 2
    assert not [e for e in root.iter() if e.get("class") == "hit"]
    texts = [e.text for e in root.iter(f"{SVG}text")]
    assert {"One & two", "Plane", "metal & more 6.0", "published <CBS>", "’08", "’13"} <= set(texts)


def test_panels_of_a_sheet_do_not_overlap_and_fit_into_it() -> None:
    root = drawn()
    places = [[float(e.get(k, "nan")) for k in ("x", "width", "y", "height")] for e in root.findall(f"{SVG}svg")]
    assert places[0][0] + places[0][1] <= places[1][0]
    _, _, width, height = (float(x) for x in root.get("viewBox", "").split())
    assert all(x + w <= width and y + h <= height for x, w, y, h in places)


def test_the_same_sheet_twice_is_the_same_text() -> None:
    assert sheet([("a", scatter.draw(plane()))]) == sheet([("a", scatter.draw(plane()))])


def test_points_lie_where_the_axes_say() -> None:
    root = ElementTree.fromstring(str(scatter.draw(plane())))
    dots = [(float(e.get("cx", "")), float(e.get("cy", "")), e.get("class", "")) for e in root.iter("circle")]
    solid = [(x, y) for x, y, kind in dots if kind.startswith("end")]
    assert [kind.split()[0] for *_, kind in dots] == ["end"] * 3 + ["dot"] * 2
    assert solid[0][0] < solid[1][0] < solid[2][0]
    assert solid[0][1] < solid[1][1] < solid[2][1]  # fewer vacancies stand lower
    assert len(list(root.iter("polyline"))) == 1


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(2.72, "months", "2.7"), (98.44, "index", "98.4"), (3.0, "per 100 workers", "3.0"), (-0.04, "months", "0.0")],
)
def test_small_numbers_keep_a_decimal(value: float, unit: str, said: str) -> None:
    assert numbers.of_unit(value, unit) == said == numbers.exact(value, unit)
