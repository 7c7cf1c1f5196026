/*
 * mnemonic: the numbers of DNS in words: record types, algorithms, response codes, extended errors (IANA
 * registries).
 *
 * Each function writes into a text of the caller's, and returns it. They are pure, and may be called from any
 * thread.
 */
#ifndef DW_DNS_MNEMONIC_H
#define DW_DNS_MNEMONIC_H

#include <stdint.h>

#define DW_TYPE_TEXT_MAX      16
#define DW_ALGORITHM_TEXT_MAX 24
#define DW_RCODE_TEXT_MAX     16
#define DW_EDE_NAME_MAX       48

/* The mnemonic of a record type, "MX", or "TYPE65280" (RFC 3597 5) for one that the table lacks. */
const char *dw_type_text(uint16_t type, char text[DW_TYPE_TEXT_MAX]);

/* The mnemonic of a DNSSEC algorithm, "ECDSAP256SHA256", or "algorithm N". */
const char *dw_algorithm_text(uint8_t algorithm, char text[DW_ALGORITHM_TEXT_MAX]);

/* The mnemonic of a response code, "NXDOMAIN", or "RCODE N". */
const char *dw_rcode_text(uint16_t rcode, char text[DW_RCODE_TEXT_MAX]);

/* The name of an EDE code ("Signature Expired") or "code N". */
const char *dw_ede_text(uint16_t code, char text[DW_EDE_NAME_MAX]);

#endif
