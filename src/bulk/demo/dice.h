/* A stream of random numbers that depends only on seed, purpose and index, so that any row can be made alone. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

struct dice dice_of(uint64_t seed, uint64_t purpose, uint64_t index);
uint64_t dice_roll(struct dice *dice);
int64_t dice_below(struct dice *dice, int64_t limit); /* returns 0 … limit - 1; limit is at least 1 */
bool dice_chance(struct dice *dice, int in_thousand);
