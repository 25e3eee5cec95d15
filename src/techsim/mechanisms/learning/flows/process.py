"""Cohort flows in the month: October."""

from __future__ import annotations

import numpy as np

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
    flow(
        month=world.month,
        first_cohort=world.recorder.years("cohort").start - COHORT_BASE,
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
