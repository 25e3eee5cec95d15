"""Cohort flows on arrays."""

from __future__ import annotations

import numpy as np

from techsim.population.compiled import kernel
from techsim.population.states import FlowNode, Labour, Profile, Stage

_VO, _MBO, _HBO, _MASTER, _OUT = int(Stage.VO), int(Stage.MBO), int(Stage.HBO), int(Stage.WO_MASTER), int(Stage.OUT)
_UNCHOSEN, _TECHNICAL = int(Profile.NONE), int(Profile.TECHNICAL)
_EMPLOYED = int(Labour.EMPLOYED)
_START, _VMBO, _HAVO, _VWO = (
    int(FlowNode.VO_START),
    int(FlowNode.VMBO_TECHNICAL),
    int(FlowNode.HAVO_TECHNICAL),
    int(FlowNode.VWO_TECHNICAL),
)
_MBO_NODE, _HBO_NODE, _WO_NODE = int(FlowNode.MBO_TECHNICAL), int(FlowNode.HBO_TECHNICAL), int(FlowNode.WO_TECHNICAL)
_WORK, _NOT_WORKING = int(FlowNode.WORK_TECHNICAL), int(FlowNode.NOT_WORKING)
_SETTLED = 18
"""Months after leaving education at which a school leaver's destination is looked at (ROA: a year and a half)."""


@kernel
def node_of(old, stage, base_of_track, profile, technical_field, months_out, employed, technical_job):
    """The node in which a person stands; ``old`` if nothing settles a new one. Node pairs are (technical, other)."""
    if stage == _VO:
        if profile == _UNCHOSEN or base_of_track == _START:
            return _START if old <= _START else old
        return base_of_track + (0 if profile == _TECHNICAL else 1)
    if _MBO <= stage <= _MASTER:
        base = _MBO_NODE if stage == _MBO else _HBO_NODE if stage == _HBO else _WO_NODE
        return base + (0 if technical_field else 1)
    if stage == _OUT and old < _WORK and months_out >= _SETTLED:
        if not employed:
            return _NOT_WORKING
        return _WORK + (0 if technical_job else 1)
    return old


@kernel
def flow(
    month,
    first_cohort,
    cohort,
    stage,
    track,
    profile,
    programme,
    labour,
    occupation,
    left_education,
    sex,
    background,
    base_of_track,
    field_of,
    technical,
    node,
    count,
):
    """Move people to their node and count the changes.

    Parameters
    ----------
    month, first_cohort : int, the second, and ``cohort``, in years since 2000
    left_education : int16 (n,)
    cohort, stage, track, profile, programme, labour, occupation, sex, background : int8 (n,)
    base_of_track : int8 (tracks,)
        Technical node of each track; VO_START for tracks without a profile.
    field_of : int8 (programmes,); technical : bool (fields,)
    node : int8 (n,), written
    count : int64 (cohorts, nodes, nodes, sexes, backgrounds), added to
    """
    for i in range(node.size):
        c = np.int64(cohort[i]) - first_cohort
        if c < 0 or c >= count.shape[0] or track[i] < 0:
            continue
        field = programme[i] >= 0 and technical[field_of[programme[i]]]
        job = occupation[i] >= 0 and technical[occupation[i]]
        new = node_of(
            node[i],
            stage[i],
            base_of_track[track[i]],
            profile[i],
            field,
            month - left_education[i],
            labour[i] == _EMPLOYED,
            job,
        )
        if new != node[i]:
            count[c, node[i], new, sex[i], background[i]] += 1
            node[i] = new
