/*
 * signer: keys and signatures for tests, made by ldns, so that our code does not vouch for itself.
 *
 * Everything goes in and out as text in zone format. A signature can be made wrong in one field and right in
 * everything else: what is then refused is refused for that field. What ldns does not do ends the program.
 */
#ifndef DW_SUPPORT_SIGNER_H
#define DW_SUPPORT_SIGNER_H

#include <stdint.h>

#include "core/moment.h"

/* A private key; owned by whoever called dw_signer_new() or dw_signer_share(). */
struct dw_signer;

struct dw_signer_plan {
	const char *owner; /* the zone */
	uint8_t algorithm;
	uint16_t flags;
	uint8_t protocol; /* 0: 3 */
	unsigned bits;    /* of an RSA key; 0: 1024 */
};

/* The period in which signatures are valid unless told otherwise. */
#define DW_SIGNER_INCEPTION  INT64_C(1700000000)
#define DW_SIGNER_EXPIRATION INT64_C(1800000000)
#define DW_SIGNER_NOW        INT64_C(1750000000)

/* What a signature says where it differs from what the key and the records say; zero members do not. */
struct dw_signer_terms {
	dw_moment inception;
	dw_moment expiration;
	const char *owner;  /* of the RRSIG: a name that the wildcard of the records answers for */
	const char *signer; /* signer's name */
	int labels;         /* plus one; so 1 is a Labels field of 0 */
	uint32_t original_ttl;
	uint16_t key_tag;
	uint8_t algorithm;
};

/* Makes a key. Release with dw_signer_free(). */
struct dw_signer *dw_signer_new(const struct dw_signer_plan *plan);

/* The same key once more, for another holder. Release with dw_signer_free(). */
struct dw_signer *dw_signer_share(struct dw_signer *signer);

/* Releases a key, with its last holder; NULL is fine. */
void dw_signer_free(struct dw_signer *signer);

/* The DNSKEY record, a line with its line end; the signer's. */
const char *dw_signer_dnskey(const struct dw_signer *signer);

/* The DS record of a digest type, a line with its line end. Release with free(). */
char *dw_signer_ds(const struct dw_signer *signer, uint8_t digest_type);

/*
 * Signs an RRset, lines of zone format, and returns them with the RRSIG behind. `terms` may be NULL. Release
 * with free().
 */
char *dw_signer_sign(
	const struct dw_signer *signer, const char *records, const struct dw_signer_terms *terms);

/* The RRSIG alone, a line with its line end. Release with free(). */
char *dw_signer_rrsig(
	const struct dw_signer *signer, const char *records, const struct dw_signer_terms *terms);

#endif
