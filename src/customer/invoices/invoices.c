#include "customer/invoices/invoices.h"

#include "customer/invoices/decide.h"
#include "customer/invoices/list.h"
#include "customer/invoices/page.h"
#include "customer/invoices/pdf.h"
#include "portal/address.h"

struct str specification_path(struct arena *arena, struct str number)
{
    return address_of(arena, "/invoices", number, "");
}

static const struct route ROUTES[] = {
    {"GET", "/invoices", invoice_list, WHO_PAYER, ROUTE_INVOICES},
    {"GET", "/invoices.csv", invoice_list_csv, WHO_PAYER, ROUTE_INVOICES},
    {"GET", "/invoices.xlsx", invoice_list_xlsx, WHO_PAYER, ROUTE_INVOICES},
    {"GET", "/invoices/{number}", invoice_page, WHO_PAYER, ROUTE_INVOICES},
    {"GET", "/invoices/{number}.csv", invoice_rows_csv, WHO_PAYER, ROUTE_INVOICES},
    {"GET", "/invoices/{number}.xlsx", invoice_rows_xlsx, WHO_PAYER, ROUTE_INVOICES},
    {"GET", "/invoices/{number}/specification.pdf", invoice_pdf, WHO_PAYER, ROUTE_INVOICES},
    {"GET", "/invoices/{number}/approve", approve_get, WHO_PAYER, ROUTE_INVOICES},
    {"POST", "/invoices/{number}/approve", approve_post, WHO_PAYER, ROUTE_INVOICES},
    {"GET", "/invoices/{number}/reject", reject_get, WHO_PAYER, ROUTE_INVOICES},
    {"POST", "/invoices/{number}/reject", reject_post, WHO_PAYER, ROUTE_INVOICES},
};

static const struct feature_menu MENU[] = {
    {"/invoices", _("Invoice specifications"), "receipt", WHO_PAYER, 30, NULL},
};

const struct feature invoices_feature = {
    .name = "customer/invoices",
    .routes = ROUTES,
    .route_count = sizeof ROUTES / sizeof *ROUTES,
    .menu = MENU,
    .menu_count = sizeof MENU / sizeof *MENU,
    .check = decisions_check,
};
