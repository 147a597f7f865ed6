#!/usr/bin/env python3
"""Fails when a file under src/ includes from a layer above its own, or when includes form a cycle.

base < db, http, i18n < view < access < service < portal < cli < model < lists, forms < parts < customer,
staff, bulk < main (the files directly under src/). A module includes another one only through its public header FOLDER/NAME/NAME.h.
Generated headers (list.html.h) belong to the folder of their template.
"""

import pathlib
import re
import sys

LAYERS = [["base"], ["db", "http", "i18n"], ["view"], ["access"], ["service"], ["portal"], ["cli"], ["model"],
          ["lists", "forms"], ["parts"], ["customer", "staff", "bulk"], ["main"]]
RANK = {folder: rank for rank, layer in enumerate(LAYERS) for folder in layer}
# Folders of modules, one a folder of its own.
PAGES = {"parts", "customer", "staff", "bulk"}
SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"|\{%\s*include\s*"([^"]+)"', re.MULTILINE)


def folder(path):
    """The layer's folder of a path below src/."""
    parts = path.split("/")
    return parts[0] if len(parts) > 1 else "main"


def includes(path):
    """Pairs (line, included path) of a file."""
    text = path.read_text()
    for found in INCLUDE.finditer(text):
        yield text.count("\n", 0, found.start(1 if found[1] else 2)) + 1, found[1] or found[2]


def breach(source, target):
    """Why source may not include target; None when it may."""
    mine, other = folder(source), folder(target)
    if other not in RANK:
        return "is not written from src/, or its folder is in no layer"
    if {mine, other} <= PAGES and source.count("/") == 2:
        feature, theirs = source.split("/")[1], target.split("/")[1]
        if (mine, feature) == (other, theirs) or target == f"{other}/{theirs}/{theirs}.h":
            return None
        return f"is not the public header {other}/{theirs}/{theirs}.h"
    if mine == other:
        return None
    if RANK[other] >= RANK[mine]:
        return f"breaks the layers: {mine} may not know {other}"
    return None


def find_cycle(graph):
    """A list of files that include each other in a ring, or None."""
    done = set()

    def visit(node, path):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        for target in graph.get(node, []):
            cycle = visit(target, path + [node])
            if cycle:
                return cycle
        done.add(node)
        return None

    return next(filter(None, (visit(node, []) for node in sorted(graph))), None)


def main():
    problems = []
    graph = {}
    files = sorted(path for path in SRC.rglob("*") if path.suffix in (".c", ".h", ".html"))
    for path in files:
        source = str(path.relative_to(SRC))
        if folder(source) not in RANK:
            problems.append(f"src/{source}: its folder is in no layer of tools/check_layers.py")
            continue
        # What a template includes is included by the header made from it.
        node = source + ".h" if path.suffix == ".html" else source
        for line, target in includes(path):
            reason = breach(source, target)
            if reason:
                problems.append(f'src/{source}:{line}: "{target}" {reason}')
            graph.setdefault(node, []).append(target)
    cycle = find_cycle(graph)
    if cycle:
        problems.append("a cycle of includes: " + " → ".join(cycle))
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems or not files else 0)


if __name__ == "__main__":
    main()
