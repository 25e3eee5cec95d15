"""Numbers as a reader wants them: few digits, thin spaces between thousands, the unit with the number."""

from __future__ import annotations

import math

THIN = "\u202f"
MINUS = "\u2212"
RANGE = "\u2013"
UNKNOWN = "\u2013"
POINTS = "percentage points"
FINE = {"months": 1, "ratio": 1, "index": 1, "courses": 2, "per 100 workers": 1, POINTS: 2}
"""Units whose values are small numbers, and the decimals that they are shown with."""
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def whole(value: float) -> str:
    """A count with groups of three digits: 1 396 000."""
    text = f"{abs(round(value)):,}".replace(",", THIN)
    return (MINUS if round(value) < 0 else "") + text


def rounded(value: float) -> str:
    """A count to three digits, for prose and labels: 1.72 billion, 1.40 million, 39 700, 840."""
    if not math.isfinite(value):
        return UNKNOWN
    sign, size = (MINUS if value < 0 else ""), abs(value)
    if size >= 999_500_000:
        return f"{sign}{_three(size / 1e9)}{THIN}billion"
    if size >= 999_500:
        return f"{sign}{_three(size / 1e6)}{THIN}million"
    if size >= 9_995:
        return f"{sign}{whole(round(size / 100) * 100 if size < 99_950 else round(size / 1000) * 1000)}"
    return sign + whole(round(size / 10) * 10 if size >= 1000 else size)


def volume(value: float) -> str:
    """An amount of a lever, to three digits whatever its unit: 0.333, 26, 12 000."""
    return f"{value:.3g}".replace("-", MINUS) if abs(value) < 1000 else rounded(value)


def compact(value: float) -> str:
    """A count for axes and narrow places: 1.4M, 40k, 250."""
    size = abs(value)
    sign = MINUS if value < 0 else ""
    if size >= 999_500_000:
        return f"{sign}{size / 1e9:.2f}".rstrip("0").rstrip(".") + "bn"
    if size >= 999_500:
        return f"{sign}{size / 1e6:.2f}".rstrip("0").rstrip(".") + "M"
    if size >= 1000:
        return f"{sign}{size / 1e3:.1f}".rstrip("0").rstrip(".") + "k" if size < 9_950 else f"{sign}{size / 1e3:.0f}k"
    return f"{sign}{size:.0f}"


def percent(value: float, digits: int = 1) -> str:
    """A share in percent: 0.264 is 26.4 %."""
    if not math.isfinite(value):
        return UNKNOWN
    text = f"{abs(value) * 100:.{digits}f}"
    return (MINUS if value < 0 and float(text) else "") + f"{text}{THIN}%"


def decimal(value: float, digits: int = 1) -> str:
    """A small number with a decimal or more: 2.7."""
    text = f"{value:.{digits}f}"
    return (text if float(text) else text.removeprefix("-")).replace("-", MINUS)


def points(value: float) -> str:
    """A difference of shares in percentage points, signed."""
    return f"{_sign(value)}{abs(value) * 100:.1f} points"


def of_unit(value: float, unit: str) -> str:
    """A value in its unit, for prose and tables."""
    if not math.isfinite(value):
        return UNKNOWN
    if unit == "share":
        return percent(value)
    if unit in FINE:
        return decimal(value, FINE[unit])
    return f"EUR{THIN}{rounded(value)}" if unit == "euro" else rounded(value)


def exact(value: float, unit: str) -> str:
    """A value in its unit without rounding away persons, for tables."""
    if not math.isfinite(value):
        return UNKNOWN
    if unit in FINE:
        return decimal(value, FINE[unit])
    return percent(value) if unit == "share" else whole(value)


def interval(low: float, high: float, unit: str) -> str:
    """An interval in a unit, the unit written once."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return UNKNOWN
    if unit == "share":
        return f"{low * 100:.1f}{RANGE}{high * 100:.1f}{THIN}%".replace("-", MINUS)
    if low >= 999_500 and unit != "euro":
        return f"{_three(low / 1e6)}{RANGE}{_three(high / 1e6)}{THIN}million"
    return f"{of_unit(low, unit)}{RANGE if low >= 0 else ' to '}{of_unit(high, unit)}"


def tick(value: float, unit: str) -> str:
    """A label of an axis, with all digits of its mark: 1.25k, 12.5k, 0.25."""
    if unit == "share":
        return _trimmed(value * 100) + THIN + "%"
    if unit not in FINE:
        for size, word in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
            if abs(value) >= size:
                return _trimmed(value / size) + word
    return _trimmed(value)


def school_year(start: float) -> str:
    """A school year by the year in which it starts: 2007/08."""
    return f"{int(start)}/{(int(start) + 1) % 100:02d}"


def difference(value: float, base: float, unit: str, rule: str) -> str:
    """A difference from evidence, in points or relative to it, signed."""
    if rule == "points" or not base:
        return points(value) if unit == "share" else f"{_sign(value)}{whole(abs(value))}"
    return f"{_sign(value)}{abs(value / base) * 100:.0f}{THIN}%"


def in_words(number: int) -> str:
    """A small number as a word, ``five``; from thirteen on in figures."""
    return _WORDS[number] if number < len(_WORDS) else str(number)


def opening(text: str) -> str:
    """A text with a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]


def _trimmed(value: float) -> str:
    """A number to three decimals, without zeros at its end."""
    return decimal(value, 3).rstrip("0").rstrip(".")


def _sign(value: float) -> str:
    return MINUS if value < 0 else "+"


def _three(value: float) -> str:
    return f"{value:.{2 if value < 9.995 else 1 if value < 99.95 else 0}f}"
