"""Words of docs/labour_market.md that hang on no number, and how paragraphs are set (``labour_market_page.py``)."""

from __future__ import annotations

import textwrap

import numpy as np

WIDTH = 150
"""Letters in a line of the page."""


def para(*pieces: str) -> list[str]:
    """A paragraph of pieces, in lines of a width that a reader of the file likes, and an empty line."""
    text = " ".join(pieces)
    return [*textwrap.wrap(text, width=WIDTH, break_long_words=False, break_on_hyphens=False), ""]


def item(*pieces: str) -> list[str]:
    """An item of a list."""
    text = " ".join(pieces)
    return textwrap.wrap(f"- {text}", WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def sides(values: np.ndarray, unit: float = 100.0) -> str:
    """Mean over draws with the lowest and the highest draw, one decimal, signed."""
    low, mean, high = (f"{unit * float(x):+.1f}" for x in (values.min(), values.mean(), values.max()))
    return f"{mean} ({low} to {high})".replace("-0.0", "0.0").replace("+0.0", "0.0")


def sure(values: np.ndarray) -> str:
    """Mean of shares over draws in points, its standard error, and how many draws are above zero."""
    error = 100 * float(values.std(ddof=1)) / len(values) ** 0.5
    above = f"above zero in {(values > 0).sum()} of {len(values)} draws"
    return f"{100 * float(values.mean()):+.1f} (standard error {error:.1f}, {above})"


ALGORITHM = """## The algorithm in ten lines

1. Each month has two rounds. Seekers are the unemployed, school leavers among them, and those workers who search:
   more in a boom, with short tenure, or in a job that does not fit.
2. A seeker sends one application a round, with a chance (`matching.interview`), to one single vacancy.
3. Which one: a logit over occupation group, level and region, by fit of the field, last group, pay, level, commuting,
   number of vacancies.
4. Search is directed: groups in which applications have succeeded of late draw more of them (Moen 1997).
5. Long unemployment makes less choosy: other fields and lower levels come within reach. Leakage and underuse come
   from that.
6. Applications fall on vacancies like balls in urns (Butters 1977; Pissarides 1979): some get many, some none. That
   is the friction.
7. In a round a share of the vacancies comes to a decision (`matching.decision`). Employers refuse who is too far
   below the level, or has neither fit nor experience.
8. Of the others the best is hired: by fit, experience, schooling short of the job, time without work, and luck (job
   competition, Thurow 1975).
9. Own apprentices come before the market; workers move only if the new match is not worse than the old one, give or
   take.
10. A vacancy is filled once, a person gets one job, and the order in which people or vacancies are stored does not
   matter.

It is not stable matching (nobody sees all vacancies, a round ends with one answer), not wage posting or bargaining
(pay follows a wage curve, slowly, and clears nothing), and not a matching function. The exact form:
`techsim explain W2`.
"""
"""Text that hangs on no number."""


LEFT_OUT = """## What is left out, plainly

- **Reservation wages, offers refused, bargaining.** Who is offered a job takes it; pay plays no part in who is hired,
  and clears nothing.
- **Firms.** A type of employer in a region stands for many; reputation, poaching and several openings at one firm are
  absent.
- **Networks and recalls** as channels of hiring, staffing agencies, the self-employed, hours of work, students' side
  jobs.
- **Employers one by one in the queue.** Vacancies of a group, level and region are numbered type by type of employer:
  which type hires is luck. Those open longest are counted as filled first, which shapes how long vacancies stay open.
- **Wage subsidies** (NOW in 2020). Short-time work is in it ([short_time_work.md](short_time_work.md)).
- **Free entry of vacancies.** Employers open what they want to have, not until the expected profit of one more is
  nothing.
- **Durations by person** (`unemployed_by_duration`, time to a first job): not laid beside evidence yet.
- **Parameters that nobody has measured.** Intervals here are of luck and of regressions only;
  runs with `draws: {parameters: prior}` show the rest.

Made by hand, in the folder of the repository, by `python scripts/labour_market_page.py`: some ten minutes on two
cores. All numbers and pictures are of that run.
"""
"""Text that hangs on no number."""
