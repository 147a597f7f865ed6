#!/usr/bin/env python3
"""Tests of the compilers of templates and catalogues. Writes TAP."""

import os
import sys
import tempfile
import unittest

from catalogue_files import CatalogueError, missing_texts, read_catalogue, used_texts
from compile_templates import Compiler
from template_html import Tokenizer
from template_syntax import TemplateError


def compiled(body, parameters=""):
    compiler = Compiler("{% template t(" + parameters + ") %}" + body + "{% end %}", "t.html")
    compiler.compile()
    return compiler


def statements(body, parameters=""):
    return [line for line in compiled(body, parameters).body[1:] if not line.startswith("(void)")][:-1]


class Escaping(unittest.TestCase):
    def verb(self, body):
        found = [line.split("view_out_")[1].split("(")[0] for line in statements(body) if "view_out_" in line]
        return found[0] if len(found) == 1 else found

    def test_the_place_decides(self):
        self.assertEqual(self.verb("<p>{{ x }}</p>"), "text")
        self.assertEqual(self.verb('<p title="{{ x }}"></p>'), "attr")
        self.assertEqual(self.verb("<p title='a {{ x }}'></p>"), "attr")
        self.assertEqual(self.verb('<a href="{{ x }}"></a>'), "url")
        self.assertEqual(self.verb('<a href="/c/{{ x }}"></a>'), "url_part")
        self.assertEqual(self.verb('<a href="{{ x }}?q={{ y }}"></a>'), ["url", "url_part"])
        self.assertEqual(self.verb('<form action="{{ x }}"></form>'), "url")
        self.assertEqual(self.verb('<button FORMACTION="{{ x }}"></button>'), "url")
        self.assertEqual(self.verb("<textarea>{{ x }}</textarea>"), "text")
        self.assertEqual(self.verb('<a href="/x"></a>{{ x }}'), "text")
        self.assertEqual(self.verb('<a title="a>b"{% if c %} id="{{ x }}"{% end %}></a>'), "attr")

    def test_branches_that_begin_an_address(self):
        self.assertEqual(self.verb('<a href="{% if a %}{{ x }}{% else %}/b/{{ y }}{% end %}/{{ z }}"></a>'),
                         ["url", "url_part", "url_part"])


class Refused(unittest.TestCase):
    def refused(self, body, message, line=1):
        with self.assertRaises(TemplateError) as caught:
            compiled(body)
        self.assertIn(message, str(caught.exception))
        self.assertEqual(caught.exception.line, line, body)

    def test_what_cannot_be_escaped(self):
        self.refused("<p>\n<{{ x }}>", "name", 2)
        self.refused("<p {{ x }}></p>", "names")
        self.refused("<p a{{ x }}></p>", "names")
        self.refused("<!-- {{ x }} -->", "comment")
        self.refused("<!doctype {{ x }}>", "doctype")
        self.refused('<script src="/x">{{ x }}</script>', "script")
        self.refused('<a href="{% if a %}/b{% end %}{{ z }}"></a>', "begins the address")

    def test_unsafe_html(self):
        self.refused("\n<p id=x></p>", "not quoted", 2)
        self.refused("<p id={{ x }}></p>", "not quoted")
        self.refused('<p\n onclick="x()"></p>', "inline script", 2)
        self.refused('<p style="x"></p>', "style")
        self.refused("<style>x</style>", "inline style")
        self.refused("<script>\nx()</script>", "inline script", 2)
        self.refused('<a href="javascript:x()"></a>', "javascript")
        self.refused('<a href=" java{# #}script:x()"></a>', "javascript")
        self.refused('<iframe srcdoc="x"></iframe>', "srcdoc")
        self.refused("a < b", "&lt;")
        self.refused('<p id="a"class="b"></p>', "blank")
        self.refused("<p hidden{% if a %}b{% end %}></p>", "blank")

    def test_unbalanced_directives(self):
        self.refused("<p>{% if a %}", "no {% end %}")
        self.refused("{% else %}", "without an if")
        self.refused("{% if a %}{% else %}{% else %}{% end %}", "without an if")
        self.refused("{% if %}{% end %}", "condition")
        self.refused("\n{% for x in y %}{% end %}", "for is", 2)
        self.refused("{% for struct a *x in y %}{% end %}", "for is")
        self.refused("{% while a %}", "unknown directive")
        self.refused("{% if a %}<p{% end %}>", "different places")
        self.refused("{% for struct a *x in y[1] %}<p {% end %}>", "place")
        self.refused("<p {% end %}", "within a tag")
        self.refused('<p id="{% call x() %}">', "between tags")
        self.refused("{{ }}", "without an expression")
        self.refused("a }} b", "other half")
        for source, line in (("x{% template t() %}{% end %}", 1), ("{% end %}", 1), ("", 1), ("\n{{ x }}", 2),
                             ("{% template t() %}\n{% template u() %}", 2), ("{% template t() %}{% end %}\n{% end %}", 2)):
            with self.assertRaises(TemplateError) as caught:
                Compiler(source, "t.html").compile()
            self.assertEqual(caught.exception.line, line, source)


class Code(unittest.TestCase):
    def test_static_text(self):
        self.assertEqual(statements('<p title="ö">?\\</p>'), ['view_static(out, "<p title=\\"ö\\">\\077\\\\</p>", 20);'])
        long = statements("å" * 3000)
        self.assertEqual([line.rsplit(",")[-1] for line in long], [" 4000);", " 2000);"])

    def test_white_space_is_folded(self):
        self.assertEqual(Tokenizer().feed("<p>\n    a  b\n\n c</p>\n"), "<p>\na  b\nc</p>\n")
        self.assertEqual(Tokenizer().feed("<p\n   id='a\n b'>"), "<p id='a\n b'>")
        self.assertEqual(Tokenizer().feed("<pre>\n  a\n</pre>\n  b"), "<pre>\n  a\n</pre>\nb")
        self.assertEqual(Tokenizer().feed("a<!-- b\n -->c"), "ac")
        body = "\n<ul>\n  {% if a %}\n  <li>\n  {% end %}\n</ul>\n"
        self.assertIn('view_static(out, "<ul>\\n", 5);', statements(body))

    def test_directives(self):
        lines = statements("\n{% for struct row *r in p->rows[p->n[0]] %}\n{{ r_i }}{% end %}")
        self.assertEqual(lines, [
            '#line 2 "t.html"\nfor (size_t r_i = 0; r_i < (size_t)(p->n[0]); r_i++) {',
            '#line 2 "t.html"\nconst struct row *r = &(p->rows)[r_i];',
            '#line 2 "t.html"\n(void)r;',
            '#line 3 "t.html"\nview_out_text(out, r_i);',
            '#line 3 "t.html"\n}'])
        self.assertEqual(statements("{% if a %}{% elif b %}{% else %}{% end %}"), [
            '#line 1 "t.html"\nif (a) {', '#line 1 "t.html"\n} else if (b) {', '#line 1 "t.html"\n} else {',
            '#line 1 "t.html"\n}'])
        self.assertEqual(statements('{% call row(&p->row, _("A")) %}'),
                         ['#line 1 "t.html"\nrow_html(out, v, &p->row, tr(v->lang, _("A")));'])

    def test_parameters(self):
        self.assertEqual(compiled("", "struct a *x, const char *y, int n").prototypes,
                         ["void t_html(struct buf *out, const struct view *v, const struct a *x, const char *y, int n);"])

    def test_texts(self):
        def expression(source):
            return statements("{{ " + source + " }}")[0].split("\n")[1]

        self.assertEqual(expression('_("A {b}")'), 'view_out_text(out, tr(v->lang, _("A {b}")));')
        self.assertEqual(expression('_("{1} }} %} {2}", a, f(b, c))'),
                         'view_out_text(out, tr_fill(v->arena, v->lang, _("{1} }} %} {2}"), '
                         "(const struct str[]){a, f(b, c)}, 2));")
        self.assertEqual(expression('_n("{n} a", "{n} b", n)'),
                         'view_out_text(out, tr_n(v->arena, v->lang, _("{n} a"), _("{n} b"), (int64_t)(n)));')
        self.assertEqual(expression('a ? _("b") : _("c")'),
                         'view_out_text(out, a ? tr(v->lang, _("b")) : tr(v->lang, _("c")));')
        self.assertEqual(expression("tr_(x)"), "view_out_text(out, tr_(x));")
        for wrong in ("_(x)", '_("{1}")', '_("a", x)', '_("{2}", x)', '_n("a", "b")', '_("a"'):
            with self.assertRaises(TemplateError):
                statements("{{ " + wrong + " }}")


class Catalogue(unittest.TestCase):
    HEADER = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = os.path.join(self.folder.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def swedish(self, *files):
        for number, text in enumerate(files):
            self.write(f"{number}/sv.po", self.HEADER + text)
        return read_catalogue(self.folder.name, "sv")

    def test_entries(self):
        catalogue = self.swedish('#: x.c:1\nmsgid "a"\n"b"\nmsgstr "c\\n"\n"\\"d\\""\n\nmsgid "{n} x"\nmsgid_plural "{n} y"\n'
                                 'msgstr[0] "en"\nmsgstr[1] "{n} fler"\n\n#~ msgid "old"\n\n#, fuzzy\nmsgid "f"\nmsgstr "g"\n\n'
                                 'msgid "empty"\nmsgstr ""\n')
        self.assertEqual({key: entry.texts for key, entry in catalogue.items()},
                         {"ab": ('c\n"d"',), "{n} x": ("en", "{n} fler")})

    def test_two_files(self):
        same = 'msgid "a"\nmsgstr "b"\n'
        self.assertEqual(len(self.swedish(same, same)), 1)
        with self.assertRaisesRegex(CatalogueError, "another text"):
            self.swedish(same, 'msgid "a"\nmsgstr "c"\n')

    def test_faults(self):
        for fault in ('msgid "a {1}"\nmsgstr "b"\n', 'msgid "a"\nmsgstr "b {1}"\n', 'msgid "a"\nmsgstr b\n',
                      'msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n'):
            with self.assertRaises(CatalogueError, msg=fault):
                self.swedish(fault)

    def test_marked_texts(self):
        self.write("a.c", '// _("no")\nx(_("one " /* c */\n "two"), \'"\', tr_n(a, l, _("{n} a"), _("{n} b"), n));\n'
                          'tr_n(a, l, _("{n} c"), _("{n} d"), n); err_set(e, K, _("refused"), "log"); s = "_(\\"no\\")";')
        self.write("b.html", '{% if x %}\n{{ _("three") }}{% end %}{{ f(_n("i", "j", 2)) }}')
        self.write("test_c.c", '_("no")')
        uses, read = used_texts(self.folder.name)
        self.assertEqual({msgid: use.plural for msgid, use in uses.items()},
                         {"one two": None, "{n} a": "{n} b", "{n} b": None, "{n} c": "{n} d", "{n} d": None, "refused": None, "three": None, "i": "j"})
        self.assertTrue(uses["three"].place.endswith("b.html:2"))
        self.assertEqual(len(read), 3)
        swedish = self.swedish('msgid "three"\nmsgstr "tre"\n\nmsgid "i"\nmsgstr "i"\n')
        self.assertEqual(sorted(msgid for _, msgid in missing_texts(uses, swedish)), ["i", "one two", "refused", "{n} a", "{n} c"])


class TapResult(unittest.TestResult):
    number = 0

    def line(self, test, ok, detail=""):
        self.number += 1
        print(f"{'' if ok else 'not '}ok {self.number} - {test.id()}")
        for text in detail.splitlines():
            print(f"# {text}")

    def addSuccess(self, test):
        self.line(test, True)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.line(test, False, self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self.line(test, False, self.errors[-1][1])


if __name__ == "__main__":
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    print(f"1..{suite.countTestCases()}")
    result = TapResult()
    suite.run(result)
    sys.exit(0 if result.wasSuccessful() else 1)
