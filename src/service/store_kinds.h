/* Kinds of contents (store_kinds.c), found by looking into them (store_sniff.c). For store*.c only. */
#pragma once

#include "service/store.h"

/* Old office files, and new ones with a password, are such containers. What they hold is not always seen. */
#define STORE_OLE "application/x-ole-storage"
#define STORE_TEXT "text/plain"
/* Text that a browser would take for a page: seen, but never taken. */
#define STORE_MARKUP "text/html"
#define STORE_ZIP "application/zip"
#define STORE_DOCX "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define STORE_XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define STORE_PPTX "application/vnd.openxmlformats-officedocument.presentationml.presentation"

enum text_coding { TEXT_NONE, TEXT_BYTES, TEXT_UTF16_LE, TEXT_UTF16_BE };

/* A content to look into: its first bytes (STORE_HEAD of them, or all), and the file that has the rest; fd -1: none. */
struct store_content {
    const unsigned char *head;
    size_t n;
    int fd;
    int64_t size;
};

/* Returns the media type of a content; NULL if it is nothing that is known. */
const char *store_look(const struct store_content *content);
/* How a text begins to be written; TEXT_NONE: it is not text. */
enum text_coding store_coding(const unsigned char *head, size_t n);
/* Whether the bytes go on as text. Pieces of a text have an even size, but for the last. */
bool store_is_text(enum text_coding coding, const unsigned char *bytes, size_t n);
