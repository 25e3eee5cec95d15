"""``techsim report``: the report of earlier results again."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

ANSWERS = ("goal", "bottleneck", "frontier", "sensitivity")
"""Commands whose page is made of the .json of their name."""


def report(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A directory of results.")],
    evidence: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.md", help="Also write the model beside the evidence, as Markdown.", show_default=False
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something is wrong.")] = False,
) -> None:
    """Make report.html again, from results.nc (of a comparison: comparison.nc; of goal, bottleneck, frontier and
    sensitivity: the .json of that name) and manifest.json."""
    from techsim.results.writing import REPORT, TargetError

    page, what = _compared(directory), "a comparison"
    if page is None:
        page, what = _answered(directory), "an answer"
    if page is None:
        texts = _of_a_run(directory, evidence)
    elif evidence is not None:
        raise TargetError(f"{directory} holds {what}, which is not set beside evidence; leave out --evidence")
    else:
        texts = {directory / REPORT: page}
    written = [_write(path, text) for path, text in texts.items()]
    if not quiet:
        print("\n".join(f"Wrote {path}" for path in written), file=sys.stderr, flush=True)


def _of_a_run(directory: Path, evidence: Path | None) -> dict[Path, str]:
    """The report of a run and, where asked for, the model beside the evidence, by the file that each goes to."""
    from techsim.report.comparison import markdown
    from techsim.report.page import render
    from techsim.results import manifest
    from techsim.results.writing import MANIFEST, REPORT, RESULTS, TargetError, read_dataset

    absent = [name for name in (RESULTS, MANIFEST) if not (directory / name).is_file()]
    if absent:
        raise TargetError(f"{directory} holds no {' and no '.join(absent)}; give a directory of results")
    try:
        about = manifest.read(directory)
        data = read_dataset(directory)
    except (OSError, ValueError) as error:
        raise TargetError(f"{directory}: its results cannot be read: {error}") from error
    texts: dict[Path, str] = {directory / REPORT: render(data, about)}
    return texts if evidence is None else texts | {evidence: markdown(data)}


def _compared(directory: Path) -> str | None:
    """The report of a comparison, None if there is none; TargetError if its results cannot be read."""
    from techsim.results.comparison import COMPARISON_NC

    if not (directory / COMPARISON_NC).is_file():
        return None
    from techsim.report.compared import render
    from techsim.results import comparison, effects, manifest
    from techsim.results.writing import TargetError

    try:
        about = manifest.read(directory)
        data = comparison.read_dataset(directory)
    except (OSError, ValueError) as error:
        raise TargetError(f"{directory}: its results cannot be read: {error}") from error
    return render(data, about, effects.rows(data))


def _answered(directory: Path) -> str | None:
    """The page of the command that wrote the directory: goal, bottleneck, frontier or sensitivity; None if none did."""
    import importlib
    import json

    from techsim.results import manifest
    from techsim.results.writing import TargetError

    name = next((name for name in ANSWERS if (directory / f"{name}.json").is_file()), None)
    if name is None:
        return None
    # of the page that is wanted alone: the others bring the experiments with them
    page = importlib.import_module(f"techsim.report.{name}")
    try:
        document = json.loads((directory / f"{name}.json").read_text(encoding="utf-8"))
        return str(page.render(document, manifest.read(directory)))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise TargetError(f"{directory}: its answer cannot be read: {error!r}") from error


def _write(path: Path, text: str) -> Path:
    """Write a file whole or not at all; TargetError if it cannot be written."""
    from techsim.results.writing import TargetError

    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise TargetError(f"{path} cannot be written: {error.strerror}") from error
    return path
