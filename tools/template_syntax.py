"""The language of templates around the HTML: values, directives, comments, and the C expressions within them."""

import re
from typing import NamedTuple

STRING = r'"(?:\\.|[^"\\])*"'
TOKEN = re.compile(
    r"\{\{(?P<value>(?:%s|[^\"])*?)\}\}|\{%%(?P<directive>(?:%s|[^\"])*?)%%\}|\{#(?P<comment>.*?)#\}" % (STRING, STRING),
    re.S,
)
PLACEHOLDER = re.compile(r"\{([1-9])\}")


class TemplateError(Exception):
    def __init__(self, line, message):
        super().__init__(message)
        self.line = line


class Token(NamedTuple):
    kind: str  # text, value, directive
    text: str
    line: int


def tokens_of(source):
    """The tokens of a template file. A directive or comment alone on its line takes the line with it."""
    tokens = []
    position = 0
    for match in TOKEN.finditer(source):
        before, next_position = source[position : match.start()], match.end()
        line = source.count("\n", 0, match.start()) + 1
        if match["value"] is None:
            lead = re.search(r"(?:^|\n)([ \t]*)\Z", source[: match.start()])
            tail = re.compile(r"[ \t]*(?:\n|\Z)").match(source, match.end())
            if lead and tail and match.start() - len(lead[1]) >= position:
                before = before[: len(before) - len(lead[1])]
                next_position = tail.end()
        if before:
            tokens.append(Token("text", before, source.count("\n", 0, position) + 1))
        if match["value"] is not None:
            tokens.append(Token("value", match["value"].strip(), line))
        elif match["directive"] is not None:
            tokens.append(Token("directive", " ".join(match["directive"].split("\n")).strip(), line))
        position = next_position
    if source[position:]:
        tokens.append(Token("text", source[position:], source.count("\n", 0, position) + 1))
    for token in tokens:
        stray = re.search(r"\{\{|\}\}|\{%|%\}|\{#|#\}", token.text) if token.kind == "text" else None
        if stray:
            line = token.line + token.text.count("\n", 0, stray.start())
            raise TemplateError(line, f"{stray.group()} without its other half")
    return tokens


def split_arguments(text):
    """The top-level comma-separated parts of C text."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(STRING + r"|'(?:\\.|[^'\\])'|[()\[\]{},]", text):
        c = match.group()
        if c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c == "," and depth == 0:
            parts.append(text[start : match.start()].strip())
            start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def closing_of(text, opening):
    """Index of the bracket that closes the one at text[opening], or -1."""
    depth = 0
    for match in re.compile(STRING + r"|'(?:\\.|[^'\\])'|[()\[\]{}]").finditer(text, opening):
        if match.group() in "([{":
            depth += 1
        elif match.group() in ")]}":
            depth -= 1
            if depth == 0:
                return match.start()
    return -1


def expression_c(text, line):
    """A C expression with the marks of the catalogue, `_(…)` and `_n(…)`, turned into look-ups in the user's language."""
    out, position = [], 0
    for match in re.finditer(STRING + r"|\b(_n?)\s*\(", text):
        if match[1] is None or match.start() < position:
            continue
        opening = match.end() - 1
        closing = closing_of(text, opening)
        if closing < 0:
            raise TemplateError(line, f"{match[1]}( is not closed")
        arguments = split_arguments(text[opening + 1 : closing])
        out.append(text[position : match.start()])
        out.append(_plural(arguments, line) if match[1] == "_n" else _text(arguments, line))
        position = closing + 1
    out.append(text[position:])
    return "".join(out)


def literal_text(c_literal):
    """What a C string literal (or several in a row) says; None when it is not one."""
    if not re.fullmatch(rf"(?:{STRING}\s*)+", c_literal):
        return None
    joined = "".join(part[1:-1] for part in re.findall(STRING, c_literal))
    escapes = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "'": "'", "?": "?"}
    return re.sub(r"\\(.)", lambda m: escapes.get(m[1], m[0]), joined)


def _text(arguments, line):
    text = literal_text(arguments[0]) if arguments else None
    if text is None:
        raise TemplateError(line, "_( takes a string literal first")
    values = [expression_c(argument, line) for argument in arguments[1:]]
    if {int(n) for n in PLACEHOLDER.findall(text)} != set(range(1, len(values) + 1)):
        raise TemplateError(line, f"{arguments[0]} does not name its {len(values)} values as {{1}}…")
    if not values:
        return f"tr(v->lang, _({arguments[0]}))"
    return f"tr_fill(v->arena, v->lang, _({arguments[0]}), (const struct str[]){{{', '.join(values)}}}, {len(values)})"


def _plural(arguments, line):
    if len(arguments) != 3 or None in (literal_text(arguments[0]), literal_text(arguments[1])):
        raise TemplateError(line, '_n( takes ("one", "many", number)')
    number = expression_c(arguments[2], line)
    return f"tr_n(v->arena, v->lang, _({arguments[0]}), _({arguments[1]}), (int64_t)({number}))"
