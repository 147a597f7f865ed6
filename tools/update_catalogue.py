#!/usr/bin/env python3
"""Adds the marked texts that lack Swedish to the sv.po of the folder that uses them, with an empty msgstr to
fill in, and lists entries that nothing uses any more. Run from the project's root."""

import argparse
import os
import re
import sys

from catalogue_files import PLURAL_FORMS, missing_texts, read_catalogue, used_texts
from compile_templates import c_literal

ROOT = "src"
HEADER = """# Swedish texts of this folder.
msgid ""
msgstr ""
"Language: sv\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: %s\\n"
"""


def catalogue_for(place):
    """The sv.po of the folder of a place, made when it is missing."""
    own = os.path.join(os.path.dirname(place), "sv.po")
    if not os.path.exists(own):
        with open(own, "w", encoding="utf-8") as file:
            file.write(HEADER % PLURAL_FORMS)
    return own


def po_literal(text):
    """A text as catalogues write it: they need no escape against trigraphs."""
    return c_literal(text.encode("utf-8")).replace("\\077", "?")


def main():
    argparse.ArgumentParser(description=__doc__).parse_args()
    swedish = read_catalogue(ROOT, "sv")
    uses, _ = used_texts(ROOT)
    added = 0
    for place, msgid in missing_texts(uses, swedish):
        literal = po_literal(msgid)
        path = catalogue_for(place.rsplit(":", 1)[0])
        with open(path, "r+", encoding="utf-8") as file:
            if re.search(r"^msgid " + re.escape(literal) + r"$", file.read(), re.M):
                print(f"{place}: still empty or fuzzy in {path}: {msgid!r}")
                continue
            plural = uses[msgid].plural
            file.write(f"\n#: {place}\nmsgid {literal}\n")
            if plural is None:
                file.write('msgstr ""\n')
            else:
                file.write(f'msgid_plural {po_literal(plural)}\nmsgstr[0] ""\nmsgstr[1] ""\n')
            added += 1
    for msgid, entry in sorted(swedish.items()):
        if msgid not in uses:
            print(f"{entry.place}: nothing uses {msgid!r}")
    print(f"{added} texts added")
    return 0


if __name__ == "__main__":
    sys.exit(main())
