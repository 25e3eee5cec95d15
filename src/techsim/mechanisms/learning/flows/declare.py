"""L1, cohort flows: where each stage wins and loses technical talent, for the flow diagram of one cohort.

Claim: every pupil who enters vo moves along the nodes of :class:`~techsim.population.states.FlowNode`; once a year, on
1 October, a person stands in one node, and a change of node is one unit of flow in the cohort (school year of entering
vo).

Rule: in vo, before the profile choice VO_START, afterwards track and profile; in mbo, hbo, wo the kind of field; out
of education for 18 months or more, the kind of occupation of those who work, or not working; once in a work node a
person changes node only by a new enrolment. Left out: changes between jobs afterwards (see leakage, W2). Sources: none,
a count. Read by: the report.
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
)
