"""L4 (first form), in the month: places in August, before intake; apprentices are hired each month, after
participation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.apprentices.kernels import count_apprentices, hire_apprentices
from techsim.mechanisms.working.employers import Counts, Floats, places_offered
from techsim.mechanisms.world import World
from techsim.population.states import Stage

TRAINING_LEVELS = ("mbo1", "mbo2", "mbo3", "mbo4")
"""Job levels beside which apprentices are trained."""
INTAKE_MONTH = 9


def offer_places(world: World) -> None:
    """August: set places offered by sector and region, and places free by group and region."""
    p, labour = world.parameters, world.labour
    in_place = apprentices_in_place(world)
    staff = training_staff(world)
    if np.isnan(labour.place_ratio).any():
        by_group = np.maximum(staff.sum(axis=(0, 2)), 1.0)
        labour.place_ratio = (1.0 + p["apprentices.spare"]) * in_place.sum(axis=1) / by_group
    outlook = labour.vacancy_rate / np.maximum(labour.normal_vacancy_rate, 1e-9)
    offered = places_offered(
        ratio=labour.place_ratio, staff=staff, outlook=outlook, elasticity=p["apprentices.elasticity"]
    )
    free = np.rint(offered.sum(axis=0)).astype(np.int64) - in_place
    labour.places_free = np.maximum(free, 0)
    labour.places_offered = np.rint(offered.sum(axis=1)).astype(np.int64)
    world.recorder.slot("apprenticeship_places", world.month)[..., 0] = labour.places_offered


def process(world: World) -> None:
    """Hire the bbl students who have no job; in September count the places filled."""
    people, labour, education = world.people, world.labour, world.tables.education
    hire_apprentices(
        seed=world.seed,
        month=world.month,
        ids=people.id,
        stage=people.stage,
        programme=people.programme,
        region=people.region,
        bbl=is_bbl(world),
        field_of=education.programme_field,
        level_of=education.programme_level,
        cumulative=_sector_shares(world),
        labour=people.labour,
        since=people.since,
        occupation=people.occupation,
        job_level=people.job_level,
        job_region=people.job_region,
        sector=people.sector,
        staff=labour.staff,
        hires=labour.ledger.hired,
    )
    if world.calendar_month == INTAKE_MONTH:
        learns = np.flatnonzero((people.stage == Stage.MBO) & (people.programme >= 0))
        learns = learns[is_bbl(world)[people.programme[learns]]]
        slot = world.recorder.slot("apprenticeship_places", world.month)
        slot[..., 1] = 0
        np.add.at(slot[..., 1], (people.sector[learns], people.job_region[learns]), 1)


def set_start_ratio(world: World) -> None:
    """Fix places per worker from the start population, before the first month."""
    offer = training_staff(world).sum(axis=(0, 2))
    in_place = apprentices_in_place(world).sum(axis=1)
    world.labour.place_ratio = (1.0 + world.parameters["apprentices.spare"]) * in_place / np.maximum(offer, 1.0)


def is_bbl(world: World) -> npt.NDArray[np.bool_]:
    """Whether a programme is work-based; (programmes,)."""
    bbl: npt.NDArray[np.bool_] = world.tables.education.programme_pathway == world.tables.dimensions.pathway.index(
        "bbl"
    )
    return bbl


def apprentices_in_place(world: World) -> Counts:
    """bbl students who have not just got their diploma, by field of programme and region of residence; (G, R)."""
    people, labour = world.people, world.labour
    count = np.zeros(labour.places_free.shape, dtype=np.int64)
    count_apprentices(
        stage=people.stage,
        programme=people.programme,
        flags=people.flags,
        region=people.region,
        bbl=is_bbl(world),
        field_of=world.tables.education.programme_field,
        count=count,
    )
    return count


def training_staff(world: World) -> Floats:
    """Workers at the job levels beside which apprentices are trained; (S, G, R)."""
    levels = [world.tables.dimensions.level.index(level) for level in TRAINING_LEVELS]
    staff: Floats = world.labour.staff[:, :, levels].sum(axis=2).astype(np.float64)
    return staff


def _sector_shares(world: World) -> Floats:
    """Running shares of sectors in a group's mbo staff of a region; (G, R, S), the last one 1."""
    staff = np.moveaxis(training_staff(world), 0, -1)
    total = staff.sum(axis=-1, keepdims=True)
    elsewhere = world.tables.labour.sector_shares[:, None, :]
    shares = np.where(total > 0.0, staff / np.maximum(total, 1.0), elsewhere)
    running = np.cumsum(shares, axis=-1)
    running[..., -1] = 1.0
    return running
