"""Progress: plain lines where there is no terminal, a bar where there is one, nothing when quiet."""

import io

import pytest

from techsim.cli import progress
from techsim.cli.progress import COMPILING, SIMULATING, Display, remaining


class Terminal(io.StringIO):
    """A stream that calls itself a terminal."""

    def isatty(self):
        return True


@pytest.mark.parametrize(("cold", "said"), [(True, COMPILING), (False, SIMULATING)])
def test_plain_lines_name_phases_and_months(monkeypatch, cold, said):
    monkeypatch.setattr(progress, "is_cold", lambda: cold)
    now = iter(range(0, 1000, 6))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(now)))
    stream = io.StringIO()
    with Display(stream=stream) as display:
        display.phase("reading the scenario")
        display.phase(SIMULATING)
        for done in range(1, 6):
            display.months(done, 10, 0)
        display.phase("writing the results")
    assert stream.getvalue().splitlines() == [
        "reading the scenario ...",
        f"{said} ...",
        "simulating: 3 of 10 months, 42 s left",
        "simulating: 5 of 10 months, 30 s left",
        "writing the results ...",
    ]


def test_a_terminal_gets_a_bar():
    stream = Terminal()
    with Display(stream=stream) as display:
        display.phase(SIMULATING)
        display.months(1, 10, 0)
        display.months(7, 10, 2)
        display._bar.refresh()
    shown = stream.getvalue()
    assert "7 of 10 months" in shown
    assert "draws done: 2" in shown
    assert shown.rstrip().endswith("\x1b[2K") or "\x1b[?25h" in shown  # the cursor is back


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_quiet_says_nothing(stream):
    with Display(quiet=True, stream=stream) as display:
        display.phase(SIMULATING)
        display.months(1, 10, 0)
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "done", "to_do", "words"),
    [
        (10, 5, 5, "10 s left"),
        (60, 1, 2, "2 min 00 s left"),
        (60, 1, 150, "2 h 30 min left"),
        (10, 0, 5, ""),
        (10, 5, 0, ""),
    ],
)
def test_the_time_left_is_in_words(seconds, done, to_do, words):
    assert remaining(seconds, done, to_do) == words


def test_kernels_are_counted_before_the_months(monkeypatch):
    monkeypatch.setattr(progress, "is_cold", lambda: True)
    now = iter(range(0, 1000, 6))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(now)))
    stream = io.StringIO()
    with Display(stream=stream) as display:
        display.phase(SIMULATING)
        for done in range(1, 4):
            display.kernels(done, 5)
        for done in range(1, 4):
            display.months(done, 10, 0)
    assert stream.getvalue().splitlines() == [
        f"{COMPILING} ...",
        f"{COMPILING}: 3 of 5 kernels, 12 s left",
        "simulating: 3 of 10 months, 42 s left",
    ]
