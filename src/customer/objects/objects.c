#include "customer/objects/objects.h"

#include "customer/objects/internal.h"

LIST_HANDLERS(customer_objects, customer_objects_list)

/* A contact login without a contact sees no object, whatever happens, so it has no such pages. */
#define WHO_SEES_OBJECTS (WHO_LINKED | WHO_CUSTOMER | WHO_OBJECT)

static const struct route ROUTES[] = {
    LIST_ROUTES(customer_objects, "/objects", WHO_SEES_OBJECTS, 0),
    {"GET", "/objects/tree", objects_tree, WHO_SEES_OBJECTS, 0},
    {"GET", "/objects/{number}", object_page, WHO_SEES_OBJECTS, 0},
};

static const struct feature_menu MENU[] = {
    {"/objects", _("Objects"), "building", WHO_SEES_OBJECTS, .order = 30},
};

const struct feature objects_feature = {
    .name = "customer/objects",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
};
