/*
 * `kundportal demo`: fills an empty database with a believable Swedish service company. See README.md in this folder.
 */
#pragma once

int demo_command(int argc, char **argv);
