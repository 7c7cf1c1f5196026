#include "dns/stray.h"

#include "dns/octets.h"

void dw_strays_ended(struct dw_strays *strays, uint16_t id, unsigned attempts, bool answered)
{
	unsigned at = strays->n_ended++ % DW_STRAY_IDS;

	strays->ended[at].id = id;
	strays->ended[at].once = answered && attempts == 1;
}

void dw_strays_count(struct dw_strays *strays, const uint8_t *wire, size_t length)
{
	unsigned n = strays->n_ended < DW_STRAY_IDS ? strays->n_ended : DW_STRAY_IDS;

	for (unsigned i = 0; length >= 2 && i < n; i++) {
		if (strays->ended[i].id != dw_read16(wire))
			continue;
		strays->n_repeated += strays->ended[i].once;
		return;
	}
	strays->n_garbage++;
}
