"""The command line: which commands there are, and what becomes of errors.

Exit status 0 done, 2 the user's input is wrong, 1 anything else. Messages go to stderr. Each command is a file of its
own that imports what is heavy inside its function, so that ``techsim --help`` starts at once.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from techsim import __version__
from techsim.cli.bottleneck import bottleneck
from techsim.cli.check import check
from techsim.cli.compare import compare
from techsim.cli.explain import explain
from techsim.cli.frontier import frontier
from techsim.cli.goal import goal
from techsim.cli.levers import levers
from techsim.cli.report import report
from techsim.cli.run import run
from techsim.cli.schema import schema
from techsim.cli.sensitivity import sensitivity

DONE, FAILED, WRONG_INPUT = 0, 1, 2
INTERRUPTED = 130
"""What typer leaves with when Ctrl-C reaches it."""
DEBUG = "TECHSIM_DEBUG"
"""Environment variable: set to 1, errors come with their traceback."""
GARBAGE_AT = 100_000
"""New objects after which Python looks for cycles: at its 700 it goes through all that the imports made, in vain."""

app = typer.Typer(
    name="techsim",
    help="What becomes of technical talent in the Netherlands, and what a policy would change.",
    epilog="Start with: techsim run scenarios/baseline.yaml",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (run, compare, goal, bottleneck, sensitivity, frontier, check, levers, explain, schema, report):
    app.command(command.__name__)(command)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"techsim {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """What becomes of technical talent in the Netherlands, and what a policy would change."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status.

    Parameters
    ----------
    arguments : sequence of str, optional
        In place of those of the command line.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that cannot write a character must not end the program
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(GARBAGE_AT)
    try:
        app(args=None if arguments is None else list(arguments), prog_name="techsim")
    except SystemExit as leaving:
        if leaving.code == INTERRUPTED:
            _say("Stopped.")
            return FAILED
        return leaving.code if isinstance(leaving.code, int) else DONE
    except KeyboardInterrupt:
        _say("Stopped.")
        return FAILED
    except Exception as error:
        return _report(error)
    return DONE


def _report(error: Exception) -> int:
    """Say what went wrong; the exit status."""
    if os.environ.get(DEBUG) == "1":
        import traceback

        traceback.print_exception(error)
    if _is_input_error(error):
        _say(str(error))
        return WRONG_INPUT
    if isinstance(error, BrokenPipeError):  # the reader of our output has left, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    text = str(error).strip() or "no further message"
    _say(f"techsim failed: {type(error).__name__}: {text}")
    if os.environ.get(DEBUG) != "1":
        _say(f"For the traceback, set the environment variable {DEBUG} to 1 and run it again.")
    return FAILED


def _is_input_error(error: Exception) -> bool:
    """Whether the user's input is to blame; such errors say all that is needed."""
    from techsim.data.reader import TableError
    from techsim.experiment.comparing import ComparisonError
    from techsim.experiment.mixes import FrontierError
    from techsim.experiment.screening import SensitivityError
    from techsim.results.writing import TargetError
    from techsim.scenario import ScenarioError

    known = (ScenarioError, ComparisonError, SensitivityError, FrontierError, TargetError, TableError)
    return isinstance(error, known)


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
