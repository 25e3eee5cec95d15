"""``techsim explain NAME``: anything that has a name; the nearest one where nothing has it."""

from __future__ import annotations

import pytest

from techsim.cli.explain import names
from techsim.cli.main import main
from techsim.scenario import Catalogue

EXPLAINED = {
    "choice.peer_weight": (
        "choice.peer_weight: parameter", "meaning weight of same-sex peers", "unit utility per unit share",
        "default 0.9", "bounds 0 to 3.5", "prior uniform(0, 2)", "source assumption: below 4", "mechanism K2",
        "parameters: {choice.peer_weight: 0.9}",
    ),
    "career_guidance": ("career_guidance: lever", "guidance.reach", "unit_cost", "deadweight"),
    "guidance.reach": (
        "guidance.reach: hook", "one value per region", "bounds 0 to 1", "changes are added", "read by K2",
        "changed by career_guidance",
    ),
    "exposure.wt_schools": ("the highest of base and changes counts", "changed by wt_primary"),
    "entrants": ("entrants: indicator", "unit persons", "period school year", "groups level, sex", "mechanism L1"),
    "unemployment_rate": ("indicator, worked out after the run", "worked out from unemployed, employed"),
    "recession_2026": ("path of the business cycle", "a gap of -4 % from 2026", "cycle: {path: recession_2026}"),
    "K2": ("K2: mechanism", "Claim: pupils choose", "parameters: choice.affinity_weight choice.peer_weight"),
    "l1": ("L1: mechanism", "indicators: entrants"),
    "draws.number": ("field of a scenario", "Number of draws.", "default 1", "a whole number from 1 to 10000"),
    "draws.parameters": ("one of default, prior, or the path of a file",),
    "population.regions": ("one of landsdelen, provinces, labour_market_regions, or the path of a file",),
    "cycle": ("field of a scenario", "cycle.path, cycle.table"),
    "extends": ("this file wins",),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPLAINED)
@pytest.mark.usefixtures("known")
def test_what_has_a_name_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    text = " ".join(out.split())
    for part in EXPLAINED[name]:
        assert part in text


def test_everything_that_has_a_name_can_be_explained(known: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    for name in names(known):
        assert main(["explain", name]) == 0, name
        assert capsys.readouterr().out.startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("choice.peer_wieght", "did you mean 'choice.peer_weight'?"),
        ("peer_weight", "did you mean 'choice.peer_weight'?"),
        ("carreer-guidance", "did you mean 'career_guidance'?"),
        ("entrant", "did you mean 'entrants'?"),
        ("choice", "parameters of this group: choice.affinity_weight, choice.peer_weight"),
        ("xyzzy", "nothing is called 'xyzzy'\n"),
        ("\x1b[31m", "nothing is called '\\x1b[31m'\n"),
    ],
)
@pytest.mark.usefixtures("known")
def test_what_has_no_name_is_the_users_error(name: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("nothing is called")
    assert hint in err
