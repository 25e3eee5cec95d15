"""Philox4x32-10 in plain Python integers, from the equations of Salmon et al. (2011); imports nothing of techsim."""

from __future__ import annotations

import math

WORD = 1 << 32
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)


def philox4x32(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Ten rounds of Philox4x32."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        high0, low0 = divmod(MULTIPLIERS[0] * c0, WORD)
        high1, low1 = divmod(MULTIPLIERS[1] * c2, WORD)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0, k1 = (k0 + WEYL[0]) % WORD, (k1 + WEYL[1]) % WORD
    return c0, c1, c2, c3


def words(seed: int, purpose: int, person: int, month: int, k: int) -> tuple[int, int, int, int]:
    """The block of a person's draw: counter (id low, id high, month, k), key (seed, purpose)."""
    return philox4x32((person % WORD, person // WORD, month % WORD, k), (seed, purpose))


def unit(word: int) -> float:
    """A word as the middle of its interval in (0, 1)."""
    return (word + 0.5) / WORD


def uniform(seed: int, purpose: int, person: int, month: int, k: int) -> float:
    """One uniform draw of a person."""
    return unit(words(seed, purpose, person, month, k)[0])


def normal(seed: int, purpose: int, person: int, month: int, k: int) -> float:
    """One standard normal draw of a person, by Box and Muller."""
    a, b, _, _ = words(seed, purpose, person, month, k)
    return math.sqrt(-2.0 * math.log(unit(a))) * math.cos(2.0 * math.pi * unit(b))
