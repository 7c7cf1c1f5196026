/*
 * keyword: DNSSEC's algorithms and digest types as people write them: a number, or one of many names.
 *
 * Names are those of the IANA registries and of tools and registrars. Case does not count, nor does what is
 * no letter or digit: "RSASHA256", "RSA/SHA-256" and "rsa sha256" are one.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_TEXT_KEYWORD_H
#define DW_TEXT_KEYWORD_H

#include <stdbool.h>
#include <stdint.h>

/* The algorithm of a number from 0 to 255 or a name. False, with nothing done, when it is neither. */
bool dw_keyword_algorithm(const char *text, uint8_t *algorithm);

/* The digest type of a number from 0 to 255 or a name. False, with nothing done, when it is neither. */
bool dw_keyword_digest_type(const char *text, uint8_t *digest_type);

/* A number from 0 to `most`, in digits alone. False, with nothing done, when it is none. */
bool dw_keyword_number(const char *text, unsigned most, unsigned *number);

/* Letters made small and digits of `text`, and nothing else of it, as far as they fit; returns `bare`. */
const char *dw_keyword_bare(const char *text, char *bare, unsigned size);

#endif
