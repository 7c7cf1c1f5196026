/*
 * stray: what a server sends beside the answers that are waited for: garbage, and answers once more.
 *
 * It is counted by a patient engine only, which probes. What comes too late, after its question was given up,
 * or for an attempt that was repeated, is neither.
 *
 * Nothing blocks or allocates. Strays belong to the engine's thread.
 */
#ifndef DW_DNS_STRAY_H
#define DW_DNS_STRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DW_STRAY_IDS 250 /* questions that ended last, and are remembered: more than a ladder asks */

/* Zero-initialised nothing was seen. */
struct dw_strays {
	unsigned n_garbage;  /* datagrams that are no answer to anything asked */
	unsigned n_repeated; /* answers that had been there before */
	unsigned n_ended;    /* questions that ended by UDP */
	struct {
		uint16_t id;
		bool once; /* it was asked once, and answered */
	} ended[DW_STRAY_IDS];
};

/* Notes that a question of this id has ended, after `attempts` datagrams. */
void dw_strays_ended(struct dw_strays *strays, uint16_t id, unsigned attempts, bool answered);

/* Counts a datagram that matched no question that is open. */
void dw_strays_count(struct dw_strays *strays, const uint8_t *wire, size_t length);

#endif
