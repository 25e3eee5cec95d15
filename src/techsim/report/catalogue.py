"""The quantities that the report shows: each worked out once from the results, for any choice of groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from techsim.report import bottlenecks
from techsim.results import crossing, derived, labour_market

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True)
class Quantity:
    """A number that the report shows: from which variables, in which unit, and how.

    ``compute`` takes the results narrowed to the chosen groups and adds up over what is left of them, so that a share
    is one of all the people chosen.
    """

    name: str
    label: str
    unit: str
    needs: tuple[str, ...]
    compute: Callable[[xr.Dataset], xr.DataArray]


def _technical(data: xr.Dataset, variable: str) -> xr.DataArray:
    return derived.total(data, variable, "technical").sel(technical=True, drop=True)


def _working(data: xr.Dataset) -> xr.DataArray:
    """Share of the employed that work in technical occupations, of the fields chosen."""
    counts = derived.total(data, "employed", "technical_occupation")
    return derived.ratio(
        counts.sel(technical_occupation=True, drop=True), counts.sum("technical_occupation", skipna=False)
    )


def _continuing(data: xr.Dataset) -> xr.DataArray:
    """Share of those with a technical earlier choice who go on in a technical field, of the origins chosen."""
    counts = derived.total(data, "field_switches", "earlier_technical", "technical")
    counts = counts.sel(earlier_technical=True, drop=True)
    return derived.ratio(counts.sel(technical=True, drop=True), counts.sum("technical", skipna=False))


def _vacancy_rate(data: xr.Dataset) -> xr.DataArray:
    """Open vacancies per 100 workers of the occupation groups chosen."""
    rate: xr.DataArray = 100 * derived.ratio(
        derived.total(data, "vacancies"), derived.total(data, "employed_by_occupation")
    )
    return rate


def _months_to_fill(data: xr.Dataset) -> xr.DataArray:
    """Mean over the vacancies filled of the groups chosen; a group without any is unknown and does not count."""
    months = data["months_to_fill"]
    filled = derived.total(data, "hires_from_vacancies", "occupation").where(months.notnull())
    return derived.ratio((months * filled).sum("occupation"), filled.sum("occupation"))


def _pay(data: xr.Dataset, technical: bool) -> xr.DataArray:
    index: xr.DataArray = 100 * labour_market.technical_wage(data, technical)
    return index


def _learning(data: xr.Dataset) -> xr.DataArray:
    """People of 25 to 64 in a course, of those who were asked in the year: everyone of that age out of education."""
    return derived.ratio(derived.total(data, "in_training"), derived.total(data, "training_asked"))


def _learning_in_technical_work(data: xr.Dataset) -> xr.DataArray:
    """Participation in technical occupations relative to that of all others, with work or without."""
    technical, other = (data.sel(technical_occupation=kind) for kind in (True, False))
    return derived.ratio(_learning(technical), _learning(other))


def _undereducated(data: xr.Dataset) -> xr.DataArray:
    """Share of technicians who lack level or skills for the work."""
    counts = derived.total(data, "technicians_by_shortfall", "shortfall")
    return 1.0 - derived.ratio(counts.sel(shortfall="none", drop=True), counts.sum("shortfall", skipna=False))


def _stay_ratio(data: xr.Dataset) -> xr.DataArray:
    """Share of technical graduates from abroad who stay, over that of other graduates from abroad."""
    counts = derived.total(data, "international_stay", "technical", "stayed")
    stay = derived.ratio(counts.sel(stayed=True, drop=True), counts.sum("stayed", skipna=False))
    return derived.ratio(stay.sel(technical=True, drop=True), stay.sel(technical=False, drop=True))


def _pay_of_the_unskilled(data: xr.Dataset) -> xr.DataArray:
    """Pay of technicians who lack skills over that of those who lack nothing, at the same level of education.

    Levels count by the technicians who lack skills; one at which either kind is missing does not count.
    """
    pay = data["pay_of_technicians"]
    ratio = pay.sel(shortfall="skills", drop=True) / pay.sel(shortfall="none", drop=True)
    lacking = data["technicians_by_shortfall"].sel(shortfall="skills", drop=True).where(ratio.notnull())
    over = [name for name in lacking.dims if name not in ("draw", "year")]
    return derived.ratio((ratio * lacking).sum(over), lacking.sum(over))


def _commuters(data: xr.Dataset) -> xr.DataArray:
    """Share of those at work, of the regions chosen, who work in another region than they live in."""
    counts = derived.total(data, "commuting", "region", "job_region")
    elsewhere = counts.where(counts["region"] != counts["job_region"], 0.0)
    over = ["region", "job_region"]
    return derived.ratio(elsewhere.sum(over, skipna=False), counts.sum(over, skipna=False))


def _employment(data: xr.Dataset) -> xr.DataArray:
    return derived.total(data, "employed")


QUANTITIES: Mapping[str, Quantity] = {
    q.name: q
    for q in (
        Quantity(
            "n_profile_share",
            "technical profile or sector chosen",
            "share",
            ("profile_choices",),
            lambda d: derived.technical_share(d, "profile_choices"),
        ),
        Quantity(
            "n_profile_pupils",
            "pupils with a technical profile",
            "persons",
            ("profile_choices",),
            lambda d: _technical(d, "profile_choices"),
        ),
        Quantity(
            "profile_pupils",
            "pupils who chose a profile",
            "persons",
            ("profile_choices",),
            lambda d: derived.total(d, "profile_choices"),
        ),
        Quantity(
            "technical_entrant_share",
            "technical share of entrants",
            "share",
            ("entrants",),
            lambda d: derived.technical_share(d, "entrants"),
        ),
        Quantity(
            "technical_entrants", "technical entrants", "persons", ("entrants",), lambda d: _technical(d, "entrants")
        ),
        Quantity("entrants", "entrants", "persons", ("entrants",), lambda d: derived.total(d, "entrants")),
        Quantity(
            "technical_continuation_share",
            "technical choices followed by technical education",
            "share",
            ("field_switches",),
            _continuing,
        ),
        Quantity("students", "students", "persons", ("students",), lambda d: derived.total(d, "students")),
        Quantity("graduates", "graduates", "persons", ("graduates",), lambda d: derived.total(d, "graduates")),
        Quantity(
            "technical_graduates",
            "technical graduates",
            "persons",
            ("graduates",),
            lambda d: _technical(d, "graduates"),
        ),
        Quantity(
            "technical_graduate_share",
            "technical share of graduates",
            "share",
            ("graduates",),
            lambda d: derived.technical_share(d, "graduates"),
        ),
        Quantity(
            "leakage",
            "leakage: technical school leavers working in another field",
            "share",
            ("school_leavers_working",),
            lambda d: derived.placement_share(d, derived.OTHER_FIELD),
        ),
        Quantity(
            "underuse",
            "under-use: technical school leavers working below their level",
            "share",
            ("school_leavers_working",),
            lambda d: derived.placement_share(d, derived.BELOW_LEVEL),
        ),
        Quantity("technicians", "people in technical occupations", "persons", ("employed",), derived.technicians),
        Quantity("employed", "people employed", "persons", ("employed",), _employment),
        Quantity(
            "technical_education_used",
            "technically educated workers in a technical occupation",
            "share",
            ("employed",),
            _working,
        ),
        Quantity(
            "unemployment_rate",
            "unemployment, share of the labour force",
            "share",
            ("unemployed", "employed"),
            derived.unemployment,
        ),
        Quantity(
            "unemployed", "people unemployed", "persons", ("unemployed",), lambda d: derived.total(d, "unemployed")
        ),
        Quantity("vacancies", "open vacancies", "vacancies", ("vacancies",), lambda d: derived.total(d, "vacancies")),
        Quantity(
            "technical_vacancies",
            "open vacancies in technical occupations",
            "vacancies",
            ("vacancies",),
            derived.technical_vacancies,
        ),
        Quantity(
            "vacancy_rate",
            "open vacancies per 100 workers",
            "per 100 workers",
            ("vacancies", "employed_by_occupation"),
            _vacancy_rate,
        ),
        Quantity(
            "months_to_fill",
            "months that filled vacancies had been open",
            "months",
            ("months_to_fill", "hires_from_vacancies"),
            _months_to_fill,
        ),
        Quantity(
            "wage_technical",
            "pay in technical occupations, beside the trend",
            "index",
            ("wages", "employed_by_occupation", "employed"),
            lambda d: _pay(d, True),
        ),
        Quantity(
            "wage_other",
            "pay in other occupations, beside the trend",
            "index",
            ("wages", "employed_by_occupation", "employed"),
            lambda d: _pay(d, False),
        ),
        Quantity(
            "short_time_workers",
            "workers on short time",
            "persons",
            ("short_time_workers",),
            lambda d: derived.total(d, "short_time_workers"),
        ),
        Quantity(
            "leakage_five_years_on",
            "leakage five years after leaving, by school year of leaving",
            "share",
            ("school_leavers_five_years_on",),
            lambda d: derived.placement_share(d, derived.OTHER_FIELD, of="school_leavers_five_years_on"),
        ),
        Quantity(
            "moves",
            "moves to another part of the country",
            "persons",
            ("moves",),
            lambda d: derived.total(d, "moves"),
        ),
        Quantity(
            "return_moves",
            "moves back to the part of the country left when young",
            "persons",
            ("return_moves",),
            lambda d: derived.total(d, "return_moves"),
        ),
        Quantity(
            "commuters",
            "people who work in another part of the country than they live in",
            "share",
            ("commuting",),
            _commuters,
        ),
        Quantity(
            "training_participation",
            "people of 25 to 64 who follow a course",
            "share",
            ("in_training", "training_asked"),
            _learning,
        ),
        Quantity(
            "training_in_technical_work",
            "participation in courses of technical occupations, relative to all other people of 25 to 64",
            "ratio",
            ("in_training", "training_asked"),
            _learning_in_technical_work,
        ),
        Quantity(
            "courses_per_participant",
            "courses of a participant in a year",
            "courses",
            ("courses", "training_participants"),
            lambda d: derived.ratio(derived.total(d, "courses"), derived.total(d, "training_participants")),
        ),
        Quantity(
            "undereducated",
            "technicians whose education lies below what the work requires",
            "share",
            ("technicians_by_shortfall",),
            _undereducated,
        ),
        Quantity(
            "international_stay_ratio",
            "technical graduates from abroad who stay, relative to others from abroad",
            "ratio",
            ("international_stay",),
            _stay_ratio,
        ),
        Quantity(
            "pay_of_technicians_lacking_skills",
            "pay of technicians who lack skills, relative to those who lack nothing",
            "ratio",
            ("pay_of_technicians", "technicians_by_shortfall"),
            _pay_of_the_unskilled,
        ),
        Quantity(
            "side_entry",
            "hires that cross between technical and other work",
            "persons",
            ("side_entry",),
            lambda d: derived.total(d, "side_entry"),
        ),
        Quantity(
            "retraining",
            "people who began, completed or left retraining",
            "persons",
            ("retraining",),
            lambda d: derived.total(d, "retraining"),
        ),
        Quantity(
            "retrained_in_technical_work",
            "retrained a year ago, now in technical work",
            "share",
            ("retrained_a_year_on",),
            crossing.retrained_in_technical_work,
        ),
        Quantity(
            "retiring_5_years",
            "technicians who retire within 5 years",
            "share",
            ("workers_by_retirement",),
            lambda d: crossing.retiring(d, "within_5_years"),
        ),
        Quantity(
            "retiring_10_years",
            "technicians who retire within 10 years",
            "share",
            ("workers_by_retirement",),
            lambda d: crossing.retiring(d, "within_5_years", "in_5_to_10_years"),
        ),
        Quantity(
            "places_offered",
            "apprenticeship places offered",
            "places",
            ("apprenticeship_places",),
            lambda d: derived.total(d, "apprenticeship_places", "place").sel(place="offered", drop=True),
        ),
        Quantity(
            "places_filled",
            "apprenticeship places filled",
            "places",
            ("apprenticeship_places",),
            lambda d: derived.total(d, "apprenticeship_places", "place").sel(place="filled", drop=True),
        ),
        Quantity(
            "teachers",
            "full-time teachers, hybrid teachers included",
            "full-time teachers",
            ("teachers",),
            bottlenecks.teachers,
        ),
        Quantity("posts_filled", "posts of teachers that are filled", "share", ("teachers",), bottlenecks.posts_filled),
        Quantity(
            "second_degree_left",
            "technical second-degree teachers against 2013",
            "share",
            ("teachers",),
            bottlenecks.second_degree_left,
        ),
        Quantity(
            "students_per_teacher_wo",
            "students per teacher in technical wo",
            "ratio",
            ("teachers", "students"),
            bottlenecks.students_per_teacher_wo,
        ),
        Quantity(
            "hybrid_teachers",
            "hybrid teachers",
            "persons",
            ("hybrid_teachers",),
            lambda d: derived.total(d, "hybrid_teachers", "hybrid_measure").sel(hybrid_measure="persons", drop=True),
        ),
        Quantity(
            "partnerships",
            "public-private partnerships",
            "partnerships",
            ("partnerships",),
            lambda d: derived.total(d, "partnerships"),
        ),
    )
}
