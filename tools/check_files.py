#!/usr/bin/env python3
"""Fails when a C file is in no list of the build, a file is over 500 lines, a C function has more than 60 lines, or a line has
more than 120 columns."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILE_LINES = 500
FUNCTION_LINES = 60
COLUMNS = 120
WRITTEN = ("src/**/*.[ch]", "src/**/*.html", "src/**/*.mjs", "tests/**/*.[ch]", "tests/**/*.mjs", "tools/*", "web/**/*.mjs",
           "web/**/*.js", "web/**/*.scss")


def listed(path):
    """Whether the meson.build nearest to the file, or of a folder above it, names it."""
    for folder in path.parents:
        build = folder / "meson.build"
        names = {str(path.relative_to(folder)), path.stem}  # fuzz targets and templates are listed without their ending
        if build.exists() and names & set(re.findall(r"'([^']*)'", build.read_text())):
            return True
        if folder == ROOT:
            return False
    return False


def long_functions(path):
    """A function's body stands between lines `{` and `}` (clang-format sees to that)."""
    begin = None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line == "{":
            begin = number
        elif line == "}" and begin:
            if number - begin - 1 > FUNCTION_LINES:
                yield begin, number - begin - 1
            begin = None


def problems():
    for path in sorted(ROOT.glob("src/**/*.c")) + sorted(ROOT.glob("tests/**/*.c")):
        name = path.relative_to(ROOT)
        if not listed(path) and path.parent != ROOT / "tests" / "bench":  # bench.mjs compiles the bare programs itself
            yield f"{name}: in no meson.build"
        for line, count in long_functions(path):
            yield f"{name}:{line}: a function of {count} lines"
    for path in sorted({path for pattern in WRITTEN for path in ROOT.glob(pattern) if path.is_file()}):
        count = path.read_text().count("\n")
        if count > FILE_LINES:
            yield f"{path.relative_to(ROOT)}: {count} lines"


    wrapped = ("src/**/*.[ch]", "tests/**/*.mjs", "tests/**/*.[ch]")
    for path in sorted(path for pattern in wrapped for path in ROOT.glob(pattern)):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if len(line) > COLUMNS:
                yield f"{path.relative_to(ROOT)}:{number}: {len(line)} columns"


def main():
    found = list(problems())
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
