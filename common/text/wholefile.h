/*
 * wholefile: a small file read whole into memory, with a bound.
 *
 * dw_wholefile_read() blocks on the file. Functions belong to the caller's thread.
 */
#ifndef DW_TEXT_WHOLEFILE_H
#define DW_TEXT_WHOLEFILE_H

#include <stddef.h>

#include "core/error.h"

/* Zero-initialised it is empty. Release with dw_wholefile_fini(). */
struct dw_wholefile {
	char *text;    /* what the file holds, any octets, and a NUL behind them */
	size_t length; /* without that NUL */
};

/*
 * Reads the file at `path`, "-" for standard input. DW_SYSTEM when it cannot be read or memory is lacking,
 * DW_INVALID when it is empty or longer than `most` octets. The texts begin with the path.
 */
DW_MUST_CHECK enum dw_status dw_wholefile_read(
	const char *path, size_t most, struct dw_wholefile *file, struct dw_error *error);

/* Releases the text and leaves the file empty. */
void dw_wholefile_fini(struct dw_wholefile *file);

#endif
