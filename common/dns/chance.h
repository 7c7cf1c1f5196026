/*
 * chance: how likely it is that packets were lost by chance alone, given how others fared on the same way.
 *
 * What is asked is a row of trials that all failed, beside controls of which some got through. Nobody knows
 * the loss of the way; so all losses are considered, each as far as the controls make it likely. A trial gets
 * through when each of its packets does: two for a question and a short answer, more for an answer in
 * fragments.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_CHANCE_H
#define DW_DNS_CHANCE_H

/* Trials of one sort. */
struct dw_trials {
	unsigned n_packets; /* that each needs, 1 at least */
	unsigned n_through;
	unsigned n_failed;
};

/* Below this, that packets were lost by chance is out of the question. */
#define DW_CHANCE_NONE 5e-6

/*
 * The probability that all the failed trials of `silent` (what got through there is not looked at) fail by
 * loss, 0 to 1, given the controls; without controls nothing is known of the way, and it is close to 1 for
 * a few trials.
 */
double dw_chance_of_silence(
	const struct dw_trials *controls, unsigned n_controls, const struct dw_trials *silent, unsigned n_silent);

/* The number of packets in which an answer of `size` octets comes by UDP over links of 1500 octets. */
unsigned dw_chance_packets(unsigned size);

#endif
