"""The codes that the population arrays hold. Frozen numbers: results and caches depend on them.

Compare arrays of all people with ``int(Stage.OUT)``: with the member itself numpy widens the whole array first, at
fifteen times the time.
"""

from __future__ import annotations

from enum import IntEnum

NONE = -1
"""No track, programme, occupation, sector or job."""
NEVER = -32768
"""A month that has not been (smallest int16)."""


class Stage(IntEnum):
    """Where a person stands in education; each person-month has exactly one."""

    CHILD = 0
    PRIMARY = 1
    VO = 2
    MBO = 3
    HBO = 4
    WO_BACHELOR = 5
    WO_MASTER = 6
    OUT = 7


class Labour(IntEnum):
    """Labour state; each person-month has exactly one. Full-time students are OUTSIDE, bbl students EMPLOYED."""

    OUTSIDE = 0
    UNEMPLOYED = 1
    EMPLOYED = 2
    RETIRED = 3


class Diploma(IntEnum):
    """Highest diploma, in ascending order of the column that it ends."""

    NONE = 0
    VMBO_BB = 1
    VMBO_KB = 2
    VMBO_GL = 3
    VMBO_TL = 4
    MBO1 = 5
    MBO2 = 6
    MBO3 = 7
    MBO4 = 8
    HAVO = 9
    VWO = 10
    HBO = 11
    WO_BACHELOR = 12
    WO_MASTER = 13


class Profile(IntEnum):
    """Profile or sector in vo: not yet chosen, other, or technical (N profile, techniek)."""

    NONE = 0
    OTHER = 1
    TECHNICAL = 2


COURSES_FROM = 6
"""Bit of ``flags`` from which the number of courses stands."""


class Flag(IntEnum):
    """Bits of ``People.flags``; the last two are a number, 0 to 3: courses that a person follows since the last
    decision to learn (LLO, W4)."""

    WISKUNDE_B = 1
    TECHNOLOGIEROUTE = 2
    WT_EXPOSED = 4
    GRADUATED = 8
    TEMPORARY = 16
    SHORT_TIME = 32
    ONE_COURSE = 64
    TWO_COURSES = 128


class Origin(IntEnum):
    """How a person came into the model: part of the person's id."""

    START = 0
    BIRTH = 1
    IMMIGRATION = 2
    INTERNATIONAL = 3


class FlowNode(IntEnum):
    """Nodes of the cohort flow diagram, from the first class of vo to the job."""

    NOT_STARTED = 0
    VO_START = 1
    VMBO_TECHNICAL = 2
    VMBO_OTHER = 3
    HAVO_TECHNICAL = 4
    HAVO_OTHER = 5
    VWO_TECHNICAL = 6
    VWO_OTHER = 7
    MBO_TECHNICAL = 8
    MBO_OTHER = 9
    HBO_TECHNICAL = 10
    HBO_OTHER = 11
    WO_TECHNICAL = 12
    WO_OTHER = 13
    WORK_TECHNICAL = 14
    WORK_OTHER = 15
    NOT_WORKING = 16
