/*
 * suspicion: what may be dropped on the way to a server, and whether loss could be the reason as well.
 *
 * Each question of the ladder that was never answered belongs to one suspicion: that EDNS is dropped, or
 * answers above a size, and so on. A suspicion is proven when loss is out of the question (see chance), the
 * questions outside of every suspicion being the controls. Ladder and judge share it.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_SUSPICION_H
#define DW_DNS_SUSPICION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/payload.h"
#include "dns/rung.h"

#define DW_SUSPICIONS_MAX 32

/* What may be dropped. */
enum dw_suspect {
	DW_SUSPECT_FETCH,    /* nothing on the way: a resolver does not get an RRset, or what proves it */
	DW_SUSPECT_UDP,      /* everything by UDP */
	DW_SUSPECT_EDNS,     /* questions with EDNS by UDP */
	DW_SUSPECT_DO,       /* questions with DO by UDP */
	DW_SUSPECT_SIZE,     /* UDP answers that are larger than those that came */
	DW_SUSPECT_VERSION,  /* questions with another EDNS version */
	DW_SUSPECT_OPTION,   /* questions with an unknown option */
	DW_SUSPECT_FLAG,     /* questions with an unknown flag */
	DW_SUSPECT_LONG,     /* questions as long as a packet */
	DW_SUSPECT_QUESTION, /* one question by UDP, for no reason that is known */
	DW_SUSPECT_CONNECT,  /* SYN by TCP, or SYN-ACK */
	DW_SUSPECT_ANSWER,   /* whatever comes after the connection */
	DW_SUSPECT_SEGMENT,  /* large answers by TCP, perhaps in segments of the usual size alone */
	DW_SUSPECT_STREAM,   /* one question by TCP, for no reason that is known */
};

struct dw_suspicion {
	enum dw_suspect suspect;
	unsigned rung;   /* the first that belongs to it */
	unsigned n_lost; /* attempts, those by UDP that were refused too */
	double chance;   /* that loss is the reason, 0 to 1 */
	bool proven;
};

/* What is suspected of one address. */
struct dw_suspicions {
	bool udp_heard, edns_heard; /* something came by UDP, and to a question with EDNS */
	bool do_suspect;            /* no answer to a question with DO came, and not to the smallest buffer */
	unsigned n_rejected;        /* UDP attempts that were refused, by ICMP */
	bool tcp_connected, tcp_heard;
	bool brought;      /* something that was asked for came, or that it does not exist */
	size_t udp_passed; /* octets of the largest UDP answer that came; 0: none */
	size_t udp_lost;   /* octets of the smallest that is suspected to be dropped, where known; else 0 */
	unsigned n_through, n_lost; /* UDP attempts outside of suspicions */
	unsigned n_items;
	struct dw_suspicion items[DW_SUSPICIONS_MAX];
	uint8_t of[DW_RUNGS_MAX]; /* for each rung: 0, or the index of its suspicion plus 1 */
};

/* Sorts what was not answered into suspicions, and weighs them. */
void dw_suspicions_find(const struct dw_payload_address *address, struct dw_suspicions *suspicions);

/* Whether nothing was heard of the RRset of a rung from a resolver, but that it fails or knows no version. */
bool dw_suspicion_unfetched(const struct dw_payload_address *address, const struct dw_payload_rung *rung);

/* The suspicion of a kind; NULL when there is none. */
const struct dw_suspicion *dw_suspicion_of(const struct dw_suspicions *suspicions, enum dw_suspect suspect);

/* Octets of the whole answer to a rung's question as far as known from any rung; 0 otherwise. */
size_t dw_suspicion_full_size(const struct dw_payload_address *address, const struct dw_payload_rung *rung);

#endif
