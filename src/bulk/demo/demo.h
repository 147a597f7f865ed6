/*
 * `kundportal demo`: fills an empty database with a believable Swedish service company. See README.md in this folder.
 */
#ifndef KP_BULK_DEMO_DEMO_H
#define KP_BULK_DEMO_DEMO_H

int demo_command(int argc, char **argv);

#endif
