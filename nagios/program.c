#include "plugin.h"

#include <errno.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "extra_opts.h"
#include "help.h"
#include "result.h"
#include "round.h"
#include "watchdog.h"
#include "zone_list.h"

#include "dns/clock.h"
#include "dns/crypto.h"

/*
 * Octets from which memory comes in pages of its own: what is that large has room for what a user might give
 * or a server might say, and the room that nobody fills is then never touched.
 */
#define ROOMY 16384

/* What is left of --timeout for judging and printing, and what the alarm waits beyond it. */
#define MARGIN_MAX  400
#define ALARM_AFTER 500

/* The system's; what a run takes is measured on it. */
static const struct dw_clock monotonic = {NULL, NULL};

/* The page is what will be written to standard output, once. */
struct program {
	const struct dw_plugin *plugin;
	struct dw_option_tables tables;
	struct dw_extra_opts extra;
	void *values;
	dw_moment clock; /* the wall clock, read once */
	dw_moment now;   /* as of when to judge */
	bool json;       /* --format json: whatever ends the run, it is a document */
	FILE *page;
};

/* Whether a command line asks for the help or the version; these win over anything else on it. */
static bool wants(const struct program *program, char *const *argv, char letter)
{
	int at = 1, within = 0;
	struct dw_option_given given;

	while (dw_option_next(&program->tables, argv, &at, &within, &given, NULL) == DW_OK)
		if (given.row->letter == letter)
			return true;
	return false;
}

/*
 * Whether --format json is to be kept by a run that cannot begin: the last one that makes sense counts,
 * behind a word that makes none too. What --extra-opts gave is in the values by now.
 */
static bool wants_json(const struct program *program, char *const *argv)
{
	struct dw_common common = *(const struct dw_common *)program->values;
	int at = 1, within = 0;
	enum dw_status status = DW_OK;

	while (status != DW_NOT_FOUND) {
		const int before = at;
		struct dw_option_given given;

		status = dw_option_next(&program->tables, argv, &at, &within, &given, NULL);
		if (status == DW_OK && strcmp(given.row->name, "format") == 0)
			(void)!dw_option_read(&given, program->clock, &common, NULL);
		if (status != DW_INVALID)
			continue;
		at += at == before;
		within = 0;
	}
	return common.format.index == 1;
}

/* Prints the end of a run that could not look, in the form that was asked for. */
static void print_failure(
	const struct program *program, enum dw_severity state, const struct dw_error *error, FILE *page)
{
	if (program->json)
		dw_result_json_failure(program->plugin, state, error, page);
	else
		dw_result_failure(program->plugin, state, error, page);
}

/* Reads what --extra-opts name, in front of the command line's own options. */
static enum dw_status read_extra(struct program *program, char *const *argv, struct dw_error *error)
{
	int at = 1, within = 0;
	struct dw_option_given given;
	enum dw_status status = DW_OK;

	while (dw_option_next(&program->tables, argv, &at, &within, &given, NULL) == DW_OK && status == DW_OK)
		if (strcmp(given.row->name, "extra-opts") == 0)
			status = dw_extra_opts_read(
				&program->extra, given.text, program->plugin->name, &program->tables, error);
	for (unsigned i = 0; i < program->extra.n_given && status == DW_OK; i++)
		status = dw_option_read(&program->extra.given[i], program->clock, program->values, error);
	return status;
}

static enum dw_status read_options(struct program *program, char *const *argv, struct dw_error *error)
{
	int at = 1, within = 0;
	struct dw_option_given given;
	enum dw_status status = dw_option_defaults(&program->tables, program->clock, program->values, error);

	if (status == DW_OK)
		status = read_extra(program, argv, error);
	if (status != DW_OK) /* DW_NOT_FOUND as well: a file that is not there is no end of the line */
		return status;
	while (status == DW_OK) {
		status = dw_option_next(&program->tables, argv, &at, &within, &given, error);
		if (status == DW_OK)
			status = dw_option_read(&given, program->clock, program->values, error);
	}
	if (status != DW_NOT_FOUND)
		return status;
	return dw_option_complete(&program->tables, program->values, error);
}

/* Reads the files that the options name. */
static enum dw_status prepare(const struct program *program, struct dw_error *error)
{
	struct dw_common *common = program->values;
	const struct dw_subject *subject = program->plugin->subject;
	enum dw_status status = DW_OK;

	if (common->zones_file != NULL)
		status = dw_zone_list_read(&common->zones, common->zones_file, error);
	if (status != DW_OK)
		return dw_within(error, status, "--zones");
	return subject->prepare == NULL ? DW_OK : subject->prepare(program->values, program->now, error);
}

/* Runs the round and prints its result; returns the exit code. */
static int look(struct program *program, dw_millis begin, struct dw_error *error)
{
	const struct dw_common *common = program->values;
	const dw_millis share = common->timeout.wait / 10;
	const dw_millis margin = share < MARGIN_MAX ? share : MARGIN_MAX;
	struct dw_round round = {0};
	struct dw_result result = {.plugin = program->plugin, .values = common, .now = program->now};
	int code = dw_exit_code(DW_UNKNOWN);
	enum dw_status status = dw_crypto_init(common->openssl_config, error);

	if (status == DW_OK)
		status = prepare(program, error);
	if (status == DW_OK)
		status = dw_round_run(&round, program->plugin, program->values, program->now,
			begin + common->timeout.wait - margin - dw_clock_now(&monotonic), error);
	if (status == DW_OK) {
		result.verdicts = round.verdicts;
		result.inquiries = round.inquiries;
		result.n_zones = round.n_zones;
		result.elapsed = dw_clock_now(&monotonic) - begin;
		result.timed_out = result.elapsed >= common->timeout.wait - margin;
		code = dw_exit_code(dw_result_state(&result));
		if (program->json)
			status = dw_result_json(&result, program->page, error);
		else
			dw_result_text(&result, program->page);
	}
	dw_round_fini(&round);
	if (program->plugin->subject->release != NULL)
		program->plugin->subject->release(program->values);
	if (status == DW_OK)
		return code;
	print_failure(program, DW_UNKNOWN, error, program->page);
	return dw_exit_code(DW_UNKNOWN);
}

/* Arms the alarm behind --timeout, with what it prints. */
static enum dw_status arm(const struct program *program, struct dw_watchdog *watchdog, struct dw_error *error)
{
	const struct dw_timeout *timeout = &((const struct dw_common *)program->values)->timeout;
	const dw_millis wait = timeout->wait + ALARM_AFTER;
	struct dw_error stopped = {0};
	char text[DW_WATCHDOG_TEXT_MAX] = "";
	FILE *page = fmemopen(text, sizeof text - 1, "w");

	if (page == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for the alarm");
	(void)!dw_fail(&stopped, DW_TIMEOUT,
		"the run did not end by its own deadline and was stopped after %lld.%01lld s", (long long)wait / 1000,
		(long long)wait % 1000 / 100);
	print_failure(program, timeout->state, &stopped, page);
	(void)fclose(page);
	return dw_watchdog_start(watchdog, text, dw_exit_code(timeout->state), wait, error);
}

/* Says what is wrong with the command line. */
static void refuse(struct program *program, char *const *argv, const struct dw_error *error)
{
	program->json = wants_json(program, argv);
	if (program->json)
		dw_result_json_failure(program->plugin, DW_UNKNOWN, error, program->page);
	else
		dw_help_usage(program->plugin, error, program->page);
}

/* Looks under the alarm's eye; returns the exit code. */
static int watched(struct program *program, dw_millis begin, struct dw_error *error)
{
	struct dw_watchdog watchdog;

	if (arm(program, &watchdog, error) != DW_OK) {
		print_failure(program, DW_UNKNOWN, error, program->page);
		return dw_exit_code(DW_UNKNOWN);
	}
	const int code = look(program, begin, error);
	dw_watchdog_stop(&watchdog);
	return code;
}

static int run(struct program *program, char *const *argv)
{
	const dw_millis begin = dw_clock_now(&monotonic);
	const struct dw_common *common = program->values;
	struct dw_error error = {0};
	int code = dw_exit_code(DW_UNKNOWN);

	if (wants(program, argv, 'h')) {
		dw_help_print(program->plugin, program->page);
	} else if (wants(program, argv, 'V')) {
		dw_help_version(program->plugin, program->page);
	} else if (read_options(program, argv, &error) != DW_OK) {
		refuse(program, argv, &error);
	} else {
		program->json = common->format.index == 1;
		program->now = common->now.given ? common->now.moment : program->clock;
		code = watched(program, begin, &error);
	}
	return code;
}

/* Writes the whole page; false when nobody takes it. */
static bool write_all(const char *text, size_t length)
{
	while (length > 0) {
		const ssize_t written = write(STDOUT_FILENO, text, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		text += written;
		length -= (size_t)written;
	}
	return true;
}

int dw_plugin_run(const struct dw_plugin *plugin, char *const *argv)
{
	struct program program = {.plugin = plugin, .tables = dw_plugin_tables(plugin), .clock = time(NULL)};
	char *text = NULL;
	size_t length = 0;
	int code = dw_exit_code(DW_UNKNOWN);

	(void)signal(SIGPIPE, SIG_IGN);
	(void)mallopt(M_MMAP_THRESHOLD, ROOMY);
	(void)mallopt(M_TOP_PAD, ROOMY); /* or what is large would be cut from what is at hand */
	program.page = open_memstream(&text, &length);
	program.values = calloc(1, plugin->values_size);
	if (program.page != NULL && program.values != NULL)
		code = run(&program, argv);
	if (program.page != NULL)
		(void)fclose(program.page);
	if (text == NULL || !write_all(text, length))
		code = dw_exit_code(DW_UNKNOWN);
	dw_extra_opts_fini(&program.extra);
	free(program.values);
	free(text);
	return code;
}
