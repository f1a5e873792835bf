"""Findings for programs: GitHub's commands, SARIF."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from game.authoring.check import look
from game.authoring.formats import as_github, as_sarif
from game.cli import main
from game.scenario.diagnostics import Diagnostic, Edit, Related
from tests.scenario.proofs import BAD, LINT

ODD = Diagnostic(
    "X003",
    "50 % more,\r\nor: less",
    "a b/ü,1:2.yaml",
    3,
    7,
    9,
    expected="a\nb",
    fix="100% of it",
    related=(Related("the first\x1b[2J", "other.yaml", 4, 2, 5),),
    edits=(Edit("a b/ü,1:2.yaml", 3, 7, 4, 1, "x\n"),),
)

# What SARIF 2.1.0 requires of the parts that are written here, and the words it allows.
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"minLength": 1}}}
REGION = {
    "type": "object",
    "required": ["startLine"],
    "additionalProperties": False,
    "properties": {
        name: {"type": "integer", "minimum": 1}
        for name in ("startLine", "startColumn", "endLine", "endColumn")
    },
}
ARTIFACT = {
    "type": "object",
    "required": ["uri"],
    "properties": {"uri": {"pattern": "^[^ \\\\]+$"}},
}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "message": TEXT,
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {"artifactLocation": ARTIFACT, "region": REGION},
        },
    },
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "semanticVersion": {"pattern": r"^\d+\.\d+\.\d+"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "properties": {
                                                "shortDescription": TEXT,
                                                "help": TEXT,
                                                "defaultConfiguration": {
                                                    "properties": {"level": LEVEL}
                                                },
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "properties": {
                                "message": TEXT,
                                "level": LEVEL,
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "locations": {"type": "array", "items": LOCATION},
                                "relatedLocations": {"type": "array", "items": LOCATION},
                                "fixes": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["artifactChanges"],
                                        "properties": {
                                            "description": TEXT,
                                            "artifactChanges": {
                                                "type": "array",
                                                "minItems": 1,
                                                "items": {
                                                    "required": [
                                                        "artifactLocation",
                                                        "replacements",
                                                    ],
                                                    "properties": {
                                                        "artifactLocation": ARTIFACT,
                                                        "replacements": {
                                                            "type": "array",
                                                            "minItems": 1,
                                                            "items": {
                                                                "required": ["deletedRegion"],
                                                                "properties": {
                                                                    "deletedRegion": REGION
                                                                },
                                                            },
                                                        },
                                                    },
                                                },
                                            },
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_sarif_of_everything_that_can_be_wrong() -> None:
    bad = [str(BAD / f"{name}.yaml") for name in ("x002", "y012", "m003_number", "v006", "y020")]
    found = look([*bad, str(LINT), "nowhere.yaml"]).diagnostics
    log = json.loads(as_sarif(found))
    jsonschema.validate(log, SARIF)
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({d.code for d in found})
    assert len(run["results"]) == len(found)
    for d, result in zip(found, run["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == d.code
        assert result["message"]["text"].startswith(d.message.splitlines()[0])
        assert ("fixes" in result) is bool(d.edits)


def test_sarif_of_an_odd_path() -> None:
    log = json.loads(as_sarif([ODD]))
    jsonschema.validate(log, SARIF)
    [result] = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == ODD.file
    assert place["region"] == {"startLine": 3, "startColumn": 7, "endColumn": 9}
    [change] = result["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 7, "endLine": 4, "endColumn": 1},
            "insertedContent": {"text": "x\n"},
        }
    ]


def test_a_command_of_github_is_one_line_and_says_all() -> None:
    text = as_github([ODD])
    assert text.count("\n") == 1 and "\x1b" not in text
    match = re.fullmatch(r"::error ([^:]*)::(.*)\n", text)
    assert match is not None
    properties = dict(pair.split("=", 1) for pair in match[1].split(","))
    assert unquote(properties["file"]) == ODD.file
    assert (properties["line"], properties["col"], properties["endColumn"]) == ("3", "7", "9")
    message = unquote(match[2])
    assert message.startswith("50 % more,\n")
    assert "fix: 100% of it" in message
    assert "other.yaml:4:2" in message


@pytest.mark.parametrize(("severity", "word"), [("warning", "warning"), ("hint", "notice")])
def test_github_has_words_of_its_own(severity: Any, word: str) -> None:
    assert as_github([Diagnostic("L015", "m", severity=severity)]).startswith(f"::{word} title=")


@pytest.mark.parametrize("form", ["github", "sarif", "json"])
def test_formats_go_to_standard_output(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", form, str(BAD / "x002.yaml")]) == 1
    shown = capsys.readouterr()
    assert "X002" in shown.out
    assert shown.err == ""


def test_two_formats_at_once_make_no_sense(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "sarif", "--json", "seoul"]) == 2
    assert "error[U001]" in capsys.readouterr().err
