#include "customer/invoices/labels.h"

#include "base/clock.h"

static struct str day(struct visit *visit, struct str text)
{
    int32_t date = 0;
    return date_parse(text, &date) ? fmt_date(visit->arena, visit->view.lang, date) : text;
}

struct invoice_dates invoice_period(struct visit *visit, const struct specification *specification)
{
    struct str from = day(visit, specification->period_from), to = day(visit, specification->period_to);
    struct invoice_dates dates = {0};
    if (from.n && to.n)
        dates = (struct invoice_dates){.from = from, .to = to};
    else if (from.n)
        dates.other = tr_fill(visit->arena, visit->view.lang, _("from {1}"), &from, 1);
    else if (to.n)
        dates.other = tr_fill(visit->arena, visit->view.lang, _("until {1}"), &to, 1);
    return dates;
}

struct invoice_badge invoice_badge_of(struct visit *visit, enum specification_status status)
{
    return (struct invoice_badge){specification_status_codes[status],
                                  visit_tr(visit, specification_status_labels[status]), STR_NONE};
}

struct invoice_badge invoice_badge_of_head(struct visit *visit, const struct specification *specification)
{
    struct invoice_badge badge = invoice_badge_of(visit, specification->status);
    if (specification->changed)
        badge.changed =
            visit_tr(visit, specification->was_rejected ? _("Changed after rejection") : _("Changed after approval"));
    return badge;
}
