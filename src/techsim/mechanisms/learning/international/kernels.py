"""L7, international students, on arrays."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import Stage

_P_STAY = int(Purpose.STAY)
_HBO, _MASTER, _OUT = int(Stage.HBO), int(Stage.WO_MASTER), int(Stage.OUT)


@kernel
def follow(rows, stage, programme, column_of, field_of, first_column, studying, column, field, departs, left):
    """Column and field of those of a list who study; their departure is open again. And who have left and not decided.

    Parameters
    ----------
    rows : int64 (m,), -1 for who is not here any more; stage, programme : int8 (n,)
    column_of, field_of : int8 (programmes,); first_column : int, that columns are counted from
    studying : int, month of departure of those who have not decided
    column, field : int8 (m,), departs : int64 (m,); written
    left : int64 (m,), written, places on the list of those out of education whose departure is open

    Returns
    -------
    int, how many have left
    """
    found = 0
    for j in range(rows.size):
        i = rows[j]
        if i < 0:
            continue
        if _HBO <= stage[i] <= _MASTER:
            column[j] = column_of[programme[i]] - first_column
            field[j] = field_of[programme[i]]
            departs[j] = studying
        elif stage[i] == _OUT and departs[j] == studying:
            left[found] = j
            found += 1
    return found


@kernel
def stay_chance(usual, odds, pull):
    """P(stays), from logit P = logit s + tau (ln theta - ln theta_0) + h + ln d (L7); ``pull`` is
    exp(tau (ln theta - ln theta_0) + h), ``odds`` d."""
    odds_to_stay = usual / max(1.0 - usual, 1e-9) * odds * pull
    return odds_to_stay / (1.0 + odds_to_stay)


@kernel
def decide(
    seed, month, left, ids, rows, column, field, region, diploma, diploma_of, technical, usual, dropout_odds, pull,
    leaving_months, departs, graduated, stays, count,
):  # fmt: skip
    """Who has left education stays for good, or is given a month in which to leave.

    Parameters
    ----------
    seed, month : int
    left : int64 (k,), places of those who decide on the list
    ids : uint64 (m,); rows : int64 (m,); column, field : int8 (m,), of the list
    region, diploma : int8 (n,)
    diploma_of : int8 (columns,), diploma that a column ends with; technical : bool (fields,)
    usual : float64 (columns, kinds), share who stay; dropout_odds : float, factor on the odds without the diploma
    pull : float64 (fields, R), as of :func:`stay_chance`
    leaving_months : float, in which those who leave do so
    departs : int64 (m,), written
    graduated, stays : bool (k,), written
    count : int64 (R,), added to, those who have the diploma
    """
    for a in range(left.size):
        j = left[a]
        i = rows[j]
        graduated[a] = diploma[i] >= diploma_of[column[j]]
        odds = 1.0 if graduated[a] else dropout_odds
        chance = stay_chance(usual[column[j], 1 if technical[field[j]] else 0], odds, pull[field[j], region[i]])
        stays[a] = uniform(seed, _P_STAY, ids[j], month, 0) < chance
        departs[j] = month + 1 + np.int64(uniform(seed, _P_STAY, ids[j], month, 1) * leaving_months)
        count[region[i]] += int(graduated[a])


@kernel
def drop_settled(ids, rows, column, field, departs, settled):
    """Move up those of the list who are here and have not settled; the number of them.

    Parameters
    ----------
    ids : uint64 (m,); rows, departs : int64 (m,); column, field : int8 (m,); written
    settled : int64 (k,), places on the list, ascending
    """
    kept, b = 0, 0
    for j in range(ids.size):
        if b < settled.size and settled[b] == j:
            b += 1
        elif rows[j] >= 0:
            ids[kept], rows[kept], departs[kept] = ids[j], rows[j], departs[j]
            column[kept], field[kept] = column[j], field[j]
            kept += 1
    return kept
