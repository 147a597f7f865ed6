#include "customer/dashboards/dashboards.h"

#include "customer/dashboards/page.h"
#include "customer/dashboards/rows.h"

static bool first_board(struct visit *visit, struct err *err)
{
    (void)err;
    return visit_redirect(visit, board_address(visit->arena, boards[0], "", STR_NONE));
}

static const struct route ROUTES[] = {
    {"GET", "/dashboards", first_board, WHO_LINKED, ROUTE_DASHBOARDS},
    {"GET", "/dashboards/{board}", board_page, WHO_LINKED, ROUTE_DASHBOARDS},
    {"GET", "/dashboards/{board}.csv", rows_csv, WHO_LINKED, ROUTE_DASHBOARDS},
    {"GET", "/dashboards/{board}.xlsx", rows_xlsx, WHO_LINKED, ROUTE_DASHBOARDS},
    LIST_ROUTES(rows, "/dashboards/{board}/rows", WHO_LINKED, ROUTE_DASHBOARDS),
};

static const struct feature_menu MENU[] = {
    {"/dashboards", _("Dashboards"), "chart-column", WHO_LINKED, .order = 50},
};

const struct feature dashboards_feature = {
    .name = "customer/dashboards",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
};
