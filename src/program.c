#include "program.h"

#include "bulk/imports/imports.h"
#include "customer/actions/actions.h"
#include "customer/cases/cases.h"
#include "customer/dashboards/dashboards.h"
#include "customer/files/files.h"
#include "customer/home/home.h"
#include "customer/invoices/invoices.h"
#include "customer/login/login.h"
#include "customer/objects/objects.h"
#include "parts/notices/notices.h"
#include "staff/accounts/accounts.h"
#include "staff/config/config.h"
#include "staff/files/files.h"
#include "staff/find/find.h"
#include "staff/home/home.h"
#include "staff/invoices/invoices.h"
#include "staff/login/login.h"
#include "staff/picklists/picklists.h"
#include "staff/privacy/privacy.h"
#include "staff/registers/registers.h"
#include "staff/users/users.h"
#include "staff/view/view.h"
#include "staff/work/work.h"

static const struct feature *const FEATURES[] = {
    &home_feature,           &login_feature,          &cases_feature,           &actions_feature,
    &invoices_feature,       &files_feature,          &dashboards_feature,      &staff_login_feature,
    &staff_home_feature,     &staff_users_feature,    &staff_registers_feature, &staff_view_feature,
    &staff_invoices_feature, &staff_accounts_feature, &staff_picklists_feature, &staff_find_feature,
    &staff_privacy_feature,  &staff_work_feature,     &staff_files_feature,     &staff_imports_feature,
    &notices_feature,        &staff_config_feature,   &objects_feature,
};

struct feature_list feature_list(void)
{
    return (struct feature_list){FEATURES, sizeof FEATURES / sizeof *FEATURES};
}
