/* Archives and old office files for tests, as small as a reader of their lists of entries needs them. */
#pragma once

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct made {
    char bytes[100000];
    size_t n;
};

static inline void add_little(struct made *made, uint32_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        made->bytes[made->n++] = (char)(i < sizeof value ? value >> (8 * i) : 0);
}

static inline void add_head(struct made *made, const char *mark, size_t before, const char *name, uint32_t size)
{
    memcpy(made->bytes + made->n, mark, 4);
    made->n += 4;
    add_little(made, 0, before);
    add_little(made, size, 4);
    add_little(made, size, 4);
    add_little(made, (uint32_t)strlen(name), 2);
    add_little(made, 0, 2);
}

/* Makes an archive of entries that hold `content`; `padding` bytes stand before the list of entries. */
static inline const struct made *archive(const char *const *names, const char *content, size_t padding)
{
    static struct made made;
    uint32_t at[8];
    size_t count = 0;
    memset(&made, 0, sizeof made);
    for (; names[count]; count++) {
        at[count] = (uint32_t)made.n;
        add_head(&made, "PK\3\4", 14, names[count], (uint32_t)strlen(content));
        made.n += (size_t)sprintf(made.bytes + made.n, "%s%s", names[count], content);
    }
    made.n += padding;
    size_t list = made.n;
    for (size_t i = 0; i < count; i++) {
        add_head(&made, "PK\1\2", 16, names[i], (uint32_t)strlen(content));
        add_little(&made, 0, 10);
        add_little(&made, at[i], 4);
        made.n += (size_t)sprintf(made.bytes + made.n, "%s", names[i]);
    }
    size_t size = made.n - list;
    memcpy(made.bytes + made.n, "PK\5\6\0\0\0\0", 8);
    made.n += 8;
    add_little(&made, (uint32_t)count, 2);
    add_little(&made, (uint32_t)count, 2);
    add_little(&made, (uint32_t)size, 4);
    add_little(&made, (uint32_t)list, 4);
    add_little(&made, 0, 2);
    return &made;
}

/* Makes an old office file: its folder in the third sector, one entry in each of two sectors. */
static inline const struct made *old_office(const char *name)
{
    static struct made made;
    memset(&made, 0, sizeof made);
    made.n = 512 * 5;
    memcpy(made.bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
    made.bytes[30] = 9; /* sectors of 512 bytes */
    made.bytes[48] = 2; /* the folder begins in sector 2 */
    memset(made.bytes + 512, 0xff, 512);
    made.bytes[512 + 2 * 4] = 3; /* and goes on in sector 3 */
    memset(made.bytes + 512 + 2 * 4 + 1, 0, 3);
    for (size_t i = 0; name[i]; i++)
        made.bytes[512 * 4 + 128 + i * 2] = name[i];
    return &made;
}
