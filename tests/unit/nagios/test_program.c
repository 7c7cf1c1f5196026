#include "plugin.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/suite.h"

/* A check that asks nothing, or one question nobody answers, and finds what --find says. */
struct values {
	struct dw_common common;
	struct dw_state find;
	bool ask;
	bool fail;
	const char *file;
	bool prepared;
	bool hang;
};

static const struct dw_option options[] = {
	{0, "find", "STATE", "ok", "state", DW_OPTION(struct values, find)},
	{0, "ask", NULL, NULL, "ask", DW_OPTION(struct values, ask)},
	{0, "fail", NULL, NULL, "fail", DW_OPTION(struct values, fail)},
	{0, "file", "FILE", NULL, "file", DW_OPTION(struct values, file)},
	{0, "hang", NULL, NULL, "hang", DW_OPTION(struct values, hang)},
	{.name = NULL},
};

struct self {
	bool ask;
	struct dw_name zone;
	struct dw_address server;
};

static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	struct self *own = self;
	const bool ask = own->ask;

	own->ask = false;
	*tag = 0;
	*question = (struct dw_question){.server = own->server, .ask = {.type = 6, .name = own->zone}};
	return ask;
}

static void answer(
	void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer)
{
	(void)self;
	(void)tag;
	(void)question;
	(void)answer;
}

static const struct dw_inquiry_class class = {next, answer};

/* Refuses the file "bad", as of a moment that is given. */
static enum dw_status prepare(void *values, dw_moment now, struct dw_error *error)
{
	struct values *own = values;

	own->prepared = now == (own->common.now.given ? own->common.now.moment : now);
	if (own->file != NULL && strcmp(own->file, "bad") == 0)
		return dw_fail(error, DW_INVALID, "--file: bad");
	return DW_OK;
}

/* Ends the program when what it releases was never made. */
static void release(void *values)
{
	if (!((const struct values *)values)->prepared)
		abort();
}

static enum dw_status begin(const void *values, const struct dw_setting *setting, const struct dw_name *zone,
	struct dw_inquiry *inquiry, struct dw_error *error)
{
	const struct values *own = values;
	struct self *self = NULL;

	ck_assert(own->prepared);
	if (own->fail)
		return dw_fail(error, DW_SYSTEM, "no luck");
	self = calloc(1, sizeof *self);
	self->ask = own->ask;
	self->zone = *zone;
	self->server = setting->discovery.hosts[0].address;
	dw_address_set_port(&self->server, setting->discovery.hosts[0].port);
	*inquiry = (struct dw_inquiry){&class, self};
	return DW_OK;
}

static void judge(const void *values, const void *self, struct dw_verdict *verdict)
{
	static const struct dw_finding_kind kind = {"found", DW_WARNING, NULL};
	const struct values *own = values;

	(void)self;
	if (own->hang)
		(void)usleep(30000000);
	(void)strcpy(verdict->summary, "fine");
	if (own->find.severity != DW_NOTE)
		dw_findings_add(&verdict->findings, &kind, own->find.severity, NULL, "found it");
}

static void show(const void *self, unsigned level, FILE *page)
{
	(void)self;
	(void)fprintf(page, "level %u\n", level);
}

static json_t *facts(const void *self)
{
	(void)self;
	return json_object();
}

static const struct dw_subject subject = {.prepare = prepare,
	.release = release,
	.begin = begin,
	.judge = judge,
	.show = show,
	.facts = facts,
	.end = free};
static const struct dw_metric metrics[] = {{.label = NULL}};
static const char *const examples[] = {NULL};
static const struct dw_plugin plugin = {
	.name = "check_x",
	.label = "X",
	.summary = "Checks x.",
	.description = "",
	.options = options,
	.values_size = sizeof(struct values),
	.metrics = metrics,
	.examples = examples,
	.subject = &subject,
};

/* Runs the check in a child with these words; returns its exit code, and what it printed. */
static int run(const char *const *words, bool closed, char text[8192])
{
	char *argv[16] = {(char *)"check_x"};
	int ends[2], left = 0;
	size_t length = 0;
	ssize_t n = 0;
	pid_t child = -1;

	for (int i = 0; words[i] != NULL; i++)
		argv[i + 1] = (char *)words[i];
	ck_assert_int_eq(pipe(ends), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		(void)dup2(ends[1], STDOUT_FILENO);
		(void)close(ends[0]);
		(void)close(ends[1]);
		if (closed)
			(void)close(STDOUT_FILENO);
		_exit(dw_plugin_run(&plugin, argv));
	}
	(void)close(ends[1]);
	while ((n = read(ends[0], text + length, 8191 - length)) > 0)
		length += (size_t)n;
	text[length] = '\0';
	(void)close(ends[0]);
	ck_assert_int_eq(waitpid(child, &left, 0), child);
	return WIFEXITED(left) ? WEXITSTATUS(left) : -1;
}

#define HERE "-z", "example.org", "-H", "127.0.0.1@9"

/* Words, exit code, and how the output begins. */
static const struct {
	const char *words[12];
	int code;
	const char *begin;
} runs[] = {
	{{HERE, NULL}, 0, "X OK - fine | time="},
	{{HERE, "--find=warning", NULL}, 1, "X WARNING - found it | time="},
	{{HERE, "--find=critical", NULL}, 2, "X CRITICAL - found it | time="},
	{{HERE, "--find=unknown", NULL}, 3, "X UNKNOWN - found it | time="},
	{{HERE, "--find=unknown", "-t", "5:critical", NULL}, 3, "X UNKNOWN - found it | time="},
	{{"-h", NULL}, 3, "check_x "},
	{{"--nonsense", "-h", NULL}, 3, "X UNKNOWN - --nonsense: no such option\nUsage: check_x "},
	{{"-V", NULL}, 3, "check_x "},
	{{"-p", "bad", "--help", NULL}, 3, "check_x "},
	{{NULL}, 3, "X UNKNOWN - --zone or --zones: must be given\nUsage: check_x "},
	{{HERE, "-p", "0", NULL}, 3, "X UNKNOWN - --port: 0 is not within 1 to 65535\nUsage: check_x "},
	{{HERE, "--fail", NULL}, 3, "X UNKNOWN - no luck\n"},
	{{HERE, "--now=77", "--file=good", NULL}, 0, "X OK - fine | time="},
	{{HERE, "--file=bad", NULL}, 3, "X UNKNOWN - --file: bad\n"},
	{{HERE, "--extra-opts=@/nonexistent/x.ini", NULL}, 3, "X UNKNOWN - --extra-opts: /nonexistent/x.ini"},
};

START_TEST(a_command_line_gives_a_line_and_an_exit_code)
{
	char text[8192];

	ck_assert_int_eq(run(runs[_i].words, false, text), runs[_i].code);
	ck_assert_msg(strncmp(text, runs[_i].begin, strlen(runs[_i].begin)) == 0, "'%s' does not begin with '%s'",
		text, runs[_i].begin);
}
END_TEST

START_TEST(a_closed_output_is_unknown)
{
	char text[8192];

	ck_assert_int_eq(run((const char *const[]){HERE, NULL}, true, text), 3);
	ck_assert_str_eq(text, "");
}
END_TEST

/* Words behind --format json, the exit code, and how the error begins. */
static const struct {
	const char *words[8];
	int code;
	const char *error;
} failures[] = {
	{{HERE, "--fail", "--format=json", NULL}, 3, "no luck"},
	{{"--format=json", NULL}, 3, "--zone or --zones: must be given"},
	{{"--format=json", "--nonsense", NULL}, 3, "--nonsense: no such option"},
	{{"--nonsense", "--format=json", NULL}, 3, "--nonsense: no such option"},
	{{"-Q", "word", "-vx", "--", "--format", "json", NULL}, 3, "-Q: no such option"},
	{{"-z", "\xff\xfe.example", "--format=json", NULL}, 3, "--zone: "},
	{{"w\xf6rd", "--format=json", NULL}, 3, "'w?rd': not an option"},
	{{"--format=xml", "--format=json", NULL}, 3, "--format: 'xml' is none of"},
	{{"-z", NULL, NULL}, 3, NULL},
	{{"--format=json", "--format=nagios", "-p0", NULL}, 3, NULL},
	{{"--format=json", "-z", NULL}, 3, "-z: needs NAME"},
	{{"-46", "-zexample.org", "--format=json", NULL}, 3, "--ipv4 and --ipv6 cannot be given together"},
	{{"--extra-opts=@/nonexistent/x.ini", "--format=json", NULL}, 3, "--extra-opts: /nonexistent/x.ini"},
	{{HERE, "--hang", "-t0.1", "--format=json", NULL}, 3, "the run did not end by its own deadline"},
	{{HERE, "--hang", "-t0.1:critical", "--format=json", NULL}, 2, "the run did not end by its own deadline"},
};

START_TEST(json_tells_of_every_failure_in_one_document)
{
	static const char *const states[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
	char text[8192];

	ck_assert_int_eq(run(failures[_i].words, false, text), failures[_i].code);
	if (failures[_i].error == NULL) {
		ck_assert_int_eq(strncmp(text, "X UNKNOWN - ", 12), 0);
		return;
	}
	json_t *document = json_loads(text, 0, NULL);
	ck_assert_msg(document != NULL, "%s", text);
	const char *error = json_string_value(json_object_get(document, "error"));
	ck_assert_msg(strncmp(error, failures[_i].error, strlen(failures[_i].error)) == 0, "%s", error);
	ck_assert_str_eq(json_string_value(json_object_get(document, "state")), states[failures[_i].code]);
	ck_assert_int_eq(json_integer_value(json_object_get(document, "exit_code")), failures[_i].code);
	json_decref(document);
}
END_TEST

START_TEST(a_run_that_hangs_ends_with_one_line)
{
	char text[8192];

	ck_assert_int_eq(run((const char *const[]){HERE, "--hang", "-t0.1:warning", NULL}, false, text), 1);
	ck_assert_str_eq(
		text, "X WARNING - the run did not end by its own deadline and was stopped after 0.6 s\n");
}
END_TEST

START_TEST(a_form_from_an_ini_file_holds_for_a_failure_too)
{
	char path[] = "/tmp/test_program.XXXXXX", option[64], text[8192];
	const int file = mkstemp(path);

	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, "[check_x]\nformat = json\n", 24), 24);
	(void)close(file);
	(void)snprintf(option, sizeof option, "--extra-opts=@%s", path);
	ck_assert_int_eq(run((const char *const[]){option, "--nonsense", NULL}, false, text), 3);
	ck_assert_int_eq(text[0], '{');
	ck_assert_int_eq(run((const char *const[]){option, "--format=nagios", NULL}, false, text), 3);
	ck_assert_int_eq(text[0], 'X');
	(void)unlink(path);
}
END_TEST

START_TEST(an_ini_file_gives_options_and_the_command_line_overrules_it)
{
	char path[] = "/tmp/test_program.XXXXXX", option[64], text[8192];
	const int file = mkstemp(path);

	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, "[check_x]\nfind = critical\n", 26), 26);
	(void)close(file);
	(void)snprintf(option, sizeof option, "--extra-opts=@%s", path);
	ck_assert_int_eq(run((const char *const[]){HERE, option, NULL}, false, text), 2);
	ck_assert_int_eq(run((const char *const[]){HERE, "--find=ok", option, NULL}, false, text), 0);
	(void)unlink(path);
}
END_TEST

/* A socket that is open and says nothing. */
static int silent_socket(char host[32])
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof address;
	const int file = socket(AF_INET, SOCK_DGRAM, 0);

	ck_assert_int_eq(bind(file, (struct sockaddr *)&address, length), 0);
	ck_assert_int_eq(getsockname(file, (struct sockaddr *)&address, &length), 0);
	(void)snprintf(host, 32, "127.0.0.1@%u", ntohs(address.sin_port));
	return file;
}

START_TEST(a_timeout_without_verdict_has_the_state_that_was_asked_for)
{
	char host[32], text[8192];
	const int file = silent_socket(host);
	const char *const words[] = {
		"-z", "example.org", "-H", host, "--ask", "--find=unknown", "-t", "0.2:warning", NULL};

	ck_assert_int_eq(run(words, false, text), 1);
	ck_assert_ptr_eq(strstr(text, "X WARNING - found it | time=0."), text);
	(void)close(file);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/program");
	TCase *tests = tcase_create("program");

	tcase_add_loop_test(tests, a_command_line_gives_a_line_and_an_exit_code, 0, DW_ROWS(runs));
	tcase_add_test(tests, a_closed_output_is_unknown);
	tcase_add_loop_test(tests, json_tells_of_every_failure_in_one_document, 0, DW_ROWS(failures));
	tcase_add_test(tests, a_run_that_hangs_ends_with_one_line);
	tcase_add_test(tests, a_form_from_an_ini_file_holds_for_a_failure_too);
	tcase_add_test(tests, an_ini_file_gives_options_and_the_command_line_overrules_it);
	tcase_add_test(tests, a_timeout_without_verdict_has_the_state_that_was_asked_for);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
