/*
 * size_figures: how large and how quick answers are, by UDP and TCP, over all addresses that were asked.
 *
 * A sample is what came from one address; figures are made of samples, and sizes are held against what the
 * user wants. Plain values, which the judges of
 * payloads and of reply sizes share; nothing here blocks, and any thread may call it.
 */
#ifndef DW_DNS_SIZE_FIGURES_H
#define DW_DNS_SIZE_FIGURES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/moment.h"
#include "core/range.h"
#include "dns/finding.h"

/* What the user wants. Both are of DW_RANGE_COUNT, on octets: of a UDP answer, or of an advertised buffer. */
struct dw_size_policy {
	struct dw_range warning;
	struct dw_range critical;
};

/* One answer. */
struct dw_size_answer {
	bool tcp;
	size_t size;         /* octets */
	bool edns;           /* an OPT came: `advertised` means something */
	unsigned advertised; /* the buffer that it names */
	dw_millis elapsed;
};

/* What came from one address. Zero-initialised it is nothing. */
struct dw_size_sample {
	bool udp_known;
	size_t udp_max;     /* octets of the largest UDP answer */
	dw_millis udp_time; /* the shortest */
	bool advertised_known;
	unsigned advertised; /* the largest buffer that an UDP answer names */
	bool tcp_known;
	dw_millis tcp_time;
};

/* What to measure with, over all addresses. Zero-initialised it is nothing. */
struct dw_size_figures {
	bool udp_known;
	size_t udp_max; /* octets of the largest UDP answer received */
	bool advertised_known;
	unsigned advertised; /* largest buffer that is advertised */
	bool udp_time_known, tcp_time_known;
	dw_millis udp_time; /* the longest of the addresses' shortest answers */
	dw_millis tcp_time;
	unsigned servers;     /* addresses asked */
	unsigned servers_bad; /* with a finding of WARNING or worse */
};

/* How bad a size is; DW_NOTE when it is as the user wants, or 0, which is none. */
enum dw_severity dw_size_severity(const struct dw_size_policy *policy, size_t size);

/* Adds an answer to what came from its address. */
void dw_size_sample_take(struct dw_size_sample *sample, const struct dw_size_answer *answer);

/* Adds an address to the figures; `bad` when it has a finding of WARNING or worse. */
void dw_size_figures_add(struct dw_size_figures *figures, const struct dw_size_sample *sample, bool bad);

#endif
