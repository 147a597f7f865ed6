/*
 * `kundportal demo`: fills an empty database with a believable Swedish service company. See README.md in this folder.
 */
#pragma once

extern const struct command demo_command;
