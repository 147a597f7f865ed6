#!/usr/bin/env python3
"""Shows the checks of this folder files they must pass and files they must refuse. `make lint` runs it."""

import importlib.util
import pathlib
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(TOOLS))
TAKERS = "bool db_exec(struct db_conn *c, const char *literal, int n);\n"


def load(name):
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Layers(unittest.TestCase):
    def setUp(self):
        self.check = load("check_layers")

    def test_downwards_and_within_a_folder(self):
        for source, target in [("db/db.h", "base/err.h"), ("db/db.c", "db/sql.h"), ("main.c", "bulk/demo/demo.h"),
                               ("customer/cases/a.c", "customer/cases/b.h"), ("customer/cases/a.c", "access/actor.h"),
                               ("bulk/demo/a.c", "bulk/exchange/exchange.h"), ("staff/work/a.c", "parts/messages/messages.h"),
                               ("view/view.h", "model/case_fields.h"), ("model/case.c", "model/contact.h")]:
            self.assertIsNone(self.check.breach(source, target), (source, target))

    def test_upwards_sideways_and_past_a_public_header(self):
        for source, target in [("base/str.c", "db/db.h"), ("db/db.c", "http/http.h"), ("view/view.h", "access/actor.h"),
                               ("portal/web.c", "customer/cases/cases.h"), ("bulk/demo/a.c", "bulk/exchange/rows.h"),
                               ("db/db.c", "db.h"), ("db/db.c", "nowhere/x.h"), ("customer/cases/a.c", "main.h"),
                               ("model/case.c", "parts/messages/messages.h"), ("portal/web.c", "model/case.h"),
                               ("lists/list.c", "forms/form.h"), ("parts/messages/a.c", "staff/work/work.h")]:
            self.assertIsNotNone(self.check.breach(source, target), (source, target))

    def test_customers_staff_and_bulk_never_know_each_other(self):
        for one in ("customer", "staff", "bulk"):
            for other in ("customer", "staff", "bulk"):
                reason = self.check.breach(f"{one}/a/a.c", f"{other}/b/b.h")
                self.assertEqual(reason is None, one == other, (one, other))

    def test_cycle_of_files(self):
        self.assertIsNone(self.check.find_cycle({"a": ["b", "c"], "b": ["c"]}))
        self.assertEqual(self.check.find_cycle({"a": ["b"], "b": ["c"], "c": ["b"]}), ["b", "c", "b"])

    def test_modules(self):
        entities = {"login", "staff_user", "case", "case_columns"}
        for path, module in [("model/login.c", "model/login"), ("model/login_find.c", "model/login"), ("main.c", "main"),
                             ("model/test_login.c", "model/login"), ("model/staff_user.c", "model/staff_user"),
                             ("model/case_columns.h", "model/case"), ("model/case_fields.h", "fields"), ("db/sql.c", "db"),
                             ("staff/work/orders.c", "staff/work"), ("parts/messages/thread.c", "parts/messages")]:
            self.assertEqual(self.check.module(path, entities), module, path)

    def test_rings_of_modules(self):
        self.assertEqual(self.check.find_rings({"a": ["b", "c"], "b": ["c"]}), [])
        self.assertEqual(self.check.find_rings({"a": ["b"], "b": ["c"], "c": ["a", "d"], "d": ["e"], "e": ["d"]}),
                         [["a", "b", "c"], ["d", "e"]])

    def test_tables_are_written_by_their_owner(self):
        for code, tables in [('f("DELETE FROM login WHERE id = $1");', ["login"]), ('f("UPDATE log" "in SET x = 1");', ["login"]),
                             ('f("INSERT INTO " \n  "login (x)" MACRO " UPDATE cases AS c SET y = 2");', ["login", "cases"]),
                             ('/* "DELETE FROM login" */ // "UPDATE login"', []), ('f("SELECT 1 FOR UPDATE OF x");', []),
                             ('f("INSERT INTO login (x) VALUES (1) ON CONFLICT (x) DO UPDATE SET x = 1");', ["login"])]:
            self.assertEqual([table for _, table in self.check.writes(code)], tables, code)
        self.check.KNOWN_TABLES = []
        for table, module, sound in [("login", "model/login", True), ("login", "staff/accounts", False), ("unheard", "db", False),
                                     ("stage_cases", "bulk/exchange", True), ("stage_cases", "bulk/demo", False)]:
            problems = list(self.check.table_problems("x.c", f'f("DELETE FROM {table}");', module))
            self.assertEqual(problems == [], sound, problems)

    def test_rows_are_saved_by_the_module_of_their_entity(self):
        call = "return record_save(conn, arena,\n    &customer_entity, columns, count, id, err);"
        for module, sound in [("model/customer", True), ("model/object", False), ("staff/registers", False)]:
            self.assertEqual(list(self.check.table_problems("x.c", call, module)) == [], sound, module)
        self.assertNotEqual(list(self.check.table_problems("x.c", "record_save(conn, entity, columns);", "staff/x")), [])




class Examples(unittest.TestCase):
    def setUp(self):
        self.check = load("check_examples")

    def problems(self, text):
        with tempfile.TemporaryDirectory() as folder:
            return list(self.check.problems("docs/a.md", text, pathlib.Path(folder)))

    def test_templates_and_files_compile(self):
        header = "```c\n/* src/customer/x/view.h */\n#include \"view/view.h\"\nstruct x_view { struct str name; };\n```\n"
        template = "```html\n{% include \"customer/x/view.h\" %}\n{% template x(struct x_view *p) %}\n{{ p->FIELD }}{% end %}\n```\n"
        self.assertEqual(self.problems(header + template.replace("FIELD", "name")), [])
        self.assertIn("docs/a.md:7: the example does not compile", self.problems(header + template.replace("FIELD", "no"))[0])

    def test_what_is_no_file_is_left_alone(self):
        self.assertEqual(self.problems("```html\n<p class=x>\n```\n```sh\nmake\n```\n```c\nfragment\n```\n"), [])

    def test_the_line_of_a_fault_is_told(self):
        self.assertEqual(self.problems("# A\n\n```html\n{% template t() %}\n{% endif %}\n{% end %}\n```\n"),
                         ["docs/a.md:5: unknown directive {% endif %}"])
        self.assertTrue(self.problems("```json\n{,}\n```\n")[0].startswith("docs/a.md:2: "))


class References(unittest.TestCase):
    KNOWN = {"domain": {"3", "3.1", "4", "5", "5.2"}, "contract": {"3"}}

    def setUp(self):
        self.check = load("check_references")

    def messages(self, name, text, *there):
        return [message for _, message in self.check.broken(name, text, self.KNOWN, lambda target: target in there)]

    def test_headings_and_rules_have_numbers(self):
        text = "# Title\n## 3. Three ways\n### 3.1 Contact\n- **5.2** One predicate\n- **not** a rule\n"
        self.assertEqual(self.check.numbers_of(text), {"3", "3.1", "5.2"})

    def test_numbers_are_found_in_every_form(self):
        for text, numbers in [("/* domain 5 */", "5"), ("Domain 3–5 and", "3 5"), ("(contract 3, parameter q)", "3"),
                              ("domain 3, 4 and 5.2", "3 4 5.2"), ("domain 3.1: one", "3.1"), ("a domain of 7", "")]:
            self.assertEqual(" ".join(number for _, _, number in self.check.references(text)), numbers, text)

    def test_what_leads_nowhere_is_told(self):
        self.assertEqual(self.messages("src/a.c", "domain 5 and 6"), ["domain 6 is not in docs/domain.md"])
        self.assertEqual(self.messages("src/a.c", "see docs/gone.md, and docs/NAME.md"), ["docs/gone.md does not exist"])
        self.assertEqual(self.messages("docs/a.md", "[x](b.md#c) [y](https://x.se) [z](gone.md)", "docs/b.md"),
                         ["the link gone.md leads nowhere"])
        self.assertEqual(self.messages("README.md", "`src/view/field.html` `src/gone.c` ./src/x", "src/view/field.html"),
                         ["src/gone.c does not exist"])
        self.assertEqual(self.messages("src/a.c", "src/gone.c"), [], "paths are looked for in documents alone")


class Names(unittest.TestCase):
    def test_doubles(self):
        check = load("check_names")
        one = "static bool show(struct visit *visit,\n                 int n)\n{\n    return save(visit);\n}\n"
        other = "struct str *show(void)\n{\n}\n\nbool save(struct visit *visit);\n"
        self.assertEqual(check.find_doubles([("a.c", one), ("b.c", other)]), {"show": ["a.c", "b.c"]})
        self.assertEqual(check.find_doubles([("a.c", one), ("b.c", "bool save(struct visit *visit)\n{\n}\n")]), {})


class Sql(unittest.TestCase):
    def problems(self, code):
        check = load("check_sql")
        with tempfile.TemporaryDirectory() as folder:
            check.SRC = pathlib.Path(folder) / "src"
            (check.SRC / "x").mkdir(parents=True)
            (check.SRC / "x" / "takers.h").write_text(TAKERS)
            (check.SRC / "x" / "other.c").write_text("static void of_another_file(const char *literal)\n{\n}\n")
            (check.SRC / "x" / "code.c").write_text(code)
            return list(check.find_problems([check.Source(path) for path in sorted(check.SRC.rglob("*.[ch]"))]))

    def test_literals(self):
        for code in ['sql_put(s, "x" UPPER " y");', 'sql_put(s, i ? ", " : "");', 'sql_put(s, t->literal);', 'sql_put(s, ("x"));',
                     'const char *literal = "x";', 'sql_put(s, order_literals[k]);', 'sql_put(s, order_literal(2));',
                     'sql_put(s, order_literal(&t->rows[i]));', 'static const char *const x_literals[] = {[A] = "a", [B] = "b"};',
                     'static int f(int x)\n{\n}\nint g(int y)\n{\n    return of_another_file(y);\n}',
                     '/* sql_put(s, x); */ f("sql_put(s, x);");', 'if (p->literal == x) y();', 'f(a < b && c > d, "1 < 2");',
                     'static const char *order_literal(int k)\n{\n    return k ? "a" : "b";\n}']:
            self.assertEqual(self.problems(code), [], code)

    def test_anything_else(self):
        for code in ['sql_put(s, z);', 'sql_put(s, i ? q : "");', 'const char *literal = input;', 'p->literal = x;',
                     'sql_put(s, arena_printf(a, "x").p);', 'sql_put(s, order_literal(2)->x);', 'db_exec(c, build(x), 1);',
                     'sql_put(s, (const char *)x);', 'sql_put(&sql, "a)b"); sql_put(&sql, y);', 'buf_str(&sql.text, x);',
                     'static const char *order_literal(int k)\n{\n    return k ? "a" : b;\n}', 'x = (struct html){s};',
                     'buf_str(&out, STR("<b>x</b>"));', 'static void f(const char *literal)\n{\n}\nvoid g(int x)\n{\n    f(x);\n}']:
            self.assertEqual(len(self.problems(code)), 1, code)

    def test_values_of_a_sentence(self):
        for code in ['sql_put(s, " AND a >= ? AND b = ?", DB_INT(f(1, 2)), DB_TEXT(n));', 'sql_put(s, "SELECT 1");',
                     'sql_put(s, "{} = ?", SQL(t->name_literal), DB_INT(n));', 'sql_put(s, " LIKE \'?{\\"\' || ?", DB_TEXT(n));',
                     'x = sql_start(arena, i ? "a = ?" : "b = ?", DB_INT(n));', 'sql_put(s, t->literal, DB_INT(n));',
                     '#define HEAD "SELECT ?, "\nsql_put(s, HEAD " ?", DB_INT(1), DB_INT(2));',
                     'sql_put(s, "{}?", SQL(i ? ", " : ""), DB_INT(n));', 'sql_put(s, "COLLATE \\"a?\\" = ?", DB_INT(n));']:
            self.assertEqual(self.problems(code), [], code)
        for code in ['sql_put(s, "a = ?");', 'sql_put(s, "a = ?", DB_INT(1), DB_INT(2));', 'sql_put(s, "a", DB_INT(1));',
                     'sql_put(s, "{} = ?", DB_INT(1), SQL("a"));', 'sql_put(s, "a = ?", SQL("b"));', 'sql_put(s, "a = $1");',
                     'sql_put(s, "a = \'x");', 'x = sql_start(arena, i ? "a = ?" : "b", DB_INT(n));', 'sql_put(s, "{}", SQL(z));',
                     '#define HEAD "SELECT ?, "\nsql_put(s, HEAD " ?", DB_INT(1));', 'sql_put_parts(s, p, 1);',
                     'v = (struct db_value){.type = DB_VALUE_SQL};']:
            self.assertEqual(len(self.problems(code)), 1, code)


    def test_codes_have_names(self):
        for code in ['f("status = " DONE_SQL " AND x = 2");', 'f("SET status = $1, x = 2");', 'f("SELECT kind, 2 = n");',
                     'f("t.status = \'1\'");', 'f("order_status2 = 1");', 'response->status = 404;', 'f(x, status, 2);',
                     '/* "status = 2" */', 'if (kind == 0 || state == DONE) f();', 'f("status = " DONE_SQL "2");']:
            self.assertEqual(self.problems(code), [], code)
        for code in ['f("c.status = 2");', 'f("WHERE status " "<> 1");', 'f("status IN (0, 1)");', 'f("2 > w.status AND x");',
                     'f("MAX(o.status) = 1");', 'f("CASE role WHEN 1 THEN x END");', 'f("COALESCE(s.state, 0)");',
                     '#define OPEN \\\n    "status " \\\n    "< 2"\n', 'f(HEAD "SET state = 1" TAIL);', 'f("kind = 1");',
                     'if (row->status == 2) f();', 'order_status = 1;']:
            self.assertEqual(len(self.problems(code)), 1, code)


class Audit(unittest.TestCase):
    TAKERS = "bool visit_audit(struct visit *visit, const char *action, int n);\n"

    def problems(self, code, texts='    {"a", _("A")},\n    {"b", _("B")},\n'):
        check = load("check_audit")
        with tempfile.TemporaryDirectory() as folder:
            source = load("check_sql")
            source.SRC = pathlib.Path(folder) / "src"
            source.SRC.mkdir()
            (source.SRC / "takers.h").write_text(self.TAKERS)
            (source.SRC / "code.c").write_text(code)
            return check.find_problems([source.Source(path) for path in sorted(source.SRC.iterdir())], texts)

    def test_all_are_told(self):
        for code in ['visit_audit(v, x->y ? "a" : "b", 1);', 'visit_audit(v, s->action, 1);\nt = {.n = f(1, 2), .action = on ? "a" : "b"};',
                     'const char *action = on ? "a" : "b";\nvisit_audit(v, action, 1);\nform.action = STR("/x");',
                     'static bool note(const char *action)\n{\n    return visit_audit(v, action, 1);\n}\nint g(void)\n{\n    note("a");\n    note("b");\n}']:
            self.assertEqual(self.problems(code), [], code)

    def test_forgotten(self):
        both = 'visit_audit(v, x ? "a" : "b", 1);'
        for code in ['visit_audit(v, "c", 1);', 'visit_audit(v, which, 1);', 's = {.action = "c"};', 'const char *action = "c";']:
            self.assertEqual(len(self.problems(both + code)), 1, code)
        self.assertEqual(len(self.problems('visit_audit(v, "a", 1);')), 1)
        self.assertEqual(len(self.problems(both, '    {"a", _("A")},\n    {"b", _("B")},\n    {"b", _("C")},\n')), 1)


if __name__ == "__main__":
    unittest.main()
