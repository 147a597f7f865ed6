/* Makes a small PDF to read among the files: one page of lines in Helvetica. */
#pragma once

#include "base/arena.h"

/*
 * Returns a page with a heading and the text below it. Lines end with a line feed and are not broken further. The text
 * is UTF-8 with letters of Western Europe.
 */
struct str pdf_page(struct arena *arena, struct str heading, struct str text);
