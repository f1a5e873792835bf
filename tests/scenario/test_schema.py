"""The JSON Schema that an editor reads beside a scenario is the one of the model.

`python -m tests.scenario.test_schema` writes it anew.
"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from game.scenario.library import shipped
from game.scenario.model import Scenario

FILE = Path(__file__).parents[2] / "docs" / "scenario.schema.json"


def schema() -> str:
    made = Scenario.model_json_schema(by_alias=True)
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def test_the_file_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == schema()


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_scenario_names_it_and_passes(name: str) -> None:
    text = shipped()[name].read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../docs/scenario.schema.json\n")
    data = yaml.safe_load(text)
    if "extends" in data:
        known = set(Scenario.model_json_schema()["properties"])
        assert set(data) <= known
        return
    jsonschema.validate(data, json.loads(FILE.read_text(encoding="utf-8")))


def test_a_wrong_key_is_seen() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(
            {"scenario": "x", "titel": "X"}, json.loads(FILE.read_text(encoding="utf-8"))
        )


if __name__ == "__main__":
    FILE.write_text(schema(), encoding="utf-8")
