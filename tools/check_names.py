#!/usr/bin/env python3
"""Fails when two functions anywhere under src/ have the same name, static or not: a name is to lead to one place.

Unit tests are free: each is a program of its own. KNOWN are the doubles that are left; the list only shrinks.
"""

import pathlib
import re
import sys

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
# clang-format puts a function's brace at the start of a line of its own, after its parameters.
DEFINITION = re.compile(r"^[A-Za-z_][\w *]*?[ *](\w+)\((?:[^;{}]|\n)*?\)\n\{", re.MULTILINE)

KNOWN = """
""".split()


def find_doubles(files):
    """Name → the files that define it, for names with more than one definition. files: pairs (name, text)."""
    found = {}
    for name, text in files:
        for definition in DEFINITION.finditer(text):
            found.setdefault(definition[1], []).append(name)
    return {name: places for name, places in sorted(found.items()) if len(places) > 1}


def main():
    files = [(str(path.relative_to(SRC.parent)), path.read_text()) for path in sorted(SRC.rglob("*.c"))
             if not path.name.startswith("test_")]
    problems = [f"{name} is the name of several functions: {', '.join(places)}"
                for name, places in find_doubles(files).items() if name not in KNOWN]
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems or not files else 0)


if __name__ == "__main__":
    main()
