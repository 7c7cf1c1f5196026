#include "dns/size_figures.h"

enum dw_severity dw_size_severity(const struct dw_size_policy *policy, size_t size)
{
	if (size > 0 && dw_range_alarms(&policy->critical, (int64_t)size, 0))
		return DW_CRITICAL;
	return size > 0 && dw_range_alarms(&policy->warning, (int64_t)size, 0) ? DW_WARNING : DW_NOTE;
}

static void take_time(bool *known, dw_millis *shortest, dw_millis elapsed)
{
	if (!*known || elapsed < *shortest)
		*shortest = elapsed;
	*known = true;
}

void dw_size_sample_take(struct dw_size_sample *sample, const struct dw_size_answer *answer)
{
	if (answer->tcp) {
		take_time(&sample->tcp_known, &sample->tcp_time, answer->elapsed);
		return;
	}
	take_time(&sample->udp_known, &sample->udp_time, answer->elapsed);
	if (answer->size > sample->udp_max)
		sample->udp_max = answer->size;
	if (!answer->edns)
		return;
	sample->advertised_known = true;
	if (answer->advertised > sample->advertised)
		sample->advertised = answer->advertised;
}

static void add_time(bool *known, dw_millis *longest, dw_millis time)
{
	if (!*known || time > *longest)
		*longest = time;
	*known = true;
}

void dw_size_figures_add(struct dw_size_figures *figures, const struct dw_size_sample *sample, bool bad)
{
	if (sample->udp_known)
		add_time(&figures->udp_time_known, &figures->udp_time, sample->udp_time);
	if (sample->tcp_known)
		add_time(&figures->tcp_time_known, &figures->tcp_time, sample->tcp_time);
	figures->udp_known = figures->udp_known || sample->udp_known;
	if (sample->udp_max > figures->udp_max)
		figures->udp_max = sample->udp_max;
	figures->advertised_known = figures->advertised_known || sample->advertised_known;
	if (sample->advertised > figures->advertised)
		figures->advertised = sample->advertised;
	figures->servers++;
	figures->servers_bad += bad;
}
