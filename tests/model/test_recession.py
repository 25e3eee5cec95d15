"""A recession of 4 percent for six quarters beside the paired baseline: jobs, unemployment, scars, recovery (W1-W3)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from techsim.experiment.twins import twins
from techsim.results.derived import technical_fields, technical_occupations

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
DRAWS, SCALE = 4, 200
END = "2033-08"
"""The school year in which those who left in 2027 have been out for five years."""
SLUMP = [2026, 2027]
"""Calendar years of the slump; also the school years whose leavers look for their first job in it."""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[xr.Dataset, xr.Dataset]:
    """The baseline and the recession of 2026: same people, same luck."""
    folder = tmp_path_factory.mktemp("recession")
    found = []
    for name in ("baseline", "recession_2026"):
        path = folder / f"{name}.yaml"
        path.write_text(
            f"name: {name}\nextends: {(SCENARIOS / name).as_posix()}.yaml\nperiod: {{end: {END}}}\n", encoding="utf-8"
        )
        found.append(path)
    return twins(*found, draws=DRAWS, scale=SCALE)


def by_year(values: xr.DataArray) -> xr.DataArray:
    return values.mean("draw").groupby("time.year").mean()


def vacancies(data: xr.Dataset, *by: str) -> xr.DataArray:
    return data["vacancies"].sum([d for d in ("occupation", "level", "region", "sector") if d not in by])


def jobs(data: xr.Dataset, *by: str) -> xr.DataArray:
    dims = ("field", "level", "region", "sector", "technical_occupation")
    return data["employed"].sum([d for d in dims if d not in by])


def unemployment(data: xr.Dataset, fields: list[str]) -> xr.DataArray:
    idle = data["unemployed"].sel(field=fields).sum(["field", "level", "region"])
    return by_year(idle / (idle + jobs(data, "field").sel(field=fields).sum("field")))


def test_technical_vacancies_fall_by_more_than_forty_percent(runs: tuple[xr.Dataset, xr.Dataset]) -> None:
    base, slump = (vacancies(d, "occupation").sel(occupation=technical_occupations(d)).sum("occupation") for d in runs)
    ratio = (slump / base).mean("draw")
    assert float(ratio.sel(time=slice("2026", "2027")).min()) < 0.6
    assert float(ratio.sel(time=slice("2008", "2025")).min()) == 1.0  # paired: the same to the bit before it


def test_unemployment_of_technicians_rises_more_than_in_services(runs: tuple[xr.Dataset, xr.Dataset]) -> None:
    technical = technical_fields(runs[0])
    services = ["health", "education", "business"]
    rise = [
        float((unemployment(runs[1], fields) - unemployment(runs[0], fields)).sel(year=2027))
        for fields in (technical, services)
    ]
    assert rise[0] > 1.2 * rise[1] > 0.01


def leakage(data: xr.Dataset, name: str, years: list[int]) -> float:
    """Share of the leavers of some school years who work outside their field, over all levels and draws."""
    working = data[name].sel(year=years).sum(["draw", "year", "level"])
    return float(working.sel(placement=["other_field", "other_field_below_level"]).sum() / working.sum())


def test_leakage_of_cohorts_that_graduate_into_it_rises(runs: tuple[xr.Dataset, xr.Dataset]) -> None:
    """Measured a year and a half after leaving, so under the school years 2027 and 2028."""
    base, slump = (leakage(d, "school_leavers_working", [2027, 2028]) for d in runs)
    assert slump > base + 0.005


def test_five_years_later_it_is_still_above_the_baseline(runs: tuple[xr.Dataset, xr.Dataset]) -> None:
    base, slump = (leakage(d, "school_leavers_five_years_on", SLUMP) for d in runs)
    assert slump > base + 0.005


def test_sectors_that_shed_most_have_most_vacancies_in_the_recovery(runs: tuple[xr.Dataset, xr.Dataset]) -> None:
    """Correlation over nine sectors (docs/labour_market.md gives it at eight draws)."""
    lost, gained = [], []
    for sector in runs[0]["sector"].values:
        before, after = (by_year(jobs(d, "sector").sel(sector=sector)) for d in runs)
        lost.append(float((after / before).sel(year=2027)) - 1)
        before, after = (by_year(vacancies(d, "sector").sel(sector=sector)) for d in runs)
        gained.append(float(after.sel(year=[2029, 2030, 2031]).sum() / before.sel(year=[2029, 2030, 2031]).sum()))
    order = np.argsort(lost)
    assert np.corrcoef(lost, gained)[0, 1] < -0.4
    assert min(np.array(gained)[order[:3]]) > 1.02
    assert np.mean(np.array(gained)[order[:5]]) > np.mean(np.array(gained)[order[5:]]) + 0.02


def test_hiring_and_job_changes_fall_and_layoffs_rise(runs: tuple[xr.Dataset, xr.Dataset]) -> None:
    """Quits and job-to-job moves are pro-cyclical; layoffs and contracts that end are not (W1)."""
    base, slump = (
        d["separations_by_reason"].sum(["occupation", "level", "draw"]).sel(time="2027").sum("time") for d in runs
    )
    change = slump / base
    assert float(change.sel(reason="quit")) < 1 > float(change.sel(reason="job_change"))
    assert float(change.sel(reason="layoff")) > 1.3


def test_long_term_unemployment_follows_the_slump_with_a_lag(runs: tuple[xr.Dataset, xr.Dataset]) -> None:
    """The short-term unemployed peak first; those who stay so for a year, later."""
    more = [
        by_year(
            (runs[1]["unemployed_by_duration"] - runs[0]["unemployed_by_duration"]).sel(unemployed_for=d).sum("level")
        )
        for d in ("under_6_months", "12_months_or_more")
    ]
    short, long = (values.sel(year=slice(2026, 2031)) for values in more)
    assert float(long.max()) > 0
    assert int(long["year"][int(long.argmax())]) > int(short["year"][int(short.argmax())])
    assert float(long.sel(year=2028)) > 1.2 * float(long.sel(year=2026))


def test_vacancies_are_withdrawn_and_temporary_workers_go_first(runs: tuple[xr.Dataset, xr.Dataset]) -> None:
    """Of a temporary worker the job is more than twice as likely to be lost to the slump as of another (W1, W3)."""
    base, slump = (d["vacancies_withdrawn"].sel(time="2026").sum().item() for d in runs)
    assert slump > 2 * base
    more = (runs[1]["separations_by_reason"] - runs[0]["separations_by_reason"]).sel(time="2026").sum(["draw", "time"])
    contracts, layoffs = (more.sel(reason=reason).sum().item() for reason in ("contract_end", "layoff"))
    temporary = 0.15  # of workers (population.start_jobs)
    assert contracts / temporary > 2 * layoffs / (1 - temporary) > 0


def test_care_and_education_find_staff_more_easily(runs: tuple[xr.Dataset, xr.Dataset]) -> None:
    """Waterbed: what technology sheds, care and education can hire; months to fill a vacancy fall there too (W6)."""
    base, slump = (
        by_year(d["months_to_fill"].sel(occupation=["health", "education"]).mean("occupation")) for d in runs
    )
    assert float(slump.sel(year=2027)) < float(base.sel(year=2027))
