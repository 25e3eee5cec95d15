"""Whatever bytes a file holds: a valid scenario or a ScenarioError that can be shown, never anything else."""

from __future__ import annotations

import re
import time

import pytest
from good_scenarios import BASE, FULL
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sample_catalogue import CATALOGUE

from techsim.scenario import ScenarioError, load_text, yaml_reader
from techsim.scenario.nodes import Block, Items, Scalar
from techsim.scenario.reading import decode
from yardstick import slowness

SEEDS = (
    FULL,
    BASE,
    "name: Short\n",
    "levers: [{career_guidance: {when: {output_gap_below: -0.01}, regions: [North]}}]\n",
)
SPICE = st.sampled_from(
    [
        "&a ", "*a ", "!!int ", "!!python/none ", "<<: ", "? ", "- ", ": ", "{", "}", "[", "]", "|", ">", "'", '"', "#",
        "%YAML 1.1\n", "---\n", "...\n", "\t", "\n", "\r", " ", "  ", "~", "null", "no", "yes", ".nan", "-.inf", "1:30",
        "1e999", "2008-01", "0o7", "0x1", "1_0", "\x00", "\x85", "\u2028", "\ufeff", "\ud7ff", "\U0001f600",
        "\\ud800", '"\\ud800"', '"\\0"', "extends: x.yaml\n", "extends: .\n", "levers: {}\n", "career_guidance: ",
        "parameters: {choice: {}}\n", "period:\n", "table: ",
    ]
)  # fmt: skip


def outcome(content: str | bytes) -> str:
    """What becomes of a content; fails on any error but the user's."""
    begun = time.process_time()
    refused: ScenarioError | None = None
    try:
        scenario = load_text(content, CATALOGUE, file="fuzz.yaml", folder="no/such/folder")
    except ScenarioError as error:
        refused = error
    if refused is not None:
        message = str(refused)
        assert refused.problems
        assert all(line.isprintable() for line in message.splitlines())
        assert re.match(r"(fuzz\.yaml|no)", message)
        message.encode("utf-8")
        result = "refused"
    else:
        assert scenario.resolved()["name"] == scenario.name
        assert len(scenario.hash) == 64
        assert scenario.period.first < scenario.period.last
        result = "read"
    assert time.process_time() - begun < 5.0 * slowness()
    return result


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good scenario after a few cuts, copies, swaps and insertions."""
    data = bytearray(draw(st.sampled_from(SEEDS)).encode("utf-8"))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        to = min(len(data), at + draw(st.integers(0, 30)))
        change = draw(st.sampled_from(["cut", "copy", "insert", "spice", "flip"]))
        if change == "cut":
            del data[at:to]
        elif change == "copy":
            goal = draw(st.integers(0, len(data)))
            data[goal:goal] = data[at:to]
        elif change == "insert":
            data[at:at] = draw(st.binary(min_size=1, max_size=4))
        elif change == "spice":
            data[at:at] = draw(SPICE).encode("utf-8")
        elif data:
            data[min(at, len(data) - 1)] ^= 1 << draw(st.integers(0, 7))
    return bytes(data)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
@example(b"name: \xff")
@example(b"\xef\xbb\xbf")
@example(b"? ? a\n: b")
@example(b"a: *a")
@example(b'name: "\\ud800"')
@example(b"name: A\nextends: no.yaml\nlevers: 3")
@example(b"%TAG ! tag:x,2000:\n---\n!a b")
def test_mutated_scenarios(content: bytes) -> None:
    outcome(content)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(SPICE, st.sampled_from(FULL.splitlines(keepends=True))), max_size=25).map("".join))
def test_lines_and_signs_in_any_order(text: str) -> None:
    outcome(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    outcome(text)


def test_the_fuzzer_meets_both_ends() -> None:
    """Were every mutation refused for one early reason, the fuzzer would show nothing."""
    assert outcome(FULL) == "read"
    assert outcome(FULL[:-5]) == "refused"


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_without_the_fast_parser_it_is_the_same(content: bytes) -> None:
    """Where PyYAML came without libyaml: same nodes and places, or refused as well."""
    yaml = pytest.importorskip("yaml")
    if not yaml.__with_libyaml__:
        pytest.skip("there is no fast parser here")
    fast = _nodes(content)
    kept, yaml_reader.LOADER = yaml_reader.LOADER, yaml.SafeLoader
    try:
        slow = _nodes(content)
    finally:
        yaml_reader.LOADER = kept
    # The parsers differ in what odd YAML they still take; where both read, they read the same.
    if fast is not None and slow is not None:
        assert fast == slow


def _nodes(content: bytes) -> object:
    try:
        return _plain(yaml_reader.parse(decode(content, "f"), "f")[0])
    except ScenarioError:
        return None


def _plain(node: Block | Items | Scalar) -> object:
    if isinstance(node, Block):
        return {key: (str(entry.key.place), _plain(entry.value)) for key, entry in node.entries.items()}
    if isinstance(node, Items):
        return [_plain(item) for item in node.items]
    # Where nothing stands, the parsers differ about where it stands.
    return (node.text, node.plain, str(node.place) if node.text else "")
