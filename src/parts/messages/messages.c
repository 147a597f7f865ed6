#include "parts/messages/messages.h"

#include "parts/messages/write.h"

static const struct route ROUTES[] = {
    {"POST", "/cases/{number}/messages", message_send, WHO_LOGIN, ROUTE_KEEP_EXPIRED},
    {"POST", "/staff/cases/{number}/messages", message_staff_send, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/messages/read", message_read_send, WHO_STAFF, 0},
};

const struct feature messages_feature = {
    .name = "parts/messages",
    .routes = ROUTES,
    .route_count = sizeof ROUTES / sizeof *ROUTES,
};
