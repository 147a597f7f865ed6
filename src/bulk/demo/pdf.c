#include "bulk/demo/pdf.h"

#include "base/buf.h"

#define OBJECTS 6
#define LEFT 72
#define TOP 770
#define LINE_HEIGHT 17

/*
 * Appends a string of the page in WinAnsi, which is Latin-1 for the letters used here. Other characters become question
 * marks.
 */
static void pdf_add_string(struct buf *out, struct str text)
{
    buf_char(out, '(');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i], next = i + 1 < text.n ? (unsigned char)text.p[i + 1] : 0;
        if (c == '(' || c == ')' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c >= 0x20 && c < 0x7F)
            buf_char(out, (char)c);
        else if (c == 0xC2 || c == 0xC3)
            buf_printf(out, "\\%03o", (unsigned)(c == 0xC3 ? next | 0x40 : next));
        else if ((c & 0xC0) != 0x80)
            buf_char(out, '?');
        i += c == 0xC2 || c == 0xC3;
    }
    buf_char(out, ')');
}

static struct str page_stream(struct arena *arena, struct str heading, struct str text)
{
    struct buf out;
    struct str line;
    buf_init(&out, arena);
    buf_printf(&out, "BT /F2 18 Tf %d %d Td ", LEFT, TOP);
    pdf_add_string(&out, heading);
    buf_printf(&out, " Tj /F1 11 Tf 0 -%d Td %d TL\n", LINE_HEIGHT * 2, LINE_HEIGHT);
    while (str_cut(&text, '\n', &line)) {
        pdf_add_string(&out, line);
        buf_z(&out, " Tj T*\n");
    }
    buf_z(&out, "ET");
    return buf_text(&out);
}

static void pdf_add_object(struct buf *out, size_t offsets[OBJECTS], int number)
{
    static const char *const bodies[OBJECTS] = {
        "<< /Type/Catalog/Pages 2 0 R/Lang(sv-SE)>>",
        "<< /Type/Pages/Kids[3 0 R]/Count 1>>",
        ("<< /Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources << /Font << /F1 4 0 R/F2 5 0 R >> "
         ">> >>"),
        "<< /Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<< /Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    };
    offsets[number - 1] = out->n;
    buf_printf(out, "%d 0 obj\n", number);
    buf_z(out, bodies[number - 1] ? bodies[number - 1] : "");
}

struct str pdf_page(struct arena *arena, struct str heading, struct str text)
{
    size_t offsets[OBJECTS];
    struct str stream = page_stream(arena, heading, text);
    struct buf out;
    buf_init(&out, arena);
    buf_z(&out, "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n");
    for (int i = 1; i <= OBJECTS; i++) {
        pdf_add_object(&out, offsets, i);
        if (i == OBJECTS)
            buf_printf(&out, "<< /Length %zu>>\nstream\n%.*s\nendstream", stream.n, STR_FMT(stream));
        buf_z(&out, "\nendobj\n");
    }
    size_t table = out.n;
    buf_printf(&out, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
    for (int i = 0; i < OBJECTS; i++)
        buf_printf(&out, "%010zu 00000 n \n", offsets[i]);
    buf_printf(&out, "trailer\n<< /Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", OBJECTS + 1, table);
    return buf_text(&out);
}
