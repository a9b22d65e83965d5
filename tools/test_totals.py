#!/usr/bin/env python3
"""test_totals.py FOLDER: what the parts of a test run counted, and on the last line what that adds up to.

The folder has for each part PART.status (its exit status) and what its runners reported: PART.json by vitest, or
PART/*.json by GoogleTest with PART/ctest.xml by ctest. Exit status 1 when anything failed.
"""
import json
import pathlib
import sys
import xml.etree.ElementTree as xml
from typing import NamedTuple


class Counts(NamedTuple):
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(a + b for a, b in zip(self, other)))

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


def googletest(file: pathlib.Path) -> Counts:
    cases = [case for suite in json.loads(file.read_text())["testsuites"] for case in suite["testsuite"]]
    failed = sum(bool(case.get("failures")) for case in cases)
    skipped = sum(case["result"] != "COMPLETED" for case in cases)
    return Counts(len(cases) - failed - skipped, failed, skipped)


def ctest(folder: pathlib.Path) -> Counts:
    """The cases of every program; a program that failed without a failed case (it crashed, or leaked) is one more."""
    total = Counts()
    programs = xml.parse(folder / "ctest.xml").getroot().iter("testcase") if (folder / "ctest.xml").exists() else ()
    for program in programs:
        report = folder / f"{program.get('name')}.json"
        counts = googletest(report) if report.exists() else Counts()
        if program.get("status") in {"fail", "notrun"} and not counts.failed:
            counts += Counts(failed=1)
        total += counts
    return total


def vitest(file: pathlib.Path) -> Counts:
    """The cases of every file; a file that failed without a failed case (its set-up did) is one more."""
    report = json.loads(file.read_text())
    broken = sum(suite["status"] == "failed" and all(case["status"] != "failed" for case in suite["assertionResults"])
                 for suite in report["testResults"])
    return Counts(report["numPassedTests"], report["numFailedTests"] + broken, report["numPendingTests"] + report["numTodoTests"])


def counts_of(folder: pathlib.Path, part: str, status: int) -> Counts:
    report = folder / f"{part}.json"
    counts = vitest(report) if report.exists() else ctest(folder / part)
    # It did not come to its tests, or a step beside them failed: a build, the types, the linter.
    return counts + Counts(failed=1) if status and not counts.failed else counts


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    total, is_failed = Counts(), False
    for file in sorted(folder.glob("*.status"), key=lambda file: file.stat().st_mtime_ns):
        status = int(file.read_text())
        counts = counts_of(folder, file.stem, status)
        print(f"    {file.stem:<8} {counts}")
        total += counts
        is_failed |= status != 0
    print(total)
    sys.exit(1 if is_failed or total.failed else 0)


main()
