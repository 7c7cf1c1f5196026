/*
 * tcp: connections, and the ways in which an answer is sent, or not, over one.
 */
#ifndef LIAR_TCP_H
#define LIAR_TCP_H

#include "liar.h"

liar_tcp_fn liar_tcp_once;
liar_tcp_fn liar_tcp_refused; /* nobody listens: connections are refused */
liar_tcp_fn liar_tcp_nothing; /* the question is read, and that is all */
liar_tcp_fn liar_tcp_reset;
liar_tcp_fn liar_tcp_closed;  /* closed in order, without an answer */
liar_tcp_fn liar_tcp_cut;     /* closed after half of the answer */
liar_tcp_fn liar_tcp_broken;  /* reset after half of the answer */
liar_tcp_fn liar_tcp_deaf;    /* not even the question is read */
liar_tcp_fn liar_tcp_garbage; /* random octets, closed */
liar_tcp_fn liar_tcp_zero;    /* a message of no octets, closed */
liar_tcp_fn liar_tcp_drip;    /* an octet every `value` milliseconds */
liar_tcp_fn liar_tcp_wrong_id;
liar_tcp_fn liar_tcp_truncated; /* TC over TCP */
liar_tcp_fn liar_tcp_split;     /* prefix and message in small pieces, 5 milliseconds apart */
liar_tcp_fn liar_tcp_unasked;   /* first an answer with another id, then the right one */
liar_tcp_fn liar_tcp_endless;   /* messages with another id, for ever */

/* Accepts what connects to a listener. */
void liar_tcp_ready(struct liar_source *source);

/* Writes what is due on slow connections; returns the moment of the next octet, or INT64_MAX. */
int64_t liar_tcp_write_due(struct liar *liar);

/* Closes every connection. */
void liar_tcp_fini(struct liar *liar);

#endif
