/*
 * survey_show: what a survey learned, as lines for -v.
 *
 * For every check whose subject is a survey. Text is safe to print; nothing
 * blocks, and functions may be called from any thread.
 */
#ifndef DW_NAGIOS_SURVEY_SHOW_H
#define DW_NAGIOS_SURVEY_SHOW_H

#include <stdio.h>

#include "dns/survey.h"

/*
 * Prints servers, identifiers and RRsets with their remaining life (level 1), each question and
 * answer (2), each signature (3).
 */
void dw_survey_show(const struct dw_survey_facts *facts, unsigned level, FILE *page);

#endif
