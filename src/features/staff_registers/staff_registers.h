/* Customers, objects, contacts and articles, kept by staff. See README.md in this folder. */
#ifndef KP_FEATURES_STAFF_REGISTERS_STAFF_REGISTERS_H
#define KP_FEATURES_STAFF_REGISTERS_STAFF_REGISTERS_H

#include "portal/visit.h"

extern const struct feature staff_registers_feature;

#endif
