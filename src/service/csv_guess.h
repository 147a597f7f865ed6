/* Finds the encoding of text byte by byte, and what speaks against it. For csv_probe.c only. */
#pragma once

#include "service/csv.h"

struct csv_guess {
    enum csv_encoding said; /* CSV_ANY: the encoding is to be found */
    bool bom;
    int64_t line; /* of the next byte */
    /* UTF-8: how many bytes must follow, and the bounds of the next */
    int following;
    unsigned char low, high;
    unsigned char last[2]; /* the bytes before, the nearest first */
    int high_run;          /* how many bytes of 0xC0 or more stand before without another between */
    bool swedish_run;      /* all of them are letters that Swedish has */
    /* The first line with such a byte; 0: no line. */
    int64_t bad_utf8, good_utf8, undefined, nul, odd, special;
    bool letters, opening; /* letters from 0xC0 on as Windows has them; an opening quotation mark */
};

void csv_guess_byte(struct csv_guess *guess, unsigned char byte);
/* Concludes after the last byte. Returns false and fills *fault when the text is not sound, or may be two things. */
MUST_CHECK bool csv_guess_conclude(struct csv_guess *guess, enum csv_encoding *encoding, struct csv_fault *fault);
