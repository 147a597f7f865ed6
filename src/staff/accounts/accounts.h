/* The staff pages of contacts' accounts: their state, their contact, invitations and blocking. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_accounts_feature;
