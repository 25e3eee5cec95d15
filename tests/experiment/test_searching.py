"""The search for mixes: it goes on as if it had never stopped, keeps to its file, and finds what is good."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("optuna")
from techsim.experiment.mixes import FrontierError, front
from techsim.experiment.searching import BATCH, Search, Values
from techsim.experiment.watching import Stopped

LEVERS = ("good", "poor", "harmful")
Points = Sequence[tuple[float, Sequence[float]]]


def fake(points: Points) -> list[Values]:
    """Money in tenths of the budget; good and poor together bring more than either alone."""
    found = []
    for share, weights in points:
        m = [max(0.0, w - 0.5) for w in weights]
        part = [share * x / (sum(m) or 1.0) for x in m]
        effect = 100 * part[0] ** 0.5 + 90 * part[1] ** 0.5 - 200 * part[2]
        found.append({"cost": sum(part), "certain": effect})
    return found


class StopsAt:
    def __init__(self, batches: int) -> None:
        self.left = batches

    def __call__(self, points: Points) -> list[Values]:
        self.left -= 1
        if self.left < 0:
            raise Stopped
        return fake(points)


def search(path: Path, **fingerprint: int) -> Search:
    return Search(path, LEVERS, fingerprint, seed=3)


def told(done: int) -> None:
    """Nobody listens."""


def kept(made: Search) -> list[tuple[float, tuple[float, ...], float]]:
    return [(t.share, t.weights, t.values["certain"]) for t in made.trials()]


WANTED = 6 + 4 * BATCH


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Search:
    """A search that was never stopped."""
    made = search(tmp_path_factory.mktemp("whole") / "one")
    made.run(WANTED, fake, told)
    return made


@pytest.mark.parametrize("batches", [0, 2, 4])
def test_a_search_that_was_stopped_goes_on_as_if_it_had_not(tmp_path: Path, whole: Search, batches: int) -> None:
    with pytest.raises(Stopped):
        search(tmp_path / "two").run(WANTED, StopsAt(batches), told)
    again = search(tmp_path / "two")
    assert len(again.trials()) < WANTED
    again.run(WANTED, fake, told)
    assert kept(again) == kept(whole)
    assert len(kept(whole)) == WANTED


def test_what_a_killed_call_was_running_is_over(tmp_path: Path) -> None:
    made = search(tmp_path / "s")
    made.run(6, fake, told)
    made.study.ask()
    again = search(tmp_path / "s")
    again.run(10, fake, told)
    assert len(again.trials()) == 10
    assert not again.study.get_trials(states=(type(again.study.trials[0].state).RUNNING,))


def test_the_first_trials_are_each_lever_alone(tmp_path: Path) -> None:
    made = search(tmp_path / "s")
    made.run(6, fake, told)
    assert [t.weights for t in made.trials()[:3]] == [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)]
    assert [t.share for t in made.trials()] == [1.0] * 3 + [0.5] * 3


def test_it_finds_a_mix_better_than_any_lever_alone(tmp_path: Path) -> None:
    made = search(tmp_path / "s")
    made.run(60, fake, told)
    values = [t.values for t in made.trials()]
    places = front([v["cost"] for v in values], [v["certain"] for v in values], [True] * len(values))
    best = values[places[-1]]["certain"]
    assert best > 115.0  # the good one alone brings 100, the best mix 134.5


def test_another_search_does_not_go_on_from_it(tmp_path: Path) -> None:
    search(tmp_path / "s", budget=1)
    search(tmp_path / "s", budget=1)
    with pytest.raises(FrontierError, match="budget"):
        search(tmp_path / "s", budget=2)
    (tmp_path / "text").write_text("not a study, but a text that somebody wrote\n" * 40, encoding="utf-8")
    with pytest.raises(FrontierError, match="cannot be used"):
        search(tmp_path / "text")
