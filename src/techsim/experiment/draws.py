r"""The plan of an experiment: which seed and which parameter set each draw has.

Both are pure functions of (the experiment's seed, number of the draw), so that more draws leave the earlier ones as
they are, a draw can be run again alone, and scenarios with the same seed are paired draw by draw, parameters included.
Each parameter has a stream of its own, named by it: a parameter more changes no other's values.

**Places in the priors.** Draw ``d`` has the quantile at :math:`u_d` of each prior. Independent places would leave gaps
and heaps; these are spread evenly, the first 2, 4, 8, ... draws having one place in each half, quarter, eighth, ... of
the prior's probability: the sequence of van der Corput, its order shuffled and its digits scrambled as Owen (1995) has
it, otherwise for each parameter (Burley 2020 does the same for pictures). Each place alone is uniform, so that means
over draws are without bias, and what an effect owes to single parameters comes out with less noise than from
independent draws. A Latin hypercube does as much for a number of draws fixed beforehand; this goes on.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from techsim.declarations import Parameter, Prior

if TYPE_CHECKING:
    from techsim.scenario import Catalogue, Scenario
    from techsim.scenario.parameter_sets import ParameterSets

_SEED_WORD, _PARAMETER_WORD = 0, 1
_BITS = 32
_SETS = "weight"
"""Names the stream by which draws take weighted sets; no parameter's name, as those have a dot."""


@dataclass(frozen=True)
class Draw:
    """One repetition: its number, the seed of its random numbers, every parameter's value by name."""

    number: int
    seed: int
    parameters: Mapping[str, float]


def plan(scenario: Scenario, catalogue: Catalogue) -> tuple[Draw, ...]:
    """The draws of a scenario, in order.

    A parameter that the scenario sets has that value in every draw; the others have their default, or, with
    ``draws.parameters: prior``, a value from their prior, or what the draw's set of a file says.
    """
    wanted, known = scenario.draws, catalogue.parameters
    defaults = {name: parameter.default for name, parameter in known.items()}
    own: Sequence[dict[str, float]] = [{}] * wanted.number
    if scenario.own_sets is not None:
        taken = rows_taken(scenario.own_sets, wanted.seed, wanted.number)
        own = [scenario.own_sets.values(row) for row in taken]
    elif wanted.parameters == "prior":
        own = from_priors(tuple(known.values()), wanted.seed, wanted.number)
    return tuple(
        Draw(number, seed_of(wanted.seed, number), defaults | values | dict(scenario.parameters))
        for number, values in enumerate(own)
    )


def seed_of(seed: int, number: int) -> int:
    """Seed of a draw: draw 0 has the experiment's own, the others 32 bits hashed from it and their number."""
    if number == 0:
        return seed
    return int(np.random.SeedSequence(seed, spawn_key=(_SEED_WORD, number)).generate_state(1, np.uint32)[0])


def from_priors(parameters: Sequence[Parameter], seed: int, draws: int) -> list[dict[str, float]]:
    """By draw, a value of each parameter's prior, truncated to its bounds."""
    places = shares([p.name for p in parameters], seed, draws)
    return [
        {p.name: quantile(p.prior, float(places[k, d]), p.low, p.high) for k, p in enumerate(parameters)}
        for d in range(draws)
    ]


def rows_taken(sets: ParameterSets, seed: int, draws: int) -> list[int]:
    """The set that each draw takes, by its row from 0.

    Without weights the rows in order, and from the first again after the last: a set then meets other luck. With
    weights each set about as often as its share of them, whatever the order of rows.
    """
    if not sets.weights:
        return [draw % len(sets.rows) for draw in range(draws)]
    ends = np.array(list(accumulate(sets.weights)))
    found = np.searchsorted(ends, shares([_SETS], seed, draws)[0] * ends[-1], side="right")
    return [int(row) for row in found]


def shares(names: Sequence[str], seed: int, draws: int) -> npt.NDArray[np.float64]:
    """Places within a distribution, evenly spread over the draws; float64 in (0, 1), (name, draw)."""
    keys = np.array([_keys(name, seed) for name in names], dtype=np.uint64).reshape(len(names), 2)
    order = _scrambled(np.broadcast_to(np.arange(draws, dtype=np.uint64), (len(names), draws)), keys[:, :1])
    places = _scrambled(_reversed(order), keys[:, 1:]).astype(np.float64)
    return (places + 0.5) * 2.0**-_BITS


def _keys(name: str, seed: int) -> npt.NDArray[np.uint64]:
    words = np.frombuffer(hashlib.sha256(name.encode()).digest()[:16], dtype="<u4")
    key = (_PARAMETER_WORD, *(int(word) for word in words))
    return np.random.SeedSequence(seed, spawn_key=key).generate_state(2, np.uint64).astype(np.uint64)


def _reversed(bits: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The 32 bits of each in reverse order: as digits after the point, the sequence of van der Corput."""
    out = np.zeros_like(bits)
    for level in range(_BITS):
        out = (out << np.uint64(1)) | ((bits >> np.uint64(level)) & np.uint64(1))
    return out


def _scrambled(bits: npt.NDArray[np.uint64], keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Owen's scrambling of 32 bits: each is turned or not by a hash of those above it, so that blocks stay blocks."""
    out = np.zeros_like(bits)
    one = np.uint64(1)
    for level in range(_BITS):
        above = (bits >> np.uint64(_BITS - level)) | (one << np.uint64(level))  # a node of the tree of digits
        bit = (bits >> np.uint64(_BITS - 1 - level)) & one
        out = (out << one) | (bit ^ (_mixed(above * np.uint64(0x9E3779B97F4A7C15) + keys) >> np.uint64(63)))
    return out


def _mixed(x: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The finaliser of splitmix64 (Steele, Lea and Flood 2014): every bit of the output hangs on all of the input."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


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
