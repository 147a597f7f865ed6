#include "features/dashboards/dashboards.h"

const struct feature dashboards_feature = {
    .name = "dashboards",
};
