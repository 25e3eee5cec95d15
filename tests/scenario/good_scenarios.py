"""Scenarios that are fine, for several tests."""

BASE = """\
name: Base
description: A start.
period: {end: 2040-12}
population: {scale: 50}
cycle: {path: boom, table: {2026: 0.01}}
draws: {number: 3, seed: 9}
parameters: {choice.peer_weight: 0.5, search.rounds: 4}
levers:
  - technologieroute: {volume: 0.2, start: 2026-09, when: {output_gap_below: -0.01}, regions: [South-East, North]}
"""
PROCESS = """\
name: Chance
cycle: {path: boom, process: {start: 2026-01}}
"""
FULL = """\
name: Full
description: |
  Two
  lines.
period: {start: 2008-01, end: 2020-06}
population: {scale: 1000}
cycle:
  path: boom
  table: {2009: -0.02, 2009-03: -0.05}
draws: {number: 2, seed: 0, parameters: prior}
parameters:
  choice.peer_weight: 1e-1
levers:
  - career_guidance: {start: 2010-01, end: 2010-12, phase_in: 6, coverage: .5, unit_cost: 12, regions: [East, North]}
"""
