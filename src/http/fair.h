/*
 * Shares connections among addresses, so that one address cannot take them all. An address gets another connection
 * while it has fewer than are free: alone it can hold half of them, two addresses a third each, and so on. IPv6
 * addresses of one /64 count as one. Trusted proxies and Unix sockets are not limited, because many clients share them.
 * Only one thread at a time may call these functions.
 */
#pragma once

#include "http/http.h"

#include <sys/socket.h>

struct fair;
struct fair *fair_create(struct arena *arena, const struct http_options *options, unsigned limit);
/* Returns whether this address may have another connection. */
bool fair_allows(const struct fair *fair, const struct sockaddr *address);
/* Counts one connection more (1) or fewer (-1) of this address. */
void fair_count(struct fair *fair, const struct sockaddr *address, int change);
