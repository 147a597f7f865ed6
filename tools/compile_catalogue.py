#!/usr/bin/env python3
"""Compiles all sv.po and en.po files under --root into one C table, and checks that every marked text has Swedish: with
--strict a missing text is an error, else a warning."""

import argparse
import os
import sys

from catalogue_files import LANGUAGES, CatalogueError, files_under, missing_texts, read_catalogue, used_texts
from compile_templates import c_literal, write_if_changed


def text_hash(data):
    """FNV-1a, as src/i18n/catalogue.c computes it."""
    value = 2166136261
    for byte in data:
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def c_str(text):
    data = text.encode("utf-8")
    return f"{{{c_literal(data)}, {len(data)}}}" if data else "{NULL, 0}"


def table_c(catalogues):
    """A hash table with open addressing, at most half full."""
    msgids = sorted(set().union(*catalogues.values()))
    size = 16
    while size < 2 * len(msgids):
        size *= 2
    slots = [None] * size
    for msgid in msgids:
        position = text_hash(msgid.encode("utf-8")) & (size - 1)
        while slots[position] is not None:
            position = (position + 1) & (size - 1)
        slots[position] = msgid
    lines = ['#include "i18n/catalogue.h"', "", f"const size_t catalogue_size = {size};",
             "const struct catalogue_text catalogue_slots[] = {"]
    for position, msgid in enumerate(slots):
        if msgid is None:
            continue
        data = msgid.encode("utf-8")
        forms = []
        for language in LANGUAGES:
            entry = catalogues[language].get(msgid)
            texts = entry.texts if entry else ("", "")
            forms.append(f"{{{c_str(texts[0])}, {c_str(texts[-1])}}}")
        lines.append(f"    [{position}] = {{{text_hash(data)}u, {c_str(msgid)}, {{{', '.join(forms)}}}}},")
    if slots[-1] is None:
        lines.append(f"    [{size - 1}] = {{0}},")
    lines.append("};")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", required=True)
    parser.add_argument("--out", required=True, help="the C file to write")
    parser.add_argument("--depfile", help="lists what was read, for make and ninja")
    parser.add_argument("--strict", action="store_true", help="a missing text is an error")
    parser.add_argument("--warn", dest="strict", action="store_false")
    arguments = parser.parse_args()
    try:
        catalogues = {language: read_catalogue(arguments.root, language) for language in LANGUAGES}
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 1
    uses, read = used_texts(arguments.root)
    missing = missing_texts(uses, catalogues["sv"])
    for place, msgid in missing:
        print(f"{os.path.relpath(place)}: {'error' if arguments.strict else 'warning'}: no Swedish text: {msgid!r}", file=sys.stderr)
    if missing and arguments.strict:
        return 1
    write_if_changed(arguments.out, table_c(catalogues))
    if arguments.depfile:
        read += [path for path in files_under(arguments.root, ".po")]
        with open(arguments.depfile, "w", encoding="utf-8") as file:
            file.write(f"{arguments.out}: {' '.join(os.path.relpath(path) for path in read)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
