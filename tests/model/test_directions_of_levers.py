"""What the levers on learning at work, matching and early choices must move in one direction, over the whole model.

As in ``test_directions``: each row runs the model twice with the same people and luck; only the lever differs.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from model.runs import Case, record
from model.test_directions import TECHNICAL, Row, technical, total
from techsim.data.training import PAYERS, RETRAINERS
from techsim.experiment.simulate import tables
from techsim.results.coordinates import CROSSING, EDUCATION_OF_ENTRANT, RETRAINING_STEP
from techsim.results.recorder import Recorder

DIMS = tables().dimensions
BOYS, GIRLS = DIMS.sex.index("male"), DIMS.sex.index("female")
STRONG_W_AND_T = (("exposure.wt_effect", 0.8), ("exposure.wt_effect_girls", 0.8))


def lever(name: str, fields: dict[str, object], **also: object) -> tuple[Case, Case]:
    """Without and with a lever from the first month on."""
    return Case(**also), Case(lever=name, fields=(("start", "2008-02"), *fields.items()), **also)  # type: ignore[arg-type]


def paid_by(*payers: str) -> Callable[[Recorder], float]:
    at = [PAYERS.index(payer) for payer in payers]
    return lambda r: float(r.arrays["training_participants"][..., at].sum())


def learners_up_to_mbo3(recorder: Recorder) -> float:
    """Participants up to mbo-3, whoever pays."""
    return float(recorder.arrays["training_participants"][:, : DIMS.level.index("mbo4")].sum())


def retraining(step: str, *retrainers: str) -> Callable[[Recorder], float]:
    at = [RETRAINERS.index(name) for name in retrainers or RETRAINERS]
    return lambda r: float(r.arrays["retraining"][:, RETRAINING_STEP.index(step), at].sum())


def crossed(way: str, *education: str) -> Callable[[Recorder], float]:
    at = [EDUCATION_OF_ENTRANT.index(name) for name in education or EDUCATION_OF_ENTRANT]
    return lambda r: float(r.arrays["side_entry"][:, CROSSING.index(way), at].sum())


def technical_staff(recorder: Recorder) -> float:
    """Share of workers in technical groups over the last two years."""
    staff = recorder.arrays["employed_by_occupation"][-24:].sum(axis=(0, 2))
    return float(staff[DIMS.occupation_technical].sum() / staff.sum())


def profiles(sex: int) -> Callable[[Recorder], float]:
    return lambda r: float(r.arrays["profile_choices"][:, :, sex, ..., TECHNICAL].sum())


def total_profiles(recorder: Recorder) -> float:
    return float(recorder.arrays["profile_choices"][..., TECHNICAL].sum())


STAP = lever("stap", {"volume": 400_000.0})
SLIM = lever("slim", {"volume": 200_000.0, "coverage": 1.0})
RETRAINING = lever("retraining", {"volume": 40_000.0})
PAY = lever("pay_and_image", {"pay": 0.15, "public_share": 1.0, "image": 0.8})
SKILLS = lever("regional_matching", {"volume": 1.0})
PABO = lever("pabo", {"volume": 1.0}, end="2021-12", scale=500, parameters=STRONG_W_AND_T)
PRIMARY = lever("wt_primary", {"volume": 1.0}, end="2014-12", scale=500,
    parameters=(*STRONG_W_AND_T, ("exposure.intensity", 1.0)))  # fmt: skip

ROWS = [
    Row("learning budgets (STAP, W4)", *STAP, "people in courses", total("training_participants"), 1,
        "money lets those learn who would not pay themselves"),
    Row("learning budgets (STAP, W4)", *STAP, "courses that employers, funds and people pay",
        paid_by("employer", "fund", "own"), -1, "some would have been paid anyway"),
    Row("learning budgets (STAP, W4)", *STAP, "people up to mbo-3 in courses", learners_up_to_mbo3, 1,
        "price weighs most on low pay"),
    Row("training subsidy (SLIM, W4)", *SLIM, "people in courses", total("training_participants"), 1,
        "small firms send more"),
    Row("training subsidy (SLIM, W4)", *SLIM, "courses that employers pay alone", paid_by("employer"), -1,
        "some would have been paid anyway"),
    Row("retraining (W2, W4)", *RETRAINING, "people who complete retraining", retraining("completed"), 1,
        "there are more places"),
    Row("retraining (W2, W4)", *RETRAINING, "hires of the retrained into technical work",
        crossed("into_technical", "retrained"), 1, "they hold a trade"),
    Row("retraining (W2, W4)", *RETRAINING, "share of workers in technical work", technical_staff, 1,
        "technical vacancies find more takers"),
    Row("retraining by O&O funds (W2, W4)", *lever("retraining", {"volume": 40_000.0, "retrainer": "fund"}),
        "begun with O&O funds", retraining("began", "fund"), 1, "the places are theirs"),
    Row("pay and image (W2)", *PAY, "share of workers in technical work", technical_staff, 1, "pay draws applicants"),
    Row("pay and image (K2)", *PAY, "technical profiles", technical("profile_choices"), 1,
        "pupils see the pay, and what the work is like"),
    Row("pay and image (W6)", *PAY, "vacancies of other work",
        lambda r: float(r.arrays["vacancies"][12:, ~DIMS.occupation_technical].sum()), 1, "they lose applicants"),
    Row("skills shown beside diplomas (W5)", *SKILLS, "hires into technical work without technical education",
        crossed("into_technical", "other"), 1, "employers consider those whose diploma says nothing"),
    Row("W&T at pabo's (K1)", *PABO, "technical profiles", total_profiles, 1,
        "teachers who learned W&T teach it better"),
    Row("W&T in primary schools (K1)", *PRIMARY, "pupils reached", total("wt_exposed"), 1, "more schools offer it"),
    Row("W&T in primary schools (K1)", *PRIMARY, "technical profiles of girls", profiles(GIRLS), 1,
        "exposure raises affinity"),
    Row("W&T in primary schools (K1)", *PRIMARY, "technical profiles of boys", profiles(BOYS), 1,
        "exposure raises affinity"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.cause}: {row.effect}")
def test_direction(row: Row) -> None:
    low, high = row.of(record(row.low)), row.of(record(row.high))
    assert (high - low) * row.sign > 0, f"{row.effect}: {low:g} at low, {high:g} at high; expected since {row.why}"
