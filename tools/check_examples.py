#!/usr/bin/env python3
"""Compiles the examples of the documents: fails when one does not compile.

In docs/*.md, CONTRIBUTING.md and web/README.md these fenced blocks are examples of files:
```html with a {% template … %}: compiled as docs/templates.md says; a first line {# src/PATH #} names the file;
```c whose first line is /* src/PATH */: a file of the program; a later example may include it;
```json: parsed.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

from compile_templates import Compiler
from template_syntax import TemplateError

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"^(?:/\*|\{#) src/([\w./-]+) (?:\*/|#\})\n")
INCLUDED = re.compile(r'"([\w./-]+\.html)\.h"')
FLAGS = ["-std=gnu17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-fsyntax-only"]


def documents():
    return sorted((ROOT / "docs").glob("*.md")) + [ROOT / "CONTRIBUTING.md", ROOT / "web" / "README.md"]


def examples(text):
    """(line, language, content) of each fenced block with a language."""
    for found in FENCE.finditer(text):
        yield text.count("\n", 0, found.start()) + 2, found[1], found[2]


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def generate(folder, name):
    """The header of a template of the program, with those that it includes."""
    if (folder / f"{name}.h").exists() or not (SRC / name).exists():
        return
    source = (SRC / name).read_text()
    compiler = Compiler(source, name)
    compiler.compile()
    write(folder / f"{name}.h", compiler.header(name))
    for included in INCLUDED.findall(source):
        generate(folder, included)


def put(folder, number, language, content):
    """Writes an example as a file; returns the C file to compile, None when there is nothing to compile by itself."""
    named = NAMED.match(content)
    if language == "html" and "{% template" in content:
        name = named[1] if named else f"example_{number}.html"
        compiler = Compiler(content, name)
        compiler.compile()
        write(folder / f"{name}.h", compiler.header(name))
        write(folder / f"{name}.c", compiler.code(name))
        return folder / f"{name}.c"
    if language == "c" and named:
        write(folder / named[1], content)
        return folder / named[1]
    if language == "json":
        json.loads(content)
    return None


def compiled(folder, path):
    """What the compiler says; empty when all is well."""
    for included in INCLUDED.findall(path.read_text()):
        generate(folder, included)
    for header in list(folder.rglob("*.h")):
        for included in INCLUDED.findall(header.read_text()):
            generate(folder, included)
    done = subprocess.run(["cc", *FLAGS, f"-I{folder}", f"-I{SRC}", "-x", "c", path], capture_output=True, text=True, check=False)
    return done.stderr.replace(f"{folder}/", "") if done.returncode else ""


def problems(name, text, folder):
    for number, (line, language, content) in enumerate(examples(text)):
        try:
            path = put(folder, number, language, content)
            said = compiled(folder, path) if path else ""
        except TemplateError as error:
            yield f"{name}:{line + error.line - 1}: {error}"
            continue
        except json.JSONDecodeError as error:
            yield f"{name}:{line + error.lineno - 1}: {error.msg}"
            continue
        if said:
            yield f"{name}:{line}: the example does not compile:\n{said}"


def main():
    found = []
    for document in documents():
        with tempfile.TemporaryDirectory() as folder:
            found += problems(document.relative_to(ROOT), document.read_text(), pathlib.Path(folder))
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
