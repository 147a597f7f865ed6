#!/usr/bin/env python3
"""Writes the texts and pictures of the demonstration company (src/bulk/demo/data) into a C file for bulk/demo/words.h.

usage: embed_demo.py OUT.c FILE...

words.csv has a line for each word of a list. In the other CSV files a line is a row of a table and the header names the
members of its struct; `:number` after a name says that it is no text. NAME_1.png and so on are the pictures NAMEs.
"""
import csv
import re
import sys
from pathlib import Path

from compile_templates import c_literal, write_if_changed

TABLES = {"topics": ("topic", "topics"), "picklists": ("picklist_item", "picklist_items"),
          "articles": ("article", "articles")}


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def table(path):
    struct, name = TABLES[path.stem]
    head, *rows = rows_of(path)
    lines = []
    for row in rows:
        cells = zip(head, row, strict=True)
        values = [f".{column.removesuffix(':number')} = "
                  + (value if column.endswith(":number") else c_literal(value.encode())) for column, value in cells if value]
        lines.append("    {" + ", ".join(values) + "},\n")
    return (f"const struct {struct} {name}[] = {{\n" + "".join(lines)
            + f"}};\nconst size_t {struct}_count = sizeof {name} / sizeof *{name};\n")


def word_lists(path):
    lists = {}
    for name, word in rows_of(path)[1:]:
        lists.setdefault(name, []).append(c_literal(word.encode()))
    for name, words in lists.items():
        yield (f"static const char *const {name}_items[] = {{{', '.join(words)}}};\n"
               f"const struct words {name} = {{{name}_items, {len(words)}}};\n")


def pictures(name, paths):
    for number, path in enumerate(paths):
        data = path.read_bytes()
        yield f"static const unsigned char {name}_{number}[] = {{{','.join(map(str, data))}}};\n"
    items = ", ".join(f"{{(const char *){name}_{number}, sizeof {name}_{number}}}" for number in range(len(paths)))
    yield f"static const struct str {name}_items[] = {{{items}}};\n"
    yield f"const struct pictures {name} = {{{name}_items, {len(paths)}}};\n"


def main(out, files):
    parts, images = ['#include "bulk/demo/words.h"\n\n'], {}
    for path in sorted(map(Path, files)):
        if path.suffix == ".png":
            images.setdefault(re.sub(r"_\d+$", "s", path.stem), []).append(path)
        elif path.stem == "words":
            parts += word_lists(path)
        else:
            parts.append(table(path))
    for name, paths in images.items():
        parts += pictures(name, paths)
    write_if_changed(out, "".join(parts))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
