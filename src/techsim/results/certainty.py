"""How sure the sign of an effect is, from how many draws agree on it: sure, likely, or not clear.

With few draws a large share of them agrees by luck alone: of ten that nothing moves, eight or more go the same way in
11 % of comparisons. So a sign is called likely, or sure, only where enough draws agree, by share and by number:

    k / n >= share,   2 P(X >= k) <= BOUND,   X ~ Binomial(n, 1/2)

with n the draws and k those of one sign; of draws without any difference the second is the stricter for it.
"""

from __future__ import annotations

import math

from techsim.results.effects import FEW

SURE, LIKELY = 0.95, 0.80
"""Shares of the draws from which on the sign of an effect is called sure, or likely."""
BOUND = 0.05
"""How often at most, by luck alone, as many draws may agree on a sign as are needed to call it likely."""


def by_luck(agree: int, draws: int) -> float:
    """How often at least ``agree`` of the draws go one way, whichever, where nothing moves them: 2 P(X >= agree)."""
    tail = sum(math.comb(draws, k) for k in range(agree, draws + 1))
    return min(1.0, 2.0 * tail / 2.0**draws)


def needed(draws: int, share: float = LIKELY) -> int:
    """The least number of draws that must agree on a sign for it to be called so; more than there are if none can."""
    enough = (k for k in range(draws // 2 + 1, draws + 1) if k >= share * draws and by_luck(k, draws) <= BOUND)
    return next(enough, draws + 1)


def sure(share: float, draws: int) -> bool:
    """Whether a share of the draws makes a sign sure."""
    return draws >= FEW and round(share * draws) >= needed(draws, SURE)


def likely(share: float, draws: int) -> bool:
    """Whether a share of the draws makes a sign likely, or sure."""
    return draws >= FEW and round(share * draws) >= needed(draws)


def grade(share: float, draws: int) -> int:
    """2 where a share of the draws makes a sign sure, 1 likely, 0 not clear."""
    return int(likely(share, draws)) + int(sure(share, draws))
