"""Documentation that can be wrong is checked: the reference page, links, and the scenarios it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from programs import program
from techsim import scenario
from techsim.model.catalogue import catalogue

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHOWN = [
    pytest.param(text, id=f"{page.name}-{number}")
    for page in PAGES
    for number, text in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")))
]


def test_reference_pages_are_of_today() -> None:
    for name, page in program("reference").PAGES.items():
        written = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert written == page(catalogue()), f"{name} is old; run: python scripts/reference.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_lists_each_page_once() -> None:
    rows = re.findall(r"^\| \[[^]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) > 5
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("text", SHOWN)
def test_scenarios_shown_are_valid(text: str, tmp_path: Path) -> None:
    """Each YAML block, completed by what it leaves out, loads."""
    lines = text if "name:" in text else f"name: Shown\n{text}"
    if "extends:" not in lines:
        lines += "extends: baseline.yaml\n"
    path = ROOT / "scenarios" / "baseline.yaml"
    shown = tmp_path / "shown.yaml"
    shown.write_text(re.sub(r"extends: (\S+)", lambda m: f"extends: {path.parent / m[1]}", lines), encoding="utf-8")
    loaded = scenario.load(shown, catalogue())
    assert loaded.levers or loaded.parameters or loaded.cycle.table or loaded.draws.number > 1


FENCED = re.compile(r"^```(\w*)\n(.*?)^```|^((?:(?: {4}|\t).*\n)+)", re.MULTILINE | re.DOTALL)
"""Code, fenced or indented."""
FILE = re.compile(r"\bscenarios/([\w*]+\.yaml)")
CHOSEN = re.compile(r"""\bscenario=(\[[^\]]*\]|["'][^"']*["'])""")
OWN = {"my_scenario.yaml"}
"""Files that a page tells the reader to write."""


def code() -> list[tuple[str, str]]:
    """Each block of code, and the page that it is on."""
    return [
        (page.name, found[2] or found[3])
        for page in PAGES
        if page.name != "CHANGELOG.md"
        for found in FENCED.finditer(page.read_text(encoding="utf-8"))
    ]


def test_scenarios_that_code_names_exist() -> None:
    """Files are there, and what is chosen by name is one of the scenarios that the same block reads."""
    seen, chosen = 0, 0
    for page, block in code():
        files = [path for name in FILE.findall(block) for path in (ROOT / "scenarios").glob(name)]
        for name in FILE.findall(block):
            assert name in OWN or list((ROOT / "scenarios").glob(name)), f"{page}: scenarios/{name}"
            seen += 1
        names = {scenario.load(path, catalogue()).name for path in files}
        for found in CHOSEN.findall(block):
            wanted = set(re.findall(r"""["']([^"']*)["']""", found))
            assert wanted <= names, f"{page}: {sorted(wanted - names)} is none of {sorted(names)}"
            chosen += 1
    assert seen > 20
    assert chosen, "no page chooses a scenario by name"


def test_every_lever_has_its_line_in_the_guide() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    for name in catalogue().levers:
        assert f"| `{name}` |" in guide, name


def test_names_in_the_guide_exist() -> None:
    """Parameters and outputs that the pages name in code style are declared."""
    known = catalogue()
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES if page.name in ("guide.md", "README.md"))
    named = set(re.findall(r"(?:^  |explain )([a-z_]+\.[a-z_]+)(?=:|`|$)", text, re.MULTILINE))
    assert named
    assert named <= set(known.parameters)


def test_page_on_the_labour_market_names_what_is_fitted() -> None:
    """The page's table of fitted parameters is the list of the fit; the index leads to the page."""
    script = (ROOT / "scripts" / "fit_labour_market.py").read_text(encoding="utf-8")
    listed = re.search(r"^FREE = \((.*?)^\)", script, re.MULTILINE | re.DOTALL)
    assert listed
    free = re.findall(r'"([a-z_.]+)"', listed[1])
    assert free
    assert set(free) <= set(catalogue().parameters)
    text = (ROOT / "docs" / "labour_market.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z_]+\.[a-z_]+)` .*least squares \|$", text, re.MULTILINE) == free
    assert "](labour_market.md)" in (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", text))
    files = {name for name in named if name.endswith((".md", ".py", ".yaml"))}
    assert named - files <= set(catalogue().parameters)
