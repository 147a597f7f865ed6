#include "service/mail_message.h"

#include <gmime/gmime.h>
#include <pthread.h>

#include "base/clock.h"

static void start(void)
{
    g_mime_init();
}

static void set_addresses(GMimeMessage *message, struct arena *arena, const struct mail_message *mail)
{
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, NULL, arena_z(arena, mail->from));
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, arena_z(arena, mail->recipient));
    g_mime_message_set_subject(message, arena_z(arena, mail->subject), "utf-8");
}

static void set_identity(GMimeMessage *message, struct arena *arena, const struct mail_message *mail)
{
    ptrdiff_t at = str_find_char(mail->from, '@');
    struct str host = at < 0 ? STR("localhost") : str_slice(mail->from, (size_t)at + 1, mail->from.n);
    struct str id = arena_printf(arena, "%lld.%lld@%.*s", (long long)mail->id, (long long)mail->created, STR_FMT(host));
    GDateTime *date = g_date_time_new_from_unix_utc(mail->created / US_PER_SECOND);
    g_mime_message_set_message_id(message, id.p);
    if (date) {
        g_mime_message_set_date(message, date);
        g_date_time_unref(date);
    }
    g_mime_object_set_header(GMIME_OBJECT(message), "Auto-Submitted", "auto-generated", NULL);
}

bool mail_message_write(struct arena *arena, const struct mail_message *mail, struct str *text, struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, start);
    GMimeMessage *message = g_mime_message_new(TRUE);
    GMimeTextPart *part = g_mime_text_part_new();
    set_addresses(message, arena, mail);
    set_identity(message, arena, mail);
    g_mime_text_part_set_charset(part, "utf-8");
    g_mime_text_part_set_text(part, arena_z(arena, mail->body));
    g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_message_set_mime_part(message, GMIME_OBJECT(part));
    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    char *made = g_mime_object_to_string(GMIME_OBJECT(message), format);
    if (made)
        *text = arena_str(arena, str_of(made));
    g_free(made);
    g_mime_format_options_free(format);
    g_object_unref(part);
    g_object_unref(message);
    return made != NULL || err_set(err, ERR_INTERNAL, NULL, "cannot compose a mail");
}
