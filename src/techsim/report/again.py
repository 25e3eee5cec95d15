"""The command that makes an answer again, from what its manifest and document hold."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Again:
    """What a page says about running it again: the words before the command, the command, and words after it."""

    lead: str
    command: str
    notes: Sequence[str] = ()


def again(
    command: str,
    manifest: Mapping[str, Any],
    options: Mapping[str, Any],
    notes: Sequence[str] = (),
    unnamed: Sequence[str] = ("SCENARIO.yaml",),
) -> Again:
    """The command with the scenario files that the manifest names, without their folders, and these options.

    Parameters
    ----------
    options : mapping
        By name: a value; a sequence of values, each with the option before it; True for one without a value. None and
        False are left out.
    unnamed : sequence of str
        In place of the files, where the manifest does not name as many: a scenario need not be from one.
    """
    named = manifest.get("files") or ()
    words = ["techsim", command, *(named if len(named) == len(unnamed) else unnamed)]
    for name, given in options.items():
        if given is True:
            words.append(f"--{name}")
        elif given is not None and given is not False:
            several = given if isinstance(given, (list, tuple)) else [given]
            words += [word for value in several for word in (f"--{name}", written(value))]
    revision = manifest.get("revision") or {}
    commit = f", commit {str(revision['commit'])[:12]}" if revision.get("commit") else ""
    changed = " and uncommitted changes" if commit and revision.get("changed") else ""
    lead = f"With techsim {manifest.get('techsim', '?')}{commit}{changed}, in the folder of the scenario files:"
    return Again(lead, shlex.join(words), notes)


def written(value: Any) -> str:
    """A value as an option takes it: a number with all its digits, a whole one without a point."""
    return repr(float(value)).removesuffix(".0") if isinstance(value, float) else str(value)
