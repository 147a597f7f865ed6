#!/usr/bin/env python3
"""Compiles templates (docs/templates.md) into C: FILE.html becomes OUT/FILE.html.c and OUT/FILE.html.h, with names
relative to --root. Errors are FILE:LINE: message, exit 1."""

import argparse
import os
import re
import sys

from template_html import HtmlError, Tokenizer, merge
from template_syntax import TemplateError, closing_of, expression_c, split_arguments, tokens_of

LONGEST_LITERAL = 4000  # bytes; ISO C promises 4095


def c_literal(data):
    """Bytes as a C string literal."""
    out = []
    for c in data.decode("utf-8"):
        if c in '"\\':
            out.append("\\" + c)
        elif c == "\n":
            out.append("\\n")
        elif c == "\t":
            out.append("\\t")
        elif ord(c) < 32 or c == "?":
            out.append("\\%03o" % ord(c))
        else:
            out.append(c)
    return '"' + "".join(out) + '"'


class Block:
    """An open `if` or `for`, and where in the HTML it and its finished branches stand."""

    def __init__(self, kind, line, entry):
        self.kind, self.line, self.entry = kind, line, entry
        self.exits = []
        self.has_else = False


class Compiler:
    def __init__(self, source, shown_path):
        self.source = source
        self.shown_path = shown_path
        self.includes, self.prototypes, self.body = [], [], []
        self.html = None  # the tokenizer of the open template, None between templates
        self.template_line = 0
        self.blocks = []
        self.pending = []

    def compile(self):
        for token in tokens_of(self.source):
            try:
                getattr(self, "_on_" + token.kind)(token.text, token.line)
            except HtmlError as error:
                fed = token.text[: error.offset] if token.kind == "text" else ""
                raise TemplateError(token.line + fed.count("\n"), str(error)) from error
        if self.html:
            line = self.blocks[-1].line if self.blocks else self.template_line
            raise TemplateError(line, "no {% end %} for this")
        if not self.prototypes:
            raise TemplateError(1, "no {% template … %} in this file")

    # --- what tokens do ---------------------------------------------------------------------------------------------

    def _on_text(self, text, line):
        if self.html:
            self.pending.append(self.html.feed(text))
        elif text.strip():
            offset = len(text) - len(text.lstrip())
            raise TemplateError(line + text.count("\n", 0, offset), "text outside a template")

    def _on_value(self, text, line):
        self._need_template(line)
        if not text:
            raise TemplateError(line, "{{ }} without an expression")
        place = self.html.place()
        self._statement(line, f"view_out_{place}(out, {expression_c(text, line)});")

    def _on_directive(self, text, line):
        word, _, rest = text.partition(" ")
        handler = getattr(self, "_do_" + word, None) if re.fullmatch(r"[a-z]+", word) else None
        if not handler:
            raise TemplateError(line, f"unknown directive {{% {word} %}}")
        handler(rest.strip(), line)

    def _do_include(self, rest, line):
        if self.html or not re.fullmatch(r'"[^"]+"', rest):
            raise TemplateError(line, 'include is {% include "file.h" %}, outside templates')
        self.includes.append(rest)

    def _do_template(self, rest, line):
        match = re.fullmatch(r"([a-z][a-z0-9_]*)\s*\((.*)\)", rest)
        if self.html:
            raise TemplateError(line, f"the template of line {self.template_line} has no {{% end %}}")
        if not match:
            raise TemplateError(line, "template is {% template name(parameters) %}")
        parameters = ["struct buf *out", "const struct view *v"]
        for parameter in split_arguments(match[2]):
            constant = "const " if "*" in parameter and not parameter.startswith("const ") else ""
            parameters.append(constant + parameter)
        self.html, self.template_line = Tokenizer(), line
        prototype = f"void {match[1]}_html({', '.join(parameters)})"
        self.prototypes.append(prototype + ";")
        self.body.append(f"\n{prototype}\n{{")
        for parameter in parameters:
            self.body.append(f"(void){re.search(r'[A-Za-z0-9_]+$', parameter).group()};")

    def _do_if(self, rest, line):
        self._need_template(line)
        self._need(rest, line, "if without a condition")
        self.html.boundary()
        self.blocks.append(Block("if", line, self.html.state.copy()))
        self._statement(line, f"if ({expression_c(rest, line)}) {{")

    def _do_elif(self, rest, line):
        self._need(rest, line, "elif without a condition")
        self._next_branch("elif", line)
        self._statement(line, f"}} else if ({expression_c(rest, line)}) {{")

    def _do_else(self, rest, line):
        self._need(not rest, line, "else takes no condition; write elif")
        self._next_branch("else", line)
        self.blocks[-1].has_else = True
        self._statement(line, "} else {")

    def _do_for(self, rest, line):
        self._need_template(line)
        match = re.fullmatch(r"(?:const\s+)?(\w[\w\s]*?)\s*\*\s*(\w+)\s+in\s+(.+)", rest)
        items = match[3].rstrip() if match else ""
        opening = next((i for i in range(len(items)) if items[i] == "[" and closing_of(items, i) == len(items) - 1), -1)
        if opening <= 0:
            raise TemplateError(line, "for is {% for struct item *name in items[count] %}")
        self.html.boundary()
        self.blocks.append(Block("for", line, self.html.state.copy()))
        kind, name = match[1], match[2]
        array, count = (expression_c(part, line) for part in (items[:opening], items[opening + 1 : -1]))
        self._statement(line, f"for (size_t {name}_i = 0; {name}_i < (size_t)({count}); {name}_i++) {{")
        self._statement(line, f"const {kind} *{name} = &({array})[{name}_i];")
        self._statement(line, f"(void){name};")

    def _do_call(self, rest, line):
        self._need_template(line)
        match = re.fullmatch(r"([a-z][a-z0-9_]*)\s*\((.*)\)", rest)
        if not match:
            raise TemplateError(line, "call is {% call name(arguments) %}")
        if self.html.place() != "text":
            raise TemplateError(line, "a template can only be called between tags")
        arguments = "".join(", " + expression_c(argument, line) for argument in split_arguments(match[2]))
        self._statement(line, f"{match[1]}_html(out, v{arguments});")

    def _do_end(self, rest, line):
        self._need_template(line)
        self._need(not rest, line, "end takes nothing")
        self.html.boundary()
        if not self.blocks:
            if self.html.state.mode != "text" or self.html.state.element:
                raise TemplateError(line, "the template ends within a tag")
            self._flush()
            self.body.append("}")
            self.html = None
            return
        block = self.blocks.pop()
        state = self.html.state
        if block.kind == "for":
            if state.key() != block.entry.key():
                raise TemplateError(line, "a round of the loop must end at the place of the HTML where it began")
        else:
            self.html.state = merge(block.exits + [state] + ([] if block.has_else else [block.entry]))
        self._statement(line, "}")

    # --- parts --------------------------------------------------------------------------------------------------------

    def _next_branch(self, word, line):
        if not self.blocks or self.blocks[-1].kind != "if" or self.blocks[-1].has_else:
            raise TemplateError(line, f"{word} without an if")
        self.html.boundary()
        block = self.blocks[-1]
        block.exits.append(self.html.state)
        self.html.state = block.entry.copy()

    def _need_template(self, line):
        self._need(self.html, line, "outside a template")

    @staticmethod
    def _need(condition, line, message):
        if not condition:
            raise TemplateError(line, message)

    def _flush(self):
        data = "".join(self.pending).encode("utf-8")
        self.pending = []
        while data:
            cut = len(data) if len(data) <= LONGEST_LITERAL else LONGEST_LITERAL
            while cut < len(data) and data[cut] & 0xC0 == 0x80:
                cut -= 1
            self.body.append(f"view_static(out, {c_literal(data[:cut])}, {cut});")
            data = data[cut:]

    def _statement(self, line, code):
        self._flush()
        self.body.append(f'#line {line} "{self.shown_path}"\n{code}')

    # --- the two files ------------------------------------------------------------------------------------------------

    def header(self, name):
        guard = "KP_" + re.sub(r"[^A-Za-z0-9]", "_", name).upper() + "_H"
        includes = "".join(f"#include {include}\n" for include in self.includes)
        prototypes = "\n".join(self.prototypes)
        return f'#ifndef {guard}\n#define {guard}\n\n#include "view/view.h"\n{includes}\n{prototypes}\n\n#endif\n'

    def code(self, name):
        return f'#include "{name}.h"\n#include "view/template.h"\n' + "\n".join(self.body) + "\n"


def write_if_changed(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    try:
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return
    except FileNotFoundError:
        pass
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", required=True, help="folder that names are relative to")
    parser.add_argument("--out", required=True, help="folder of the made files")
    parser.add_argument("templates", nargs="+")
    arguments = parser.parse_args()
    failed = False
    for path in arguments.templates:
        name = os.path.relpath(path, arguments.root)
        try:
            with open(path, encoding="utf-8") as file:
                compiler = Compiler(file.read(), path)
            compiler.compile()
        except TemplateError as error:
            print(f"{path}:{error.line}: {error}", file=sys.stderr)
            failed = True
            continue
        write_if_changed(os.path.join(arguments.out, name + ".h"), compiler.header(name))
        write_if_changed(os.path.join(arguments.out, name + ".c"), compiler.code(name))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
