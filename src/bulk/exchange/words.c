/* Words of other systems: what they were said to mean, and those that nobody has given a meaning yet. */
#include "bulk/exchange/mapping.h"
#include "bulk/exchange/stage.h"
#include "i18n/fold.h"

#define KNOWN_MAX 10000
#define UNKNOWN_MAX 500

static struct str stem_of(const char *file)
{
    struct str name = str_of(file);
    return str_slice(name, 0, name.n - (sizeof ".csv" - 1));
}

struct str load_word_field(struct arena *arena, const char *file, struct str column)
{
    const struct format *format = format_of_file(file);
    const struct column *known = format ? format_column(format, column) : NULL;
    enum cell_kind kind = known ? column_kind(known) : CELL_MADE;
    if (kind == CELL_PICKLIST)
        return str_of(known->field->list);
    if (kind != CELL_CHOICE && kind != CELL_CODE)
        return STR_NONE;
    return arena_printf(arena, "%.*s.%s", STR_FMT(stem_of(file)), column_name_literal(known));
}

const struct code_list *load_word_codes(struct str field)
{
    struct str column = field, stem;
    if (str_find_char(field, '.') < 0 || !str_cut(&column, '.', &stem))
        return NULL;
    const char *file = load_file_of_name(stem);
    const struct column *known = file ? format_column(format_of_file(file), column) : NULL;
    return known ? column_codes(known) : NULL;
}

static void known_add(struct load *load, struct str field, struct str word, struct str value)
{
    struct words *words = &load->words;
    words->known = arena_grow(load->arena, words->known, words->known_count, &words->known_room, sizeof *words->known);
    words->known[words->known_count++] = (struct load_meaning){field, fold_case(load->arena, word), value};
}

bool words_load(struct load *load, struct err *err)
{
    for (size_t i = 0; i < load->input_count; i++) {
        const struct load_mapping *mapping = load->inputs[i].source->mapping;
        for (size_t k = 0; mapping && k < mapping->word_count; k++)
            known_add(load, mapping->words[k].field, mapping->words[k].word, mapping->words[k].value);
    }
    struct db_rows *rows =
        db_query(load->conn, load->arena, "SELECT field, word, value FROM import_word ORDER BY field, word LIMIT $1",
                 DB_ARGS(DB_INT(KNOWN_MAX)), err);
    for (struct str field, word, value; db_read_next(rows, TO(&field), TO(&word), TO(&value));)
        known_add(load, field, word, value);
    return db_done(rows, err);
}

struct str word_meaning(const struct load *load, struct str field, struct str folded)
{
    for (size_t i = 0; i < load->words.known_count; i++) {
        const struct load_meaning *known = &load->words.known[i];
        if (str_eq(known->field, field) && str_eq(known->word, folded))
            return known->value;
    }
    return STR_NONE;
}

void word_note(struct load *load, const struct input *input, const struct column *column, struct str word,
               int64_t count)
{
    struct load_result *result = load->result;
    struct str name = str_of(column_name_literal(column));
    for (size_t i = 0; i < result->word_count; i++) {
        struct load_word *known = &result->words[i];
        if (known->source == input->index && str_eq(known->column, name) && str_eq(known->word, word)) {
            known->count += count;
            return;
        }
    }
    if (result->word_count == UNKNOWN_MAX)
        return;
    result->words =
        arena_grow(load->arena, result->words, result->word_count, &load->words.room, sizeof *result->words);
    result->words[result->word_count++] =
        (struct load_word){.source = input->index,
                           .column = name,
                           .field = load_word_field(load->arena, input->format->file, name),
                           .word = arena_str(load->arena, word),
                           .count = count};
}
