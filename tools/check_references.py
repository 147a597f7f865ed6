#!/usr/bin/env python3
"""Fails when a reference leads nowhere.

"domain 5", "contract 3" or "domain 3.1" in code, tests and documents must be a heading or a numbered rule of docs/domain.md or
docs/contract.md. A Markdown link to a file of this repository, a file such as docs/NAME.md that is named anywhere, and a path
such as src/view/field.html that a document names must be there.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BOOKS = ("domain", "contract")
NUMBER = r"\d+(?:\.\d+)?"
NUMBERS = rf"{NUMBER}(?:(?:\s*(?:,|–|\bto\b|\band\b|\bor\b))+\s*{NUMBER})*"
REFERENCE = re.compile(rf"\b({'|'.join(BOOKS)})(?:\.md)?\s+({NUMBERS})", re.IGNORECASE)
HEADING = re.compile(rf"^(?:#+ ({NUMBER})\.? |- \*\*({NUMBER})\*\* )", re.MULTILINE)
DOCUMENT = re.compile(r"\bdocs/[\w.-]+\.(?:md|ini)\b")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
# Not the name of an example: tools/check_examples.py.
PATH = re.compile(r"(?<![\w/.-])(?<!^/\* )(?<!^\{# )(?:src|docs|tools|tests|web|packaging)/[\w./*-]*[\w/*]", re.MULTILINE)
PLACEHOLDER = re.compile(r"\b(?:NAME|NNNN)|\*")
FOLDERS = ("src", "docs", "tests", "tools", "web", "packaging")
READ = {".c", ".h", ".html", ".sql", ".md", ".mjs", ".js", ".py", ".po", ".scss", ".build", ".ini", ".conf", ".service", ""}


def numbers_of(text):
    """The numbers of the headings and rules of a document."""
    return {first or second for first, second in HEADING.findall(text)}


def references(text):
    """(offset, document, number) of each reference."""
    for found in REFERENCE.finditer(text):
        for number in re.findall(NUMBER, found[2]):
            yield found.start(), found[1].lower(), number


def broken(name, text, known, exists):
    """What is wrong in one file: (offset, message). known: document → its numbers; exists(path): whether a file is there."""
    for offset, book, number in references(text):
        if number not in known[book]:
            yield offset, f"{book} {number} is not in docs/{book}.md"
    for found in DOCUMENT.finditer(text):
        if not PLACEHOLDER.search(found[0]) and not exists(found[0]):
            yield found.start(), f"{found[0]} does not exist"
    if not name.endswith(".md"):
        return
    for found in LINK.finditer(text):
        if ":" not in found[1] and not exists(str(pathlib.PurePosixPath(name).parent / found[1])):
            yield found.start(), f"the link {found[1]} leads nowhere"
    for found in PATH.finditer(text):
        if not PLACEHOLDER.search(found[0]) and not DOCUMENT.match(found[0]) and not exists(found[0]):
            yield found.start(), f"{found[0]} does not exist"


def files():
    """What people write: everything but built and installed files, samples for fuzzing, and the tests of this check."""
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")] + list(ROOT.glob("*.md"))
    names = sorted(str(path.relative_to(ROOT)) for path in found if path.is_file() and path.suffix in READ)
    return [name for name in names if not re.search(r"(^|/)node_modules/|^tests/fuzz/corpus/|^tools/test_", name)]


def main():
    known = {book: numbers_of((ROOT / "docs" / f"{book}.md").read_text()) for book in BOOKS}
    problems = []
    for name in files():
        text = (ROOT / name).read_text(errors="replace")
        for offset, message in broken(name, text, known, lambda target: (ROOT / target).exists()):
            problems.append(f"{name}:{text.count(chr(10), 0, offset) + 1}: {message}")
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
