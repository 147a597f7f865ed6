/* Medians, means and 90th percentiles of how long cases took. */
#ifndef KP_CUSTOMER_DASHBOARDS_STATS_H
#define KP_CUSTOMER_DASHBOARDS_STATS_H

#include "customer/dashboards/gather.h"

/* Fills the stats of one group over all samples, which stay as they are. */
void stats_of_all(struct arena *arena, const struct sample *samples, size_t count, struct group *group);
/*
 * Fills the stats of the groups of a dimension: of each the samples of its key, of KEY_OTHERS those of no other group.
 */
void stats_of_groups(struct arena *arena, const struct sample *samples, size_t count, enum dimension by,
                     struct groups *groups);

#endif
