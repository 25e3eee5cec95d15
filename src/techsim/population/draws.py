"""Draws for many people at once: the array form of :mod:`techsim.population.randomness`.

The processor's vector units work out the blocks of several people at a time, which takes a tenth of what draws one by
one take. A kernel in which most people need a draw therefore fills a buffer for the next ``BLOCK`` of them:

    if i % BLOCK == 0:
        fill_uniforms(seed, purpose, ids[i : i + BLOCK], month, 0, draws)

People are stored by age, so that whole blocks are too young or too old for many a question: what is asked of people in
some state only fills the buffers of blocks in which :func:`holds` finds one, and leaves the rest as they were.
"""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import inlined, kernel
from techsim.population.randomness import Purpose, block, normal_of, uniform, word

BLOCK = 1024
"""People whose draws stand in a buffer: few enough for the processor's first cache."""
_WORDS = 4294967296.0
_TO_UNIT = 1.0 / _WORDS
SMALLEST = 0.5 * _TO_UNIT
"""No draw is smaller."""
NEAR = 1e-9
"""What :func:`near_exp` is off by at most, as a share of what it stands for."""
DOUBT = 10.0 * NEAR
"""Where two such numbers, or sums of them, are apart by less, as a share, exponentials have to tell which is larger."""
LARGEST = 700.0
"""Largest size of what :func:`near_exp` takes: two to its whole power is a float."""
_LOG2_E, _LN_2, _WHOLE = 1.4426950408889634, 0.6931471805599453, 1.5 * 2.0**52
"""The last makes a whole number of whatever is added to it, in the lowest bits."""
_EXPONENT, _ONE = np.uint64(52), np.uint64(0x3FF0000000000000)
"""Where the exponent stands among the bits of a float, and those of 1.0."""
_P_ABILITY, _P_AFFINITY = np.int64(Purpose.ABILITY), np.int64(Purpose.AFFINITY)

# All that follows is compiled for whatever it is handed, which no annotation would say: hence "no-untyped-def".


@inlined
def unit(word):  # type: ignore[no-untyped-def]
    """The draw of a word, float64 in (0, 1)."""
    return (np.float64(word) + 0.5) * _TO_UNIT


@inlined
def near_exp(x):  # type: ignore[no-untyped-def]
    """exp(x) but for a share of ``NEAR``; x within +-LARGEST.

    A fifth of the time of the exponential, as the vector unit works it out: for who asks whether a draw is below a
    chance, which the exponential itself has to tell of very few.
    """
    turns = x * _LOG2_E + _WHOLE
    r = x - (turns - _WHOLE) * _LN_2
    power = np.uint64((np.uint64(np.float64(turns).view(np.uint64)) << _EXPONENT) + _ONE).view(np.float64)
    upper = 1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720 + r * (1.0 / 5040 + r * (1.0 / 40320))))
    return power * (1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6 + r * upper))))


@kernel
def _fill_uniforms(seed, purpose, ids, month, k, out):  # type: ignore[no-untyped-def]
    for i in range(ids.size):
        first, _, _, _ = block(seed, purpose, ids[i], month, k)
        out[i] = unit(first)


@inlined
def fill_uniforms(seed, purpose, ids, month, k, out):  # type: ignore[no-untyped-def]
    """``uniform`` of each of ``ids`` uint64 (n,) into ``out`` float64 (at least n,)."""
    _fill_uniforms(np.int64(seed), np.int64(purpose), ids, np.int64(month), np.int64(k), out)


@kernel
def holds(codes, code):  # type: ignore[no-untyped-def]
    """Whether ``code`` is among ``codes`` (n,), of one type with it: without a way out, hence in the vector units."""
    found = False
    for i in range(codes.size):
        found |= codes[i] == code
    return found


@kernel
def list_places(asked, rows):  # type: ignore[no-untyped-def]
    """Where ``asked`` bool (n,) is true, into ``rows`` (at least n,) of any whole numbers, and how many those are.

    Without a branch, which the processor would guess wrong for each of the few whom something is asked.
    """
    found = 0
    for i in range(asked.size):
        rows[found] = i
        found += int(asked[i])
    return found


@kernel
def list_few(asked, size, rows):  # type: ignore[no-untyped-def]
    """As :func:`list_places`, of the first ``size`` of ``asked`` bool (BLOCK,), into ``rows`` int64 (BLOCK,): quickest
    where hardly any is true, or none, as all, 64 and 8 at once are ruled out. What is beyond ``size`` is made false."""
    found, anybody = 0, False
    for i in range(size, asked.size):
        asked[i] = False
    for i in range(asked.size):
        anybody |= asked[i]
    for k in range(0, asked.size if anybody else 0, 64):
        some = False
        for i in range(k, k + 64):
            some |= asked[i]
        for e in range(k, k + 64 if some else k, 8):
            eight = False
            for i in range(e, e + 8):
                eight |= asked[i]
            for i in range(e, e + 8 if eight else e):
                rows[found] = i
                found += int(asked[i])
    return found


@inlined
def fill_words(seed, purpose, ids, month, first, second):  # type: ignore[no-untyped-def]
    """The first two words of the block (k = 0) of each of ``ids`` uint64 (n,), as they are, for who asks most people
    nothing more than whether a draw is below what is likeliest; both uint32 (at least n,), written.

    :func:`unit` of the first is what ``uniform`` gives. The loop stands where it is called, block after block: what is
    the same for all of them is worked out once.
    """
    for i in range(ids.size):
        one, two, _, _ = block(seed, purpose, ids[i], month, 0)
        first[i] = one
        second[i] = two


@inlined
def fill_first(seed, purpose, ids, size, month, words):  # type: ignore[no-untyped-def]
    """The first of :func:`fill_words` of the first ``size`` of ``ids`` uint64 (at least ``size``,), as that is;
    words : uint32 (at least ``size``,), written."""
    for i in range(size):
        words[i], _, _, _ = block(seed, purpose, ids[i], month, 0)


@inlined
def ceiling(chance):  # type: ignore[no-untyped-def]
    """A word, uint32, that no word exceeds whose draw is below ``chance``, a float64 in [0, 1]."""
    return np.uint32(min(chance * _WORDS, _WORDS - 1.0))


@kernel
def _fill_whole(seed, purpose, ids, month, k, out):  # type: ignore[no-untyped-def]
    for i in range(ids.size):
        out[i] = word(seed, purpose, ids[i], month, k)


@inlined
def fill_whole(seed, purpose, ids, month, k, out):  # type: ignore[no-untyped-def]
    """``word`` of each of ``ids`` uint64 (n,) into ``out`` uint64 (at least n,)."""
    _fill_whole(np.int64(seed), np.int64(purpose), ids, np.int64(month), np.int64(k), out)


@kernel
def uniforms(seed, purpose, ids, month, k):  # type: ignore[no-untyped-def]
    """One uniform draw of each person: float64 (n,) in (0, 1); arguments as of ``uniform``, ids : uint64 (n,)."""
    out = np.empty(ids.size)
    fill_uniforms(seed, purpose, ids, month, k, out)
    return out


@kernel
def spell_uniforms(seed, purpose, ids, since):  # type: ignore[no-untyped-def]
    """One uniform draw of each person for a spell that began in month ``since`` : int16 (n,); float64 (n,)."""
    out = np.empty(ids.size)
    for i in range(ids.size):
        out[i] = uniform(seed, purpose, ids[i], since[i], 0)
    return out


@kernel
def normals(seed, purpose, ids, month, k):  # type: ignore[no-untyped-def]
    """One standard normal draw of each person: float64 (n,); arguments as of ``normal``, ids : uint64 (n,)."""
    out, lucks = np.empty(ids.size), np.empty(BLOCK, dtype=np.uint64)
    for first in range(0, ids.size, BLOCK):
        some = ids[first : first + BLOCK]
        fill_whole(seed, purpose, some, month, k, lucks)
        for i in range(some.size):
            out[first + i] = normal_of(lucks[i])
    return out


@kernel
def fill_traits(seed, ids, ability, affinity):  # type: ignore[no-untyped-def]
    """Latent traits of ``ids`` uint64 (n,), drawn once in a life, into ``ability``, ``affinity`` float32 (n,)."""
    once = np.int64(0)
    some, others = normals(seed, _P_ABILITY, ids, once, once), normals(seed, _P_AFFINITY, ids, once, once)
    for i in range(ids.size):
        ability[i], affinity[i] = some[i], others[i]
