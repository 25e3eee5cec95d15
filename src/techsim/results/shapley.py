"""Shapley values: what each of several changes adds, on average over the orders in which they may come."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial


def shapley(values: Sequence[float]) -> list[Fraction]:
    """Shapley value of each of n changes, exactly; they sum to values[-1] - values[0] without rounding.

    phi_i = sum over sets S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S))

    Parameters
    ----------
    values : sequence of 2^n floats
        v(S) at the number whose bit i says whether change i is in S: first none, last all.

    Raises
    ------
    ValueError
        If there are not 2^n of them.
    """
    count = len(values).bit_length() - 1
    if len(values) != 2**count:
        raise ValueError(f"{len(values)} worlds are not those of any number of changes, alone and together")
    exact = [Fraction(value) for value in values]
    found = [Fraction(0)] * count
    for inside, value in enumerate(exact):
        size = inside.bit_count()
        for i in range(count):
            if not inside >> i & 1:
                weight = Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
                found[i] += weight * (exact[inside | 1 << i] - value)
    return found
