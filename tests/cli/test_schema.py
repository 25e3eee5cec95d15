"""``techsim schema``: JSON on stdout."""

from __future__ import annotations

import json

import pytest

from techsim.cli.main import main
from techsim.scenario import Catalogue, json_schema


def test_the_schema_is_json_on_stdout(known: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.isascii()
    assert json.loads(out) == json_schema(known)
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
