/*
 * keysummary: what a key file holds in one line of text, so that a row of a test can say all of it.
 */
#ifndef DW_TESTS_SUPPORT_KEYSUMMARY_H
#define DW_TESTS_SUPPORT_KEYSUMMARY_H

#include "text/keyfile.h"

#define DW_KEYSUMMARY_MAX 4096

/*
 * "DS example.org 1356/15/2 line 4; DNSKEY - 1356/15/257 line 5": type, owner, key tag, algorithm, digest
 * type or flags, and line of each record.
 */
void dw_keysummary(const struct dw_keyfile *file, char text[DW_KEYSUMMARY_MAX]);

#endif
