/*
 * toolline: lines that DNSSEC tools write around the records they print, which say nothing about a key.
 *
 * Known are those of PowerDNS's `pdnsutil show-zone` and `list-keys`, OpenDNSSEC's `ods-enforcer key export`
 * and Knot's `keymgr`, and headings of registrars' forms ("DS record 1").
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_TEXT_TOOLLINE_H
#define DW_TEXT_TOOLLINE_H

#include <stdbool.h>

/*
 * Whether a line is to be passed over. `metadata` is false at the start of a text, and belongs to this
 * function from then on: PowerDNS lists the zone's metadata on lines that begin with a tab.
 */
bool dw_toolline_passes(const char *line, bool *metadata);

#endif
