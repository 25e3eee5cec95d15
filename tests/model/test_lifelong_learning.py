"""Lifelong learning and what technicians lack over a decade of the whole model (W4): directions that evidence gives."""

from __future__ import annotations

import numpy as np
import pytest
from runs import finished, scenario

from techsim.data.evidence import Figure, load_evidence
from techsim.experiment.simulate import tables
from techsim.results.coordinates import WORK_OF_RETRAINED

FIRST = 2008
TECHNICAL = tables().dimensions.occupation_technical
SEEDS = (1, 2, 3, 4)


@pytest.fixture(scope="module")
def decades() -> list[dict[str, np.ndarray]]:
    """By seed: participation of all and by technical work or not, courses of a participant in technical work, shares of
    technicians lacking level or skills, shares of those in technical occupations who retire within five years, within
    ten, later."""
    found = []
    for seed in SEEDS:
        arrays = finished(scenario("2018-12", 500, seed=seed)).world.recorder.arrays
        asked = arrays["training_asked"].sum(axis=1).astype(float)
        monthly = arrays["in_training"].sum(axis=1)
        follow = monthly.reshape(asked.shape[0], 12, 2).mean(axis=1)
        learnt = [arrays[name].sum(axis=(1, 3))[:, 1] for name in ("courses", "training_participants")]
        retire = arrays["workers_by_retirement"][:, :, TECHNICAL].sum(axis=2).astype(float)
        short = arrays["technicians_by_shortfall"].sum(axis=1).astype(float)
        found.append(
            {
                "all": follow.sum(axis=1) / asked.sum(axis=1),
                "by_work": follow / asked,
                "courses": learnt[0] / learnt[1],
                "retire": retire / retire.sum(axis=1, keepdims=True),
                "retrained": arrays["retrained_a_year_on"].sum(axis=(0, 1)),
                "lacking": short[:, 1:] / short.sum(axis=1, keepdims=True),
            }
        )
    return found


def _mean(decades: list[dict[str, np.ndarray]], name: str) -> np.ndarray:
    return np.mean([decade[name] for decade in decades], axis=0)


def figures(indicator: str) -> dict[int, Figure]:
    """Of all people, by year, as the table of evidence has them."""
    return {f.year: f for f in load_evidence() if f.indicator == indicator and not f.groups}


def test_participation_is_near_the_figures_of_each_year(decades: list[dict[str, np.ndarray]]) -> None:
    """Within two points: less than half of what the table allows (five), of 17 to 19 %."""
    share, evidence = _mean(decades, "all"), figures("training_participation")
    assert set(evidence) >= {2010, 2014, 2018}
    off = {year: share[year - FIRST] - figure.value for year, figure in evidence.items()}
    assert all(abs(points) < 0.4 * evidence[year].tolerance for year, points in off.items()), off


def test_participation_rises_after_the_slump(decades: list[dict[str, np.ndarray]]) -> None:
    """From 2010-2014 to 2017-2018, in each run; years differ by 0.2 points by luck, means of runs by 0.05.

    The figures (P1190 ff.) rise by more than a point from the mean of those years to 2018, the model by a part of that.
    """
    rises = [decade["all"][[2017 - FIRST, 2018 - FIRST]].mean() - decade["all"][2:7].mean() for decade in decades]
    evidence = {year: figure.value for year, figure in figures("training_participation").items()}
    known = evidence[2018] - np.mean([evidence[year] for year in range(2010, 2015)])
    assert known > 0.01
    assert min(rises) > 0.0
    assert 0.15 * known < np.mean(rises) < known


def test_the_start_is_at_rest(decades: list[dict[str, np.ndarray]]) -> None:
    """No slide from the first years to the next: within a point."""
    share = _mean(decades, "all")
    assert abs(share[:2].mean() - share[2:5].mean()) < 0.01


def test_technical_occupations_take_part_more(decades: list[dict[str, np.ndarray]]) -> None:
    for decade in decades:
        assert (decade["by_work"][:, 1] > 1.03 * decade["by_work"][:, 0]).all()


def test_a_participant_in_technical_work_takes_as_many_courses_as_figures_say(
    decades: list[dict[str, np.ndarray]],
) -> None:
    """1.5 a year in 2013, 1.8 in 2018, within half of what the table allows (a fifth); the text of the source has +14 %
    where its figures have a fifth more."""
    courses = _mean(decades, "courses")
    evidence = [f for f in load_evidence() if f.indicator == "courses_per_participant"]
    assert [f.year for f in evidence] == [2013, 2018]
    for figure in evidence:
        assert courses[figure.year - FIRST] == pytest.approx(figure.value, rel=0.5 * figure.tolerance)
    assert 1.1 < courses[2018 - FIRST] / courses[2013 - FIRST] < 1.3


def test_a_good_part_of_the_retrained_works_in_technology_a_year_on(decades: list[dict[str, np.ndarray]]) -> None:
    """Two fifths to a half (assumption of retraining.specificity), of some hundred people in four runs."""
    work = np.sum([decade["retrained"] for decade in decades], axis=0)
    assert work.sum() > 60
    assert 0.3 < work[WORK_OF_RETRAINED.index("technical")] / work.sum() < 0.65


def test_as_many_technicians_lack_something_as_the_figure_says(decades: list[dict[str, np.ndarray]]) -> None:
    """7 % in 2013, within a point and a half (the table allows five): four runs leave a third of a point of luck."""
    figure = figures("undereducated")[2013]
    lacking = _mean(decades, "lacking")[2013 - FIRST].sum()
    assert lacking == pytest.approx(figure.value, abs=0.3 * figure.tolerance)


def test_more_technicians_lack_something_after_2013(decades: list[dict[str, np.ndarray]]) -> None:
    """In each run by a point or more, by skill, while level falls a little."""
    for decade in decades:
        lacking = decade["lacking"].sum(axis=1)
        assert lacking[2018 - FIRST] > lacking[2013 - FIRST] + 0.01
    level, skill = _mean(decades, "lacking")[[2013 - FIRST, 2018 - FIRST]].T
    assert level[1] < level[0] - 0.001
    assert skill[1] > skill[0] + 0.015


def test_as_many_technicians_retire_within_ten_years_as_employers_expect(decades: list[dict[str, np.ndarray]]) -> None:
    """A quarter from 2011 on, within the tolerance of the table (five points): each run is."""
    figure = figures("retiring_10_years")[2011]
    for decade in decades:
        soon = decade["retire"][2011 - FIRST, :2]
        assert soon.sum() == pytest.approx(figure.value, abs=figure.tolerance)
        assert 0.3 < soon[0] / soon.sum() < 0.7  # spread over both halves of the ten years
