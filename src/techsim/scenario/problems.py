"""What is wrong with a scenario, said so that its writer can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from techsim.scenario.nodes import Place

SHOWN = 50
"""Problems printed at most; the rest are counted."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where, which field, what it is, what was found, what is allowed, and what may be meant."""

    place: Place
    message: str
    path: str = ""
    found: str = ""
    allowed: str = ""
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.place}: {self.path}: " if self.path else f"{self.place}: "
        lines = [where + self.message]
        for label, text in (("found", self.found), ("allowed", self.allowed), ("hint", self.hint)):
            if text:
                lines.append(f"    {label + ':':<9}{text}")
        return "\n".join(lines)


class ScenarioError(ValueError):
    """A scenario that cannot be used. ``problems`` holds all that was found; ``str()`` is the message for its writer.

    Commands print it on stderr and end with status 2.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        shown = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            shown.append(f"... and {len(self.problems) - SHOWN} more problems")
        # A file name or a text may hold what no terminal can write (lone surrogates).
        return "\n".join(shown).encode("utf-8", "backslashreplace").decode("utf-8")

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)
