#include "help.h"

#include <stdlib.h>
#include <string.h>

/* Prints text for roff: backslashes, dashes and leading dots and quotes must not be taken as requests. */
static void print_text(const char *text)
{
	bool line_begin = true;

	for (; *text != '\0'; text++) {
		if (line_begin && strchr(".'", *text) != NULL)
			(void)fputs("\\&", stdout);
		line_begin = *text == '\n';
		if (*text == '\\')
			(void)fputs("\\e", stdout);
		else if (*text == '-')
			(void)fputs("\\-", stdout);
		else if (text[0] == '\n' && text[1] == '\n')
			(void)fputs("\n.PP", stdout);
		else
			(void)fputc(*text, stdout);
	}
}

static void print_section(const char *title, const char *text)
{
	(void)printf(".SH %s\n", title);
	print_text(text);
	(void)fputc('\n', stdout);
}

static void print_rows(const struct dw_option *rows)
{
	for (const struct dw_option *row = rows; row->name != NULL; row++) {
		char head[80];

		(void)fputs(".TP\n.B ", stdout);
		print_text(dw_help_option(row, head) + (row->letter == 0 ? 4 : 0));
		(void)fputc('\n', stdout);
		print_text(row->help);
		if (row->required && row->instead == NULL)
			(void)fputs("; must be given", stdout);
		else if (row->required)
			(void)printf("; must be given, or --%s", row->instead);
		if (row->fallback != NULL) {
			(void)fputs(" (default ", stdout);
			print_text(row->fallback);
			(void)fputc(')', stdout);
		}
		(void)fputs(".\n", stdout);
	}
}

static void print_head(const struct dw_plugin *plugin)
{
	char name[64];
	size_t length = strlen(plugin->name);

	for (size_t i = 0; i <= length && i < sizeof name; i++)
		name[i] =
			plugin->name[i] >= 'a' && plugin->name[i] <= 'z' ? (char)(plugin->name[i] - 32) : plugin->name[i];
	(void)printf(".TH %s 1 \"" DW_DATE "\" \"dnssec\\-watch %s\" \"Monitoring plugins\"\n.SH NAME\n%s \\- ",
		name, DW_VERSION, plugin->name);
	print_text(plugin->summary);
	(void)printf("\n.SH SYNOPSIS\n.B %s\n.B \\-z\n.I NAME\n.RI [ OPTION\\~... ]\n", plugin->name);
	print_section("DESCRIPTION", plugin->description);
}

static const char durations[] =
	"A duration takes the units s, m, h, d and w, which may be combined: 90s, 1d12h, 2w.";

static const char ranges[] =
	"A RANGE is [@][start:][end] as in the Monitoring Plugins guidelines: a value outside of it alarms, with "
	"@ a value inside; both ends belong to it; ~ is minus infinity. In a range on remaining time each end is "
	"a duration, a bare number counts days, and a bare value means \"at least\": 7 alarms below seven days. "
	"20% means twenty per cent of the signature's own lifetime, expiration less inception.";

static const char output[] =
	"The first line names the state and what matters most: zone, server with its address, record. After the "
	"bar comes the performance data. Each further line is one finding, worst first, with a hint behind "
	"\"->\"; without -v there are never more than twenty. -v adds every server and RRset, -vv every question "
	"and answer, -vvv every signature. Text from the network is escaped: no control byte and no bar reaches "
	"the output.\n\n"
	"When findings disagree the worst is the state: CRITICAL, WARNING, UNKNOWN, OK. A server that does not "
	"answer is a finding, WARNING while another one answers and CRITICAL when none does. UNKNOWN means that "
	"nothing could be looked at.";

static const char schema[] =
	"--format json prints one document: plugin, version, schema (1), state, exit_code, now (as of when it "
	"was judged), elapsed (seconds), figures (the performance data: value, unit, warning, critical; value is "
	"null when unknown) and zones, a list. A run that could not look has error, a text, instead of figures "
	"and zones.\n\n"
	"Each zone has zone, state, summary, findings, findings_dropped, figures and facts. A finding has word "
	"(stable, for programs), severity (OK for a note), zone, server, servers (all that it is about, with "
	"that one first), record, text and hint. Lists may be empty, and what is not known is null. A summary is "
	"the sentence that matters most: the text of the worst finding, if there is one. Members may be added "
	"within a schema; none is removed or changes its meaning.\n\n"
	"facts of a survey: discovery, verified (signature verifications done) and servers. discovery: status, "
	"reason, hosts_given, apex, parent, parent_ns, child_ns, parent_servers, lost (name servers without an "
	"address: name, status, reason), ds (not-asked, no-answer, absent, present) and ds_set (key_tag, "
	"algorithm, digest_type, digest). A server: server (name, address, by_parent, by_child, by_user), "
	"signed, keys (key_tag, flags, protocol, algorithm, state, in_ds) and replies. A reply: topic (dnskey, "
	"soa, ns, absent, record), name, type, asked, kind (none, broken, error, lame, referral, positive, "
	"nodata, nxdomain), status, reason, serial, transport (tcp, truncated, size, elapsed_ms, attempts, edns, "
	"do, aa, rcode, nsid, ede), denial (proven, result, nsec3, opt_out, iterations, salt_length; null when "
	"nothing was denied), rrsets, child (apex of the zone below that the answer comes from) and child_state "
	"(none, signed, unsigned). An RRset: owner, type, section, ttl, records, security (secure, bogus, "
	"unsigned, unverifiable), wildcard, best (index of the signature that counts, -1 for none) and "
	"signatures (state, type_covered, key_tag, algorithm, algorithm_name, labels, original_ttl, inception, "
	"expiration, signer, sep).";

static const char extra_opts[] =
	"--extra-opts=SECTION@FILE reads the options of [SECTION] in FILE, one \"name = value\" a line with "
	"names as they are on the command line, without dashes; '#' begins a comment, and quotes mean nothing; "
	"they count as if they came first on the command line. The default section is the plugin's name; "
	"the default file is the first of monitoring-plugins.ini, plugins.ini and nagios-plugins.ini in the "
	"directories of NAGIOS_CONFIG_PATH, or else in /etc/monitoring-plugins, /etc/nagios-plugins, "
	"/etc/nagios, /usr/local/etc/monitoring-plugins, /usr/local/etc/nagios, /usr/local/nagios/etc, "
	"/opt/nagios/etc, /etc/icinga, /etc/icinga2 and /etc.";

static void print_metrics(const struct dw_plugin *plugin)
{
	(void)fputs(".SH PERFORMANCE DATA\n", stdout);
	for (const struct dw_metric *metric = plugin->metrics; metric->label != NULL; metric++) {
		(void)fputs(".TP\n.B ", stdout);
		print_text(metric->label);
		(void)fputc('\n', stdout);
		print_text(metric->help);
		(void)printf("%s%s%s.\n", metric->unit[0] == '\0' ? "" : " (", metric->unit,
			metric->unit[0] == '\0' ? "" : ")");
	}
	(void)fputs(
		".TP\n.B time\nthe whole run (s).\n.PP\nA value that is not known is U. With several zones these are "
		"sums, but for what is left of a time, the minima, and for sizes and times taken, the maxima.\n",
		stdout);
}

static void print_examples(const struct dw_plugin *plugin)
{
	(void)fputs(".SH EXAMPLES\n", stdout);
	for (const char *const *example = plugin->examples; *example != NULL; example += 2) {
		(void)fputs(".TP\n.B ", stdout);
		print_text(example[0]);
		(void)fputc('\n', stdout);
		print_text(example[1]);
		(void)fputc('\n', stdout);
	}
}

int main(void)
{
	print_head(&dw_plugin);
	(void)fputs(".SH OPTIONS\n", stdout);
	print_rows(dw_plugin.options);
	print_rows(dw_common_options);
	print_section("DURATIONS", durations);
	if (dw_help_has_ranges(&dw_plugin))
		print_section("RANGES", ranges);
	print_section("OUTPUT", output);
	if (dw_plugin.words != NULL)
		print_section("FINDINGS", dw_plugin.words);
	print_metrics(&dw_plugin);
	print_section("JSON", schema);
	if (dw_plugin.schema != NULL) {
		(void)fputs(".PP\n", stdout);
		print_text(dw_plugin.schema);
		(void)fputc('\n', stdout);
	}
	print_section("EXTRA OPTIONS", extra_opts);
	print_section(
		"EXIT STATUS", "0 for OK, 1 for WARNING, 2 for CRITICAL, 3 for UNKNOWN, and for help and version.");
	print_examples(&dw_plugin);
	(void)fputs(".SH SEE ALSO\n", stdout);
	if (dw_plugin.see_also != NULL)
		(void)printf("%s,\n", dw_plugin.see_also);
	(void)fputs(
		"RFC 4033, RFC 4034, RFC 4035, RFC 5155, RFC 6840, RFC 9276; the Monitoring Plugins development "
		"guidelines.\n",
		stdout);
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
