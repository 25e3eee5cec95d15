"""The synthetic start population against the tables' margins, and its independence of order and of others."""

from __future__ import annotations

import numpy as np
import pytest

from techsim.data.demography import AGES, EDUCATION, START_MONTHS
from techsim.data.inputs import Tables, load_tables
from techsim.population.attainment import attained
from techsim.population.people import COHORT_BASE, FIELDS, People
from techsim.population.start_cells import residents
from techsim.population.start_education import ages
from techsim.population.start_rules import StartRules
from techsim.population.states import NEVER, NONE, Diploma, Flag, Labour, Origin, Profile, Stage
from techsim.population.synthetic import add_person, synthesise

MONTH = START_MONTHS[0]
SCALE = 200.0


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables()


@pytest.fixture(scope="module")
def people(tables: Tables) -> People:
    return synthesise(tables, seed=1, scale=SCALE, month=MONTH)


def count(people: People, tables: Tables) -> np.ndarray:
    out = np.zeros(tables.demography.start.shape)
    np.add.at(out, (ages(people, MONTH), people.sex, people.background, people.region), 1)
    return out


def test_residents_do_not_hang_on_who_was_asked_for_before(tables: Tables) -> None:
    once, fewer, again = (residents(tables.demography, scale, MONTH) for scale in (1000.0, 2000.0, 1000.0))
    assert once is not again
    assert once["id"].size == pytest.approx(2 * fewer["id"].size, rel=0.01)
    for name, array in once.items():
        np.testing.assert_array_equal(array, again[name])


@pytest.mark.parametrize("scale", [100.0, 333.0, 1000.0, 5000.0])
def test_margins_hold_within_a_person_and_a_half(tables: Tables, scale: float) -> None:
    people = synthesise(tables, seed=2, scale=scale, month=MONTH)
    off = count(people, tables) - tables.demography.start / scale
    assert abs(off.sum()) <= 1.0
    for margin in ((0, 1), (0,), (1,), (2,), (3,), (2, 3)):
        others = tuple(axis for axis in range(4) if axis not in margin)
        assert np.abs(off.sum(axis=others)).max() < 1.5, margin


def test_total_is_the_population_of_2008(people: People) -> None:
    assert people.size * SCALE == pytest.approx(16_405_000, abs=SCALE)


def test_students_match_the_table_by_column_pathway_sex_and_kind(people: People, tables: Tables) -> None:
    education, dims = tables.education, tables.dimensions
    student = (people.stage >= Stage.MBO) & (people.stage <= Stage.WO_MASTER)
    programme = people.programme[student]
    found = np.zeros_like(education.start_students)
    kind = dims.field_technical[education.programme_field[programme]].astype(int)
    where = (education.programme_column[programme], education.programme_pathway[programme], people.sex[student], kind)
    np.add.at(found, where, 1)
    assert np.abs(found - education.start_students / SCALE).max() < 1.5
    assert (people.programme[~student] == NONE).all()
    assert (people.stage[student] == education.programme_stage[programme]).all()


def test_students_began_in_a_september_and_not_as_children(people: People, tables: Tables) -> None:
    student = (people.stage >= Stage.MBO) & (people.stage <= Stage.WO_MASTER)
    enrolled = people.enrolled[student]
    assert (enrolled % 12 == 8).all()
    assert (enrolled < MONTH).all()
    assert ((enrolled - people.birth_month[student]) // 12 >= 15).all()
    assert (people.enrolled[~student] == NEVER).all()
    first_year = (enrolled > MONTH - 12).mean()
    assert 0.25 < first_year < 0.45


def test_children_and_pupils_are_of_their_age(people: People) -> None:
    age = ages(people, MONTH)
    assert (people.stage[age < 3] == Stage.CHILD).all()
    assert (people.stage[(age >= 5) & (age < 11)] == Stage.PRIMARY).all()
    assert (people.stage[(age >= 13) & (age < 16)] == Stage.VO).mean() > 0.99
    vo = people.stage == Stage.VO
    assert age[vo].min() >= 12
    assert age[vo].max() <= 21
    assert (people.grade[vo] >= 1).all()
    assert (people.cohort[vo] + 1 - people.grade[vo] <= 2007 - COHORT_BASE).all()


def test_pupils_number_as_in_the_statistics(people: People) -> None:
    # public_figures P0078: 950,000 in 2019/20; the start, with larger cohorts of 12 to 17, within 6 %
    assert (people.stage == Stage.VO).sum() * SCALE == pytest.approx(950_000, rel=0.06)


def test_every_pupil_has_a_grade_of_the_track_and_a_profile_in_time(people: People, tables: Tables) -> None:
    vo = people.stage == Stage.VO
    last = tables.education.vo_last_grade[people.track[vo]]
    assert (people.grade[vo] <= last).all()
    track = np.array(tables.dimensions.track)[people.track[vo]]
    chooses = np.select([track == "pro", np.isin(track, ["havo", "vwo"])], [99, 4], 3)
    assert ((people.profile[vo] != Profile.NONE) == (people.grade[vo] >= chooses)).all()


@pytest.mark.parametrize("track", ["vmbo_kb", "havo", "vwo"])
def test_profile_shares_by_sex(people: People, tables: Tables, track: str) -> None:
    code = tables.dimensions.track.index(track)
    for sex in (0, 1):
        mine = (people.stage == Stage.VO) & (people.track == code) & (people.sex == sex) & (people.profile != 0)
        share = (people.profile[mine] == Profile.TECHNICAL).mean()
        assert share == pytest.approx(tables.education.profile_shares[code, sex], abs=2.0 / mine.sum())


def test_abler_pupils_are_in_higher_tracks_and_technical_ones_have_more_affinity(
    people: People, tables: Tables
) -> None:
    vo = people.stage == Stage.VO
    means = [
        people.ability[vo & (people.track == tables.dimensions.track.index(t))].mean()
        for t in ("vmbo_bb", "havo", "vwo")
    ]
    assert means[0] + 0.5 < means[1]
    assert means[1] + 0.3 < means[2]
    technical = vo & (people.profile == Profile.TECHNICAL)
    assert people.affinity[technical].mean() > people.affinity[vo & (people.profile == Profile.OTHER)].mean() + 0.5


def test_education_of_25_to_64_is_that_of_the_evidence(people: People) -> None:
    # public_figures P1386 ff., 2008: 7.55, 20.22, 41.39, 19.33, 11.5 %
    age = ages(people, MONTH)
    of = people.diploma[(age >= 25) & (age < 65)]
    groups = [
        (Diploma.NONE,),
        (Diploma.VMBO_BB, Diploma.VMBO_KB, Diploma.VMBO_GL, Diploma.VMBO_TL, Diploma.MBO1),
        (Diploma.MBO2, Diploma.MBO3, Diploma.MBO4, Diploma.HAVO, Diploma.VWO),
        (Diploma.HBO,),
        (Diploma.WO_BACHELOR, Diploma.WO_MASTER),
    ]
    shares = [np.isin(of, group).mean() for group in groups]
    np.testing.assert_allclose(shares, [0.0755, 0.2022, 0.4139, 0.1933, 0.115], atol=0.012)


def test_level_follows_the_diploma(people: People, tables: Tables) -> None:
    dims = tables.dimensions
    diploma, level = attained(np.arange(len(EDUCATION)), dims)
    out = people.stage == Stage.OUT
    for d, lv in zip(diploma, level, strict=True):
        assert (people.level[out & (people.diploma == d)] == lv).all()
    assert (people.field >= 0).all()
    no_field = out & np.isin(people.diploma, (Diploma.NONE, Diploma.HAVO, Diploma.VWO))
    assert (people.field[no_field] == dims.general).all()


def test_technically_educated_number_1_8_million_and_few_are_women(people: People, tables: Tables) -> None:
    # public_figures P0738 (1.8 million in 2014), P0739 (1.4 million of them work)
    age = ages(people, MONTH)
    technical = tables.dimensions.field_technical[people.field] & (age >= 15) & (age < 65) & (people.stage == Stage.OUT)
    assert technical.sum() * SCALE == pytest.approx(1.8e6, rel=0.05)
    assert 0.08 < people.sex[technical].mean() < 0.18
    assert (technical & (people.labour == Labour.EMPLOYED)).sum() * SCALE == pytest.approx(1.45e6, rel=0.08)


def test_recent_leavers_are_there_and_left_in_the_past(people: People) -> None:
    out = people.stage == Stage.OUT
    assert (people.left_education[out] < MONTH).all()
    assert (people.left_education[~out] == NEVER).all()
    recent = people.left_education[out] >= MONTH - 18
    yearly = recent.sum() * SCALE / 2.0  # September 2006 and 2007
    assert 140_000 < yearly < 230_000
    assert ages(people, MONTH)[out][recent].max() < 35


def test_labour_states_are_consistent(people: People, tables: Tables) -> None:
    education, dims = tables.education, tables.dimensions
    works = people.labour == Labour.EMPLOYED
    for codes in (people.occupation, people.job_level, people.job_region, people.employer):
        assert (codes[works] >= 0).all()
    bbl = (people.programme >= 0) & (education.programme_pathway[people.programme] == dims.pathway.index("bbl"))
    assert works[bbl].all()
    assert (people.occupation[bbl] == education.programme_field[people.programme[bbl]]).all()
    studies = (people.stage < Stage.OUT) & ~bbl
    assert (people.labour[studies] == Labour.OUTSIDE).all()
    assert (people.since[works] < MONTH).all()
    assert (people.since[works] - people.birth_month[works] >= 12 * 15).all()
    unemployed = (people.labour == Labour.UNEMPLOYED).sum()
    assert 0.025 < unemployed / (unemployed + works.sum()) < 0.05


def test_ids_are_unique_and_carry_their_origin(people: People) -> None:
    assert np.unique(people.id).size == people.size
    assert ((people.id >> np.uint64(62)) == int(Origin.START)).all()
    cohort = (people.id >> np.uint64(46)) & np.uint64(0xFFFF)
    assert (cohort.astype(int) == people.birth_month).all()


def test_same_seed_same_people_other_seed_same_margins(tables: Tables, people: People) -> None:
    again = synthesise(tables, seed=1, scale=SCALE, month=MONTH)
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(again, name), getattr(people, name))
    other = synthesise(tables, seed=3, scale=SCALE, month=MONTH)
    np.testing.assert_array_equal(other.id, people.id)
    assert not np.array_equal(other.ability, people.ability)


def test_ages_of_the_oldest_stay_within_the_arrays(people: People) -> None:
    age = ages(people, MONTH)
    assert age.min() == 0
    assert 95 < age.max() < AGES


def test_other_start_months_are_refused(tables: Tables) -> None:
    with pytest.raises(ValueError, match=r"cannot start in 2012-01.*2008-01"):
        synthesise(tables, seed=1, scale=SCALE, month=MONTH + 48)


def test_one_person_more_has_a_new_id_and_changes_no_row(tables: Tables) -> None:
    people = synthesise(tables, seed=1, scale=5000.0, month=MONTH)
    before = {name: getattr(people, name).copy() for name in FIELDS}
    for like in (0, 0, 700):
        row = add_person(people, like=like, seed=1, changes={"labour": int(Labour.OUTSIDE)})
        assert people.birth_month[row] == people.birth_month[like]
        assert people.labour[row] == Labour.OUTSIDE
    assert np.unique(people.id).size == people.size
    for name, values in before.items():
        np.testing.assert_array_equal(getattr(people, name)[: values.size], values)


def test_rules_of_the_start_change_what_they_are_about(tables: Tables, people: People) -> None:
    def started(**rules: float) -> People:
        return synthesise(tables, seed=1, scale=SCALE, month=MONTH, rules=StartRules(**rules))

    def same(other: People, *but: str) -> bool:
        return all(np.array_equal(getattr(people, name), getattr(other, name)) for name in FIELDS if name not in but)

    at_work, jobless = people.labour == Labour.EMPLOYED, people.labour == Labour.UNEMPLOYED
    apprentice = at_work & (people.programme >= 0)
    longer = started(tenure=216.0)
    assert same(longer, "since", "flags")
    assert (longer.since <= people.since)[at_work].all()
    assert np.array_equal(longer.since[jobless], people.since[jobless])
    assert (MONTH - longer.since[at_work]).mean() > 1.2 * (MONTH - people.since[at_work]).mean()
    searching = started(search=18.0)
    assert same(searching, "since")
    assert np.array_equal(searching.since[at_work], people.since[at_work])
    assert (MONTH - searching.since[jobless]).mean() > 1.3 * (MONTH - people.since[jobless]).mean()
    lasting = started(temporary_share=0.0)
    assert same(lasting, "flags")
    temporary = (lasting.flags & np.uint8(Flag.TEMPORARY)) > 0
    assert not temporary[~apprentice].any()
    assert ((people.flags & np.uint8(Flag.TEMPORARY)) > 0)[~apprentice].any()
    spread = started(retirement_spread=5.0)
    young = (spread.labour == Labour.RETIRED) & (ages(people, MONTH) < 55)
    assert young.sum() > 2 * ((people.labour == Labour.RETIRED) & (ages(people, MONTH) < 55)).sum()
