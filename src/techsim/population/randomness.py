"""Counter-based random numbers: Philox4x32-10, keyed on person, month and purpose.

The generator is that of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2,
3", SC11 (2011); the tests check it against the known-answer vectors published with Random123. A
draw is a pure function of (seed, purpose, person id, month, k): it depends neither on the order in
which people are stored or visited, nor on how many draws were made before, nor on threads.

Every literal is wrapped in ``np.uint32`` or ``np.uint64``: in compiled code a bare Python integer
beside an unsigned one can turn the result signed.

A compiled function is compiled anew for each constant that it is handed, and a purpose is a constant. What takes long
to compile therefore stands in a function of its own that is handed int64, whatever the purpose (not uint32, with which
a loop over people is not brought to the vector units), and what hands it that is inlined where it is called.
"""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np

from techsim.population.compiled import inlined, kernel

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint32(0x9E3779B9)
_W1 = np.uint32(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_TO_UNIT, _52_TO_UNIT = 1.0 / 4294967296.0, 2.0**-52
_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_ONE = np.uint64(0x3FF0000000000000)
"""Bits of the float 1.0."""


class Purpose(IntEnum):
    """What a draw is for. Numbers are frozen: append only, never reuse."""

    SURVIVAL = 1
    EMIGRATION = 2
    START = 3
    BIRTH = 4
    IMMIGRATION = 5
    ABILITY = 6
    AFFINITY = 7
    EXPOSURE = 8
    PLACEMENT = 9
    TRACK_CHANGE = 10
    PROFILE = 11
    WISKUNDE_B = 12
    TECHNOLOGIEROUTE = 13
    PROMOTION = 14
    EXAM = 15
    DROPOUT = 16
    ONWARD = 17
    FIELD = 18
    PATHWAY = 19
    PLACE = 20
    SWITCH = 21
    REENTRY = 22
    ADULT_BBL = 23
    PARTICIPATION = 24
    RETIREMENT = 25
    QUIT = 26
    LAYOFF = 27
    SEARCH = 28
    APPLY = 29
    RANK = 30
    SECTOR = 31
    APPRENTICE = 32
    PARAMETER = 33
    START_JOB = 34
    DELAY = 35
    MASTER = 36
    CONTRACT = 37
    RENEWAL = 38
    PROMOTION_AT_WORK = 39
    CYCLE = 40
    SHORT_TIME = 41
    TEACHER = 42
    HYBRID = 43
    PLACES = 44
    INTERNSHIP = 45
    PARTNERSHIP = 46
    INTERNATIONAL = 47
    STAY = 48
    LLO = 49
    RETRAINING = 50
    MOVE = 51
    LABOUR_MIGRATION = 52
    SKILLS_SHOWN = 60
    REACH = 61


@inlined
def _round(c0, c1, c2, c3, k0, k1):
    p0 = _M0 * np.uint64(c0)
    p1 = _M1 * np.uint64(c2)
    return (
        np.uint32(np.uint32(p1 >> _32) ^ c1 ^ k0),
        np.uint32(p1 & _LOW),
        np.uint32(np.uint32(p0 >> _32) ^ c3 ^ k1),
        np.uint32(p0 & _LOW),
    )


@inlined
def philox4x32(c0, c1, c2, c3, k0, k1):
    """Ten rounds of Philox4x32; inlined, so that a loop over people runs in the processor's vector units.

    Parameters
    ----------
    c0, c1, c2, c3 : uint32
        The counter.
    k0, k1 : uint32
        The key.

    Returns
    -------
    tuple of four uint32
        The block of random bits.
    """
    for _ in range(10):
        c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
        k0 = np.uint32(k0 + _W0)
        k1 = np.uint32(k1 + _W1)
    return c0, c1, c2, c3


@inlined
def block(seed, purpose, person, month, k):
    """Block of a person, from which all draws come; four uint32, arguments of ``uniform``."""
    pid = np.uint64(person)
    return philox4x32(
        np.uint32(pid & _LOW),
        np.uint32(pid >> _32),
        np.uint32(month),
        np.uint32(k),
        np.uint32(seed),
        np.uint32(purpose),
    )


@kernel
def _uniform(seed, purpose, person, month, k):
    out, _, _, _ = block(seed, purpose, person, month, k)
    return (np.float64(out) + 0.5) * _TO_UNIT


@inlined
def uniform(seed, purpose, person, month, k):
    """One uniform draw of a person.

    Parameters
    ----------
    seed : int [0, 2**32)
        The draw's seed.
    purpose : int
        A :class:`Purpose`.
    person : uint64
        The person's id.
    month : int
        Month index; 0 for what is drawn once in a life.
    k : int
        Number of the draw within (person, month, purpose).

    Returns
    -------
    float64 in (0, 1)
        Never exactly 0 or 1: the 32-bit value is taken at the middle of its interval.
    """
    return _uniform(np.int64(seed), np.int64(purpose), np.uint64(person), np.int64(month), np.int64(k))


@inlined
def word(seed, purpose, person, month, k):
    """64 random bits of a person, of which :func:`uniform_of` draws many items; uint64, arguments of ``uniform``."""
    a, b, _, _ = block(seed, purpose, person, month, k)
    return (np.uint64(a) << _32) | np.uint64(b)


@kernel
def normal_of(luck):
    """The standard normal draw that a word of a person holds (Box-Muller on its halves); float64."""
    u = (np.float64(luck >> _32) + 0.5) * _TO_UNIT
    v = (np.float64(luck & _LOW) + 0.5) * _TO_UNIT
    return math.sqrt(-2.0 * math.log(u)) * math.cos(2.0 * math.pi * v)


@kernel
def _normal(seed, purpose, person, month, k):
    return normal_of(word(seed, purpose, person, month, k))


@inlined
def normal(seed, purpose, person, month, k):
    """One standard normal draw of a person; float64, arguments of ``uniform``."""
    return _normal(np.int64(seed), np.int64(purpose), np.uint64(person), np.int64(month), np.int64(k))


@inlined
def stride_of(item):
    """What is added to a person's word for an item, so that it has luck of its own in :func:`mixed_at`; uint64.

    A tenth of the time of a block of Philox: for choices among hundreds of items.
    """
    return np.uint64(item) * _GAMMA


@inlined
def mixed_at(x):
    """Output function of SplitMix64 (Steele, Lea and Flood 2014) at ``x`` uint64; uint64."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@inlined
def uniform_at(x):
    """:func:`mixed_at` as a float64 in (0, 1): the first 52 bits, taken at the middle of their interval.

    As the bits of a float in [1, 2): exact, and for a vector unit less work than a whole number made a float.
    """
    return (np.uint64((mixed_at(x) >> np.uint64(12)) | _ONE).view(np.float64) - 1.0) + 0.5 * _52_TO_UNIT


@inlined
def uniform_of(luck, item):
    """Draw of an item for a person's word ``luck``, float64 in (0, 1)."""
    return uniform_at(luck + stride_of(item))
