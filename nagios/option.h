/*
 * option: reads the command line into a struct, from a table with one row an option.
 *
 * The type of the member that a row names chooses how its text is read; the default is written as a
 * user would write it and read the same way. `--help`, the manual page and `--extra-opts` are made
 * from the same rows. A text that stays in a struct points into argv or the rows. Lists are
 * bounded arrays within the struct, so nothing has to be released.
 *
 * Nothing blocks. Functions belong to the thread that starts the program.
 */
#ifndef DW_NAGIOS_OPTION_H
#define DW_NAGIOS_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/moment.h"
#include "core/name.h"
#include "core/range.h"
#include "dns/finding.h"
#include "dns/resolver.h"
#include "dns/server.h"
#include "dns/survey.h"

#define DW_ZONES_MAX 1024

/* The types of members beside bool, unsigned, uint16_t, dw_seconds and const char *. */
struct dw_zone_list {
	unsigned n_zones;
	struct dw_name items[DW_ZONES_MAX];
	bool unicode; /* one was typed with U-labels, so U-labels are shown */
};

struct dw_host_list {
	unsigned n_hosts;
	struct dw_host items[DW_HOSTS_MAX];
};

/* NAME/TYPE. A name that is not within the zone is taken as relative to it, unless it ends with a dot. */
struct dw_record_list {
	unsigned n_records;
	struct dw_record items[DW_SURVEY_RECORDS_MAX];
	bool absolute[DW_SURVEY_RECORDS_MAX]; /* it ended with a dot */
};

/* DS records, each as "TAG ALG TYPE DIGEST". */
struct dw_ds_list {
	unsigned n_ds;
	struct dw_ds_fact items[DW_DS_MAX];
};

#define DW_SIZES_MAX 8

/* Sizes of EDNS buffers in octets, from 512 on, each once. */
struct dw_size_list {
	unsigned n_sizes;
	uint16_t items[DW_SIZES_MAX];
};

#define DW_DIGEST_LIST_MAX 3

/* Digest types that can be made here, "1,2,4", in that order and none twice. */
struct dw_digest_list {
	unsigned n_types;
	uint8_t types[DW_DIGEST_LIST_MAX];
};

/* "S" or "S:STATE". */
struct dw_timeout {
	dw_millis wait;
	enum dw_severity state;
};

/* A wait of less than seconds, "1.5". */
struct dw_wait {
	dw_millis millis;
};

/* "ok", "warning", "critical" or "unknown". */
struct dw_state {
	enum dw_severity severity;
};

/* The index of a word among the row's `words`. */
struct dw_word {
	unsigned index;
};

/* A moment, perhaps given from now. */
struct dw_time {
	bool given;
	dw_moment moment;
};

enum dw_option_kind {
	DW_OPTION_FLAG,
	DW_OPTION_LEVEL, /* counts how often it is given */
	DW_OPTION_NUMBER,
	DW_OPTION_PORT,
	DW_OPTION_SPAN,
	DW_OPTION_TEXT,
	DW_OPTION_ZONES,
	DW_OPTION_HOSTS,
	DW_OPTION_RESOLVERS,
	DW_OPTION_RECORDS,
	DW_OPTION_RANGE,
	DW_OPTION_TIMEOUT,
	DW_OPTION_WAIT,
	DW_OPTION_STATE,
	DW_OPTION_CHOICE,
	DW_OPTION_TIME,
	DW_OPTION_ADDRESS,
	DW_OPTION_NAME, /* case kept */
	DW_OPTION_DS,
	DW_OPTION_DIGESTS,
	DW_OPTION_SIZES,
	DW_OPTION_NOTHING, /* for --help, --version and --extra-opts, which main sees to */
};

/* A verbosity is a level, so that `unsigned` can be a number. */
struct dw_level {
	unsigned level;
};

/* The place and the kind of a member, for a row. */
#define DW_OPTION(type, member) .offset = offsetof(type, member), .kind = DW_OPTION_KIND(((type *)0)->member)

#define DW_OPTION_KIND(member)                                                                               \
	_Generic((member), \
		bool: DW_OPTION_FLAG, \
		struct dw_level: DW_OPTION_LEVEL, \
		unsigned: DW_OPTION_NUMBER, \
		uint16_t: DW_OPTION_PORT, \
		dw_seconds: DW_OPTION_SPAN, \
		const char *: DW_OPTION_TEXT, \
		struct dw_zone_list: DW_OPTION_ZONES, \
		struct dw_host_list: DW_OPTION_HOSTS, \
		struct dw_resolvers: DW_OPTION_RESOLVERS, \
		struct dw_record_list: DW_OPTION_RECORDS, \
		struct dw_range: DW_OPTION_RANGE, \
		struct dw_timeout: DW_OPTION_TIMEOUT, \
		struct dw_wait: DW_OPTION_WAIT, \
		struct dw_state: DW_OPTION_STATE, \
		struct dw_word: DW_OPTION_CHOICE, \
		struct dw_time: DW_OPTION_TIME, \
		struct dw_address: DW_OPTION_ADDRESS, \
		struct dw_name: DW_OPTION_NAME, \
		struct dw_ds_list: DW_OPTION_DS, \
		struct dw_digest_list: DW_OPTION_DIGESTS, \
		struct dw_size_list: DW_OPTION_SIZES)

/* One option. A table ends with a row whose name is NULL. */
struct dw_option {
	char letter;          /* 0 for none */
	const char *name;     /* without the dashes */
	const char *argument; /* "NAME", for the help; NULL for a flag */
	const char *fallback; /* the default, or NULL */
	const char *help;     /* a clause, lower case, no full stop */
	size_t offset;        /* by DW_OPTION() */
	enum dw_option_kind kind;
	bool required;
	const char *instead;  /* long name of an option of the same table that will do, where one is required */
	const char *excludes; /* long name of an option of the same table that cannot be given beside it */
	bool left;            /* a range on what should stay large (DW_RANGE_LEFT) */
	bool optional;        /* the argument may be missing, and then only "=" joins it */
	const char *const *words; /* of a choice; ends with NULL */
};

/* Rows of every check and rows of this one. Both end with a NULL name. */
struct dw_option_tables {
	const struct dw_option *common;
	const struct dw_option *own;
};

/* One option as it was given: a row, and the text of its argument (NULL for a flag). */
struct dw_option_given {
	const struct dw_option *row;
	const char *text;
};

/*
 * Splits one step of a command line: reads the option at `*at` (moving it and `*within`, the place in a
 * cluster of letters) into `given`. Begin with `*at` 1 and `*within` 0. DW_NOT_FOUND at the end of the line,
 * DW_INVALID for an unknown option, a missing or surplus argument, or a word that is no option.
 */
DW_MUST_CHECK enum dw_status dw_option_next(const struct dw_option_tables *tables, char *const *argv, int *at,
	int *within, struct dw_option_given *given, struct dw_error *error);

/* Finds a row by its letter, own rows first; NULL when there is none. */
const struct dw_option *dw_option_by_letter(const struct dw_option_tables *tables, char letter);

/*
 * Finds a row by its long name (exact, or the only one that begins so) of `length`; NULL when there is none.
 */
const struct dw_option *dw_option_find(
	const struct dw_option_tables *tables, const char *name, size_t length);

/*
 * Reads one given option into `values`. Lists grow, other members are replaced. `now` is what relative times
 * are counted from. DW_INVALID with "--name: what is wrong".
 */
DW_MUST_CHECK enum dw_status dw_option_read(
	const struct dw_option_given *given, dw_moment now, void *values, struct dw_error *error);

/* Reads the defaults of all rows into `values`, which the caller zeroed. */
DW_MUST_CHECK enum dw_status dw_option_defaults(
	const struct dw_option_tables *tables, dw_moment now, void *values, struct dw_error *error);

/*
 * Whether every required list or text was given, and none beside one that it excludes (flags, lists and texts
 * can); DW_INVALID names the options.
 */
DW_MUST_CHECK enum dw_status dw_option_complete(
	const struct dw_option_tables *tables, const void *values, struct dw_error *error);

#endif
