#include "base/clock.h"

/* The Gregorian calendar repeats every 400 years. Here a year begins in March, so that a leap day is its last day. */
#define DAYS_PER_400_YEARS 146097
#define EPOCH_DAY 719468 /* 1970-01-01, counted from 0000-03-01 */

/* Returns the days from March 1st to the first day of the month; March is month 0. */
static int days_before_month(int month_from_march)
{
    return (153 * month_from_march + 2) / 5;
}

int32_t date_from_civil(int year, int month, int day)
{
    int64_t y = month > 2 ? year : (int64_t)year - 1;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = days_before_month((month + 9) % 12) + day - 1;
    int64_t days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return (int32_t)(era * DAYS_PER_400_YEARS + days - EPOCH_DAY);
}

void date_to_civil(int32_t date, int *year, int *month, int *day)
{
    int64_t days = (int64_t)date + EPOCH_DAY;
    int64_t era = (days >= 0 ? days : days - (DAYS_PER_400_YEARS - 1)) / DAYS_PER_400_YEARS;
    int of_era = (int)(days - era * DAYS_PER_400_YEARS);
    int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / (DAYS_PER_400_YEARS - 1)) / 365;
    int of_year = of_era - (365 * y + y / 4 - y / 100);
    int from_march = (5 * of_year + 2) / 153;
    *day = of_year - days_before_month(from_march) + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = (int)(y + era * 400) + (*month <= 2);
}

static int days_in_month(int year, int month)
{
    int next_year = month == 12 ? year + 1 : year;
    int next_month = month == 12 ? 1 : month + 1;
    return date_from_civil(next_year, next_month, 1) - date_from_civil(year, month, 1);
}

int32_t date_add_months(int32_t date, int months)
{
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    int64_t count = (int64_t)year * 12 + (month - 1) + months;
    int64_t new_year = count / 12 - (count % 12 < 0);
    int new_month = (int)(count - new_year * 12) + 1;
    int last = days_in_month((int)new_year, new_month);
    return date_from_civil((int)new_year, new_month, day < last ? day : last);
}
