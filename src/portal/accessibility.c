#include "portal/accessibility.h"

#include "portal/accessibility.html.h"
#include "portal/portal.h"

static struct str count_in(const struct visit *visit, enum wcag_state state)
{
    int64_t count = 0;
    for (size_t i = 0; i < wcag_criterion_count; i++)
        count += wcag_criteria[i].state == state;
    return fmt_int(visit->arena, visit->view.lang, count);
}

bool accessibility_page(struct visit *visit, struct err *err)
{
    const struct config *config = visit->config;
    enum lang lang = visit->view.lang;
    struct statement_view view = {
        .portal = config->name,
        .contact = config->contact_text[lang],
        .phone = config->phone,
        .reviewed = str_of(accessibility_reviewed),
        .count = fmt_int(visit->arena, lang, (int64_t)wcag_criterion_count),
        .holding = count_in(visit, WCAG_HOLDS),
        .absent = count_in(visit, WCAG_ABSENT),
    };
    (void)err;
    return page_show(visit, visit_tr(visit, _("Accessibility statement")), statement_page_html, &view);
}
