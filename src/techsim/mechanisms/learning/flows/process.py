"""Cohort flows in the month: October."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.learning.flows.kernels import flow
from techsim.mechanisms.world import World
from techsim.population.people import COHORT_BASE
from techsim.population.states import FlowNode

BASE = {
    "vmbo_bb": FlowNode.VMBO_TECHNICAL,
    "vmbo_kb": FlowNode.VMBO_TECHNICAL,
    "vmbo_gl": FlowNode.VMBO_TECHNICAL,
    "vmbo_tl": FlowNode.VMBO_TECHNICAL,
    "havo": FlowNode.HAVO_TECHNICAL,
    "vwo": FlowNode.VWO_TECHNICAL,
}


def process(world: World) -> None:
    """Count the year's changes of node in each cohort."""
    people, dims = world.people, world.tables.dimensions
    before = people.node.copy()
    first_cohort = world.recorder.years("cohort").start - COHORT_BASE
    flow(
        month=world.month,
        first_cohort=first_cohort,
        cohort=people.cohort,
        stage=people.stage,
        track=people.track,
        profile=people.profile,
        programme=people.programme,
        labour=people.labour,
        occupation=people.occupation,
        left_education=people.left_education,
        sex=people.sex,
        background=people.background,
        base_of_track=np.array([BASE.get(t, FlowNode.VO_START) for t in dims.track], dtype=np.int8),
        field_of=world.tables.education.programme_field,
        technical=dims.field_technical[:-1],
        node=people.node,
        count=world.recorder.arrays["cohort_flows"],
    )
    if world.recorder.wants("cohort_flows_by_region"):
        _count_by_region(world, before, first_cohort)


def _count_by_region(world: World, before: npt.NDArray[np.int8], first_cohort: int) -> None:
    """The same changes by where people grew up; before : int8 (n,), their nodes until now."""
    people, count = world.people, world.recorder.arrays["cohort_flows_by_region"]
    rows = np.flatnonzero(people.node != before)
    region = people.region[rows]
    if world.moving is not None:
        region = world.moving.home_of(people.id[rows], region)
    where = (people.cohort[rows].astype(np.int64) - first_cohort, before[rows], people.node[rows], region)
    np.add.at(count, where, 1)
