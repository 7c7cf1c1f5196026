#include "plugin.h"

static const char *const formats[] = {"nagios", "json", NULL};

#define ROW(member) DW_OPTION(struct dw_common, member)

const struct dw_option dw_common_options[] = {
	{'z', "zone", "NAME", NULL, "zone to check; repeatable; U-labels are taken (IDN)", ROW(zones),
		.required = true, .instead = "zones"},
	{'Z', "zones", "FILE", NULL,
		"zones to check, one a line; '#' begins a comment; - for standard input; at most 1024 in all",
		ROW(zones_file)},
	{'H', "hostname", "HOST[@PORT]", NULL,
		"ask only this server, an address or a name; repeatable; no resolver is asked for the zone's servers "
		"(default: every address of every name server of the zone)",
		ROW(hosts)},
	{'p', "port", "N", "53", "port of servers without one of their own", ROW(port)},
	{'r', "resolver", "ADDR[@PORT]", NULL,
		"resolver that finds the servers; repeatable (default: those of /etc/resolv.conf)", ROW(resolvers)},
	{'t', "timeout", "S[:STATE]", "10",
		"seconds for the whole run; STATE (unknown) is that of a run which they end before there is a "
		"verdict",
		ROW(timeout)},
	{0, "tries", "N", "3", "UDP attempts for a question", ROW(tries)},
	{0, "try-timeout", "S", "1.5", "seconds to wait for the first attempt, doubled for each next one",
		ROW(try_timeout)},
	{'4', "ipv4", NULL, NULL, "IPv4 only", ROW(only4)},
	{'6', "ipv6", NULL, NULL, "IPv6 only", ROW(only6), .excludes = "ipv4"},
	{0, "source", "ADDR", NULL, "send from this address", ROW(source)},
	{0, "now", "TIME", NULL,
		"judge as of TIME: 2026-11-24T12:00:00Z, 20261124120000, epoch seconds, or +28d from now", ROW(now)},
	{0, "format", "FORMAT", "nagios", "nagios or json: one document with every fact and finding", ROW(format),
		.words = formats},
	{0, "openssl-config", NULL, NULL, "let OpenSSL read its configuration file", ROW(openssl_config)},
	{0, "extra-opts", "[SECTION][@FILE]", NULL, "read options from an ini file", .kind = DW_OPTION_NOTHING,
		.optional = true},
	{'v', "verbose", NULL, NULL, "more detail; up to -vvv, which shows every question and answer",
		ROW(verbose)},
	{'V', "version", NULL, NULL, "print the version", .kind = DW_OPTION_NOTHING},
	{'h', "help", NULL, NULL, "print this help", .kind = DW_OPTION_NOTHING},
	{.name = NULL},
};

enum dw_family dw_common_family(const struct dw_common *common)
{
	if (common->only4 == common->only6)
		return DW_FAMILY_ANY;
	return common->only4 ? DW_FAMILY_4 : DW_FAMILY_6;
}

struct dw_option_tables dw_plugin_tables(const struct dw_plugin *plugin)
{
	return (struct dw_option_tables){dw_common_options, plugin->options};
}
