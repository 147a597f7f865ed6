#include "service/csv_guess.h"

#include "service/csv_probe.h"

#include <string.h>

static void csv_guess_note(int64_t *where, int64_t line)
{
    if (!*where)
        *where = line;
}

/* --- UTF-8 -------------------------------------------------------------------------------------------------------- */

static void guess_lead(struct csv_guess *guess, unsigned char c)
{
    guess->low = 0x80;
    guess->high = 0xBF;
    if (c >= 0xC2 && c <= 0xDF)
        guess->following = 1;
    else if (c >= 0xE0 && c <= 0xEF)
        guess->following = 2;
    else if (c >= 0xF0 && c <= 0xF4)
        guess->following = 3;
    else if (c >= 0x80)
        csv_guess_note(&guess->bad_utf8, guess->line);
    if (c == 0xE0)
        guess->low = 0xA0;
    if (c == 0xED)
        guess->high = 0x9F;
    if (c == 0xF0)
        guess->low = 0x90;
    if (c == 0xF4)
        guess->high = 0x8F;
}

static void guess_utf8(struct csv_guess *guess, unsigned char c)
{
    if (!guess->following) {
        guess_lead(guess, c);
        return;
    }
    if (c < guess->low || c > guess->high) {
        csv_guess_note(&guess->bad_utf8, guess->line);
        guess->following = 0;
        return;
    }
    guess->following--;
    guess->low = 0x80;
    guess->high = 0xBF;
    if (!guess->following)
        csv_guess_note(&guess->good_utf8, guess->line);
}

/* --- Windows, or rather not --------------------------------------------------------------------------------------- */

static bool guess_is_small(unsigned char c)
{
    return c >= 'a' && c <= 'z';
}

static bool guess_is_letter(unsigned char c)
{
    return guess_is_small(c) || (c >= 'A' && c <= 'Z');
}

static bool guess_has(const char *bytes, unsigned char c)
{
    return memchr(bytes, c, strlen(bytes)) != NULL;
}

/*
 * Returns whether no word of Windows text has this byte between these two: a sign between letters where Mac and DOS
 * have å, ä, ö and é, or a capital letter in the middle of a word.
 */
static bool guess_is_odd(unsigned char before, unsigned char c, unsigned char after)
{
    bool inside = guess_is_letter(before) && guess_is_letter(after);
    if (guess_has("\x80\x82\x83\x84\x86\x87\x88\x89\x8B\x93\x94\x95\x98\x99\x9B", c))
        return inside || (c == 0x99 && !guess_is_letter(before) && guess_is_letter(after)) ||
               (c == 0x80 && !guess_is_letter(before) && guess_is_small(after));
    if (guess_has("\x8A\x8C\x8E\x9F", c))
        return guess_is_small(before) || (guess_is_letter(before) && guess_is_small(after));
    return false;
}

/* Looks at the byte before, now that the one after it is known. */
static void guess_windows(struct csv_guess *guess, unsigned char after)
{
    unsigned char before = guess->last[1], c = guess->last[0];
    bool word = guess_is_letter(before) || guess_is_letter(after);
    if (c >= 0x80 && c < 0xA0 && guess_is_odd(before, c, after))
        csv_guess_note(&guess->odd, guess->line);
    if (word && c >= 0x80 && guess_has("\x82\x84\x86\x8A\x8C\x8E\x94\x9A\x9C\x9E\x9F", c))
        csv_guess_note(&guess->special, guess->line);
    guess->opening = guess->opening || c == 0x93;
    guess->letters = guess->letters || (c >= 0xC0 && c != 0xD7 && c != 0xF7);
    bool high = c >= 0xC0;
    guess->swedish_run =
        high && (!guess->high_run || guess->swedish_run) && guess_has("\xE5\xE4\xF6\xC5\xC4\xD6\xE9", c);
    guess->high_run = high ? guess->high_run + 1 : 0;
    if (guess->high_run > 3 && !guess->swedish_run)
        csv_guess_note(&guess->odd, guess->line);
}

static void guess_any_byte(struct csv_guess *guess, unsigned char c)
{
    if (!c)
        csv_guess_note(&guess->nul, guess->line);
    guess_windows(guess, c);
    guess_utf8(guess, c);
    if (c >= 0x80 && !csv_code_point(guess->said == CSV_ANY ? CSV_WINDOWS : guess->said, c))
        csv_guess_note(&guess->undefined, guess->line);
}

void csv_guess_byte(struct csv_guess *guess, unsigned char c)
{
    bool plain = c && c < 0x80 && guess->last[0] < 0x80 && !guess->following;
    if (!plain)
        guess_any_byte(guess, c);
    if (c == '\n' ? guess->last[0] != '\r' : c == '\r')
        guess->line++;
    guess->last[1] = guess->last[0];
    guess->last[0] = c;
}

/* --- the conclusion ----------------------------------------------------------------------------------------------- */

#define SAY_WHICH "; save the file as UTF-8, or say its encoding"

static const char *guess_fault_of_said(const struct csv_guess *guess, int64_t *line)
{
    bool utf8 = guess->said == CSV_UTF8;
    *line = utf8 ? guess->bad_utf8 : guess->undefined;
    return *line ? "this line is not text in the encoding that was said" : NULL;
}

static const char *guess_fault(const struct csv_guess *guess, int64_t *line)
{
    *line = guess->nul;
    if (guess->nul)
        return "a NUL byte: this is not a text file in UTF-8 or Windows-1252";
    if (guess->said != CSV_ANY)
        return guess_fault_of_said(guess, line);
    *line = guess->bad_utf8;
    if (!guess->bad_utf8)
        return NULL;
    if (guess->bom)
        return "the file says that it is UTF-8, but this line is not";
    if (guess->good_utf8)
        return "this line is not UTF-8, but other lines are" SAY_WHICH;
    *line = guess->undefined;
    if (guess->undefined)
        return "this line is neither UTF-8 nor Windows-1252" SAY_WHICH;
    *line = guess->odd ? guess->odd : guess->letters || guess->opening ? 0 : guess->special;
    return *line ? "this line may be Mac or DOS text" SAY_WHICH : NULL;
}

bool csv_guess_conclude(struct csv_guess *guess, enum csv_encoding *encoding, struct csv_fault *fault)
{
    guess_windows(guess, '\n');
    if (guess->following)
        csv_guess_note(&guess->bad_utf8, guess->line);
    *encoding = guess->said != CSV_ANY ? guess->said : guess->bad_utf8 ? CSV_WINDOWS : CSV_UTF8;
    fault->message = guess_fault(guess, &fault->line);
    return !fault->message;
}
