#!/usr/bin/env python3
"""Fails when a template or a menu names an icon that web/icons.json does not list: it would be an empty place."""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# A call in a template, or an entry of a menu: {"/path", _("Label"), "icon", …}.
NAMED = re.compile(r'\b(?:icon|empty_state)\("([^"]+)"|\{"/[^"]*",\s*_\("[^"]*"\),\s*"([^"]+)"')


def main():
    listed = set(json.loads((ROOT / "web/icons.json").read_text()))
    failed = False
    for path in sorted(ROOT.glob("src/**/*")):
        if path.suffix not in (".html", ".c") or path.name.startswith("test_"):
            continue
        for match in NAMED.finditer(path.read_text()):
            name = match[1] or match[2]
            if name not in listed:
                print(f"{path.relative_to(ROOT)}: icon {name} is not in web/icons.json")
                failed = True
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
