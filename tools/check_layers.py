#!/usr/bin/env python3
"""Fails when the parts of src/ do not stand one above the other, or when a table of the database has more than one writer.

Layers: base < db, http, i18n < fields < view < access < service < portal < cli < model < lists, forms < parts < customer, staff, bulk
< main (the files directly under src/). An include points downwards. `fields` are the tables of fields: they lie in model/ beside their
entities, but lower layers read them too. Generated headers (list.html.h) belong to the folder of their template.

Modules: a folder of parts/, customer/, staff/ and bulk/ is a module, and so is an entity of model/ (`login.c`, `login_find.c` and `login.h`
are the module model/login: the longest name in OWNERS, else the shortest with a header) and each other layer. One module of pages includes another only through
its public header X/NAME/NAME.h; customer, staff and bulk never include each other; modules never include each other in a ring, and
neither do files.

Tables: each table of the schema is written by one module, the one in OWNERS: INSERT, UPDATE and DELETE are looked for in string literals.
A row of an entity is also written by record_save (model/record.h), which only the module of that entity calls.
Temporary tables of imports (stage_…, undo_…) are bulk/exchange's own, which also writes the tables that its formats name, row by row.
"""

import pathlib
import re
import sys

LAYERS = [["base"], ["db", "http", "i18n"], ["fields"], ["view"], ["access"], ["service"], ["portal"], ["cli"], ["model"],
          ["lists", "forms"], ["parts"], ["customer", "staff", "bulk"], ["main"]]
RANK = {folder: rank for rank, layer in enumerate(LAYERS) for folder in layer}
# Folders of modules, one a folder of its own.
PAGES = {"parts", "customer", "staff", "bulk"}
SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"|\{%\s*include\s*"([^"]+)"', re.MULTILINE)
# The tables of fields are data that the lower layers read, too.
FIELDS = re.compile(r"model/(test_)?(codes|field|\w+_fields)\.[ch]$")

OWNERS = {
    "access": "case_scope generation scope_event",
    "bulk/exchange": "import_image import_login import_part",
    "bulk/imports": "import_file import_group import_mapping import_problem import_question import_run import_sample"
    " import_word",
    "db": "case_search case_words entity_search entity_words schema_migration search_part",
    "lists": "staff_list",
    "model/article": "article",
    "model/article_row": "article_row",
    "model/case": "case_change case_contact case_counter case_extra case_note cases",
    "model/config_draft": "config_draft",
    "model/contact": "contact contact_address contact_customer contact_object",
    "model/customer": "customer",
    "model/decision": "decision_head decision_remark specification_decision",
    "model/file": "file",
    "model/follower": "case_follower",
    "model/history": "register_change",
    "model/login": "account known_device login mail_token",
    "model/message": "case_message message_seen",
    "model/object": "object",
    "model/picklist_item": "picklist_item",
    "model/saved_search": "saved_search",
    "model/specification": "invoice_specification invoice_specification_row",
    "model/staff_user": "staff staff_recovery_code staff_token",
    "model/submission": "staff_submission submission",
    "model/upload": "upload",
    "model/work_order": "work_order",
    "portal": "draft session setting staff_session view_as",
    "service": "audit config_version lease mail",
}
OWNER = {table: owner for owner, tables in OWNERS.items() for table in tables.split()}
TEMPORARY = re.compile(r"(stage|undo)_\w+")
WRITE = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")
RECORD_SAVE = re.compile(r"\brecord_save\(([^;]*)")
LITERALS = re.compile(r'/\*.*?\*/|//[^\n]*|((?:"(?:[^"\\\n]|\\.)*"(?:\s|\\\n)*(?:[A-Z][A-Z0-9_]*(?:\s|\\\n)*)*)+)', re.DOTALL)

# What is still to be mended: tables that have several writers, and includes between modules. These lists only shrink.
KNOWN_TABLES = """
""".split()
KNOWN_INCLUDES = """
""".strip().splitlines()


def folder(path):
    """The layer of a path below src/: its folder."""
    parts = path.split("/")
    if FIELDS.match(path):
        return "fields"
    return parts[0] if len(parts) > 1 else "main"


def module(path, entities):
    """The module of a path below src/; entities: the names of headers in model/."""
    layer, parts = folder(path), path.split("/")
    if layer in PAGES:
        return "/".join(parts[:2])
    if layer != "model":
        return layer
    words = re.sub(r"^test_", "", parts[1].split(".")[0]).split("_")
    names = ["_".join(words[:n]) for n in range(1, len(words) + 1)]
    owners = [name for name in reversed(names) if f"model/{name}" in OWNERS]
    return "model/" + next((name for name in owners + names if name in entities), names[-1])


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
        if (mine, feature) == (other, theirs):
            return None
        if target != f"{other}/{theirs}/{theirs}.h":
            return f"is not the public header {other}/{theirs}/{theirs}.h"
    if mine == other:
        return None
    if RANK[other] > RANK[mine]:
        return f"breaks the layers: {mine} may not know {other}"
    if RANK[other] == RANK[mine]:
        return f"goes sideways: {mine} may not know {other}"
    return None


def find_cycle(graph):
    """A list of nodes that lead to each other in a ring, or None."""
    done = set()

    def visit(node, path):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        for target in sorted(graph.get(node, [])):
            cycle = visit(target, path + [node])
            if cycle:
                return cycle
        done.add(node)
        return None

    return next(filter(None, (visit(node, []) for node in sorted(graph))), None)


def find_rings(graph):
    """The strongly connected components of more than one node, each sorted (Tarjan)."""
    index, low, stack, rings = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in graph.get(node, ()):
            if target not in index:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], index[target])
        if low[node] == index[node]:
            at = stack.index(node)
            ring = sorted(stack[at:])
            del stack[at:]
            if len(ring) > 1:
                rings.append(ring)

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return sorted(rings)


def writes(text):
    """Pairs (line, table) of what the string literals of a C file write."""
    for found in LITERALS.finditer(text):
        if found[1] is None:
            continue
        # Adjacent literals are one; a macro between them ends a word.
        joined = re.sub(r'"(?:\s|\\\n)*"', "", found[1])
        for write in WRITE.finditer(joined):
            if write[1] not in ("SET", "OF"):  # ON CONFLICT DO UPDATE SET, FOR UPDATE OF
                yield text.count("\n", 0, found.start(1)) + 1, write[1]


def schema_tables():
    text = "\n".join(path.read_text() for path in sorted(SRC.glob("db/schema/*.sql")))
    names = re.findall(r"CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?(\w+)", text)
    gone = re.findall(r"ALTER TABLE (\w+) RENAME TO", text)  # made to take the place of an older one
    return set(names) - set(gone) - set(re.findall(r"DROP TABLE (\w+)", text))


def table_problems(source, text, mine):
    """What is wrong with the writes of a file of the module `mine`."""
    for line, table in writes(text):
        if TEMPORARY.fullmatch(table):
            owner = "bulk/exchange"
        else:
            owner = OWNER.get(table)
        if owner != mine and table not in KNOWN_TABLES:
            whose = f"is written by {owner} alone" if owner else "has no owner in tools/check_layers.py"
            yield f"src/{source}:{line}: table {table} {whose}"
    for call in RECORD_SAVE.finditer(text):
        entity = re.search(r"&(\w+)_entity\b", call[1])
        if mine != "model/record" and (not entity or mine != f"model/{entity[1]}"):
            yield f"src/{source}:{text.count(chr(10), 0, call.start()) + 1}: record_save is called in another module than that of its entity"


def find_problems():
    problems, files, modules = [], {}, {}
    paths = sorted(path for path in SRC.rglob("*") if path.suffix in (".c", ".h", ".html"))
    entities = {path.stem for path in SRC.glob("model/*.h")}
    for path in paths:
        source = str(path.relative_to(SRC))
        if folder(source) not in RANK:
            problems.append(f"src/{source}: its folder is in no layer of tools/check_layers.py")
            continue
        mine, test = module(source, entities), path.name.startswith("test_")
        # What a template includes is included by the header made from it.
        node = source + ".h" if path.suffix == ".html" else source
        for line, target in includes(path):
            theirs = module(target, entities)
            reason = breach(source, target)
            if reason and f"{mine} > {theirs}" not in KNOWN_INCLUDES:
                problems.append(f'src/{source}:{line}: "{target}" {reason}')
            files.setdefault(node, []).append(target)
            if theirs != mine and not test and folder(source) != "main" and f"{mine} > {theirs}" not in KNOWN_INCLUDES:
                modules.setdefault(mine, set()).add(theirs)
        if path.suffix == ".c" and not test:
            problems += table_problems(source, path.read_text(), mine)
    cycle = find_cycle(files)
    if cycle:
        problems.append("a cycle of includes: " + " → ".join(cycle))
    problems += ["a ring of modules: " + ", ".join(ring) for ring in find_rings(modules)]
    problems += [f"table {name} of the schema has no owner in tools/check_layers.py" for name in sorted(schema_tables() - set(OWNER))]
    if not paths:
        problems.append("no files were found")
    return problems


def main():
    problems = find_problems()
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
