/*
 * plugin: what a check is, to the program around it.
 *
 * A check is one file that defines `dw_plugin`: its rows of options and metrics, and a subject,
 * which begins an inquiry about one zone, judges what it learned and shows it. Everything else
 * (command line, help, manual page, engine, deadline, several zones, output) is made from that.
 *
 * A subject's functions are called by one thread; only the program blocks.
 */
#ifndef DW_NAGIOS_PLUGIN_H
#define DW_NAGIOS_PLUGIN_H

#include <stdint.h>
#include <stdio.h>

#include <jansson.h>

#include "option.h"

#include "dns/inquiry.h"

#define DW_METRICS_MAX 16
#define DW_SUMMARY_MAX 400 /* a sentence, its NUL included; the first line is cut to its own length */

/* What every check takes; the first member of its values. */
struct dw_common {
	struct dw_zone_list zones;
	const char *zones_file; /* with more of them; read when the alarm is armed */
	struct dw_host_list hosts;
	uint16_t port;
	struct dw_resolvers resolvers;
	struct dw_timeout timeout;
	unsigned tries;
	struct dw_wait try_timeout;
	bool only4;
	bool only6;
	struct dw_address source;
	struct dw_time now;
	struct dw_word format;
	bool openssl_config;
	struct dw_level verbose;
};

/* What a subject needs to begin: where to ask, and as of when to judge. */
struct dw_setting {
	struct dw_discovery_plan discovery; /* all but the zone */
	dw_moment now;
	char absent_label[32]; /* a label that hardly exists anywhere */
};

/* How several zones make one figure. */
enum dw_total { DW_TOTAL_SUM, DW_TOTAL_MINIMUM, DW_TOTAL_MAXIMUM };

/* A row of a check's performance data; stable for its users. A table ends with a NULL label. */
struct dw_metric {
	const char *label;
	const char *unit; /* "s", "B", or "" for a count */
	enum dw_total total;
	const char *help; /* a clause for the manual page */
};

/* A value of such a row. */
struct dw_figure {
	bool left_out;    /* not of this run: nothing is printed, not even "U" */
	bool known;       /* else "U" */
	bool thousandths; /* `value` counts thousandths of the unit */
	int64_t value;
	char warning[DW_RANGE_TEXT_MAX]; /* as in perfdata, "" for none */
	char critical[DW_RANGE_TEXT_MAX];
};

/* What a check says about one zone. `findings` is released by the program. */
struct dw_verdict {
	struct dw_name zone;
	struct dw_findings findings;
	struct dw_figure figures[DW_METRICS_MAX]; /* by row of the metrics */
	char summary[DW_SUMMARY_MAX];             /* what to say when nothing is wrong */
};

/* How much a check wants a resolver beside those that its servers are found with. */
enum dw_want {
	DW_WANT_FOR_HOSTS, /* only for what --hostname leaves to be found */
	DW_WANT_IF_ANY,    /* of use when the system has one */
	DW_WANT_ALWAYS,
};

/* What a check does about one zone. `self` is the subject's own struct; members marked so may be NULL. */
struct dw_subject {
	/*
	 * May be NULL. Reads what the options name (files), once, before anything is begun, and may block on it.
	 * DW_INVALID for what cannot be used. What it makes is ended by `release`, whatever it returned.
	 */
	enum dw_status (*prepare)(void *values, dw_moment now, struct dw_error *error);
	void (*release)(void *values);                /* may be NULL */
	enum dw_want (*resolver)(const void *values); /* may be NULL: DW_WANT_FOR_HOSTS */
	/* Begins an inquiry; DW_SYSTEM without memory. Ended by `end`. */
	enum dw_status (*begin)(const void *values, const struct dw_setting *setting, const struct dw_name *zone,
		struct dw_inquiry *inquiry, struct dw_error *error);
	/* Judges what was learned: adds findings, sets figures and summary. */
	void (*judge)(const void *values, const void *self, struct dw_verdict *verdict);
	/*
	 * After `judge`: prints lines about what was learned, more with a higher `level` (1 to 3); text that is
	 * safe to print.
	 */
	void (*show)(const void *self, unsigned level, FILE *page);
	/*
	 * May be NULL. Prints lines that stand behind the findings, whatever -v says; text that is safe to print.
	 */
	void (*print)(const void *self, FILE *page);
	/* After `judge`: every fact, for --format json; a new reference, NULL without memory. */
	json_t *(*facts)(const void *self);
	/* Releases `self`. */
	void (*end)(void *self);
	bool patient; /* a silent server is asked on: its silence is what is looked at */
};

struct dw_plugin {
	const char *name;                /* "check_rrsig_expiry" */
	const char *label;               /* first word of the output */
	const char *summary;             /* one line, for help and manual page */
	const char *description;         /* paragraphs for the manual page, split by "\n\n" */
	const struct dw_option *options; /* own rows; ends with a NULL name */
	size_t values_size;              /* of the struct that the rows fill; begins with struct dw_common */
	const struct dw_metric *metrics; /* ends with a NULL label */
	const char *const *examples;     /* pairs of a command line and what it does; ends with NULL */
	const struct dw_subject *subject;
	const char *words;    /* paragraphs about the words of its findings, or NULL */
	const char *schema;   /* paragraphs about its facts in JSON beside those of a survey, or NULL */
	const char *see_also; /* further RFCs, "RFC 7344, RFC 8078", or NULL */
};

/* The check that is linked into this program; the check's own file defines it. */
extern const struct dw_plugin dw_plugin;

/* The rows that every check takes. */
extern const struct dw_option dw_common_options[];

/* The family that -4 and -6 leave to be asked. */
enum dw_family dw_common_family(const struct dw_common *common);

/* Both tables of a check. */
struct dw_option_tables dw_plugin_tables(const struct dw_plugin *plugin);

/*
 * Runs a check from command line to exit code: 0 to 3 (OK, WARNING, CRITICAL, UNKNOWN), whatever happens.
 * Blocks until the end of -t at the latest. Writes to standard output once.
 */
int dw_plugin_run(const struct dw_plugin *plugin, char *const *argv);

#endif
