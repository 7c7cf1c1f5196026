/*
 * help: what --help, --version and a wrong option print, made from the rows of a check.
 *
 * Lines fit 80 columns. Nothing blocks; functions may be called from any thread.
 */
#ifndef DW_NAGIOS_HELP_H
#define DW_NAGIOS_HELP_H

#include <stdio.h>

#include "plugin.h"

/* Prints the whole help: summary, usage, options, examples. */
void dw_help_print(const struct dw_plugin *plugin, FILE *page);

/* Prints the reason why a command line cannot be used as the first line, and a short usage. */
void dw_help_usage(const struct dw_plugin *plugin, const struct dw_error *error, FILE *page);

/* Prints "check_x 1.2.3 (dnssec-watch)". */
void dw_help_version(const struct dw_plugin *plugin, FILE *page);

/* Prints "-w, --warning=RANGE" or "    --now=TIME" into `text`; returns it. */
const char *dw_help_option(const struct dw_option *row, char text[80]);

/* Whether the check takes a RANGE at all. */
bool dw_help_has_ranges(const struct dw_plugin *plugin);

#endif
