#include "features/invoices/list.h"

bool invoice_list(struct visit *visit, struct err *err)
{
    (void)visit;
    return err_set(err, ERR_NOT_FOUND, NULL, "not built");
}

bool invoice_list_csv(struct visit *visit, struct err *err)
{
    (void)visit;
    return err_set(err, ERR_NOT_FOUND, NULL, "not built");
}

bool invoice_list_xlsx(struct visit *visit, struct err *err)
{
    (void)visit;
    return err_set(err, ERR_NOT_FOUND, NULL, "not built");
}
