/*
 * udp: the ways in which an answer is sent, or not, as a datagram.
 */
#ifndef LIAR_UDP_H
#define LIAR_UDP_H

#include "liar.h"

liar_udp_fn liar_udp_once;      /* as a server should: with TC and empty when the client takes less */
liar_udp_fn liar_udp_oversized; /* whatever size the client takes */
liar_udp_fn liar_udp_nothing;
liar_udp_fn liar_udp_truncated;      /* TC and no records, always */
liar_udp_fn liar_udp_truncated_full; /* TC, but the records are there */
liar_udp_fn liar_udp_drop_first;     /* the first `value` questions are lost */
liar_udp_fn liar_udp_drop_every;     /* every `value`th question is lost */
liar_udp_fn liar_udp_drop_percent;   /* `value` per cent are lost */
liar_udp_fn liar_udp_delayed;        /* by `value` milliseconds */
liar_udp_fn liar_udp_twice;
liar_udp_fn
	liar_udp_forged_first; /* a wrong one with another id, one with another question, then the right one */
liar_udp_fn liar_udp_flood_first;   /* `value` datagrams of random octets, then the right one */
liar_udp_fn liar_udp_other_port;    /* the source port is another */
liar_udp_fn liar_udp_other_address; /* the source address is another */
liar_udp_fn liar_udp_empty;         /* a datagram without a single octet */

/* Reads and answers what has arrived at a listener. */
void liar_udp_ready(struct liar_source *source);

/* Sends the delayed datagrams whose time has come; returns the moment of the next, or INT64_MAX. */
int64_t liar_udp_send_delayed(struct liar *liar);

#endif
