"""The plan of an experiment: which seed and which parameter set each draw has.

Both are pure functions of (seed, number of the draw), so that more draws leave the earlier ones as they are, a draw can
be run again alone, and scenarios with the same seed are paired draw by draw. Each parameter has a stream of its own,
named by it: a parameter more changes no other's values.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from techsim.declarations import Parameter, Prior

if TYPE_CHECKING:
    from techsim.scenario import Catalogue, Scenario

_SEED_WORD, _PARAMETER_WORD = 0, 1


@dataclass(frozen=True)
class Draw:
    """One repetition: its number, the seed of its random numbers, every parameter's value by name."""

    number: int
    seed: int
    parameters: Mapping[str, float]


def plan(scenario: Scenario, catalogue: Catalogue) -> tuple[Draw, ...]:
    """The draws of a scenario, in order.

    A parameter that the scenario sets has that value in every draw; the others have their default, or, with
    ``draws.parameters: prior``, a value from their prior.
    """
    wanted = scenario.draws
    draws = []
    for number in range(wanted.number):
        seed = seed_of(wanted.seed, number)
        values = {name: parameter.default for name, parameter in catalogue.parameters.items()}
        if wanted.parameters == "prior":
            values = {name: sample(parameter, seed) for name, parameter in catalogue.parameters.items()}
        draws.append(Draw(number, seed, values | dict(scenario.parameters)))
    return tuple(draws)


def seed_of(seed: int, number: int) -> int:
    """Seed of a draw: draw 0 has the experiment's own, the others 32 bits hashed from it and their number."""
    if number == 0:
        return seed
    return int(np.random.SeedSequence(seed, spawn_key=(_SEED_WORD, number)).generate_state(1, np.uint32)[0])


def sample(parameter: Parameter, seed: int) -> float:
    """A value of the parameter's prior, truncated to its bounds, in the draw with this seed."""
    words = np.frombuffer(hashlib.sha256(parameter.name.encode()).digest()[:16], dtype="<u4")
    key = (_PARAMETER_WORD, *(int(word) for word in words))
    bits = int(np.random.SeedSequence(seed, spawn_key=key).generate_state(1, np.uint64)[0])
    share = ((bits >> 11) + 0.5) * 2.0**-53
    return quantile(parameter.prior, share, parameter.low, parameter.high)


def quantile(prior: Prior, share: float, low: float, high: float) -> float:
    """Quantile of a prior truncated to ``[low, high]``.

    Parameters
    ----------
    share : float in (0, 1)
        Probability, within the truncated distribution, of a smaller value.

    Raises
    ------
    ValueError
        If the prior has no probability within the bounds.
    """
    if prior.family == "uniform":
        start, end = max(prior.a, low), min(prior.b, high)
        if start > end:
            raise ValueError(f"prior {prior} has nothing within [{low:g}, {high:g}]")
        return start + share * (end - start)
    logarithmic = prior.family == "lognormal"
    normal = NormalDist(math.log(prior.a) if logarithmic else prior.a, prior.b)
    start = 0.0 if logarithmic and low <= 0 else normal.cdf(math.log(low) if logarithmic else low)
    end = 0.0 if logarithmic and high <= 0 else normal.cdf(math.log(high) if logarithmic else high)
    if not start < end:
        raise ValueError(f"prior {prior} has nothing within [{low:g}, {high:g}]")
    # inv_cdf is open at 0 and 1; the smallest step from them lies far outside any prior's bulk.
    value = normal.inv_cdf(min(max(start + share * (end - start), 2.0**-1000), 1 - 2.0**-53))
    return min(max(math.exp(value) if logarithmic else value, low), high)
