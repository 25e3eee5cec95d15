"""What nobody asks for is not recorded: the same people, state and results, and everything is still audited."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from model.runs import scenario
from techsim.experiment import pairing
from techsim.experiment.draws import plan
from techsim.experiment.simulate import tables
from techsim.experiment.watching import never
from techsim.model import forking
from techsim.model.catalogue import catalogue
from techsim.model.simulation import KEPT, TechsimModel
from techsim.population.people import FIELDS
from techsim.results.dataset import in_persons

END, SCALE = "2010-12", 1000
LEVERS: tuple[dict[str, Any], ...] = (
    {"technologieroute": {"start": "2008-09", "volume": 0.5}},
    {"deeltijd_ww": {"start": "2009-06", "end": "2010-06"}},
    {"retraining": {"start": "2008-03"}},
    {"stap": {"start": "2008-03"}},
    {"partnership_funding": {"start": "2008-03"}},
    {"hybrid_programme": {"start": "2008-03"}},
)
NOT_STATE = ("recorder", "institutions", "tables", "parameters")
SPARE = "labour.luck"
"""Has room for more people than there are, with anything in it."""


@lru_cache(maxsize=2)
def finished(few: bool) -> TechsimModel:
    """A run with levers of all kinds, of which what a comparison asks for is wanted, or everything."""
    model = TechsimModel(scenario(END, SCALE, levers=LEVERS), tables=tables(), wanted=pairing.WANTED if few else None)
    while model.running:
        model.step()
    return model


def arrays(value: Any, path: str, seen: set[int]) -> Iterator[tuple[str, Any]]:
    """Every array and number that a value holds, however deep, and where."""
    if id(value) in seen:
        return
    if isinstance(value, (np.ndarray, int, float, np.generic)):
        yield path, value
        return
    seen.add(id(value))
    if dataclasses.is_dataclass(value):
        inside = {field.name: getattr(value, field.name, None) for field in dataclasses.fields(value)}
    elif isinstance(value, dict):
        inside = value
    elif isinstance(value, (list, tuple)):
        inside = dict(enumerate(value))
    else:
        inside = dict(getattr(value, "__dict__", {}))
    for name, one in inside.items():
        yield from arrays(one, f"{path}.{name}", seen)


def state(model: TechsimModel) -> dict[str, Any]:
    """What the processes keep from month to month."""
    world = model.world
    fields = [field.name for field in dataclasses.fields(world) if field.name not in (*NOT_STATE, "people")]
    found = {path: value for name in fields for path, value in arrays(getattr(world, name), name, set())}
    return {path: value for path, value in found.items() if not path.startswith(SPARE)}


def test_no_state_depends_on_what_is_recorded() -> None:
    few, every = finished(few=True), finished(few=False)
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(few.world.people, field), getattr(every.world.people, field), field)
    mine, others = state(few), state(every)
    assert len(mine) > 100
    assert mine.keys() == others.keys()
    for path, value in mine.items():
        np.testing.assert_array_equal(value, others[path], path)


def test_what_is_wanted_is_recorded_as_ever_and_nothing_else() -> None:
    few, every = finished(few=True), finished(few=False)
    assert set(few.world.recorder.arrays) == pairing.WANTED.union(KEPT) < set(every.world.recorder.arrays)
    wanted = [one for one in catalogue().indicators if one.name in few.world.recorder.arrays]
    here, there = (in_persons(one.world.recorder, SCALE, wanted) for one in (few, every))
    for name, values in here.items():
        assert values.any() or name in {"bridging_places"}, name
        np.testing.assert_array_equal(values, there[name], name)
    with pytest.raises(KeyError):
        in_persons(few.world.recorder, SCALE, [one for one in catalogue().indicators if one.name == "hires"])


def test_the_same_identities_are_held() -> None:
    few, every = finished(few=True), finished(few=False)
    assert few.auditor.largest == every.auditor.largest
    assert len(every.datacollector.get_model_vars_dataframe()) > len(few.datacollector.get_model_vars_dataframe()) == 0


def test_a_comparison_is_the_same_where_everything_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    scenarios = [scenario(END, SCALE, levers=given) for given in ((), LEVERS[:2], LEVERS[2:])]
    plans = [plan(one, catalogue()) for one in scenarios]

    def compare() -> pairing.PairedRecord:
        return pairing.compare_draw(scenarios, plans, True, 1, plans[0][0], lambda done, total: None, never)

    few = compare()
    monkeypatch.setattr(pairing, "WANTED", frozenset(one.name for one in catalogue().indicators))
    every = compare()
    for one, other in zip(few.runs, every.runs, strict=True):
        assert one.indicators.keys() == other.indicators.keys()
        for name, (_, values) in one.indicators.items():
            np.testing.assert_array_equal(values, other.indicators[name][1], name)
        np.testing.assert_array_equal(one.spending, other.spending)
        assert one.schemes == other.schemes
        assert one.short_time == other.short_time


def test_who_wants_more_than_a_run_has_recorded_cannot_go_on_from_it() -> None:
    what = scenario("2008-12", SCALE)
    parameters = {name: declared.default for name, declared in catalogue().parameters.items()}
    few = forking.start(what, 1, parameters, tables(), wanted=("wages",))
    few.step()
    assert forking.fork(few, forking.sketch(what, 1, parameters, tables(), wanted=("wages",))).world.month
    with pytest.raises(ValueError, match="did not record"):
        forking.fork(few, forking.sketch(what, 1, parameters, tables()))
