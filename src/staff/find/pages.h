/* The request handlers of this folder. */
#pragma once

#include "portal/visit.h"

bool lookup_customers(struct visit *visit, struct err *err);
bool lookup_objects(struct visit *visit, struct err *err);
bool lookup_contacts(struct visit *visit, struct err *err);
bool lookup_articles(struct visit *visit, struct err *err);
