/* Medians, means and 90th percentiles of how long cases took. */
#pragma once

#include "customer/dashboards/gather.h"

/* Fills the stats of one group from all samples; the samples stay unchanged. */
void stats_of_all(struct arena *arena, const struct fact *samples, size_t count, struct group *group);
/*
 * Fills the stats of the groups of a dimension. Each group takes the samples with its key; KEY_OTHERS takes the samples
 * of no other group.
 */
void stats_of_groups(struct arena *arena, const struct fact *samples, size_t count, enum dimension by,
                     struct groups *groups);
