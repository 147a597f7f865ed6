#include "service/mail_message.h"

#include "base/clock.h"
#include "service/calendar.h"

#include <pthread.h>

#include <gmime/gmime.h>

static pthread_once_t library_once = PTHREAD_ONCE_INIT;

static void release_object(void *object)
{
    g_object_unref(object);
}

/* Returns the text as one line: a header value must be one line, whatever it contains. */
static char *mail_message_one_line(struct arena *arena, struct str text)
{
    char *line = arena_z(arena, text);
    for (char *at = line; *at; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            *at = ' ';
    }
    return line;
}

/* g_mime_text_part_set_text would choose another encoding than UTF-8 whenever it can. */
static GMimePart *text_part(struct arena *arena, const char *subtype, struct str text, GMimeContentEncoding encoding)
{
    GMimePart *part = g_mime_part_new_with_type("text", subtype);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text.p, text.n);
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    arena_on_release(arena, release_object, part);
    g_object_unref(stream);
    g_mime_part_set_content(part, content);
    g_object_unref(content);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    g_mime_part_set_content_encoding(part, encoding);
    return part;
}

/* Puts each booking into a file of its own, because a file has one method. */
static void attach_bookings(struct arena *arena, GMimeMultipart *whole, const struct mail_message *message)
{
    struct str rest = message->calendar, object;
    for (int n = 1; calendar_cut(&rest, &object); n++) {
        GMimePart *part = text_part(arena, "calendar", object,
                                    message->for_reading ? GMIME_CONTENT_ENCODING_8BIT : GMIME_CONTENT_ENCODING_BASE64);
        g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "method", calendar_method(object));
        g_mime_object_set_disposition(GMIME_OBJECT(part), "attachment");
        g_mime_part_set_filename(part, arena_printf(arena, "booking-%d.ics", n).p);
        g_mime_multipart_add(whole, GMIME_OBJECT(part));
    }
}

static GMimeObject *content_of(struct arena *arena, const struct mail_message *message)
{
    GMimePart *text =
        text_part(arena, "plain", message->body,
                  message->for_reading ? GMIME_CONTENT_ENCODING_8BIT : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    if (!message->calendar.n)
        return GMIME_OBJECT(text);
    GMimeMultipart *whole = g_mime_multipart_new_with_subtype("mixed");
    arena_on_release(arena, release_object, whole);
    g_mime_multipart_add(whole, GMIME_OBJECT(text));
    attach_bookings(arena, whole, message);
    return GMIME_OBJECT(whole);
}

static void mail_message_set_headers(struct arena *arena, GMimeMessage *mime, const struct mail_message *message)
{
    ptrdiff_t at = str_find_char(message->from, '@');
    struct str host = str_slice(message->from, (size_t)(at + 1), message->from.n);
    struct str id =
        arena_printf(arena, "%lld.%lld@%.*s", (long long)message->id, (long long)message->created_us, STR_FMT(host));
    GDateTime *date = g_date_time_new_from_unix_utc(message->created_us / US_PER_SECOND);
    g_mime_message_add_mailbox(mime, GMIME_ADDRESS_TYPE_FROM, mail_message_one_line(arena, message->from_name),
                               mail_message_one_line(arena, message->from));
    g_mime_message_add_mailbox(mime, GMIME_ADDRESS_TYPE_TO, NULL, mail_message_one_line(arena, message->to));
    g_mime_message_set_subject(mime, mail_message_one_line(arena, message->subject), "utf-8");
    g_mime_message_set_message_id(mime, mail_message_one_line(arena, id));
    if (date) {
        g_mime_message_set_date(mime, date);
        g_date_time_unref(date);
    }
    /* This header keeps automatic replies away. */
    g_mime_object_append_header(GMIME_OBJECT(mime), "Auto-Submitted", "auto-generated", NULL);
}

struct str mail_message_write(struct arena *arena, const struct mail_message *message)
{
    (void)pthread_once(&library_once, g_mime_init);
    GMimeMessage *mime = g_mime_message_new(TRUE);
    GMimeStream *stream = g_mime_stream_mem_new();
    GMimeFormatOptions *format = g_mime_format_options_new();
    arena_on_release(arena, release_object, mime);
    arena_on_release(arena, release_object, stream);
    mail_message_set_headers(arena, mime, message);
    g_mime_message_set_mime_part(mime, content_of(arena, message));
    g_mime_format_options_set_newline_format(format, message->for_reading ? GMIME_NEWLINE_FORMAT_UNIX
                                                                          : GMIME_NEWLINE_FORMAT_DOS);
    (void)g_mime_object_write_to_stream(GMIME_OBJECT(mime), format, stream); /* writing to memory does not fail */
    g_mime_format_options_free(format);
    const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    return arena_str(arena, (struct str){(const char *)bytes->data, bytes->len});
}
