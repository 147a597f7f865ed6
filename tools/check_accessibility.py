#!/usr/bin/env python3
"""Checks docs/accessibility.md: all criteria of WCAG 2.2 A and AA stand there once, each that holds names tests that
exist, and what holds partly has a limitation."""
import re
import sys
from pathlib import Path

from compile_accessibility import HOLDS, table_of

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = """1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10
1.4.11 1.4.12 1.4.13 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11 2.5.1 2.5.2
2.5.3 2.5.4 2.5.7 2.5.8 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2
4.1.3""".split()


def faults_of_tests(cell):
    for name in filter(None, (one.strip() for one in cell.split(";"))):
        match = re.fullmatch(r"`([^`]+)`: (.+)", name)
        path = ROOT / match.group(1) if match else None
        if not path or not path.is_file():
            yield f"no such test: {name}"
        elif not re.search(r"test\(\s*[`\"'][^`\n]*" + re.escape(match.group(2)), path.read_text(encoding="utf-8")):
            yield f"{match.group(1)} has no test with these words in its title: {match.group(2)}"


def main():
    text = (ROOT / "docs/accessibility.md").read_text(encoding="utf-8")
    rows, faults = table_of(text, "Criteria"), []
    if [row[0] for row in rows] != NUMBERS:
        faults.append(f"the criteria are not the {len(NUMBERS)} of WCAG 2.2 A and AA in their order")
    limited = {number for row in table_of(text, "Limitations") for number in row[0].split(", ")}
    for number, _, _, _, holds, tests in rows:
        if holds not in HOLDS:
            faults.append(f"{number}: unknown word {holds}")
        if (holds == "absent") != (not tests):
            faults.append(f"{number}: a criterion names tests, unless it is absent")
        if (holds == "partly") != (number in limited):
            faults.append(f"{number}: holds partly means that a limitation names it")
        faults += [f"{number}: {fault}" for fault in faults_of_tests(tests)]
    for fault in faults:
        print(f"docs/accessibility.md: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
