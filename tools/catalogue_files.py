"""Reading message catalogues (.po) and the marked texts of C files and templates."""

import os
import re
from typing import NamedTuple, Optional

from template_syntax import STRING, TOKEN, closing_of, literal_text, split_arguments

LANGUAGES = ("sv", "en")
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
PLACEHOLDER = re.compile(r"\{[1-9n]\}")


class CatalogueError(Exception):
    pass


class Entry(NamedTuple):
    msgid: str
    plural: Optional[str]
    texts: tuple  # one, or with a plural two
    place: str  # FILE:LINE


class Use(NamedTuple):
    plural: Optional[str]
    place: str


def files_under(root, endings):
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            if name.endswith(endings):
                yield os.path.join(folder, name)


# --- .po ------------------------------------------------------------------------------------------------------------------


def _po_blocks(path):
    """Entries of a .po file as {keyword: text}, with '#' for the flags and 'line' for the first line."""
    block, keyword = {}, None
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n") + [""]
    for number, line in enumerate(lines, 1):
        if not line.strip():
            if "msgid" in block:
                yield block
            block, keyword = {}, None
            continue
        if line.startswith("#"):
            if line.startswith("#,"):
                block["#"] = line
            continue
        match = re.fullmatch(rf"(msgid|msgid_plural|msgstr|msgstr\[[01]\])?\s*({STRING})\s*", line)
        text = literal_text(match[2]) if match else None
        if text is None or (match[1] is None and keyword is None):
            raise CatalogueError(f"{path}:{number}: not understood: {line}")
        if match[1]:
            keyword = match[1]
            if keyword in block or (keyword == "msgid" and "msgstr" in block):
                raise CatalogueError(f"{path}:{number}: {keyword} again; put a blank line between entries")
            block.setdefault("line", number)
            block[keyword] = text
        else:
            block[keyword] += text


def read_po(path):
    """The finished entries of a .po file: not the fuzzy, not those without a text."""
    entries = []
    for block in _po_blocks(path):
        place = f"{path}:{block['line']}"
        msgid, plural = block["msgid"], block.get("msgid_plural")
        texts = tuple(block.get(key, "") for key in (("msgstr",) if plural is None else ("msgstr[0]", "msgstr[1]")))
        if not msgid:
            if f"Plural-Forms: {PLURAL_FORMS}" not in block.get("msgstr", ""):
                raise CatalogueError(f"{place}: the plural forms of both languages are {PLURAL_FORMS}")
            continue
        if "fuzzy" in block.get("#", "") or not all(texts):
            continue
        wanted = set(PLACEHOLDER.findall(msgid + (plural or "")))
        for text in texts:
            found = set(PLACEHOLDER.findall(text))
            if found - wanted or wanted - found - {"{n}"}:
                raise CatalogueError(f"{place}: other placeholders than {msgid!r}: {text!r}")
        entries.append(Entry(msgid, plural, texts, place))
    return entries


def read_catalogue(root, language):
    """All `LANGUAGE.po` files under root as one {msgid: Entry}. The same text twice is fine, two texts are not."""
    catalogue = {}
    for path in files_under(root, language + ".po"):
        if os.path.basename(path) != language + ".po":
            continue
        for entry in read_po(path):
            other = catalogue.setdefault(entry.msgid, entry)
            if other.texts == entry.texts and other.plural == entry.plural:
                continue
            if other.plural is None or entry.plural is None:
                # The singular of a plural also used alone: the plural form serves both when the texts agree.
                if other.texts[0] == entry.texts[0]:
                    catalogue[entry.msgid] = other if other.plural else entry
                    continue
            raise CatalogueError(f"{entry.place}: {entry.msgid!r} has another text at {other.place}")
    return catalogue


# --- marked texts ---------------------------------------------------------------------------------------------------------

QUOTED = STRING + r"|'(?:\\.|[^'\\\n])+'"
COMMENT = re.compile(QUOTED + r"|(?P<comment>//[^\n]*|/\*.*?\*/)", re.S)
CALL = re.compile(QUOTED + r"|\b(?P<call>_|_n|tr_n)\s*\(")
COUNTED = re.compile(r"\.one = _\((?P<one>" + STRING + r")\),\s*\.many = _\((?P<many>" + STRING + r")\)")  # of a struct list


def _without_comments(code):
    """The same code, line by line, with comments blanked."""
    return COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]) if match["comment"] else match[0], code)


def _literals(name, arguments):
    """The msgid and its plural that a call of `name` shows, or None."""
    texts = [literal_text(re.sub(r"^_\((.*)\)$", r"\1", argument, flags=re.S)) for argument in arguments]
    if name == "tr_n":  # the texts stand after the arena and the language
        texts = texts[2:]
    if not texts or texts[0] is None:
        return None
    if name in ("_n", "tr_n"):
        return (texts[0], texts[1]) if len(texts) > 1 and texts[1] is not None else None
    return texts[0], None


def _scan_code(code, path, first_line, uses):
    for match in CALL.finditer(code):
        if not match["call"]:
            continue
        closing = closing_of(code, match.end() - 1)
        found = _literals(match["call"], split_arguments(code[match.end() : closing])) if closing > 0 else None
        if found:
            line = first_line + code.count("\n", 0, match.start())
            known = uses.get(found[0])
            if not known or (known.plural is None and found[1]):
                uses[found[0]] = Use(found[1], f"{path}:{line}")
    for match in COUNTED.finditer(code):
        line = first_line + code.count("\n", 0, match.start())
        uses[literal_text(match["one"])] = Use(literal_text(match["many"]), f"{path}:{line}")


def used_texts(root):
    """{msgid: Use} of all C files and templates under root, and the list of files read."""
    uses, read = {}, []
    for path in files_under(root, (".c", ".h", ".html")):
        read.append(path)
        with open(path, encoding="utf-8") as file:
            source = file.read()
        if path.endswith(".html"):
            for match in TOKEN.finditer(source):
                code = match["value"] or match["directive"]
                if code:
                    _scan_code(code, path, source.count("\n", 0, match.start()) + 1, uses)
        elif not os.path.basename(path).startswith("test_"):
            _scan_code(_without_comments(source), path, 1, uses)
    uses.pop("", None)
    return uses, read


def missing_texts(uses, swedish):
    """The used msgids without Swedish, with where they are used, in the order of files."""
    missing = []
    plurals = {entry.plural for entry in swedish.values()} | {use.plural for use in uses.values()}
    for msgid, use in uses.items():
        entry = swedish.get(msgid)
        if msgid in plurals:  # marked by itself too; its text belongs to the singular
            continue
        if not entry or (use.plural is not None and entry.plural != use.plural):
            missing.append((use.place, msgid))
    return sorted(missing)
