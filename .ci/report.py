"""Small questions of `.ci/run` about a test report and about the processor.

report.py REPORT ALLOWED    exit status 1 if a test was skipped that ALLOWED does not list
report.py --counts REPORT   two numbers: tests passed, tests failed
report.py --simd            the vector extensions that numpy would choose at run time here
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree


def cases(report: str) -> list[ElementTree.Element]:
    return list(ElementTree.parse(report).getroot().iter("testcase"))


def name_of(case: ElementTree.Element) -> str:
    """`tests/core/test_x.py::test_y[z]`, as pytest writes it."""
    module = case.get("classname", "").replace(".", "/")
    return f"{module}.py::{case.get('name', '')}"


def allowed(path: str) -> dict[str, str]:
    """Test id to the reason why it may be skipped; a line without a reason allows nothing."""
    found = {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        test, mark, reason = line.partition("  # ")
        if mark and reason.strip() and not line.startswith("#"):
            found[test.strip()] = reason.strip()
    return found


def skipped(report: str) -> dict[str, str]:
    found = {}
    for case in cases(report):
        mark = case.find("skipped")
        if mark is not None:
            found[name_of(case)] = mark.get("message", "")
    return found


def counts(report: str) -> tuple[int, int]:
    every = cases(report)
    bad = sum(c.find("failure") is not None or c.find("error") is not None for c in every)
    return len(every) - bad - sum(c.find("skipped") is not None for c in every), bad


def simd() -> str:
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    return " ".join(f for f in __cpu_dispatch__ if __cpu_features__.get(f))


def main(arguments: list[str]) -> int:
    if arguments == ["--simd"]:
        print(simd())
        return 0
    if arguments[:1] == ["--counts"]:
        print(*counts(arguments[1]))
        return 0
    report, listed = arguments
    known = allowed(listed)
    unexpected = {k: v for k, v in skipped(report).items() if k not in known}
    for test, reason in unexpected.items():
        print(f"skipped: {test} ({reason})")
    print(f"{len(unexpected)} tests skipped without leave")
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
