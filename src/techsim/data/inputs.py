"""All packaged tables, read and checked together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from techsim.data.curriculum import Curriculum, load_curriculum
from techsim.data.demography import Demography, load_demography
from techsim.data.dimensions import Dimensions, load_dimensions
from techsim.data.education import Education, load_education
from techsim.data.international import International, load_international
from techsim.data.labour import Labour, load_labour
from techsim.data.partnerships import Partnerships, load_partnerships
from techsim.data.places import Places, load_places
from techsim.data.regions import Regions, load_regions
from techsim.data.short_time import ShortTime, load_short_time
from techsim.data.teaching import Teaching, load_teaching
from techsim.data.training import Training, load_training


@dataclass(frozen=True)
class Tables:
    """The inputs of a run: dimensions, and a group of dense arrays per subject."""

    dimensions: Dimensions
    education: Education
    demography: Demography
    labour: Labour
    short_time: ShortTime
    teaching: Teaching
    partnerships: Partnerships
    curriculum: Curriculum
    places: Places
    international: International
    training: Training
    regions: Regions


def load_tables(folder: Path | None = None) -> Tables:
    """Read every table; TableError names table, row and column of the first fault."""
    dimensions = load_dimensions(folder)
    education, demography = load_education(dimensions, folder), load_demography(dimensions, folder)
    return Tables(
        dimensions=dimensions,
        education=education,
        demography=demography,
        labour=load_labour(dimensions, folder),
        short_time=load_short_time(dimensions, folder),
        teaching=load_teaching(dimensions, folder),
        partnerships=load_partnerships(dimensions, folder),
        curriculum=load_curriculum(dimensions, folder),
        places=load_places(dimensions, folder),
        international=load_international(dimensions, education, demography, folder),
        training=load_training(dimensions, folder),
        regions=load_regions(dimensions, folder),
    )
