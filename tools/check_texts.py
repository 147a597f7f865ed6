#!/usr/bin/env python3
"""Fails when a sv.po has a text that its folder does not use: texts stand in the folder that shows them."""

import os
import sys

from catalogue_files import files_under, read_po, used_texts

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src")


def misplaced():
    for path in files_under(ROOT, "sv.po"):
        uses, _ = used_texts(os.path.dirname(path))
        for entry in read_po(path):
            if entry.msgid not in uses:
                yield f"{os.path.relpath(entry.place)}: this folder does not use {entry.msgid!r}"


def main():
    faults = list(misplaced())
    print("\n".join(faults) or "texts: each stands in the folder that uses it")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
