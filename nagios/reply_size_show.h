/*
 * reply_size_show: what a walk up the grades learned, as a table for -v.
 *
 * Text is safe to print; nothing blocks, and functions may be called from any thread.
 */
#ifndef DW_NAGIOS_REPLY_SIZE_SHOW_H
#define DW_NAGIOS_REPLY_SIZE_SHOW_H

#include <stdio.h>

#include "dns/reply_size.h"
#include "dns/reply_size_judge.h"

/* Prints each resolver with its verdict, and what came of each grade; more of it from level 2 on. */
void dw_reply_size_show(const struct dw_reply_size_facts *facts, const struct dw_reply_size_figures *figures,
	unsigned level, FILE *page);

#endif
