/*
 * keyform: takes apart how DNSSEC writes RSA keys, and rewrites how it writes ECDSA signatures.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_KEYFORM_H
#define DW_DNS_KEYFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/octets.h"

#define DW_KEYFORM_COORDINATE_MAX 48 /* octets of a P-384 coordinate */

/* SEQUENCE and two INTEGERs, which may need an octet to stay positive; every length takes one octet. */
#define DW_KEYFORM_DER_MAX (2 + 2 * (2 + 1 + DW_KEYFORM_COORDINATE_MAX))

/*
 * Splits the public key field of RSA (RFC 3110 2): an exponent whose length takes one octet or three, and the
 * modulus. Both are views into the field, without leading zeros. False when either is missing.
 */
bool dw_keyform_rsa(struct dw_octets field, struct dw_octets *exponent, struct dw_octets *modulus);

/* Bits of a number that has no leading zeros. */
size_t dw_keyform_bits(struct dw_octets number);

/*
 * Makes of r and s, `size` octets each (RFC 6605 4), the DER that OpenSSL reads (RFC 3279 2.2.3), and returns
 * its length. `size` is at most DW_KEYFORM_COORDINATE_MAX.
 */
size_t dw_keyform_der(const uint8_t *signature, size_t size, uint8_t der[DW_KEYFORM_DER_MAX]);

#endif
