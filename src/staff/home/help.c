#include "staff/home/help.h"

#include "staff/home/help.html.h"
#include "staff/home/views.h"

/* The labels, the same as in the menu, in the order of access_keys. */
static const struct msgid *const LABELS[] = {
    _("Inbox"),    _("New case"), _("Search cases"), _("Invoice specifications"), _("Customers"), _("Objects"),
    _("Contacts"), _("Accounts"), _("Keyboard")};

bool help_page(struct visit *visit, struct err *err)
{
    struct help_key_view *keys = ARENA_ARRAY(visit->arena, struct help_key_view, access_key_count);
    struct help_view view = {.keys = keys};
    (void)err;
    for (size_t i = 0; i < access_key_count && i < sizeof LABELS / sizeof *LABELS; i++) {
        char letter = access_keys[i].key[0];
        keys[view.count++] = (struct help_key_view){.key = arena_printf(visit->arena, "%c", letter - 'a' + 'A'),
                                                    .label = visit_tr(visit, LABELS[i]),
                                                    .path = access_keys[i].path};
    }
    return page_show(visit, visit_tr(visit, _("Keyboard")), staff_help_html, &view);
}
