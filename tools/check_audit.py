#!/usr/bin/env python3
"""Fails when an event is written into the audit that has no text for people, or a text has no event.

Events are the literals given as a parameter, a member (by its name) or a variable `const char *action`. What else is given as a
parameter must be called `action` itself, so that its own literals are found. Actions of forms are no literals of C but `struct str`.
Unit tests are free, and so is the demonstration company, whose actions are those of article rows.
"""

import pathlib
import re
import sys

from check_sql import STRING, Source, end_of, split

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
TEXTS = "staff/users/audit_events.c"
PARAMETER = r"const char \*action"
FREE = "src/bulk/demo/"


def parameters(source):
    """Function name → position of its parameter `const char *action`."""
    for found in re.finditer(rf"\b(\w+)\s*\((?=[^;{{]*\b{PARAMETER}\b)", source.shape):
        given = split(source.code[found.end():end_of(source.shape, found.end(), "")], ",")
        for position, parameter in enumerate(given):
            if re.fullmatch(PARAMETER, parameter):
                yield found[1], position


def codes(expression):
    """The literals of an expression; None when something else could come out of it."""
    expression = expression.strip()
    if re.fullmatch(STRING, expression):
        return [expression[1:-1]]
    choice = re.fullmatch(rf"[^?]*\?\s*({STRING})\s*:\s*({STRING})", expression)
    if choice:
        return [choice[1][1:-1], choice[2][1:-1]]
    return [] if re.fullmatch(rf"(\w+(->|\.))*action|{PARAMETER}", expression) else None


def given_in(source, functions):
    """Pairs (offset, expression) of what is given as an event."""
    for name, position in functions.items():
        for at, arguments in source.calls(name):
            yield at, arguments[position] if position < len(arguments) else ""
    for found in re.finditer(r"(?<![\w>])(?:\.|const char \*)action\s*=(?!=)", source.shape):
        value = source.code[found.end():end_of(source.shape, found.end(), ",;")]
        if codes(value):
            yield found.start(), value


def find_events(sources):
    """Event → where it is written; and lines about what cannot be told."""
    events, problems = {}, []
    shared = {name: position for source in sources if source.name.endswith(".h") for name, position in parameters(source)}
    for source in sources:
        if source.name.startswith(FREE):
            continue
        for at, expression in given_in(source, shared | dict(parameters(source))):
            found = codes(expression)
            place = f"{source.name}:{source.line(at)}"
            if found is None:
                problems.append(f"{place}: {expression.strip()}: neither a literal nor called action")
            for code in found or []:
                events.setdefault(code, place)
    return events, problems


def find_problems(sources, texts):
    events, problems = find_events(sources)
    told = re.findall(rf'^\s*\{{"(\w+)",', texts, re.MULTILINE)
    if not events:
        problems.append("no event of the audit was found")
    problems += [f"{place}: {code}: no text in {TEXTS}" for code, place in events.items() if code not in told]
    problems += [f"{TEXTS}: {code}: nothing writes it" for code in told if code not in events]
    problems += [f"{TEXTS}: {code}: stands there twice" for code in sorted(set(told)) if told.count(code) > 1]
    return problems


def main():
    sources = [Source(path) for path in sorted(SRC.rglob("*.[ch]")) if not path.name.startswith("test_")]
    problems = find_problems(sources, (SRC / TEXTS).read_text())
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
