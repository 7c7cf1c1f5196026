/*
 * anchorfile: trust anchors as resolvers and IANA keep them in files.
 *
 * Taken are DS and DNSKEY lines, Unbound's `root.key` with its RFC 5011 state comments, BIND's
 * `trust-anchors`, `managed-keys` and `trusted-keys` statements, and IANA's `root-anchors.xml` (RFC 9718). A
 * key is turned into its SHA-256 DS, which names it as exactly. Anything else is an error that names file,
 * line and what is wrong.
 *
 * dw_anchorfile_read() blocks on the file. Functions belong to the caller's thread.
 */
#ifndef DW_TEXT_ANCHORFILE_H
#define DW_TEXT_ANCHORFILE_H

#include <stddef.h>

#include "core/error.h"
#include "core/moment.h"
#include "dns/trust.h"

#define DW_ANCHORFILE_SIZE_MAX (1 << 20) /* octets of a file */

/*
 * Adds the anchors of a text of `length` octets that may be trusted as of `now`: none that RFC 5011 state
 * comments say is pending, revoked or removed, none with the REVOKE flag, none outside its validFrom and
 * validUntil. `name` stands for the file in error texts. DW_INVALID for what is no anchor, no anchor at all,
 * none to be trusted, or more than DW_ANCHORS_MAX.
 */
DW_MUST_CHECK enum dw_status dw_anchorfile_parse(const char *text, size_t length, const char *name,
	dw_moment now, struct dw_anchors *anchors, struct dw_error *error);

/* The same with the file at `path`, "-" for standard input. DW_SYSTEM when it cannot be read. */
DW_MUST_CHECK enum dw_status dw_anchorfile_read(
	const char *path, dw_moment now, struct dw_anchors *anchors, struct dw_error *error);

/*
 * The first readable of the files where this system's resolvers keep the root's anchor; NULL when there is
 * none. A text that is static.
 */
const char *dw_anchorfile_system(void);

#endif
