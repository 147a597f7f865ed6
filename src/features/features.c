#include "features/features.h"

#include "features/actions/actions.h"
#include "features/cases/cases.h"
#include "features/dashboards/dashboards.h"
#include "features/files/files.h"
#include "features/home/home.h"
#include "features/invoices/invoices.h"
#include "features/login/login.h"
#include "features/messages/messages.h"
#include "features/notices/notices.h"
#include "features/staff_accounts/staff_accounts.h"
#include "features/staff_config/staff_config.h"
#include "features/staff_files/staff_files.h"
#include "features/staff_find/staff_find.h"
#include "features/staff_home/staff_home.h"
#include "features/staff_imports/staff_imports.h"
#include "features/staff_invoices/staff_invoices.h"
#include "features/staff_login/staff_login.h"
#include "features/staff_picklists/staff_picklists.h"
#include "features/staff_privacy/staff_privacy.h"
#include "features/staff_registers/staff_registers.h"
#include "features/staff_users/staff_users.h"
#include "features/staff_view/staff_view.h"
#include "features/staff_work/staff_work.h"

static const struct feature *const FEATURES[] = {
    &home_feature,           &login_feature,          &cases_feature,           &actions_feature,
    &invoices_feature,       &files_feature,          &dashboards_feature,      &staff_login_feature,
    &staff_home_feature,     &staff_users_feature,    &staff_registers_feature, &staff_view_feature,
    &staff_invoices_feature, &staff_accounts_feature, &staff_picklists_feature, &staff_find_feature,
    &staff_privacy_feature,  &staff_work_feature,     &staff_files_feature,     &messages_feature,
    &staff_imports_feature,  &notices_feature,        &staff_config_feature,
};

struct feature_list feature_list(void)
{
    return (struct feature_list){FEATURES, sizeof FEATURES / sizeof *FEATURES};
}
