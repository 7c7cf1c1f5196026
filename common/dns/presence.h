/*
 * presence: judges whether the servers of a zone answer usefully.
 *
 * A server that stays silent, refuses or knows nothing of the zone is a WARNING while another one
 * answers, and CRITICAL when none does. Part of the signature judge; of use to every judge of a
 * survey. Nothing here blocks.
 */
#ifndef DW_DNS_PRESENCE_H
#define DW_DNS_PRESENCE_H

#include <stdbool.h>

#include "dns/judgement.h"
#include "dns/survey.h"

/* Whether the reply says something about what was asked. */
bool dw_presence_useful(const struct dw_reply *reply);

/* Whether a server serves the zone, signed or not: it answered the DNSKEY question usefully. */
bool dw_presence_serves(const struct dw_server_facts *server);

/* Whether this host has no way to send to the server. */
bool dw_presence_no_route(const struct dw_server_facts *server);

/* Adds findings about the questions that a server did not answer usefully. */
void dw_presence_judge(struct dw_judgement *judgement, const struct dw_server_facts *server);

/*
 * Adds findings about what the discovery says: that it failed, and which name servers have no
 * address. False when there is no server to go on with.
 */
bool dw_presence_discovery(struct dw_judgement *judgement);

#endif
