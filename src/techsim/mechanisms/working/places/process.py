"""L4, places, in the month: hiring needs are followed each month, places are offered in August."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techsim.mechanisms.working.apprentices.process import BBL, apprentices_in_place, training_staff
from techsim.mechanisms.working.participation.outlook import retiring
from techsim.mechanisms.working.places.kernels import count_students
from techsim.mechanisms.working.places.offer import (
    Counts,
    Floats,
    expected_cover,
    hiring_need,
    next_level,
    regional_ratio,
    wanted_level,
    willing_share,
)
from techsim.mechanisms.working.places.state import Places, Promise
from techsim.mechanisms.working.state import bbl_students, months_share, relative_sensitivity, work_based
from techsim.mechanisms.world import World

BOL = "bol"
LARGE = "large"


@dataclass(frozen=True)
class Offers:
    """Places that employers offer, relative to normal, and the share of firms to whom one is worth it; (E, G, R), or
    (G,) of one type and region."""

    level: Floats
    willing: Floats


def hook(world: World, name: str) -> Floats:
    """A hook by region; zero where nobody holds it."""
    value = world.hooks.get(name)
    return np.zeros(world.labour.places.apprentices.size) if value is None else value


def partnership_members(world: World) -> Floats:
    """m: employers who train as members of a partnership (L5); share, (E, R)."""
    if world.partnerships is None:
        return np.zeros((world.tables.dimensions.employers, world.labour.places.regions))
    return world.partnerships.member_share


def observe(world: World) -> None:
    """Each month: smooth hiring needs and what output leaves in firms' cash."""
    places, labour, p = world.labour.places, world.labour, world.parameters
    begin(world)
    need = _need(world)
    places.need = places.need + months_share(p["places.need_months"]) * (need - places.need)
    pressure = labour.pressure[world.tables.dimensions.employer_sector]
    places.reserves = places.reserves + months_share(p["places.reserve_months"]) * (pressure - places.reserves)


def begin(world: World) -> None:
    """Once, before the first month's needs are seen: what is normal, from the students and employers of the start."""
    places, tables, people = world.labour.places, world.tables, world.people
    if places.begun:
        return
    places.begun = True
    p, dims, education = world.parameters, tables.dimensions, tables.education
    staff = training_staff(world).sum(axis=0)
    places.ratio = regional_ratio(learners=students(world, BBL), staff=staff, spare=p["places.spare"])
    places.internship_ratio = regional_ratio(learners=students(world, BOL), staff=staff, spare=p["internships.spare"])
    places.usual_need = _need(world)
    places.need = places.usual_need.copy()
    years = education.programme_years
    net = tables.places.net_cost[education.programme_level]
    mean = np.array([row[:n].mean() if n else 0.0 for row, n in zip(net, np.minimum(years, net.shape[1]), strict=True)])
    learns = people.programme[bbl_students(people, tables)]
    by_programme = np.bincount(learns, minlength=years.size) + work_based(tables)
    groups = dims.size("occupation")
    total = np.bincount(education.programme_field, by_programme, groups)
    in_mbo = education.programme_field < groups
    weighted = np.bincount(education.programme_field[in_mbo], (by_programme * mean)[in_mbo], groups)
    places.cost = weighted / np.maximum(total, 1.0)


def offer_places(world: World) -> None:
    """August: all employers at once, for worlds without agents."""
    begin(world)
    apply_offers(world, offers(world, support(world)))


def offers(world: World, support_by_region: Floats, kind: int | None = None, region: int | None = None) -> Offers:
    """What employers offer this August: of one type and region, or of all."""
    places, p = world.labour.places, world.parameters
    size = worth(world)
    slump = slump_by_employer(world)
    members = partnership_members(world)
    if kind is None or region is None:
        args = (
            size[:, None, None], support_by_region, places.cost[:, None], slump[:, None, None], members[:, None, :]
        )  # fmt: skip
        need, usual, level = places.need[:, :, None], places.usual_need[:, :, None], places.level
    else:
        args = (size[kind], support_by_region[region], places.cost, slump[kind], members[kind, region])
        need, usual, level = places.need[kind], places.usual_need[kind], places.level[kind, :, region]
    willing = _willing(world, *args)
    wanted = wanted_level(
        need=need,
        usual_need=usual,
        willing=willing,
        usual_willing=_willing(
            world, args[0], np.array(p["places.usual_subsidy"]), args[2], 0.0 * args[3], 0.0 * args[4]
        ),
        elasticity=p["places.elasticity"],
    )
    return Offers(next_level(level=level, wanted=wanted, up=p["places.up"], down=p["places.down"]), willing)


def _willing(world: World, worth: Floats, support: Floats, cost: Floats, slump: Floats, members: Floats) -> Floats:
    p = world.parameters
    return willing_share(
        worth=worth,
        support=support,
        cost=cost,
        slump=slump,
        weight=p["places.slump_weight"],
        spread=p["places.spread"],
        members=members,
        partnership=p["places.partnership_value"],
    )


def apply_offers(world: World, offered: Offers) -> None:
    """Set the places that are free, by group and region, and record what is offered."""
    labour = world.labour
    places: Places = labour.places
    places.level, places.willing = offered.level, np.broadcast_to(offered.willing, offered.level.shape).copy()
    places.promise = promise(world)
    by_employer = places.ratio * training_staff(world) * offered.level
    wanted = by_employer.sum(axis=0)
    in_place = students(world, BBL, graduated=False)
    labour.places_free = np.maximum(np.rint(wanted).astype(np.int64) - in_place, 0)
    # Contracts are honoured: those in place have a place, whatever is offered anew.
    offered_now = in_place + labour.places_free
    total = offered_now.astype(np.float64)
    elsewhere = world.tables.labour.employer_shares.T[:, :, None]
    share = np.where(wanted > 0.0, by_employer / np.where(wanted > 0.0, wanted, 1.0), elsewhere)
    labour.places_offered = whole((share * total).sum(axis=1))
    places.shares = share
    world.recorder.slot("apprenticeship_places", world.month)[..., 0] = offered_now
    slot = world.recorder.slot("places_by_sector", world.month)
    slot[...] = labour.places_offered.reshape(slot.shape)
    world.recorder.slot("places_willing", world.month)[...] = _mean_willing(world)


def whole(cells: Floats) -> Counts:
    """Whole places by type (E, R) that add up to the rounded sum of each region: running totals rounded."""
    running = np.rint(np.cumsum(cells, axis=0)).astype(np.int64)
    return np.diff(running, axis=0, prepend=np.zeros((1, cells.shape[1]), dtype=np.int64))


def _mean_willing(world: World) -> Floats:
    """Share of employers to whom a place is worth its cost, by sector and size class, over normal places."""
    places, dims = world.labour.places, world.tables.dimensions
    weight = places.ratio * training_staff(world)
    mean = (weight * places.willing).sum(axis=(1, 2)) / np.maximum(weight.sum(axis=(1, 2)), 1e-9)
    return np.asarray(mean.reshape(dims.size("sector"), dims.size("firm_size")))


def promise(world: World) -> Promise | None:
    """What the bridging scheme promises this August; None where it is closed."""
    share = hook(world, "bridging.open")
    if not share.any():
        return None
    anyway = hook(world, "bridging.anyway") * share * last_intake(world)
    cap = float(world.hooks["bridging.max_places"]) / world.scale
    return Promise(share, hook(world, "bridging.months"), anyway, cap)


def last_intake(world: World) -> Floats:
    """New places of last September by region of the job; half of the places where there was none yet; (R,)."""
    places = world.labour.places
    if places.intake is not None:
        return places.intake.astype(np.float64)
    return np.asarray((places.ratio * training_staff(world)).sum(axis=(0, 1)) / 2.0)


def support(world: World) -> Floats:
    """s: public euro a year that an employer expects for a place: subsidy, and what the bridging scheme pays; (R,)."""
    counted = 1.0 - hook(world, "bridging.anyway")
    scheme = hook(world, "bridging.open") * hook(world, "bridging.amount") * counted
    if not scheme.any():
        return hook(world, "places.subsidy")
    intake = float((counted * last_intake(world)).sum())
    cap = float(world.hooks["bridging.max_places"]) / world.scale
    return np.asarray(hook(world, "places.subsidy") + expected_cover(cap=cap, intake=intake) * scheme)


def worth(world: World) -> Floats:
    """v: what a place is worth to the mean firm of a type beyond production, euro a year; (E,)."""
    dims, p = world.tables.dimensions, world.parameters
    large = dims.employer_size == dims.firm_size.index(LARGE)
    return np.where(large, p["places.worth_large"], p["places.worth_sme"])


def willing_at_once(world: World, subsidy: Floats) -> tuple[Floats, Floats]:
    """W by this month's output, and W_0: what internships hang on; two (E, G, R)."""
    places, size = world.labour.places, worth(world)[:, None, None]
    cost, members = places.cost[:, None], partnership_members(world)[:, None, :]
    slump = slump_by_employer(world, at_once=True)[:, None, None]
    usual = np.full_like(subsidy, world.parameters["places.usual_subsidy"])
    now = _willing(world, size, subsidy, cost, slump, members)
    return now, _willing(world, size, usual, cost, 0.0 * slump, 0.0 * members)


def slump_by_employer(world: World, at_once: bool = False) -> Floats:
    """x: how far output lies below what a type of employer is used to; (E,), through its reserves or ``at_once``."""
    labour, dims = world.labour, world.tables.dimensions
    sensitivity = relative_sensitivity(dims.by_sector(labour.staff), world.tables.labour.cycle_sensitivity)
    pressure = labour.pressure[dims.employer_sector] if at_once else labour.places.reserves
    return np.asarray(np.maximum(-pressure, 0.0) * sensitivity[dims.employer_sector])


def students(world: World, pathway: str, graduated: bool = True) -> Counts:
    """mbo students of a pathway by field and region of residence, (G, R); ``graduated`` counts this July's too."""
    people, dims, education = world.people, world.tables.dimensions, world.tables.education
    if not graduated:
        return apprentices_in_place(world)
    count = np.zeros((dims.size("occupation"), dims.size("region")), dtype=np.int64)
    count_students(
        stage=people.stage,
        programme=people.programme,
        region=people.region,
        pathway_of=education.programme_pathway,
        pathway=dims.pathway.index(pathway),
        field_of=education.programme_field,
        count=count,
    )
    return count


def _need(world: World) -> Floats:
    """n now; who retires is counted once a year, and at the start."""
    labour, p, places = world.labour, world.parameters, world.labour.places
    if places.retiring is None or world.calendar_month == COUNTING_MONTH:
        places.retiring = retiring(world, [p["places.horizon"]])[0]
    return hiring_need(
        retiring=places.retiring, desired=labour.desired.sum(axis=(2, 3)), staff=labour.staff.sum(axis=(2, 3))
    )


COUNTING_MONTH = 8
