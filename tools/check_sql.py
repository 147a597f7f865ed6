#!/usr/bin/env python3
"""Fails when text that is not a literal of the program could reach SQL or a page unescaped.

SQL. Every function with a parameter `const char *literal` (or `…_literal`) takes SQL text: db_exec, db_query, and every
function that passes text on to them; so do sql_start, sql_put and SQL(…). At each call this argument must be
  - a string literal, an UPPER_CASE macro of one, NULL, or a choice `a ? b : c` of such;
  - a variable, parameter, member or array element named `literal`, `…_literal` or `…_literals`; what is assigned to it is
    held to the same rule (tables with static storage are constant already by the rules of C);
  - a call of a function named `…_literal`, whose returns are held to the same rule.
The text of a `struct sql` is written by src/db only. In sql_start and sql_put, each `?` of the text needs a value and each
`{}` needs an SQL(…), in this order; quotes are closed, and nobody numbers placeholders by hand. This is counted where the
text is written at the call (src/db/sql.c counts the rest when it runs).

Codes. Neither SQL nor C compares a column of codes (status, state, role, kind, type) with a bare digit or sets it to one:
the macros and enums beside the lists of codes say which code it is (src/model/codes.h).

HTML. `struct html` is made by templates and src/view only, and no string literal in C holds markup.

Unit tests are free.
"""

import pathlib
import re
import sys

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
STRING = r'"(?:[^"\\\n]|\\.)*"'
COMMENT_OR_STRING = re.compile(rf"/\*.*?\*/|//[^\n]*|{STRING}|'(?:[^'\\]|\\.)'", re.DOTALL)
# Names in the tables of fields (model/*_fields.c), which are constant: the columns of files point into them.
FIELD_NAME = "field_exported(column->field)"
NAMED_LITERAL = r"\w*literals?"
PARAMETER = r"const char \*\w*literal"


DEFINE = re.compile(r"^[ \t]*#[ \t]*define\b(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)


def blank(text):
    """The same number of characters and lines, empty."""
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """The text with comments and macro definitions blanked, so that offsets and lines stay."""
    text = COMMENT_OR_STRING.sub(lambda found: found[0] if found[0][0] in "\"'" else blank(found[0]), text)
    return DEFINE.sub(lambda found: blank(found[0]), text)


def without_strings(code):
    """The code with the inside of strings blanked: for looking at structure."""
    return COMMENT_OR_STRING.sub(lambda found: found[0][0] + "_" * (len(found[0]) - 2) + found[0][0], code)


def end_of(shape, begin, stops):
    """Where the expression ends that begins at `begin`: at one of `stops` outside brackets."""
    depth = 0
    for at in range(begin, len(shape)):
        if depth == 0 and shape[at] in stops:
            return at
        depth += (shape[at] in "([{") - (shape[at] in ")]}")
        if depth < 0:
            return at
    return len(shape)


def split(code, separator):
    """Parts of code between separators outside brackets and strings."""
    shape, parts, begin = without_strings(code), [], 0
    while begin <= len(code):
        end = end_of(shape, begin, separator)
        parts.append(code[begin:end].strip())
        begin = end + 1
    return parts


def is_literal(expression):
    expression = expression.strip()
    shape = without_strings(expression)
    if expression[:1] in "({" and expression and end_of(shape, 1, "") == len(expression) - 1:
        parts = split(expression[1:-1], ",")
        return all(is_literal(re.sub(r"^\[\w+\]\s*=", "", part)) for part in parts if part)
    question = end_of(shape, 0, "?")
    if question < len(shape):
        choice = split(expression[question + 1:], ":")
        return len(choice) == 2 and all(map(is_literal, choice))
    if re.fullmatch(rf"(\s*(u8)?{STRING}|\s*[A-Z][A-Z0-9_]*)+", expression):
        return True
    if expression == FIELD_NAME:
        return True
    expression = re.sub(r"\[[^\[\]]*\]", "", expression)  # elements are as good as their array
    shape = without_strings(expression)
    return bool(re.fullmatch(rf"[&*]?(\w+(->|\.))*{NAMED_LITERAL}", expression)
                or re.match(r"\w+_literal\(", expression) and end_of(shape, shape.find("(") + 1, "") == len(expression) - 1)


# The macros of src/db/sql.h that take SQL text, and its position.
MACROS = {"sql_start": {1}, "sql_put": {1}, "SQL": {0}}


class Source:
    def __init__(self, path):
        self.name = str(path.relative_to(SRC.parent))
        self.text = path.read_text()
        self.code = without_comments(self.text)
        self.shape = without_strings(self.code)

    def line(self, at):
        return self.code.count("\n", 0, at) + 1

    def calls(self, name):
        """Pairs (offset, arguments) of what looks like a call; declarations look so too."""
        for found in re.finditer(rf"\b{name}\s*\(", self.shape):
            yield found.start(), split(self.code[found.end():end_of(self.shape, found.end(), "")], ",")


def takers_in(source, static):
    """Function name → positions of its parameters that take SQL text."""
    result = {}
    for found in re.finditer(r"\b(\w+)\s*\((?=[^;{]*\bconst char \*\w*literal\b)", source.shape):
        begin = max(source.shape.rfind(sign, 0, found.start()) for sign in ";}\n") + 1
        if ("static" in source.shape[begin:found.start()].split()) != static:
            continue
        parameters = split(source.code[found.end():end_of(source.shape, found.end(), "")], ",")
        for position, parameter in enumerate(parameters):
            if re.fullmatch(PARAMETER, parameter):
                result.setdefault(found[1], set()).add(position)
    return result


def takers(sources):
    """What every file may call: static functions count in their own file only."""
    return MACROS | {name: positions for source in sources for name, positions in takers_in(source, static=False).items()}


def macros_in(sources):
    """UPPER_CASE macro → its definition, of those that are made of strings and other macros."""
    found = {}
    for source in sources:
        for name, body in re.findall(r"^[ \t]*#[ \t]*define[ \t]+([A-Z][A-Z0-9_]*)[ \t]((?:[^\n]*\\\n)*[^\n]*)", source.text, re.MULTILINE):
            body = COMMENT_OR_STRING.sub(lambda part: part[0] if part[0][0] == '"' else " ", body.replace("\\\n", " "))
            if re.fullmatch(rf"(\s*({STRING}|[A-Z][A-Z0-9_]*))+\s*", body):
                found[name] = body
    return found


def texts_of(expression, macros):
    """The SQL texts that an expression may stand for; None where they are not written here."""
    shape = without_strings(expression)
    question = end_of(shape, 0, "?")
    if question < len(shape):
        choices = [texts_of(part, macros) for part in split(expression[question + 1:], ":")]
        return None if None in choices else [text for choice in choices for text in choice]
    text = ""
    for part in re.findall(rf"{STRING}|\w+|[^\s\w]", expression):
        if part[0] == '"':
            text += part[1:-1].replace('\\"', '"')
        elif part in macros:
            inner = texts_of(macros[part], macros)
            if inner is None:
                return None
            text += inner[0]
        else:
            return None
    return [text]


def put_problem(arguments, macros):
    """How the values of a call (after its text) fail to match the signs of the text, or None."""
    texts = texts_of(arguments[0], macros)
    if arguments[-1] == "":
        return "a comma too many"
    wanted = ["{}" if re.match(r"SQL\(", argument) else "?" for argument in arguments[1:]]
    for text in texts or []:
        plain = re.sub(r"'[^']*'|\"[^\"]*\"", "", text)
        if re.search(r"['\"]", plain):
            return "a quote stays open"
        if re.search(r"\$\d", plain):
            return "placeholders are numbered by sql_put"
        if re.findall(r"\?|\{\}", plain) != wanted:
            return f"the signs in the text want {' '.join(re.findall(r'[?]|{}', plain)) or 'no values'}, the values are" \
                   f" {' '.join(wanted) or 'missing'}"
    return None


def put_problems(source, macros):
    if source.name.startswith("src/db/sql."):
        return
    for name in ("sql_start", "sql_put"):
        for at, arguments in source.calls(name):
            problem = put_problem(arguments[1:] or [""], macros)
            if problem:
                yield at, f"{name}({', '.join(arguments[1:2])}): {problem}"
    for found in re.finditer(r"\bsql_(start|put)_parts\b|\bDB_VALUE_(SQL|CONTAINING)\b", source.shape):
        if not source.name.startswith("src/db/"):
            yield found.start(), f"{found[0]} goes past sql_put"


def sql_problems(source, functions):
    functions = functions | takers_in(source, static=True)
    for name, positions in functions.items():
        for at, arguments in source.calls(name):
            for position in positions:
                argument = arguments[position] if position < len(arguments) else "NULL"
                if not re.fullmatch(PARAMETER, argument) and not is_literal(argument):
                    yield at, f"{name}({argument}): not a literal"
    for found in re.finditer(rf"\b({NAMED_LITERAL})(\[[^\]]*\])*\s*=(?!=)", source.shape):
        value = source.code[found.end():end_of(source.shape, found.end(), ",;")]
        if not is_literal(value):
            yield found.start(), f"{found[1]} ={value}: not a literal"
    for found in re.finditer(r"\bconst char \*\w+_literal\([^;{]*\)\s*\{", source.shape):
        end = end_of(source.shape, found.end(), "")
        for answer in re.finditer(r"\breturn\b", source.shape[found.end():end]):
            begin = found.end() + answer.end()
            value = source.code[begin:end_of(source.shape, begin, ";")]
            if not is_literal(value):
                yield begin, f"return{value}: not a literal"
    if not source.name.startswith("src/db/"):
        for found in re.finditer(r"\bbuf_\w+\(&[^,]*\bsql\w*(\.|->)text\b", source.shape):
            yield found.start(), "writes the text of a struct sql past sql.h"


CODE_COLUMN = r"(?<![\w$])(?:\w+\.)?(?:status|state|role|kind|type)\b"
CODE_DIGIT = re.compile(rf"{CODE_COLUMN}\)?\s*(?:=|<>|!=|<=?|>=?|\bIS DISTINCT FROM|\b(?:NOT )?IN \(|\bBETWEEN|\bWHEN)\s*\d"
                        rf"|\bCOALESCE\({CODE_COLUMN}, \d|(?<![\w$])\d+\s*(?:=|<>|!=|<=?|>=?)\s*{CODE_COLUMN}")
CODE_DIGIT_IN_C = re.compile(r"(?:\b|_)(?:status|state|role|kind|type)\s*(?:[=!<>]=|[=<>])\s*[1-9]\b")


def code_problems(source):
    text = COMMENT_OR_STRING.sub(lambda found: found[0] if found[0][0] == '"' else blank(found[0]), source.text)
    for found in re.finditer(rf"(?:{STRING}|\b[A-Z][A-Z0-9_]*\b)(?:[\s\\]*(?:{STRING}|\b[A-Z][A-Z0-9_]*\b))*", text):
        sentence = re.sub(rf"({STRING})|\w+|[\s\\]+", lambda part: part[1][1:-1] if part[1] else " x " * part[0].isidentifier(), found[0])
        for digit in CODE_DIGIT.finditer(sentence):
            yield found.start(), f"{digit[0]}: a code without its name"
    for found in CODE_DIGIT_IN_C.finditer(source.shape):
        yield found.start(), f"{found[0]}: a code without its name"


def html_problems(source):
    if source.name.startswith("src/view/"):
        return
    for found in re.finditer(r"\(struct html\)\s*\{|\bstruct html \w+\s*=\s*\{", source.shape):
        yield found.start(), "struct html is made by templates (view_capture)"
    for found in re.finditer(STRING, source.code):
        if re.search(r"<[/!]?[a-zA-Z][^<]*>", found[0]) and "#include" not in source.code.splitlines()[source.line(found.start()) - 1]:
            yield found.start(), f"{found[0]}: markup belongs into a template"


def find_problems(sources):
    """Lines `file:line: what is wrong`."""
    functions = takers(sources)
    macros = macros_in(sources)
    if functions == MACROS:
        yield "no function that takes SQL was found"
    for source in sources:
        for at, text in [*sql_problems(source, functions), *put_problems(source, macros), *code_problems(source),
                         *html_problems(source)]:
            yield f"{source.name}:{source.line(at)}: {text}"


def main():
    sources = [Source(path) for path in sorted(SRC.rglob("*.[ch]")) if not path.name.startswith("test_")]
    problems = list(find_problems(sources))
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
