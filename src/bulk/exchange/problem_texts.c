/* Problems in the language of their reader: files, logs and the database keep them in English. */
#include "bulk/exchange/exchange.h"

/* What a problem says; {1} and {2} are filled in. */
static const struct msgid *const PROBLEM_TEXTS[] = {
    _("longer than {1} characters"),
    _("| is not allowed here"),
    _("must be one of {1}"),
    _("must be a whole number"),
    _("must be a number with at most 12 digits and 6 decimals"),
    _("must be a fraction from 0 to 1"),
    _("the day and the month may change places in this column: say which comes first"),
    _("must be a date, YYYY-MM-DD"),
    _("must be a time, YYYY-MM-DDTHH:MM:SS with or without a zone"),
    _("is not an e-mail address"),
    _("must not be empty"),
    _("already stands on line {1}"),
    _("extra_ and a key of 1 to 60 characters is needed"),
    _("the column is there twice"),
    _("{1} has no such column"),
    _("the column is missing"),
    _("the column is missing, and this {1} is new"),
    _("has {1} values, the header {2}"),
    _("given twice"),
    _("no {1} has this number"),
    _("the list {1} has no such key"),
    _("more than {1} extra fields"),
    _("more than 64 objects above each other"),
    _("must be a path below the folder of files.csv, without empty parts, . and .."),
    _("must be a user name and a password with / between them"),
    _("a file has the path that is a folder here"),
    _("is a folder of other files"),
    _("is not a file"),
    _("is the same file as on an earlier line"),
    _("there is no such file beside files.csv"),
    _("a kind of content that is not accepted"),
    _("the content is of another kind than the name says"),
    _("the file cannot be opened"),
    _("the file may not be read"),
    _("the file is empty"),
    _("the file is empty; it needs at least a header"),
    _("the file is locked with a password"),
    _("the file is not text in UTF-8, UTF-16 or an encoding of one byte a letter"),
    _("a symbolic link is not followed"),
    _("the name is too long"),
    _("exactly one of customer, object and case is needed"),
    _("a row stays attested on a specification that is not a draft: withdraw the specification first"),
    _("a row that is not attested cannot stand on a specification that is not a draft"),
    _("an article row of the work order belongs to another case"),
    _("the work order belongs to another case"),
    _("the case would be finished before it was started, by its work orders"),
    _("the object would be its own parent, directly or over others"),
    _("quantity times unit_price is too large"),
    _("another login has this user name"),
    _("this user name is given twice"),
    _("a sheet has none of the names of the files, such as customers or cases"),
    _("it has no sheet with rows"),
    _("there is no room on the disk to read it"),
    _("was changed later"),
    _("its {1} were changed later"),
    _("{1} refer to it: {2}"),
    _("the login was changed later"),
    _("there is another login now"),
    _("another login has this user name now"),
    _("somebody has logged in with it"),
    _("somebody has written with it"),
};

/* What is filled in, where it is a word of the program. */
static const struct msgid *const PROBLEM_WORDS[] = {
    _("customer"),
    _("object"),
    _("contact"),
    _("account"),
    _("article"),
    _("case"),
    _("work order"),
    _("article row"),
    _("invoice specification"),
    _("picklist item"),
    _("file"),
    _("customers"),
    _("objects"),
    _("contacts"),
    _("accounts"),
    _("articles"),
    _("cases"),
    _("work orders"),
    _("article rows"),
    _("invoice specifications"),
    _("picklist items"),
    _("files"),
    _("forms"),
    _("changes by staff"),
    _("notes"),
    _("messages"),
    _("decisions"),
    _("extra fields"),
};

static struct str problem_word(enum lang lang, struct str word)
{
    for (size_t i = 0; i < COUNT_OF(PROBLEM_WORDS); i++) {
        if (str_eqz(word, msgid_text(PROBLEM_WORDS[i])))
            return tr(lang, PROBLEM_WORDS[i]);
    }
    return word;
}

/*
 * Fits a text to a pattern such as `has {1} values`. What follows it, after a colon, is *rest. A value ends where the
 * next words of the pattern begin, or before a colon.
 */
static bool problem_fits(struct str pattern, struct str text, struct str values[2], struct str *rest)
{
    size_t count = 0;
    while (pattern.n) {
        ptrdiff_t brace = str_find_char(pattern, '{');
        struct str words = str_slice(pattern, 0, brace < 0 ? pattern.n : (size_t)brace);
        if (!str_starts(text, words))
            return false;
        text = str_slice(text, words.n, text.n);
        pattern = str_slice(pattern, words.n + (brace < 0 ? 0 : sizeof "{1}" - 1), pattern.n);
        if (brace < 0)
            break;
        ptrdiff_t next = str_find_char(pattern, '{'), colon = str_find(text, STR(": "));
        ptrdiff_t end = pattern.n ? str_find(text, str_slice(pattern, 0, next < 0 ? pattern.n : (size_t)next)) : colon;
        if (end < 0 && pattern.n)
            return false;
        size_t n = end < 0 ? text.n : (size_t)end;
        if (str_find(str_slice(text, 0, n), STR(": ")) >= 0)
            return false;
        values[count++] = str_slice(text, 0, n);
        text = str_slice(text, n, text.n);
    }
    *rest = text;
    return !text.n || str_starts(text, STR(": "));
}

struct str load_problem_text(struct arena *arena, enum lang lang, struct str problem)
{
    size_t at = 0;
    for (ptrdiff_t colon = 0; lang != LANG_EN && colon >= 0; at += (size_t)colon + 2) {
        struct str text = str_slice(problem, at, problem.n), values[2] = {STR_NONE, STR_NONE}, rest;
        for (size_t i = 0; i < COUNT_OF(PROBLEM_TEXTS); i++) {
            if (!problem_fits(str_of(msgid_text(PROBLEM_TEXTS[i])), text, values, &rest))
                continue;
            values[0] = problem_word(lang, values[0]);
            struct str told = tr_fill(arena, lang, PROBLEM_TEXTS[i], values, 2);
            return arena_printf(arena, "%.*s%.*s%.*s", STR_FMT(str_slice(problem, 0, at)), STR_FMT(told),
                                STR_FMT(rest));
        }
        colon = str_find(text, STR(": "));
    }
    return problem;
}
