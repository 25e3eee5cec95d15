"""The folder of an answer: ``goal``, ``bottleneck``, ``frontier`` and ``sensitivity`` write theirs alike."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from techsim.experiment.study import check

if TYPE_CHECKING:
    from techsim.experiment.watching import Stop

Report = Callable[["dict[str, Any]", "dict[str, Any]"], str]
"""Makes the page of an answer and its manifest."""


def write_answer(
    name: str,
    document: dict[str, Any],
    made: dict[str, Any],
    target: Path,
    tables: Callable[[Path], None],
    stop: Stop,
    report: Report | None,
) -> Path:
    """Write ``name.json``, the tables, the manifest ``made`` and, with ``report``, the page; the folder, absolute.

    ``tables`` writes its files into the folder that it is given. All or nothing: a TargetError if the directory cannot
    be used, Stopped if ``stop`` says so, and nothing is written.
    """
    from techsim.results import manifest, writing

    with writing.whole_directory(target) as directory:
        manifest.write(document, directory / f"{name}.json")
        tables(directory)
        check(stop)
        if report is not None:
            (directory / writing.REPORT).write_text(report(document, made), encoding="utf-8", newline="\n")
        manifest.write(made, directory / writing.MANIFEST)
        check(stop)
    return Path(os.path.realpath(target))


def write_rows(name: str, rows: Sequence[Sequence[Any]], made: Mapping[str, Any], directory: Path) -> None:
    """Write ``name.csv``, head first, and ``parameters.csv`` where draws differ in parameters."""
    from techsim.results import parameter_table

    with (directory / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    parameter_table.write_of(made, directory)
