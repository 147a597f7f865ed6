/* The form that corrects a case. */
#pragma once

#include "forms/views.h"

struct correct_view {
    struct str number, case_url, action, version;
    bool started; /* it is too late: the page shows what was typed, without a button */
    struct form_page form;
};
