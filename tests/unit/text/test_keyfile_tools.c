/*
 * What DNSSEC tools wrote, in tests/unit/text/data: BIND 9.18, ldns 1.8.3, Knot 3.2 and PowerDNS 4.7, keys of
 * algorithms 8, 13 and 15; and what registrars show.
 */
#include <stdio.h>
#include <string.h>

#include <ldns/ldns.h>

#include "dns/dsset.h"
#include "support/keysummary.h"
#include "support/suite.h"
#include "text/keyfile.h"

#define DATA           DW_TESTS_DIR "/unit/text/data/"
#define ED25519_KEY    "ADL3y0UZXoE+RtVS0QY2O1regUDfFwbupZSc16g1ngE="
#define ED25519_DIGEST "6D77E97B934D94DD994B7A7C0C3B5A0FC8DD483AB3DDBA63B1338A3812D16098"
#define ED25519_LOWER  "6d77e97b934d94dd994b7a7c0c3b5a0fc8dd483ab3ddba63b1338a3812d16098"

static const struct {
	const char *file, *summary;
} files[] = {
	{"bind-008.key", "DNSKEY example.org 10552/8/257 line 5"},
	{"bind-013.key", "DNSKEY example.org 56239/13/257 line 5"},
	{"bind-015.key", "DNSKEY example.org 1356/15/257 line 5"},
	{"bind-dsset",
		"DS example.org 1356/15/2 line 1; DS example.org 10552/8/2 line 2; "
		"DS example.org 56239/13/2 line 3"},
	{"bind-dsfromkey",
		"DS example.org 10552/8/1 line 1; DS example.org 10552/8/2 line 2; "
		"DS example.org 10552/8/4 line 3; DS example.org 56239/13/1 line 4; "
		"DS example.org 56239/13/2 line 5; DS example.org 56239/13/4 line 6; "
		"DS example.org 1356/15/1 line 7; DS example.org 1356/15/2 line 8; "
		"DS example.org 1356/15/4 line 9"},
	{"bind-cds",
		"CDS example.org 10552/8/2 line 1; CDS example.org 56239/13/2 line 2; "
		"CDS example.org 1356/15/2 line 3"},
	{"bind-signed",
		"DNSKEY - 3379/8/256 line 1; DNSKEY - 40035/13/256 line 13; DNSKEY - 44429/15/256 line 18; "
		"DNSKEY - 10552/8/257 line 22; DNSKEY - 56239/13/257 line 34; DNSKEY - 1356/15/257 line 39"},
	{"ldns-key",
		"DNSKEY Example.ORG 38620/8/257 line 1; DNSKEY Example.ORG 53427/13/257 line 2; "
		"DNSKEY Example.ORG 5471/15/257 line 3"},
	{"ldns-ds",
		"DS Example.ORG 38620/8/2 line 1; DS Example.ORG 53427/13/2 line 2; "
		"DS Example.ORG 5471/15/2 line 3; DS Example.ORG 38620/8/4 line 4; "
		"DS Example.ORG 38620/8/1 line 5; DS Example.ORG 53427/13/4 line 6; "
		"DS Example.ORG 53427/13/1 line 7; DS Example.ORG 5471/15/4 line 8; "
		"DS Example.ORG 5471/15/1 line 9"},
	{"knot-dnskey",
		"DNSKEY example.org 9727/8/257 line 1; DNSKEY example.org 28443/15/257 line 2; "
		"DNSKEY example.org 17307/13/257 line 3"},
	{"knot-ds",
		"DS example.org 9727/8/2 line 1; DS example.org 9727/8/4 line 2; "
		"DS example.org 28443/15/2 line 3; DS example.org 28443/15/4 line 4; "
		"DS example.org 17307/13/2 line 5; DS example.org 17307/13/4 line 6"},
	{"pdns-export-dnskey",
		"DNSKEY example.org 40724/13/257 line 1; DNSKEY example.org 58683/15/257 line 2; "
		"DNSKEY example.org 35740/8/257 line 3"},
	{"pdns-export-ds",
		"DS example.org 40724/13/2 line 1; DS example.org 40724/13/4 line 2; "
		"DS example.org 2564/15/2 line 3; DS example.org 2564/15/4 line 4; "
		"DS example.org 58683/15/2 line 5; DS example.org 58683/15/4 line 6; "
		"DS example.org 35740/8/2 line 7; DS example.org 35740/8/4 line 8"},
	{"pdns-show-zone",
		"DNSKEY example.org 40724/13/257 line 7; DS example.org 40724/13/2 line 8; "
		"DS example.org 40724/13/4 line 9; DNSKEY example.org 2564/15/256 line 11; "
		"DS example.org 2564/15/2 line 12; DS example.org 2564/15/4 line 13; "
		"DNSKEY example.org 58683/15/257 line 15; DS example.org 58683/15/2 line 16; "
		"DS example.org 58683/15/4 line 17; DNSKEY example.org 35740/8/257 line 19; "
		"DS example.org 35740/8/2 line 20; DS example.org 35740/8/4 line 21"},
};

START_TEST(what_a_tool_wrote_is_read_whole)
{
	struct dw_keyfile file = {0};
	struct dw_error error = {0};
	char path[256], summary[DW_KEYSUMMARY_MAX];

	snprintf(path, sizeof(path), "%s%s", DATA, files[_i].file);
	ck_assert_msg(dw_keyfile_read(path, &file, &error) == DW_OK, "%s", error.text);
	dw_keysummary(&file, summary);
	ck_assert_str_eq(summary, files[_i].summary);
	dw_keyfile_fini(&file);
}
END_TEST

/* A key file and the DS that the same tool made of its keys. */
static const struct {
	const char *keys, *ds;
	unsigned n_ds;
} pairs[] = {
	{"bind-008.key", "bind-dsfromkey", 3},
	{"bind-013.key", "bind-dsfromkey", 3},
	{"bind-015.key", "bind-dsfromkey", 3},
	{"bind-008.key", "bind-dsset", 1},
	{"bind-015.key", "bind-cds", 1},
	{"ldns-key", "ldns-ds", 9},
	{"knot-dnskey", "knot-ds", 6},
	{"pdns-export-dnskey", "pdns-export-ds", 6},
	{"pdns-show-zone", "pdns-show-zone", 8},
};

static void read_data(const char *name, struct dw_keyfile *file)
{
	struct dw_error error = {0};
	char path[256];

	snprintf(path, sizeof(path), "%s%s", DATA, name);
	ck_assert_msg(dw_keyfile_read(path, file, &error) == DW_OK, "%s", error.text);
}

static unsigned count_made_of(const struct dw_keyfile_record *key, const struct dw_keyfile *file)
{
	const struct dw_octets rdata = {key->rdata, key->rdata_length};
	unsigned n = 0;

	for (unsigned i = 0; i < file->n_records; i++) {
		const struct dw_keyfile_record *record = &file->records[i];
		struct dw_ds_fact made;
		if (record->rdata != NULL || record->ds.key_tag != dw_key_tag(key->rdata, key->rdata_length))
			continue;
		ck_assert_int_eq(dw_ds_make(&key->owner, rdata, record->ds.digest_type, &made), DW_OK);
		ck_assert(dw_ds_equal(&made, &record->ds));
		n++;
	}
	return n;
}

START_TEST(the_ds_of_a_tool_are_those_of_its_keys)
{
	struct dw_keyfile keys = {0}, ds = {0};
	unsigned n = 0;

	read_data(pairs[_i].keys, &keys);
	read_data(pairs[_i].ds, &ds);
	for (unsigned i = 0; i < keys.n_records; i++)
		if (keys.records[i].rdata != NULL)
			n += count_made_of(&keys.records[i], &ds);
	ck_assert_uint_eq(n, pairs[_i].n_ds);
	dw_keyfile_fini(&keys);
	dw_keyfile_fini(&ds);
}
END_TEST

/* A key as ldns reads it from the same text. */
static void compare_with_ldns(const char *line, const struct dw_keyfile_record *record)
{
	ldns_rr *rr = NULL;
	struct dw_ds_fact made;

	ck_assert_int_eq(ldns_rr_new_frm_str(&rr, line, 0, NULL, NULL), LDNS_STATUS_OK);
	ck_assert_uint_eq(ldns_calc_keytag(rr), dw_key_tag(record->rdata, record->rdata_length));
	for (unsigned type = 1; type <= 4; type += type) {
		ldns_rr *ds = ldns_key_rr2ds(rr, (ldns_hash)type);
		const struct dw_octets rdata = {record->rdata, record->rdata_length};
		ck_assert_int_eq(dw_ds_make(&record->owner, rdata, (uint8_t)type, &made), DW_OK);
		const ldns_rdf *digest = ldns_rr_rdf(ds, 3);
		ck_assert_uint_eq(ldns_rdf_size(digest), made.digest_length);
		ck_assert_int_eq(memcmp(ldns_rdf_data(digest), made.digest, made.digest_length), 0);
		ldns_rr_free(ds);
	}
	ldns_rr_free(rr);
}

static const char *const key_files[] = {"ldns-key", "knot-dnskey", "pdns-export-dnskey"};

START_TEST(keys_tags_and_ds_are_those_of_ldns)
{
	struct dw_keyfile keys = {0};
	char path[256], line[2048];
	unsigned n = 0;

	read_data(key_files[_i], &keys);
	snprintf(path, sizeof(path), "%s%s", DATA, key_files[_i]);
	FILE *stream = fopen(path, "re");
	ck_assert_ptr_nonnull(stream);
	while (fgets(line, sizeof(line), stream) != NULL)
		compare_with_ldns(line, &keys.records[n++]);
	fclose(stream);
	ck_assert_uint_eq(n, keys.n_records);
	dw_keyfile_fini(&keys);
}
END_TEST

#define DS "1356 15 2 " ED25519_DIGEST

#define FORM "Key Tag: 1356\nAlgorithm: 15 (ED25519)\nDigest Type: 2 (SHA-256)\nDigest: " ED25519_DIGEST "\n"

static const struct {
	const char *text, *summary;
} forms[] = {
	{FORM, "DS - 1356/15/2 line 1"},
	{FORM FORM "\n\n" FORM, "DS - 1356/15/2 line 1; DS - 1356/15/2 line 5; DS - 1356/15/2 line 11"},
	{"DS record 1\n" FORM "\nDS record 2\n" FORM, "DS - 1356/15/2 line 2; DS - 1356/15/2 line 8"},
	{"Domain: example.org\n" FORM, "DS example.org 1356/15/2 line 1"},
	{"Key Tag: 1356, Algorithm: 15, Digest Type: 2, Digest: " ED25519_DIGEST, "DS - 1356/15/2 line 1"},
	{"Key Tag: 1356\r\nAlgorithm: 15\r\nDigest Type: 2\r\nDigest: " ED25519_LOWER "\r\n",
		"DS - 1356/15/2 line 1"},
	{"Key Tag\n1356\nAlgorithm\n15 - Ed25519\nDigest Type\n2 - SHA-256\nDigest\n" ED25519_DIGEST "\n",
		"DS - 1356/15/2 line 1"},
	{"Key Tag\t1356\nAlgorithm\t15\nDigest Type\t2\nDigest\t" ED25519_DIGEST "\n", "DS - 1356/15/2 line 1"},
	{"Key Tag\tAlgorithm\tDigest Type\tDigest\n" DS "\n", "DS - 1356/15/2 line 2"},
	{"Digest: 6D77E97B934D94DD994B7A7C0C3B5A0F\n  C8DD483AB3DDBA63B1338A3812D16098\nDigest Type: 2\nKey "
	 "Tag: 1356\nAlgorithm: 15\n",
		"DS - 1356/15/2 line 1"},
	{"Flags: 257\nProtocol: 3\nAlgorithm: 15\nPublic Key: ADL3y0UZXoE+RtVS0QY2\nO1regUDfFwbupZSc16g1ngE=\n",
		"DNSKEY - 1356/15/257 line 1"},
	{FORM "Flags: 257\nPublic key: " ED25519_KEY, "DS - 1356/15/2 line 1; DNSKEY - 1356/15/257 line 1"},
	{FORM "example.org. IN DS " DS, "DS example.org 1356/15/2 line 5; DS - 1356/15/2 line 1"},
	{"DNSSEC: signedDelegation\nDNSSEC DS Data: " DS "\n", "DS - 1356/15/2 line 2"},
	{"ds-rdata:       1356 15 2 " ED25519_LOWER "\n", "DS - 1356/15/2 line 1"},
	{"Dnskey: 257 3 15 " ED25519_KEY "\n", "DNSKEY - 1356/15/257 line 1"},
	{"DS = example.org. IN DS ( 1356 15 2\n" ED25519_DIGEST " ) ; x\n", "DS example.org 1356/15/2 line 1"},
};

START_TEST(the_forms_of_registrars_are_read)
{
	struct dw_keyfile file = {0};
	struct dw_error error = {0};
	char summary[DW_KEYSUMMARY_MAX];

	ck_assert_msg(dw_keyfile_parse(forms[_i].text, strlen(forms[_i].text), "x", &file, &error) == DW_OK, "%s",
		error.text);
	dw_keysummary(&file, summary);
	ck_assert_str_eq(summary, forms[_i].summary);
	dw_keyfile_fini(&file);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/keyfile_tools");
	TCase *keyfile = tcase_create("keyfile_tools");

	tcase_add_loop_test(keyfile, what_a_tool_wrote_is_read_whole, 0, DW_ROWS(files));
	tcase_add_loop_test(keyfile, the_ds_of_a_tool_are_those_of_its_keys, 0, DW_ROWS(pairs));
	tcase_add_loop_test(keyfile, keys_tags_and_ds_are_those_of_ldns, 0, DW_ROWS(key_files));
	tcase_add_loop_test(keyfile, the_forms_of_registrars_are_read, 0, DW_ROWS(forms));
	suite_add_tcase(suite, keyfile);
	return dw_suite_run(suite);
}
