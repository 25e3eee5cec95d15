"""Alternatives share their past with each other, not with the baseline alone: fewer months, the same bits."""

from __future__ import annotations

import xarray as xr

from model.runs import scenario
from techsim.experiment.draws import plan
from techsim.experiment.pairing import PairedRecord, compare_draw
from techsim.experiment.watching import never
from techsim.model.catalogue import catalogue

END, SCALE, MONTHS = "2010-12", 1000, 36
ROUTE = {"technologieroute": {"start": "2008-09", "volume": 0.5}}
SCHEME = {"deeltijd_ww": {"start": "2010-01", "end": "2010-12"}}
TAX = {"wva_onderwijs": {"start": "2010-01", "volume": 0.5}}


def run(share: bool) -> tuple[PairedRecord, int]:
    """The draw, and the months that it took: baseline, the route, route and scheme, and the scheme without it.

    The last beside the tax reduction, whose take-up the months count.
    """
    levers = ((), (ROUTE,), (ROUTE, SCHEME), (SCHEME, TAX), (ROUTE,))
    scenarios = [scenario(END, SCALE, levers=given) for given in levers]
    plans = [plan(one, catalogue()) for one in scenarios]
    months: list[int] = []
    record = compare_draw(scenarios, plans, share, 1, plans[0][0], lambda _, total: months.append(total), never)
    assert len(months) == months[-1]
    return record, months[-1]


def test_a_tree_of_forks_gives_what_whole_runs_give() -> None:
    tree, few = run(share=True)
    whole, all_months = run(share=False)
    # The mix leaves the route in January 2010, and the route's like never leaves it.
    assert few == MONTHS + 28 + 12 + 12
    assert all_months == 5 * MONTHS
    assert [one.shared_until for one in tree.runs] == ["", "2008-08", "2008-08", "2009-12", "2008-08"]
    # What months counted before a fork is the branch's, too: so that evaluations are the same.
    assert [sorted(one.schemes) for one in tree.runs] == [
        [], ["technologieroute"], ["deeltijd_ww", "technologieroute"], ["deeltijd_ww", "wva_onderwijs"],
        ["technologieroute"],
    ]  # fmt: skip
    assert all(found for one in tree.runs for found in one.schemes.values())
    for one, other in zip(tree.runs, whole.runs, strict=True):
        for name, (dims, values) in one.indicators.items():
            xr.testing.assert_identical(
                xr.DataArray(values, dims=dims), xr.DataArray(other.indicators[name][1], dims=dims)
            )
        assert (one.spending == other.spending).all()
        assert one.schemes == other.schemes
        for a, b in zip(one.people, other.people, strict=True):
            assert (a.work == b.work).all()
            assert (a.diploma == b.diploma).all()
            assert (a.participants == b.participants).all()
