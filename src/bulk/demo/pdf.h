/* A small PDF, so that there is something to read among the files: one page of lines in Helvetica. */
#ifndef KP_BULK_DEMO_PDF_H
#define KP_BULK_DEMO_PDF_H

#include "base/arena.h"

/* A heading, and the text below it; lines end with a line feed and are not broken further. UTF-8 of Western Europe. */
struct str pdf_page(struct arena *arena, struct str heading, struct str text);

#endif
