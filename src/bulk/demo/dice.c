#include "bulk/demo/dice.h"

/* SplitMix64. */
uint64_t dice_roll(struct dice *dice)
{
    uint64_t z = dice->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

struct dice dice_of(uint64_t seed, uint64_t purpose, uint64_t index)
{
    struct dice dice = {seed * UINT64_C(0xD1342543DE82EF95) + purpose};
    dice.state = dice_roll(&dice) + index * UINT64_C(0x2545F4914F6CDD1D);
    (void)dice_roll(&dice);
    return dice;
}

int64_t dice_below(struct dice *dice, int64_t limit)
{
    return (int64_t)(dice_roll(dice) % (uint64_t)limit);
}

bool dice_chance(struct dice *dice, int in_thousand)
{
    return dice_below(dice, 1000) < in_thousand;
}
