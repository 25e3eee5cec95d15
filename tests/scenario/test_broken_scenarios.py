"""Bad input: each broken scenario is refused, with file, line, column, field, what is wrong and what may be meant."""

from __future__ import annotations

import pytest
from broken_scenarios import BROKEN, Broken
from sample_catalogue import Write

from techsim.scenario import Catalogue, ScenarioError, load, load_text


def test_there_are_enough_of_them() -> None:
    assert len(BROKEN) >= 40


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN.keys())
def test_broken_scenario(case: Broken, write: Write, catalogue: Catalogue) -> None:
    write({"scenario.yaml": case.content})
    with pytest.raises(ScenarioError) as caught:
        load("scenario.yaml", catalogue)
    assert len(caught.value.problems) == 1, str(caught.value)
    message = str(caught.value)
    where = f"scenario.yaml:{case.at}" if case.at else "scenario.yaml"
    assert message.startswith(f"{where}: {case.path}: " if case.path else f"{where}: "), message
    for part in case.says:
        assert part in message
    assert all(line.isprintable() for line in message.splitlines())
    message.encode("utf-8")


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN.keys())
def test_a_text_is_refused_as_a_file_is(case: Broken, write: Write, catalogue: Catalogue) -> None:
    write({"scenario.yaml": case.content})
    with pytest.raises(ScenarioError) as of_file:
        load("scenario.yaml", catalogue)
    with pytest.raises(ScenarioError) as of_text:
        load_text(case.content, catalogue, file="scenario.yaml")
    assert str(of_text.value) == str(of_file.value)


def test_all_problems_are_told_together_in_the_order_of_the_file(write: Write, catalogue: Catalogue) -> None:
    values = [str(BROKEN[name].content).splitlines()[1] for name in ("cycle: unknown path", "parameter: misspelled")]
    write({"scenario.yaml": "nam: A\n" + values[0] + "\npopulation: {scale: 0, seed: 1}\n" + values[1] + "\n"})
    with pytest.raises(ScenarioError) as caught:
        load("scenario.yaml", catalogue)
    found = [(problem.place.line, problem.path) for problem in caught.value.problems]
    assert found == [
        (1, "name"),
        (1, "nam"),
        (2, "cycle.path"),
        (3, "population.scale"),
        (3, "population.seed"),
        (4, "parameters.choice.peer_wieght"),
    ]


def test_very_many_problems_are_counted(write: Write, catalogue: Catalogue) -> None:
    write({"scenario.yaml": "name: A\n" + "".join(f"key_{i}: 1\n" for i in range(5000))})
    with pytest.raises(ScenarioError) as caught:
        load("scenario.yaml", catalogue)
    assert len(caught.value.problems) == 5000
    message = str(caught.value)
    assert message.endswith("... and 4950 more problems")
    assert "key_49: is not a known key" in message
    assert "key_50:" not in message


def test_the_nearest_name_is_looked_up_for_the_first_problems_only(catalogue: Catalogue) -> None:
    """Looking it up costs more than all else; a file with hundreds of unknown keys has another trouble."""
    with pytest.raises(ScenarioError) as caught:
        load_text("name: A\n" + "".join(f"perod{i}: 1\n" for i in range(300)), catalogue)
    hinted = [problem.hint == "did you mean 'period'?" for problem in caught.value.problems]
    assert hinted == [True] * 200 + [False] * 100
