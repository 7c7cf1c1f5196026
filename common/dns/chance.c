#include "dns/chance.h"

/* Shares of packets that get through, which are tried: the middles of so many equal steps from 0 to 1. */
#define STEPS 200

/* Octets of UDP header and message in one packet of 1500 octets, or fragment. */
#define PACKET_MAX 1480
#define UDP_HEADER 8

static double power(double base, unsigned exponent)
{
	double result = 1;

	for (; exponent > 0; exponent /= 2) {
		if (exponent % 2 == 1)
			result *= base;
		base *= base;
	}
	return result;
}

double dw_chance_of_silence(
	const struct dw_trials *controls, unsigned n_controls, const struct dw_trials *silent, unsigned n_silent)
{
	double seen = 0, both = 0;

	for (unsigned step = 0; step < STEPS; step++) {
		double share = (step + 0.5) / STEPS, likelihood = 1;

		for (unsigned i = 0; i < n_controls; i++) {
			double through = power(share, controls[i].n_packets);
			likelihood *= power(through, controls[i].n_through) * power(1 - through, controls[i].n_failed);
		}
		seen += likelihood;
		for (unsigned i = 0; i < n_silent; i++)
			likelihood *= power(1 - power(share, silent[i].n_packets), silent[i].n_failed);
		both += likelihood;
	}
	return seen > 0 ? both / seen : 1;
}

unsigned dw_chance_packets(unsigned size)
{
	return (size + UDP_HEADER + PACKET_MAX - 1) / PACKET_MAX;
}
