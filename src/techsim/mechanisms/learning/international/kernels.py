"""L7, international students, on arrays."""

from __future__ import annotations

from techsim.population.compiled import kernel
from techsim.population.states import Stage

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
