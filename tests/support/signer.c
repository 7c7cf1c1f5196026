#include "support/signer.h"

#include <ldns/ldns.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dw_signer {
	unsigned n_holders;
	ldns_key *key;
	ldns_rr *dnskey;
	char *text;
};

static void *checked(const void *value, const char *what)
{
	if (value == NULL) {
		fprintf(stderr, "test signer: no %s\n", what);
		abort();
	}
	return (void *)(uintptr_t)value;
}

static ldns_rdf *name_of(const char *text)
{
	return checked(ldns_dname_new_frm_str(text), text);
}

struct dw_signer *dw_signer_new(const struct dw_signer_plan *plan)
{
	struct dw_signer *signer = checked(calloc(1, sizeof(*signer)), "memory");
	uint16_t bits = (uint16_t)(plan->bits != 0 ? plan->bits : 1024);

	signer->n_holders = 1;
	signer->key =
		checked(ldns_key_new_frm_algorithm((ldns_signing_algorithm)plan->algorithm, bits), "private key");
	ldns_key_set_pubkey_owner(signer->key, name_of(plan->owner));
	ldns_key_set_flags(signer->key, plan->flags);
	ldns_key_set_use(signer->key, true);
	signer->dnskey = checked(ldns_key2rr(signer->key), "DNSKEY");
	ldns_rr_set_ttl(signer->dnskey, 3600);
	ldns_rdf_data(ldns_rr_rdf(signer->dnskey, 1))[0] = plan->protocol != 0 ? plan->protocol : 3;
	ldns_key_set_keytag(signer->key, ldns_calc_keytag(signer->dnskey));
	signer->text = checked(ldns_rr2str(signer->dnskey), "text");
	/* ldns puts what it knows of the key behind it as a comment. */
	strcpy(signer->text + strcspn(signer->text, ";\n"), "\n");
	return signer;
}

struct dw_signer *dw_signer_share(struct dw_signer *signer)
{
	signer->n_holders++;
	return signer;
}

void dw_signer_free(struct dw_signer *signer)
{
	if (signer == NULL || --signer->n_holders > 0)
		return;
	ldns_key_deep_free(signer->key);
	ldns_rr_free(signer->dnskey);
	free(signer->text);
	free(signer);
}

const char *dw_signer_dnskey(const struct dw_signer *signer)
{
	return signer->text;
}

char *dw_signer_ds(const struct dw_signer *signer, uint8_t digest_type)
{
	ldns_rr *ds = checked(ldns_key_rr2ds(signer->dnskey, (ldns_hash)digest_type), "DS");
	char *text = checked(ldns_rr2str(ds), "text");

	ldns_rr_free(ds);
	return text;
}

/* Reads lines of zone format. */
static ldns_rr_list *read_records(const char *lines)
{
	ldns_rr_list *records = checked(ldns_rr_list_new(), "memory");

	while (*lines != '\0') {
		size_t length = strcspn(lines, "\n");
		char *line = checked(strndup(lines, length), "memory");
		ldns_rr *rr = NULL;
		if (ldns_rr_new_frm_str(&rr, line, 3600, NULL, NULL) != LDNS_STATUS_OK)
			checked(NULL, line);
		ldns_rr_list_push_rr(records, rr);
		free(line);
		lines += length + (lines[length] == '\n' ? 1 : 0);
	}
	return records;
}

static void set_field(ldns_rr *rrsig, ldns_rdf *value, size_t at)
{
	ldns_rdf_deep_free(ldns_rr_set_rdf(rrsig, value, at));
}

/* Puts what the terms say into the fields of a signature that is still to be made. */
static void apply(ldns_rr *rrsig, const struct dw_signer_terms *terms)
{
	dw_moment inception = terms->inception != 0 ? terms->inception : DW_SIGNER_INCEPTION;
	dw_moment expiration = terms->expiration != 0 ? terms->expiration : DW_SIGNER_EXPIRATION;

	if (terms->algorithm != 0)
		set_field(rrsig, ldns_native2rdf_int8(LDNS_RDF_TYPE_ALG, terms->algorithm), 1);
	if (terms->labels != 0)
		set_field(rrsig, ldns_native2rdf_int8(LDNS_RDF_TYPE_INT8, (uint8_t)(terms->labels - 1)), 2);
	if (terms->original_ttl != 0)
		set_field(rrsig, ldns_native2rdf_int32(LDNS_RDF_TYPE_INT32, terms->original_ttl), 3);
	set_field(rrsig, ldns_native2rdf_int32(LDNS_RDF_TYPE_TIME, (uint32_t)expiration), 4);
	set_field(rrsig, ldns_native2rdf_int32(LDNS_RDF_TYPE_TIME, (uint32_t)inception), 5);
	if (terms->key_tag != 0)
		set_field(rrsig, ldns_native2rdf_int16(LDNS_RDF_TYPE_INT16, terms->key_tag), 6);
	if (terms->signer != NULL)
		set_field(rrsig, name_of(terms->signer), 7);
}

/*
 * The octets that are signed: the RRSIG without its signature, and the records in canonical form and order.
 */
static ldns_buffer *signed_octets(ldns_rr *rrsig, ldns_rr_list *records)
{
	ldns_buffer *buffer = checked(ldns_buffer_new(LDNS_MAX_PACKETLEN), "memory");

	ldns_dname2canonical(ldns_rr_rrsig_signame(rrsig));
	if (ldns_rrsig2buffer_wire(buffer, rrsig) != LDNS_STATUS_OK)
		checked(NULL, "octets of the RRSIG");
	for (size_t i = 0; i < ldns_rr_list_rr_count(records); i++) {
		ldns_rr *rr = ldns_rr_list_rr(records, i);
		ldns_rr_set_ttl(rr, ldns_rdf2native_int32(ldns_rr_rrsig_origttl(rrsig)));
		ldns_rr2canonical(rr);
	}
	ldns_rr_list_sort(records);
	if (ldns_rr_list2buffer_wire(buffer, records) != LDNS_STATUS_OK)
		checked(NULL, "octets of the records");
	return buffer;
}

char *dw_signer_rrsig(
	const struct dw_signer *signer, const char *records, const struct dw_signer_terms *terms)
{
	static const struct dw_signer_terms usual = {0};
	ldns_rr_list *list = read_records(records);
	ldns_rr *rrsig = checked(ldns_create_empty_rrsig(list, signer->key), "RRSIG");

	terms = terms != NULL ? terms : &usual;
	apply(rrsig, terms);
	ldns_buffer *octets = signed_octets(rrsig, list);
	ldns_rr_rrsig_set_sig(rrsig, checked(ldns_sign_public_buffer(octets, signer->key), "signature"));
	if (terms->owner != NULL) {
		ldns_rdf_deep_free(ldns_rr_owner(rrsig));
		ldns_rr_set_owner(rrsig, name_of(terms->owner));
	}
	char *text = checked(ldns_rr2str(rrsig), "text");
	ldns_buffer_free(octets);
	ldns_rr_free(rrsig);
	ldns_rr_list_deep_free(list);
	return text;
}

char *dw_signer_sign(const struct dw_signer *signer, const char *records, const struct dw_signer_terms *terms)
{
	char *rrsig = dw_signer_rrsig(signer, records, terms), *text = NULL;
	size_t length = strlen(records);
	const char *between = length > 0 && records[length - 1] != '\n' ? "\n" : "";

	if (asprintf(&text, "%s%s%s", records, between, rrsig) < 0)
		checked(NULL, "memory");
	free(rrsig);
	return text;
}
