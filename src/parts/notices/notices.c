#include "parts/notices/notices.h"

#include "parts/notices/choice.h"

static const struct route ROUTES[] = {
    {"POST", "/account/notifications", choice_account_send, WHO_CONTACT, 0},
    {"POST", "/staff/contacts/{number}/notifications", choice_contact_send, WHO_STAFF, 0},
    {"POST", "/staff/account/notifications", choice_staff_send, WHO_STAFF, 0},
};

const struct feature notices_feature = {
    .name = "parts/notices",
    FEATURE_ROUTES(ROUTES),
};
