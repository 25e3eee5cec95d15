"""L1, cohort flows: where each stage wins and loses technical talent, for the flow diagram of one cohort.

Claim: every pupil who enters vo moves along the nodes of :class:`~techsim.population.states.FlowNode`; once a year, on
1 October, a person stands in one node, and a change of node is one unit of flow in the cohort (school year of entering
vo).

Rule: in vo, before the profile choice VO_START, afterwards track and profile; in mbo, hbo, wo the kind of field; out
of education for 18 months or more, the kind of occupation of those who work, or not working; once in a work node a
person changes node only by a new enrolment. By region people count where they grew up: the region that they left before
the age of thirty (W5) as long as they may return, else the one that they live in; so a flow that leaves a region's
schools stays that region's wherever the study or the job is. Left out: changes between jobs afterwards (see leakage,
W2); moves as a child, or first from thirty on, which take somebody from one region's flows to another's: of those who
move to a node, 94 (hbo) to 99 (vo, wo) in 100 lived on entering vo in the region that they count in, where of those who
move to wo 66 in 100 live there still. Sources: none, a count. Read by: the report.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter

PARAMETERS: tuple[Parameter, ...] = ()

INDICATORS = (
    Indicator(
        "cohort_flows",
        "people of a vo cohort who went from one node to another",
        "persons",
        "L1",
        "cohort",
        ("from_stage", "to_stage", "sex", "background"),
        "flow",
    ),
    Indicator(
        "cohort_flows_by_region",
        "the same people by the region in which they grew up",
        "persons",
        "L1",
        "cohort",
        ("from_stage", "to_stage", "region"),
        "flow",
    ),
)
