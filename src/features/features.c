#include "features/features.h"

#include "features/home/home.h"

static const struct feature *const FEATURES[] = {
    &home_feature,
};

struct feature_list feature_list(void)
{
    return (struct feature_list){FEATURES, sizeof FEATURES / sizeof *FEATURES};
}
