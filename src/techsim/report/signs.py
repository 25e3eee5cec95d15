"""Sizes, intervals and signs of effects in words: how much, which way, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from techsim.report import numbers
from techsim.results import certainty as signed_by
from techsim.results.effects import FEW, Row, Spread

SURE, LIKELY = signed_by.SURE, signed_by.LIKELY
HEADLINES = 9
"""Figures of the first page for each alternative, open vacancies of care and education too: so often luck has a
chance."""


@dataclass(frozen=True)
class Said:
    """A sentence, and the lines of ``comparison.csv`` that its numbers stand in; ``where`` if they stand elsewhere."""

    text: str
    lines: tuple[int, ...]
    where: str = ""


def amount(value: float, unit: str) -> str:
    """A size in its unit: shares in percentage points, as this is a difference of two."""
    if unit == "share":
        return f"{numbers.decimal(100 * value, 2)} percentage points"
    return numbers.of_unit(value, unit)


def nought(value: float, unit: str) -> bool:
    """Whether a size is shown as nothing at all, so that it is neither more nor fewer."""
    return not any(digit in amount(abs(value), unit) for digit in "123456789")


def between(spread: Spread, unit: str, half: bool = False) -> str:
    """The interval that holds 90 % of the draws, or half of them; shares in percentage points."""
    low, high = (spread.quantiles[1], spread.quantiles[3]) if half else (spread.low, spread.high)
    if unit == "share":
        return f"{numbers.decimal(100 * low, 2)} to {numbers.decimal(100 * high, 2)}"
    return f"{numbers.of_unit(low, unit)} to {numbers.of_unit(high, unit)}"


def flipped(spread: Spread) -> Spread:
    """The spread of the opposite: what is less by so much."""
    quantiles = tuple(-q for q in reversed(spread.quantiles))
    return Spread(-spread.mean, quantiles, spread.negative, spread.positive)


def way(spread: Spread) -> tuple[str, float]:
    """Which way most draws go, ``more`` or ``fewer``, and their share; the mean's where neither prevails."""
    if torn(spread) or (not _one_sided(spread) and spread.mean):
        return ("fewer", spread.negative) if spread.mean < 0 else ("more", spread.positive)
    return max((spread.positive, "more"), (spread.negative, "fewer"))[1], max(spread.positive, spread.negative)


def torn(spread: Spread) -> bool:
    """Whether as many draws go one way as the other."""
    return spread.positive == spread.negative > 0.0


def _one_sided(spread: Spread) -> bool:
    """Whether more than half of the draws go one way, or, where many do not differ, twice as many as the other way."""
    fewest, most = sorted((spread.positive, spread.negative))
    return most > 0.5 or most >= 2.0 * fewest


def against(spread: Spread) -> bool:
    """Whether the mean lies on the other side of zero than most draws: few large differences make it."""
    return _one_sided(spread) and spread.mean * (spread.positive - spread.negative) < 0.0


def certainty(spread: Spread, draws: int) -> str:
    """How sure the sign is, in words: that of most draws. It says so where the mean has another."""
    if spread.positive == spread.negative == 0.0:
        return "no difference in any draw"
    if draws == 1:
        return "one draw: it may be chance"
    word, most = way(spread)
    share = f"{word} in {numbers.percent(most, 0)} of the draws"
    few = f", of only {draws}" if draws < FEW else ""
    if torn(spread):
        return f"not clear which way: {share}{few}"
    if against(spread):
        most_of = "most draws" if most > 0.5 else "most draws that differ"
        return f"the mean lies on the other side of {most_of}: {share}{few}"
    if few:
        return f"{share}{few}"
    return f"{('not clear which way', 'likely', 'sure')[signed_by.grade(most, draws)]}: {share}"


def priced(spread: Spread, draws: int) -> bool:
    """Whether there is a price of one more: where it is at least likely that there are more."""
    return signed_by.likely(spread.positive, draws)


def rule(draws: int) -> str:
    """What these draws take to be called sure or likely, and how often luck alone would be called so."""
    if draws < FEW:
        return f"Nothing is called sure or likely from fewer than {numbers.in_words(FEW)} draws."
    sure, likely = (signed_by.needed(draws, share) for share in (SURE, LIKELY))
    chance = signed_by.by_luck(likely, draws)
    one, any_of = (_rarely(rate) for rate in (chance, 1.0 - (1.0 - chance) ** HEADLINES))
    return (
        f"Sure: {sure} of the {draws} draws or more agree on more or fewer; likely: {likely} or more. A figure that "
        f"nothing moves is called so by luck in {one} of comparisons, one of {numbers.in_words(HEADLINES)} such "
        f"figures in {any_of}."
    )


def _rarely(rate: float) -> str:
    """A rate in percent, to a decimal below ten."""
    if rate < 0.001:
        return f"less than 0.1{numbers.THIN}%"
    return numbers.percent(rate, 1 if rate < 0.1 else 0)


def change(row: Row, what: str, draws: int) -> str:
    """``1 200 more people ... (90 % of draws: ...; sure: ...)``."""
    mean = row.spread.mean
    if row.spread.positive == row.spread.negative == 0.0:
        return f"exactly as many {what}"
    around = f"90 % of draws: {between(row.spread, row.unit)}; " if draws > 1 else ""
    much = f"{amount(abs(mean), row.unit)} {'more' if mean > 0 else 'fewer'} {what}"
    if nought(mean, row.unit):
        much = f"about as many {what}"
    return f"{much} ({around}{certainty(row.spread, draws)})"


def level(row: Row) -> str:
    """The mean of a figure that is no difference: a share is a percentage."""
    mean = row.spread.mean
    return numbers.percent(mean, 0) if row.unit == "share" else numbers.rounded(mean)


def levels(spread: Spread, unit: str, half: bool = False) -> str:
    """Its interval over the draws, of 90 % or of half of them."""
    if unit != "share":
        return between(spread, unit, half)
    low, high = (spread.quantiles[1], spread.quantiles[3]) if half else (spread.low, spread.high)
    return f"{numbers.percent(low, 0)} to {numbers.percent(high, 0)}"


def percents(spread: Spread) -> str:
    """The interval of a share."""
    return f"{numbers.percent(spread.low, 0)} to {numbers.percent(spread.high, 0)}"


def signed(value: float) -> str:
    """A count with its sign; what rounds to nothing has none."""
    text = numbers.rounded(value)
    if text in ("0", f"{numbers.MINUS}0"):
        return "0"
    return ("+" if value > 0 else "") + text
