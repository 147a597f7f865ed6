#!/usr/bin/env python3
"""Writes a C file with the given files as src/view/view.h's asset_table: plain, gzip and brotli, under names that hold
their digest, so that browsers may keep them for ever."""

import argparse
import gzip
import hashlib
import os
import subprocess
import sys

from compile_templates import c_literal, write_if_changed

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def brotli(data):
    return subprocess.run(["brotli", "-q", "11", "--stdout", "-"], input=data, stdout=subprocess.PIPE, check=True).stdout


def c_array(name, data):
    lines = [",".join(map(str, data[i : i + 32])) for i in range(0, len(data), 32)]
    return f"static const unsigned char {name}[] = {{\n" + ",\n".join(lines) + "};\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True)
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    parts, rows, names = ['#include "view/asset.h"\n\n#include <stddef.h>\n\n'], [], []
    for number, path in enumerate(arguments.files):
        with open(path, "rb") as file:
            plain = file.read()
        name = os.path.basename(path)
        stem, ending = os.path.splitext(name)
        address = f"/assets/{stem}.{hashlib.sha256(plain).hexdigest()[:8]}{ending}"
        names.append(c_literal(name.encode()))
        columns = [c_literal(address.encode()), c_literal(MEDIA_TYPES[ending].encode())]
        sizes = []
        for coding, data in (("plain", plain), ("gzip", gzip.compress(plain, 9, mtime=0)), ("brotli", brotli(plain))):
            parts.append(c_array(f"{coding}_{number}", data))
            columns.append(f"{coding}_{number}")
            sizes.append(f"sizeof {coding}_{number}")
        rows.append("    {" + ", ".join(columns + sizes) + "},\n")
    parts.append("const char *const asset_names[] = {" + ", ".join(names) + "};\n")
    parts.append("const struct asset asset_table[] = {\n" + "".join(rows) + "};\n")
    parts.append("const size_t asset_count = sizeof asset_table / sizeof asset_table[0];\n")
    write_if_changed(arguments.out, "".join(parts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
