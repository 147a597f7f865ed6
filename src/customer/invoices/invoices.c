#include "customer/invoices/invoices.h"

#include "customer/invoices/internal.h"
#include "lists/list.h"
#include "model/notice.h"
#include "portal/address.h"

struct str specification_path(struct arena *arena, struct str number)
{
    return address_of(arena, "/invoices", number, "");
}

LIST_HANDLERS(specifications, specifications_list)

static const struct route ROUTES[] = {
    LIST_ROUTES(specifications, "/invoices", WHO_PAYER, ROUTE_INVOICES),
    {"GET", "/invoices/{number}", specification_page, WHO_PAYER, ROUTE_INVOICES},
    {"GET", "/invoices/{number}.csv", specification_rows_csv, WHO_PAYER, ROUTE_INVOICES},
    {"GET", "/invoices/{number}.xlsx", specification_rows_xlsx, WHO_PAYER, ROUTE_INVOICES},
    {"GET", "/invoices/{number}/specification.pdf", specification_pdf, WHO_PAYER, ROUTE_INVOICES},
    {"GET", "/invoices/{number}/approve", approve_get, WHO_PAYER, ROUTE_INVOICES},
    {"POST", "/invoices/{number}/approve", approve_post, WHO_PAYER, ROUTE_INVOICES | ROUTE_KEEP_EXPIRED},
    {"GET", "/invoices/{number}/reject", reject_get, WHO_PAYER, ROUTE_INVOICES},
    {"POST", "/invoices/{number}/reject", reject_post, WHO_PAYER, ROUTE_INVOICES | ROUTE_KEEP_EXPIRED},
};

static const struct feature_menu MENU[] = {
    {"/invoices", _("Invoice specifications"), "receipt", WHO_PAYER, .order = 30, .count = specifications_waiting_count,
     .waiting_query = SPECIFICATIONS_WAITING},
};

const struct feature invoices_feature = {
    .name = "customer/invoices",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
    .check = decisions_check,
    .upkeep = notice_specifications_due,
};
