#include "features/invoices/page.h"

bool invoice_page(struct visit *visit, struct err *err)
{
    (void)visit;
    return err_set(err, ERR_NOT_FOUND, NULL, "not built");
}

bool invoice_rows_csv(struct visit *visit, struct err *err)
{
    (void)visit;
    return err_set(err, ERR_NOT_FOUND, NULL, "not built");
}

bool invoice_rows_xlsx(struct visit *visit, struct err *err)
{
    (void)visit;
    return err_set(err, ERR_NOT_FOUND, NULL, "not built");
}
