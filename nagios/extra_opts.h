/*
 * extra_opts: options from an ini file, as the Monitoring Plugins read them (--extra-opts).
 *
 * A section holds "name = value" lines with option names, long or of one letter, or a bare name for a flag;
 * '#' and ';' begin comments, and '#' behind a blank ends a value. Quotes mean nothing. The default section
 * has the plugin's name. Without a file the first of monitoring-plugins.ini, plugins.ini and
 * nagios-plugins.ini in the directories of NAGIOS_CONFIG_PATH, or in the standard ones, that exists is read.
 *
 * Reads files, and so belongs to the start of a program. Texts belong to the list; release with
 * dw_extra_opts_fini(), after the values that point at them are used up.
 */
#ifndef DW_NAGIOS_EXTRA_OPTS_H
#define DW_NAGIOS_EXTRA_OPTS_H

#include "option.h"

#define DW_EXTRA_OPTS_MAX      256
#define DW_EXTRA_OPTS_FILE_MAX 65536 /* octets of an ini file */

/* Zero-initialised it is empty. */
struct dw_extra_opts {
	unsigned n_texts;
	char *texts[DW_EXTRA_OPTS_MAX]; /* whole files, cut into strings */
	unsigned n_given;
	struct dw_option_given given[DW_EXTRA_OPTS_MAX];
};

/*
 * Adds the options of one "[SECTION][@FILE]" (NULL or "": defaults of both). DW_NOT_FOUND for a file or a
 * section that is not there, DW_INVALID for a line that is no option, naming file and line.
 */
DW_MUST_CHECK enum dw_status dw_extra_opts_read(struct dw_extra_opts *extra, const char *argument,
	const char *plugin_name, const struct dw_option_tables *tables, struct dw_error *error);

/*
 * The same from a text in memory, which is cut up and must outlive the options; `file` names it in errors.
 */
DW_MUST_CHECK enum dw_status dw_extra_opts_parse(struct dw_extra_opts *extra, char *text, const char *file,
	const char *section, const struct dw_option_tables *tables, struct dw_error *error);

/* Releases the texts. */
void dw_extra_opts_fini(struct dw_extra_opts *extra);

#endif
