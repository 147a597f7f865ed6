#include "features/invoices/pdf.h"

bool invoice_pdf(struct visit *visit, struct err *err)
{
    (void)visit;
    return err_set(err, ERR_NOT_FOUND, NULL, "not built");
}
