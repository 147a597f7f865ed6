#include "staff/find/find.h"

#include "model/search_input.h"

#define QUESTION_MAX 200
#define NAMED_MAX 5

const char *const lookup_paths[LOOKUP_KINDS] = {"/staff/lookup/customers", "/staff/lookup/objects",
                                                "/staff/lookup/contacts", "/staff/lookup/articles"};

/* Every kind selects the same columns. */
static const struct source {
    const char *select_literal;
    enum search_index index;
    const struct msgid *unknown;
} SOURCES[LOOKUP_KINDS] = {
    {"SELECT t.id, t.number, t.name, t.street, t.postal_code, t.city, '', t.active, 0, '', '', 0 FROM customer t",
     SEARCH_CUSTOMERS, _("There is no customer with this number.")},
    {"SELECT t.id, t.number, t.name, t.street, t.postal_code, t.city, '', t.active, COALESCE(cu.id, 0),"
     " COALESCE(cu.number, ''), COALESCE(cu.name, ''), COALESCE(cu.active, 0) FROM object t"
     " LEFT JOIN customer cu ON cu.id = t.customer_id",
     SEARCH_OBJECTS, _("There is no object with this number.")},
    {"SELECT t.id, t.number, t.first_name || ' ' || t.last_name, CASE WHEN t.mobile <> '' THEN t.mobile ELSE t.phone"
     " END, '', '', t.email, t.active, COALESCE(cu.id, 0), COALESCE(cu.number, ''), COALESCE(cu.name, ''),"
     " COALESCE(cu.active, 0) FROM contact t LEFT JOIN customer cu ON cu.id = (SELECT MIN(x.customer_id)"
     " FROM contact_customer x WHERE x.contact_id = t.id HAVING COUNT(*) = 1)",
     SEARCH_CONTACTS, _("There is no contact with this number.")},
    {"SELECT t.id, t.number, t.name, t.unit, '', '', '', t.active, 0, '', '', 0 FROM article t", SEARCH_ARTICLES,
     _("There is no article with this number.")},
};

static void lookup_read(struct db_rows *rows, struct lookup_hit *hit)
{
    db_read(rows, TO(&hit->id), TO(&hit->number), TO(&hit->name), TO(&hit->street), TO(&hit->postal_code),
            TO(&hit->city), TO(&hit->email), TO(&hit->active), TO(&hit->customer_id), TO(&hit->customer_number),
            TO(&hit->customer_name), TO(&hit->customer_active));
    hit->name = str_trim(hit->name);
}

bool lookup_number(struct visit *visit, enum lookup_kind kind, struct str number, struct lookup_hit *hit,
                   struct err *err)
{
    *hit = (struct lookup_hit){.id = 0};
    struct sql sql =
        sql_start(visit->arena, "{} WHERE t.number = ?", SQL(SOURCES[kind].select_literal), DB_TEXT(number));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    if (db_next(rows))
        lookup_read(rows, hit);
    return db_done(rows, err);
}

bool lookup_words(struct visit *visit, enum lookup_kind kind, struct str words, struct lookup_hit **hits, size_t *count,
                  struct err *err)
{
    struct search_text search;
    search_read(visit->arena, utf8_prefix(words, QUESTION_MAX), &search);
    *hits = ARENA_ARRAY(visit->arena, struct lookup_hit, LOOKUP_HITS);
    *count = 0;
    if (!search.count && !search.signs.n && str_trim(words).n)
        return true;
    if (!search_measure(visit->db, visit->arena, SOURCES[kind].index, &search, err))
        return false;
    struct sql sql = sql_start(visit->arena, "{} WHERE t.active = 1", SQL(SOURCES[kind].select_literal));
    search_add_indexed(&sql, db_conn_engine(visit->db), SOURCES[kind].index, "t.id", &search);
    sql_put(&sql, " ORDER BY t.number COLLATE \"sv-natural\" LIMIT ?", DB_INT(LOOKUP_HITS));
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (db_next(rows) && *count < LOOKUP_HITS)
        lookup_read(rows, &(*hits)[(*count)++]);
    return db_done(rows, err);
}

/* --- when the form is sent ---------------------------------------------------------------------------------------- */

static struct str ambiguous(struct visit *visit, const struct lookup_hit *hits, size_t count)
{
    struct buf names;
    buf_init(&names, visit->arena);
    for (size_t i = 0; i < count && i < NAMED_MAX; i++)
        buf_printf(&names, "%s%.*s (%.*s)", i ? ", " : "", STR_FMT(hits[i].name), STR_FMT(hits[i].number));
    struct str text = buf_text(&names);
    return tr_fill(visit->arena, visit->view.lang, _("Several match: {1}. Write the number of one."), &text, 1);
}

bool lookup_typed(struct visit *visit, enum lookup_kind kind, struct str typed, struct lookup_hit *hit,
                  struct str *fault, struct err *err)
{
    struct lookup_hit *hits;
    size_t count = 0;
    *fault = STR_NONE;
    if (!lookup_number(visit, kind, typed, hit, err) ||
        (!hit->id && !lookup_number(visit, kind, search_input(visit->arena, typed), hit, err)))
        return false;
    if (hit->id)
        return true;
    if (!lookup_words(visit, kind, typed, &hits, &count, err))
        return false;
    if (count == 1)
        *hit = hits[0];
    else
        *fault = count ? ambiguous(visit, hits, count) : visit_tr(visit, SOURCES[kind].unknown);
    return true;
}

/* --- while the user types ----------------------------------------------------------------------------------------- */

static void lookup_write_pair(struct buf *out, const char *name, struct str value, struct str label)
{
    buf_printf(out, ",\"%s\":{\"value\":", name);
    buf_json(out, value);
    buf_z(out, ",\"label\":");
    buf_json(out, label);
    buf_char(out, '}');
}

/*
 * Writes the values that a chosen row fills into other fields while these are empty: an object its customer and
 * address, a contact the reporter's name and phone, and its customer when it has only one.
 */
static void lookup_write_proposals(struct buf *out, enum lookup_kind kind, const struct lookup_hit *hit)
{
    struct buf own;
    buf_init(&own, out->arena);
    if (kind == LOOKUP_OBJECT && hit->customer_id && hit->customer_active)
        lookup_write_pair(&own, "customer", hit->customer_number, hit->customer_name);
    if (kind == LOOKUP_OBJECT) {
        lookup_write_pair(&own, "customer_of", hit->number, STR_NONE);
        lookup_write_pair(&own, "site_street", hit->street, hit->street);
        lookup_write_pair(&own, "site_postal_code", hit->postal_code, hit->postal_code);
        lookup_write_pair(&own, "site_city", hit->city, hit->city);
    }
    if (kind == LOOKUP_CONTACT) {
        if (hit->customer_active)
            lookup_write_pair(&own, "only_customer", hit->customer_number, hit->customer_name);
        lookup_write_pair(&own, "reporter", hit->name, hit->name);
        lookup_write_pair(&own, "reporter_phone", hit->street, hit->street);
    }
    if (!own.n)
        return;
    buf_z(out, ",\"proposes\":{");
    buf_str(out, str_slice(buf_text(&own), 1, own.n));
    buf_char(out, '}');
}

static struct str detail_of(struct arena *arena, enum lookup_kind kind, const struct lookup_hit *hit)
{
    struct buf out;
    const struct str parts[] = {hit->number, kind == LOOKUP_CONTACT ? hit->email : hit->street,
                                kind == LOOKUP_CONTACT ? hit->street : hit->city, hit->customer_name};
    buf_init(&out, arena);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].n)
            buf_printf(&out, "%s%.*s", out.n ? " · " : "", STR_FMT(parts[i]));
    }
    return buf_text(&out);
}

bool lookup_send(struct visit *visit, struct err *err)
{
    enum lookup_kind kind = LOOKUP_CUSTOMER;
    while (!str_eqz(visit->request->path, lookup_paths[kind]))
        kind++;
    struct lookup_hit *hits;
    size_t count = 0;
    struct buf *out = &visit->response->body;
    if (!lookup_words(visit, kind, http_param(&visit->request->query, "q"), &hits, &count, err))
        return false;
    visit->response->status = 200;
    visit->response->content_type = "application/json";
    buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        buf_z(out, i ? ",{\"value\":" : "{\"value\":");
        buf_json(out, hits[i].number);
        buf_z(out, ",\"label\":");
        buf_json(out, hits[i].name);
        buf_z(out, ",\"detail\":");
        buf_json(out, detail_of(visit->arena, kind, &hits[i]));
        lookup_write_proposals(out, kind, &hits[i]);
        buf_char(out, '}');
    }
    buf_char(out, ']');
    return true;
}

/* --- references in forms ------------------------------------------------------------------------------------------ */

static bool kind_of_lookup(enum field_kind kind, enum lookup_kind *lookup)
{
    *lookup = (enum lookup_kind)(kind - FIELD_CUSTOMER); /* both have the same order */
    return kind >= FIELD_CUSTOMER && kind <= FIELD_ARTICLE;
}

void form_lookup_path(struct form *form, size_t at)
{
    enum lookup_kind kind;
    if (kind_of_lookup(form->fields[at].rule->kind, &kind))
        form->fields[at].lookup = lookup_paths[kind];
}

bool form_lookup(struct form *form, size_t at, struct err *err)
{
    struct visit *visit = form->visit;
    enum lookup_kind kind;
    struct str rest = form->values[at], line;
    struct buf lines;
    if (!kind_of_lookup(form->fields[at].rule->kind, &kind))
        return true;
    buf_init(&lines, visit->arena);
    while (str_cut(&rest, '\n', &line)) {
        struct lookup_hit hit;
        struct str why = STR_NONE;
        if (!lookup_typed(visit, kind, line, &hit, &why, err))
            return false;
        if (!hit.id && !form->errors[at].n)
            form->errors[at] = why;
        form->ids[at] = hit.id;
        buf_z(&lines, lines.n ? "\n" : "");
        buf_str(&lines, hit.id ? hit.number : line);
    }
    form->values[at] = buf_text(&lines);
    return true;
}
