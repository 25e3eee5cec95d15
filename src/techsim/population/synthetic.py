"""The synthetic start population: whole people who match the margins of the tables.

Age, sex, background and region come from the demographic tables; pupils from what the promotion rules make of the
shares placed in each track; students, educations and jobs from tables of shares. Where shares leave a choice, the abler
stand higher in the order of schooling and those with more affinity choose technology; nothing depends on the order in
which people are stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from techsim.data.demography import START_MONTHS
from techsim.data.inputs import Tables
from techsim.population.attainment import traits
from techsim.population.clock import SCHOOL_YEAR_START, label, school_year_of
from techsim.population.people import FIELDS, People
from techsim.population.start_cells import residents
from techsim.population.start_education import allot, enrol, settle
from techsim.population.start_jobs import place_in_work
from techsim.population.start_pupils import place_pupils, schooling_order, taste, years_in_vo
from techsim.population.start_rules import USUAL, StartRules
from techsim.population.states import Labour, Stage

_FOUR = 48
"""Months of age at which primary school begins."""


def synthesise(tables: Tables, seed: int, scale: float, month: int, rules: StartRules = USUAL) -> People:
    """The population at the beginning of ``month``, one simulated person for ``scale`` residents.

    Parameters
    ----------
    tables : Tables
    seed : int
        The draw's seed; another seed gives other people with the same margins.
    scale : float
        Residents per simulated person.
    month : int
        One of START_MONTHS.
    rules : StartRules, optional
        What jobs of the start go by beside the tables.

    Returns
    -------
    People

    Raises
    ------
    ValueError
        If the tables hold no population for the month.
    """
    if month not in START_MONTHS:
        known = ", ".join(label(m) for m in START_MONTHS)
        raise ValueError(f"a run cannot start in {label(month)}: the tables hold the population of {known}")
    dims, education = tables.dimensions, tables.education
    columns = residents(tables.demography, scale, month)
    people = People(capacity=int(1.1 * len(columns["id"])) + 16)
    people.add({**columns, **traits(seed, columns["id"]), "field": dims.general})
    august = month - (month - (SCHOOL_YEAR_START - 1)) % 12
    age = month - people.birth_month.astype(np.int64)
    people.stage[...] = np.where(years_in_vo(people, august) < 0, Stage.PRIMARY, Stage.OUT)
    people.stage[age < _FOUR] = Stage.CHILD
    order = schooling_order(people, seed, dims)
    place_pupils(people, education, dims, seed, august, order, school_year_of(month))
    who, category, categories = allot(people, dims, education, tables.demography, scale, month, order)
    liking = taste(people, seed)
    student = categories.student[category]
    enrol(
        people=people,
        rows=who[student],
        column=categories.first[category[student]],
        pathway=categories.second[category[student]],
        month=month,
        seed=seed,
        dims=dims,
        education=education,
        order=order,
        liking=liking,
    )
    settle(
        people=people,
        rows=who[~student],
        level=categories.first[category[~student]],
        month=month,
        seed=seed,
        dims=dims,
        tables=tables.demography,
        liking=liking,
    )
    pension_age = tables.demography.pension_age_at(month)
    place_in_work(people, dims, education, tables.labour, pension_age, month, seed, rules)
    return people


def add_person(people: People, like: int, seed: int, changes: Mapping[str, Any] | None = None) -> int:
    """Add one person more: a copy of a resident with a new id, and so with luck of his or her own.

    Parameters
    ----------
    like : int
        Row of the resident to copy.
    seed : int
        The draw's seed.
    changes : mapping, optional
        Values that differ, by array name.

    Returns
    -------
    int
        Row of the new person; everyone else keeps row, id and draws.
    """
    row: dict[str, npt.NDArray[Any]] = {name: getattr(people, name)[like : like + 1].copy() for name in FIELDS}
    block = np.uint64((1 << 32) - 1)
    head = row["id"][0] & ~block
    rank = (people.id[(people.id & ~block) == head] & block).max() + np.uint64(1)
    row["id"] = np.array([head | rank], dtype=np.uint64)
    row.update(traits(seed, row["id"]))
    for name, value in (changes or {}).items():
        row[name] = np.array([value], dtype=FIELDS[name][0])
    if row["labour"][0] == Labour.EMPLOYED and (row["occupation"][0] < 0 or row["employer"][0] < 0):
        raise ValueError("someone who works needs an occupation and an employer")
    people.add(dict(row))
    return people.size - 1
