#!/usr/bin/env python3
"""Writes the tables of docs/accessibility.md into a C file for portal/accessibility.h.

usage: compile_accessibility.py docs/accessibility.md OUT.c
"""
import re
import sys
from pathlib import Path

from compile_templates import c_literal, write_if_changed

HOLDS = {"yes": "WCAG_HOLDS", "partly": "WCAG_PARTLY", "absent": "WCAG_ABSENT"}


def table_of(text, heading):
    """The cells of the rows of the first table below a heading."""
    part = re.split(r"^## ", text.split(f"\n## {heading}\n", 1)[1], flags=re.MULTILINE)[0]
    rows = [line.strip().strip("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.split("|")] for row in rows[2:]]


def literal(text):
    return c_literal(text.encode())


def main():
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    criteria = "".join(f"    {{{literal(number)}, {literal(level)}, {{[LANG_EN] = {literal(english)}, "
                       f"[LANG_SV] = {literal(swedish)}}}, {HOLDS[holds]}}},\n"
                       for number, level, english, swedish, holds, _ in table_of(text, "Criteria"))
    limits = "".join(f"    {{{literal(numbers)}, {{[LANG_EN] = {literal(english)}, [LANG_SV] = {literal(swedish)}}}}},\n"
                     for numbers, english, swedish in table_of(text, "Limitations"))
    reviewed = re.search(r"^Last reviewed: (\d{4}-\d\d-\d\d)$", text, re.MULTILINE).group(1)
    write_if_changed(Path(sys.argv[2]), '#include "portal/accessibility.h"\n\n'
                     f"const struct wcag_criterion wcag_criteria[] = {{\n{criteria}}};\n"
                     "const size_t wcag_criterion_count = sizeof wcag_criteria / sizeof *wcag_criteria;\n"
                     f"const struct limitation limitations[] = {{\n{limits}}};\n"
                     "const size_t limitation_count = sizeof limitations / sizeof *limitations;\n"
                     f"const char accessibility_reviewed[] = {literal(reviewed)};\n")


if __name__ == "__main__":
    main()
