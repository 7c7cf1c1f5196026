#include "extra_opts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_TEXT_MAX 1024

static const char *const file_names[] = {"monitoring-plugins.ini", "plugins.ini", "nagios-plugins.ini"};

static const char standard_path[] =
	"/etc/monitoring-plugins:/etc/nagios-plugins:/etc/nagios:/usr/local/etc/monitoring-plugins:"
	"/usr/local/etc/nagios:/usr/local/nagios/etc:/opt/nagios/etc:/etc/icinga:/etc/icinga2:/etc";

/* The first default file that exists, into `path`; false when there is none. */
static bool find_file(char path[PATH_TEXT_MAX])
{
	const char *directory = getenv("NAGIOS_CONFIG_PATH");

	if (directory == NULL || directory[0] == '\0')
		directory = standard_path;
	while (*directory != '\0') {
		const int length = (int)strcspn(directory, ":");

		for (size_t i = 0; i < sizeof file_names / sizeof file_names[0]; i++) {
			const int written = snprintf(path, PATH_TEXT_MAX, "%.*s/%s", length, directory, file_names[i]);

			if (written > 0 && written < PATH_TEXT_MAX && access(path, R_OK) == 0)
				return true;
		}
		directory += length;
		directory += *directory == ':' ? 1 : 0;
	}
	return false;
}

/* Reads a whole regular file as a string; NULL with an error. Never waits on a pipe. */
static char *read_file(const char *path, struct dw_error *error)
{
	const int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat facts;
	char *text = NULL;
	ssize_t length = -1;

	if (fd < 0) {
		(void)dw_fail(error, DW_NOT_FOUND, "%s: %s", path, strerror(errno));
		return NULL;
	}
	if (fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size < DW_EXTRA_OPTS_FILE_MAX)
		text = malloc((size_t)facts.st_size + 1);
	if (text != NULL)
		length = read(fd, text, (size_t)facts.st_size);
	(void)close(fd);
	if (length < 0) {
		(void)dw_fail(error, DW_INVALID, "%s: cannot be read as a file of less than %d octets", path,
			DW_EXTRA_OPTS_FILE_MAX);
		free(text);
		return NULL;
	}
	text[length] = '\0';
	return text;
}

/* Cuts white space off both ends. */
static char *trim(char *text)
{
	size_t length = 0;

	text += strspn(text, " \t\r");
	length = strlen(text);
	while (length > 0 && strchr(" \t\r", text[length - 1]) != NULL)
		length--;
	text[length] = '\0';
	return text;
}

/* Cuts off what follows a '#' behind a blank, as the Monitoring Plugins do. */
static void cut_comment(char *line)
{
	for (char *at = strchr(line, '#'); at != NULL; at = strchr(at + 1, '#')) {
		if (at > line && strchr(" \t", at[-1]) != NULL) {
			*at = '\0';
			return;
		}
	}
}

/* One "name = value" or "name"; a name of one letter is that of the short option. */
static enum dw_status add_line(
	struct dw_extra_opts *extra, char *line, const struct dw_option_tables *tables, struct dw_error *error)
{
	const struct dw_option *row = NULL;

	cut_comment(line);
	char *value = strchr(line, '=');

	if (value != NULL)
		*value++ = '\0';
	line = trim(line);
	line += strspn(line, "-");
	row =
		strlen(line) == 1 ? dw_option_by_letter(tables, line[0]) : dw_option_find(tables, line, strlen(line));
	if (row == NULL || row->kind == DW_OPTION_NOTHING)
		return dw_fail(error, DW_INVALID, "'%.60s' is no option that a file may give", line);
	value = value != NULL ? trim(value) : NULL;
	if (row->optional && value != NULL && *value == '\0')
		value = NULL;
	if (row->argument != NULL && !row->optional && value == NULL)
		return dw_fail(error, DW_INVALID, "%s: needs %s", row->name, row->argument);
	if (extra->n_given == DW_EXTRA_OPTS_MAX)
		return dw_fail(error, DW_LIMIT, "more than %d options", DW_EXTRA_OPTS_MAX);
	extra->given[extra->n_given++] = (struct dw_option_given){row, row->argument == NULL ? NULL : value};
	return DW_OK;
}

/* Whether a "[section]" line opens the one that is wanted. */
static bool opens(char *line, const char *section)
{
	line[strcspn(line, "]")] = '\0';
	return strcmp(trim(line + 1), section) == 0;
}

enum dw_status dw_extra_opts_parse(struct dw_extra_opts *extra, char *text, const char *file,
	const char *section, const struct dw_option_tables *tables, struct dw_error *error)
{
	bool inside = false, found = false;
	unsigned number = 0;

	for (char *line = text, *next = NULL; line != NULL; line = next) {
		enum dw_status status = DW_OK;

		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		number++;
		line = trim(line);
		if (line[0] == '[') {
			inside = opens(line, section);
			found = found || inside;
		} else if (inside && line[0] != '\0' && strchr("#;", line[0]) == NULL) {
			status = add_line(extra, line, tables, error);
		}
		if (status != DW_OK)
			return dw_within(error, status, "%s line %u", file, number);
	}
	if (!found)
		return dw_fail(error, DW_NOT_FOUND, "%s has no section [%.60s]", file, section);
	return DW_OK;
}

enum dw_status dw_extra_opts_read(struct dw_extra_opts *extra, const char *argument, const char *plugin_name,
	const struct dw_option_tables *tables, struct dw_error *error)
{
	const char *at = argument == NULL ? NULL : strchr(argument, '@');
	const size_t length = argument == NULL ? 0 : strcspn(argument, "@");
	char section[128], path[PATH_TEXT_MAX];
	char *text = NULL;

	if (length >= sizeof section)
		return dw_fail(error, DW_INVALID, "--extra-opts: a section name of %zu octets is too long", length);
	(void)snprintf(section, sizeof section, "%.*s", (int)length, argument == NULL ? "" : argument);
	if (at != NULL && at[1] != '\0')
		(void)snprintf(path, sizeof path, "%s", at + 1);
	else if (!find_file(path))
		return dw_fail(error, DW_NOT_FOUND,
			"--extra-opts: no monitoring-plugins.ini, plugins.ini or "
			"nagios-plugins.ini in the standard directories; name a file: --extra-opts=SECTION@FILE");
	if (extra->n_texts == DW_EXTRA_OPTS_MAX)
		return dw_fail(error, DW_LIMIT, "--extra-opts: given more than %d times", DW_EXTRA_OPTS_MAX);
	text = read_file(path, error);
	if (text == NULL)
		return dw_within(error, error == NULL ? DW_NOT_FOUND : error->status, "--extra-opts");
	extra->texts[extra->n_texts++] = text;
	if (dw_extra_opts_parse(extra, text, path, section[0] == '\0' ? plugin_name : section, tables, error) !=
		DW_OK)
		return dw_within(error, error == NULL ? DW_INVALID : error->status, "--extra-opts");
	return DW_OK;
}

void dw_extra_opts_fini(struct dw_extra_opts *extra)
{
	for (unsigned i = 0; i < extra->n_texts; i++)
		free(extra->texts[i]);
	*extra = (struct dw_extra_opts){0};
}
