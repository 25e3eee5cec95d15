"""``goal``: what is asked, the worlds it makes, and an answer that a run of its own confirms."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from techsim.experiment import worlds
from techsim.experiment.comparing import ComparisonError
from techsim.experiment.goal import Goal, prepare, read_target, write
from techsim.experiment.study import Study
from techsim.experiment.watching import Silent, never
from techsim.model.catalogue import catalogue
from techsim.scenario import load_text

ROUTE = "technologieroute: {start: 2008-09, volume: 0.1}"
GUIDANCE = "career_guidance: {start: 2008-09, volume: 0.4}"


NONE = "technologieroute: {start: 2008-09, volume: 0}"


def study(*levers: str, scale: int = 2000, draws: int = 1, period: str = "2008-01, end: 2011-12") -> Study:
    lines = ["name: base", f"period: {{start: {period}}}", f"population: {{scale: {scale}}}"]
    lines += [f"draws: {{number: {draws}}}", "levers:" if levers else "", *(f"  - {lever}" for lever in levers)]
    return Study(load_text("\n".join(line for line in lines if line), catalogue()), catalogue())


def asked(*levers: str, of: Study, target: str = "technical_entrants=1", year: int = 2010) -> Goal:
    return prepare(of, levers, target, year)


def test_a_mix_scales_volumes_by_one_factor_up_to_their_bounds() -> None:
    goal = asked("technologieroute", "career_guidance", of=study(ROUTE, GUIDANCE))
    assert goal.mix
    assert goal.ends == pytest.approx((0.0, 10.0))
    assert goal.volumes(2.0) == pytest.approx({"technologieroute": 0.2, "career_guidance": 0.8})
    assert goal.volumes(10.0) == pytest.approx({"technologieroute": 1.0, "career_guidance": 1.0})
    settings = {lever.name: dict(lever.fields) for lever in goal.scenario(2.0).levers}
    assert settings["career_guidance"]["volume"] == pytest.approx(0.8)
    assert settings["career_guidance"]["start"] == "2008-09"


def test_a_lever_that_the_scenario_does_not_set_is_added_and_the_period_ends_with_the_year() -> None:
    goal = asked("technologieroute", of=study(period="2008-01, end: 2030-12"), year=2028)
    assert not goal.mix
    made = goal.scenario(0.25)
    assert made.period.end == "2028-12"
    ((name, fields),) = ((lever.name, dict(lever.fields)) for lever in made.levers)
    assert fields["start"] == "2026-09"
    assert (name, fields["volume"]) == ("technologieroute", 0.25)


@pytest.mark.parametrize(
    ("levers", "target", "year", "words"),
    [
        (("technologieroute",), "technical_entrant=1", 2010, "technical_entrants"),
        (("technologyroute",), "technicians=1", 2010, "technologieroute"),
        (("technologieroute",), "technicians", 2010, "NAME=VALUE"),
        (("technologieroute",), "technicians=many", 2010, "NAME=VALUE"),
        (("technologieroute",), "technical_graduate_share=40", 2010, r"write 0\.40 or 40%"),
        (("technologieroute",), "technical_graduate_share=4000", 2010, "between 0 and 1"),
        (("technologieroute",), "leakage=-0.1", 2010, "between 0 and 1"),
        (("technologieroute",), "technicians=-1", 2010, "never below 0"),
        (("technologieroute",), "technicians=1", 2012, "--year 2012"),
        ((), "technicians=1", 2010, "sets no lever"),
        (("career_guidance",), "technicians=1", 2010, "career_guidance: it starts in 2026-09, after 2010; .* earlier"),
    ],
)
def test_what_cannot_be_asked_is_refused(levers: tuple[str, ...], target: str, year: int, words: str) -> None:
    with pytest.raises(ComparisonError, match=words):
        asked(*levers, of=study(), target=target, year=year)


def test_a_lever_that_takes_away_is_asked_about_both_ways() -> None:
    """Fewer places taught in English raise the technical share: the answer lies below none."""
    fewer = "international_places: {start: 2008-09, volume: -0.4}"
    base = study(fewer, period="2008-01, end: 2012-12")
    goal = asked("international_places", of=base, year=2012, target="technical_graduate_share=0.5")
    assert goal.ends == (-1.0, 5.0)
    ends = worlds.run([goal.scenario(x) for x in (0.0, -1.0, 5.0)], catalogue(), 1, Silent(), never)
    without, down, up = ends.level(goal.spec, 2012).mean(axis=1)
    assert down > max(without, up)
    target = (max(without, up) + down) / 2

    question = asked("international_places", of=base, year=2012, target=f"technical_graduate_share={target}")
    answer, found = (document := question.execute()[0])["answer"], document["worlds"]
    assert answer["reached"]
    assert -1.0 < answer["amount"] < 0.0
    assert answer["amount_by_draw"] == [pytest.approx(answer["amount"])]
    assert answer["amount_quantiles"]["p50"] == pytest.approx(answer["amount"])
    assert len(found) == 16
    assert [world["amount"] for world in found] == sorted(world["amount"] for world in found)
    assert (found[0]["level"]["mean"], found[-1]["level"]["mean"]) == pytest.approx((down, up))
    assert [world["cost"]["mean"] for world in found if world["amount"] == 0.0] == [0.0]
    assert (document["smallest"], document["largest"]) == (-1.0, 5.0)


def test_draws_are_told_by_the_side_of_the_answer_and_of_any() -> None:
    """Of two draws one is there at none, and one above it only."""
    fewer = study("international_places: {start: 2008-09, volume: -0.4}", draws=2)
    goal = asked("international_places", of=fewer, target="technical_graduate_share=0.6")
    first = worlds.Worlds((goal.study.scenario,), ())
    amounts = np.array([-1.0, 0.0, 5.0])
    values = np.array([[0.1, 0.7], [0.4, 0.6], [1.0, 0.3]])
    for sign, needed, way in ((1, ["1.6666666666666663", "0.0"], 1.0), (-1, ["None", "0.0"], 0.5)):
        answer = goal._document(first, amounts, values, 0.0 * values, 1, sign, 2010)["answer"]
        assert [str(x) for x in answer["amount_by_draw"]] == needed, "none has no sign"
        assert answer["draws_that_reach_it_this_way"] == way
        assert answer["draws_that_reach_it_at_some_amount"] == 1.0


def test_a_mix_scales_a_lever_that_takes_away_down_to_its_lowest() -> None:
    fewer = "international_places: {start: 2008-09, volume: -0.4}"
    goal = asked("international_places", "career_guidance", of=study(fewer, GUIDANCE))
    assert goal.ends == pytest.approx((0.0, 2.5))
    assert goal.volumes(1.0) == pytest.approx({"international_places": -0.4, "career_guidance": 0.4})
    assert goal.volumes(3.0) == pytest.approx({"international_places": -1.0, "career_guidance": 1.0})
    assert [str(volume) for volume in goal.volumes(0.0).values()] == ["0.0", "0.0"], "none has no sign"
    none = study("international_places: {start: 2008-09, volume: 0}", GUIDANCE)
    with pytest.raises(ComparisonError, match="this one is 0"):
        asked("international_places", "career_guidance", of=none)


def test_targets_are_read_as_written() -> None:
    assert read_target("leakage=0.2") == ("leakage", 0.2)
    assert read_target(" technical_graduate_share = 40% ") == ("technical_graduate_share", 0.4)


def test_the_answer_holds_in_a_run_of_its_own(tmp_path: Path) -> None:
    """A target midway on the way to the full volume is reached, at a price; one beyond all is not, and it says so."""
    base = study(NONE, scale=1000)
    goal = asked("technologieroute", of=base, year=2009)
    ends = worlds.run([goal.scenario(0.0), goal.scenario(1.0)], catalogue(), 1, Silent(), never)
    low, high = ends.level(goal.spec, 2009).mean(axis=1)
    assert high > low
    target = round((low + high) / 2)

    document, made = asked("technologieroute", of=base, year=2009, target=f"technical_entrants={target}").execute()
    answer, found = document["answer"], document["worlds"]
    assert answer["reached"]
    assert 0.0 < answer["amount"] < 1.0
    assert len(found) == 10
    assert [world["amount"] for world in found] == sorted(world["amount"] for world in found)
    assert found[0]["cost"]["mean"] == 0.0
    assert answer["cost"]["mean"] > 0.0
    assert (found[0]["level"]["mean"], found[-1]["level"]["mean"]) == pytest.approx((low, high))
    assert answer["amount_by_draw"] == pytest.approx([answer["amount"]])
    costs = [world["cost"]["mean"] for world in found]
    assert costs == sorted(costs)
    own = worlds.run([goal.scenario(0.0), goal.scenario(answer["amount"])], catalogue(), 1, Silent(), never)
    short = max(world["level"]["mean"] for world in found if world["amount"] < answer["amount"])
    enough = min(world["level"]["mean"] for world in found if world["amount"] >= answer["amount"])
    assert short < target <= enough
    assert short <= own.level(goal.spec, 2009)[1, 0] <= enough

    again = write(document, made, tmp_path / "out")
    assert sorted(path.name for path in again.iterdir()) == ["goal.csv", "goal.json", "manifest.json"]
    assert len((again / "goal.csv").read_text(encoding="utf-8").splitlines()) == 11

    document, _ = asked("technologieroute", of=base, year=2009, target=f"technical_entrants={high * 100}").execute()
    assert not document["answer"]["reached"]
    assert document["answer"]["amount_by_draw"] == [None]
    assert document["answer"]["level"]["mean"] == max(world["level"]["mean"] for world in document["worlds"])
