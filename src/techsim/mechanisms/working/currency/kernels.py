"""W3 and W4, technical skill currency, on arrays."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import inlined, kernel
from techsim.population.draws import BLOCK, list_places
from techsim.population.states import NEVER, Labour, Stage

_OUT, _EMPLOYED, _NEVER = np.int8(Stage.OUT), np.int8(Labour.EMPLOYED), np.int16(NEVER)
_TECHNICAL_JOB, _EDUCATED, _TECHNICIAN, _BEGINS = (np.uint8(1 << bit) for bit in range(4))
"""What a month holds for somebody: technical work; work after technical education of which something is left; technical
work, not in education; the end of technical education, or arrival from abroad with it."""
_COUNTED, _GETS_SKILL = np.uint8(_EDUCATED | _TECHNICIAN), np.uint8(_TECHNICAL_JOB | _BEGINS)
_ALL_KINDS, _BUT_BEGINS = np.uint8(15), np.uint8(7)
_TWO = np.uint32(2)
FRONTIER = 65535.0
"""The frontier in units of ``People.currency``."""
FULL = 255.0
"""All transferable skill there is, in units of ``People.transferable``."""


@kernel
def by_byte(marks):
    """``marks`` bool (k,) of the first codes as a table that any byte can look into, bool (256,): false beyond.

    Codes are looked up as what they are without a sign, -1 as 255: a kernel need not ask whether they are negative.
    """
    table = np.zeros(256, dtype=np.bool_)
    for code in range(marks.size):
        table[code] = marks[code]
    return table


@kernel
def next_currency(currency, technical_job, leaves_technical_education, gain, fade, aged, at_graduation):
    """a (C + g (1 - C)) in a technical job, a C (1 - d) otherwise, at least c_0 on leaving technical education (W4).

    ``aged`` is a = exp(-delta / 12), what a month of the frontier leaves of the share of it that is known.
    """
    kept = aged * (currency + gain * (1.0 - currency) if technical_job else currency * (1.0 - fade))
    return max(kept, at_graduation) if leaves_technical_education else kept


@kernel
def current_fit(fit, technical, currency, weight):
    """fit (1 - w (1 - C)) where field and occupation group are technical, else fit."""
    return fit * (1.0 - weight * (1.0 - currency)) if technical else fit


@kernel
def next_transferable(skill, works, gain, kept):
    """T' = T + g (1 - T) in work, T (1 - f)^(m / 12) else, ``kept`` as of :func:`kept_transferable`."""
    return skill + gain * (1.0 - skill) if works else skill * kept


@kernel
def kept_transferable(months_idle, fade):
    """(1 - f)^(m / 12), what m months of the year without work leave."""
    return (1.0 - fade) ** (months_idle / 12.0)


@kernel
def find_beginning(month, stage, left_education, transferable, begins):
    """Who left education this month, or is out of it and has never shown any skill; whether anybody did.

    Parameters
    ----------
    month : int; stage : int8 (n,); left_education : int16 (n,) [month index]; transferable : uint8 (n,)
    begins : bool (at least n,), written
    """
    anyone, now = False, np.int16(month)
    for k in range(stage.size):
        begins[k] = (left_education[k] == now) | ((left_education[k] == _NEVER) & (transferable[k] == 0))
    for k in range(stage.size):  # apart: bytes, of which the vector unit takes twice as many at a time
        begins[k] &= stage[k] == _OUT
        anyone |= begins[k]
    return anyone


@kernel
def update_transferable(
    month, born, first, stage, labour, since, level, left_education, schooled, gain, fade, transferable
):
    """A year of work, or of none, for those born in this month of the year; what school gave to those who leave it,
    and to those who arrive from abroad with their education behind them.

    Parameters
    ----------
    month : int; born : int64 (m,), rows among all people of those born in this month of the year, ascending
    first : int, row among all people of the first of these n
    since, left_education : int16 (n,) [month index]
    stage, labour, level : int8 (n,)
    schooled : float64 (levels,), skill of who leaves education
    gain, fade : float, shares a year
    transferable : uint8 (n,), written [255 is all there is]
    """
    begins, rows, kept = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.int64), np.empty(13)
    for months in range(kept.size):
        kept[months] = kept_transferable(months, fade)
    turn = 0
    while turn < born.size and born[turn] < first:
        turn += 1
    for start in range(0, stage.size, BLOCK):
        block = slice(start, min(start + BLOCK, stage.size))
        skill = transferable[block]
        anyone = find_beginning(month, stage[block], left_education[block], skill, begins)
        while turn < born.size and born[turn] - first < block.stop:
            i = born[turn] - first
            turn += 1
            if stage[i] == _OUT and not begins[i - start]:
                idle = min(np.int64(month) - np.int64(since[i]), 12)
                now = next_transferable(transferable[i] / FULL, labour[i] == _EMPLOYED, gain, kept[idle])
                transferable[i] = np.uint8(now * FULL + 0.5)
        if anyone:
            for k in rows[: list_places(begins[: skill.size], rows)]:
                skill[k] = max(skill[k], np.uint8(schooled[level[start + k]] * FULL + 0.5))


@kernel
def sum_transferable(stage, level, labour, transferable, total, count):
    """Transferable skill of those out of education, and how many they are, by level and labour state.

    Parameters
    ----------
    stage, level, labour : int8 (n,); transferable : uint8 (n,) [255 is all there is]
    total : float64 (levels, states), count : int64 (levels, states), added to
    """
    for i in range(stage.size):
        if stage[i] == _OUT:
            total[level[i], labour[i]] += transferable[i] / FULL
            count[level[i], labour[i]] += 1


@kernel
def lack(level, skills):
    """0 none, 1 level, 2 skills: what a technician lacks, the level first; ``level``, ``skills`` : bool."""
    return 1 if level else (2 if skills else 0)


@kernel
def shortfall(job_height, height, currency, level_gap, asked):
    """0 none, 1 level, 2 skills: H_l - H_e > x, else C < c_a: what a technician lacks for the work (W4)."""
    return lack(job_height - height > level_gap, currency < asked)


@kernel
def mark_codes(codes, wanted, marks):
    """Whose of ``codes`` int8 (n,) is one of the few ``wanted`` bool (k,); marks : bool (at least n,), written.

    One after the other, and all people for each: the vector unit compares many bytes at once.
    """
    for i in range(codes.size):
        marks[i] = False
    for code in range(wanted.size):
        if wanted[code]:
            for i in range(codes.size):
                marks[i] |= codes[i] == np.int8(code)


@inlined
def find_kinds(month, labour, occupation, field, stage, left_education, currency, groups, fields, marks, educated,
               kinds, code):  # fmt: skip
    """What the month holds for each of a block, bits of ``kinds``, and whose ageing of skill, ``code``, concerns them.

    Small loops over few arrays each, which the vector unit takes many people at a time.

    Parameters
    ----------
    month : int; labour, occupation, field, stage : int8 (n,); left_education : int16 (n,); currency : uint16 (n,)
    groups, fields : bool (k,), whether technical, of occupation groups and fields
    marks, educated : bool (at least n,), to work with; ``marks`` are left true of who has any skill or gets it: the
    others stay without
    kinds, code : uint8 (at least n,), written; ``code`` is the group of a technical job, else the field, 255 for none
    """
    now = np.int16(month)
    mark_codes(occupation, groups, marks)
    mark_codes(field, fields, educated)
    for i in range(labour.size):
        marks[i] &= labour[i] == _EMPLOYED
    for i in range(labour.size):
        at_work, learned = occupation[i], field[i]
        code[i] = at_work if marks[i] else learned
    for i in range(labour.size):
        works, out = labour[i] == _EMPLOYED, stage[i] == _OUT
        kind = np.uint8(marks[i]) | (np.uint8(works & educated[i]) << 1) | (np.uint8(marks[i] & out) << 2)
        kinds[i] = kind | (np.uint8(educated[i] & out) << 3)
    for i in range(labour.size):
        marks[i] = (left_education[i] == now) | ((left_education[i] == _NEVER) & (currency[i] == 0))
    for i in range(labour.size):
        kinds[i] &= _ALL_KINDS if marks[i] else _BUT_BEGINS
    for i in range(labour.size):
        marks[i] = (currency[i] != 0) | ((kinds[i] & _GETS_SKILL) != 0)


@kernel
def update_currency(
    month,
    labour,
    occupation,
    job_level,
    field,
    level,
    region,
    stage,
    left_education,
    technical_occupation,
    technical_field,
    gain,
    fade,
    aged,
    taught,
    from_abroad,
    ladder,
    level_gap,
    asked,
    currency,
    gap,
    count,
    short,
):
    """A month of technical work, or of none, for everyone; counts the gap of technically educated workers.

    Who leaves technical education has what its school taught; who comes from abroad brings what schools gave on average
    when the run began. Only who has any skill or gets it is listed, one in five, and passes through small loops without
    a branch, block by block.

    Parameters
    ----------
    month : int
    labour, occupation, job_level, field, level, region, stage : int8 (n,); left_education : int16 (n,) [month index]
    technical_occupation : bool (groups,); technical_field : bool (fields,)
    gain, fade, from_abroad : float
    aged : float64 (fields,), what a month of the frontier leaves; an occupation group as its field
    taught : float64 (fields, levels, regions) [share of the frontier]
    ladder : float64 (levels,); level_gap, asked : float, beyond which, and below which, a technician lacks something
    currency : uint16 (n,), written [65535 is the frontier]
    gap : int64 (levels, groups) [units of 1 / 65535: whole, so that their sum knows no order]
    count : int64 (levels, groups); short : int64 (levels, 3), technicians by what they lack; all added to
    """
    aged_of = np.empty(256)
    for code in range(aged_of.size):
        aged_of[code] = aged[min(code, aged.size - 1)]
    marks, educated = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.bool_)
    kinds, code = np.empty(BLOCK, dtype=np.uint8), np.empty(BLOCK, dtype=np.uint8)
    listed, counted = np.empty(BLOCK, dtype=np.int64), np.empty(BLOCK, dtype=np.int64)
    known, ageing, now = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    kind = np.empty(BLOCK, dtype=np.uint8)
    counts_gap, technician = np.empty(BLOCK, dtype=np.bool_), np.empty(BLOCK, dtype=np.bool_)
    cells, lacks = np.empty(BLOCK, dtype=np.uint32), np.empty(BLOCK, dtype=np.uint32)
    new, missing = np.empty(BLOCK, dtype=np.int32), np.empty(BLOCK, dtype=np.int32)
    gaps, counts = np.zeros(gap.size, dtype=np.int64), np.zeros(gap.size, dtype=np.int64)
    columns, heights = np.uint32(gap.shape[1]), np.uint32(ladder.size)
    technicians = np.zeros(ladder.size**2 * 2, dtype=np.int64)  # by level, that of the job, and little skill
    for start in range(0, labour.size, BLOCK):
        block = slice(start, min(start + BLOCK, labour.size))
        had, group, education, job = currency[block], occupation[block], level[block], job_level[block]
        find_kinds(
            month, labour[block], group, field[block], stage[block], left_education[block], had, technical_occupation,
            technical_field, marks, educated, kinds, code,
        )  # fmt: skip
        found, some = list_places(marks[: had.size], listed), 0
        for j in range(found):
            k = np.uint64(listed[j])  # no place is negative: what is unsigned is looked up without asking
            known[j], kind[j], ageing[j] = had[k], kinds[k], aged_of[code[k]]
        for j in range(found):
            now[j] = next_currency(
                known[j] / FRONTIER, (kind[j] & _TECHNICAL_JOB) != 0, False, gain, fade, ageing[j], 0.0
            )
        for j in range(found):
            if kind[j] & _BEGINS:
                i, technical_job = start + listed[j], (kind[j] & _TECHNICAL_JOB) != 0
                brings = taught[field[i], level[i], region[i]] if left_education[i] == month else from_abroad
                now[j] = next_currency(known[j] / FRONTIER, technical_job, True, gain, fade, ageing[j], brings)
        for j in range(found):
            new[j] = np.int32(now[j] * FRONTIER + 0.5)
        for j in range(found):
            had[np.uint64(listed[j])] = np.uint16(new[j])
            counted[some] = j
            some += int((kind[j] & _COUNTED) != 0)
        # Where each is counted first, then the counting, which waits for nothing but the last count in the same place.
        # Codes of people at work are not negative.
        for c in range(some):
            j = np.uint64(counted[c])
            k = np.uint64(listed[j])
            lv, wants = np.uint32(np.uint8(education[k])), np.uint32(np.uint8(job[k]))
            cells[c], missing[c] = lv * columns + np.uint32(np.uint8(group[k])), np.int32(FRONTIER) - new[j]
            lacks[c] = (lv * heights + wants) * _TWO + np.uint32(now[j] < asked)
            counts_gap[c], technician[c] = (kind[j] & _EDUCATED) != 0, (kind[j] & _TECHNICIAN) != 0
        for c in range(some):
            at, one = cells[c], np.int64(counts_gap[c])
            gaps[at] += one * missing[c]
            counts[at] += one
        for c in range(some):
            technicians[lacks[c]] += np.int64(technician[c])
    for cell in range(gap.size):
        lv, work = cell // gap.shape[1], cell % gap.shape[1]
        gap[lv, work] += gaps[cell]
        count[lv, work] += counts[cell]
    for cell in range(technicians.size):
        lv, wanted = cell // 2 // ladder.size, cell // 2 % ladder.size
        short[lv, lack(ladder[wanted] - ladder[lv] > level_gap, cell % 2 == 1)] += technicians[cell]
