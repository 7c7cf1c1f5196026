#include "text/dsform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/dsset.h"
#include "dns/wire.h"
#include "support/suite.h"

#define SHA256 "6D77E97B934D94DD994B7A7C0C3B5A0FC8DD483AB3DDBA63B1338A3812D16098"
#define KEY    "ADL3y0UZXoE+RtVS0QY2O1regUDfFwbupZSc16g1ngE="

/* "tag=4711 algorithm=13 (ECDSA)": what a line holds. */
static void list(const char *line, bool colons, char text[512])
{
	static const char *const fields[DW_DSFIELDS] = {
		"tag", "algorithm", "type", "digest", "flags", "protocol", "key", "owner", "other"};
	struct dw_dspair pair;

	text[0] = '\0';
	while (dw_dsform_pair(&line, colons, &pair))
		snprintf(text + strlen(text), 512 - strlen(text), "%s%s=%.*s", text[0] == '\0' ? "" : "|",
			fields[pair.field], (int)pair.length, pair.value);
}

static const struct {
	const char *line;
	bool colons;
	const char *pairs;
} lines[] = {
	{"Key Tag: 4711", true, "tag=4711"},
	{"Keytag=4711", true, "tag=4711"},
	{"  - Key-Tag : 4711  ", true, "tag=4711"},
	{"\"keyTag\": 4711,", true, "tag=4711"},
	{"KEY ID:4711", true, "tag=4711"},
	{"Key Tag (ID): 4711", true, "tag=4711"},
	{"Key Tag: 4711 Algorithm: 13 Digest Type: 2 Digest: AB CD", true,
		"tag=4711|algorithm=13|type=2|digest=AB CD"},
	{"Key Tag: 4711, Algorithm: 13, Digest Type: 2, Digest: ABCD", true,
		"tag=4711|algorithm=13|type=2|digest=ABCD"},
	{"keytag=4711;algorithm=13;digesttype=2;digest=ABCD", true, "tag=4711|algorithm=13|type=2|digest=ABCD"},
	{"Key Tag: 4711 | Algorithm: 13", true, "tag=4711|algorithm=13"},
	{"Algorithm: 13 (ECDSA Curve P-256)", true, "algorithm=13 (ECDSA Curve P-256)"},
	{"Digest: ABCD ; SHA-256", true, "digest=ABCD"},
	{"Digest:", true, "digest="},
	{"Public Key: AwEA/key+AQ==", true, "key=AwEA/key+AQ=="},
	{"Flags: 257 (KSK) Protocol: 3 Algorithm: 15 Public Key: " KEY, true,
		"flags=257 (KSK)|protocol=3|algorithm=15|key=" KEY},
	{"Domain: example.org", true, "owner=example.org"},
	{"TTL: 3600", true, "other=3600"},
	{"Key Tag 4711", true, ""},
	{"Key Tag 4711", false, "tag=4711"},
	{"Key Tag\t4711\tAlgorithm\t13\tDigest Type\t2\tDigest\tABCD", false,
		"tag=4711|algorithm=13|type=2|digest=ABCD"},
	{"Key Tag  Algorithm  Digest Type  Digest", false, "tag=|algorithm=|type=|digest="},
	{"hello: 1", true, ""},
	{"hello 1", false, ""},
	{": 1", true, ""},
	{"example.org. IN DNSKEY 257 3 15 " KEY, true, ""},
	{"", true, ""},
	{"(", true, ""},
};

START_TEST(a_line_of_a_form_is_taken_apart)
{
	char text[512];

	list(lines[_i].line, lines[_i].colons, text);
	ck_assert_str_eq(text, lines[_i].pairs);
}
END_TEST

static const struct {
	const char *line;
	uint16_t type; /* 0: it begins with no record's name */
	const char *behind;
} records[] = {
	{"DS = example.org. IN DS 1", DW_TYPE_DS, " example.org. IN DS 1"},
	{"CSK DNSKEY = example.org. IN DNSKEY 257", DW_TYPE_DNSKEY, " example.org. IN DNSKEY 257"},
	{"DNSSEC DS Data: 4711 13 2 ABCD", DW_TYPE_DS, " 4711 13 2 ABCD"},
	{"ds-rdata:        4711 13 2 ABCD", DW_TYPE_DS, "        4711 13 2 ABCD"},
	{"Dnskey: 257 3 13 AA==", DW_TYPE_DNSKEY, " 257 3 13 AA=="},
	{"Digest: ABCD", 0, NULL},
	{"example.org. IN DS 1", 0, NULL},
};

START_TEST(the_name_before_a_record_tells_its_type)
{
	uint16_t type = 0;
	const char *behind = dw_dsform_record_of(records[_i].line, &type);

	ck_assert_uint_eq(type, records[_i].type);
	if (records[_i].behind == NULL)
		ck_assert_ptr_null(behind);
	else
		ck_assert_str_eq(behind, records[_i].behind);
}
END_TEST

static enum dw_status fill(struct dw_dsform *form, const char *line, struct dw_error *error)
{
	struct dw_dspair pair;

	while (dw_dsform_pair(&line, true, &pair)) {
		enum dw_status status = dw_dsform_add(form, &pair, error);
		if (status != DW_OK)
			return status;
	}
	return DW_OK;
}

static const struct {
	const char *line, *ds, *owner;
	unsigned flags; /* of a key; 0 for none */
} forms[] = {
	{"Key Tag: 1356 Algorithm: 15 Digest Type: 2 Digest: " SHA256, "1356 15 2 " SHA256, "", 0},
	{"Domain: a.b Key Tag: 1356 Algorithm: ED25519 Digest Type: SHA-256 Digest: " SHA256, "1356 15 2 " SHA256,
		"a.b", 0},
	{"Key Tag: 1356 Algorithm: 15 (ED25519) Digest Type: 2 - SHA-256 Digest: " SHA256, "1356 15 2 " SHA256,
		"", 0},
	{"Key Tag: 1356 Algorithm: Ed25519 (15) Digest Type: SHA-256 (2) Digest: " SHA256, "1356 15 2 " SHA256,
		"", 0},
	{"Key Tag: 1356 Algorithm: Edwards (15) Digest Type: 2/SHA-256 Digest: " SHA256, "1356 15 2 " SHA256, "",
		0},
	{"Key Tag: 1356 Algorithm: ECDSA Curve P-256 with SHA-256 Digest Type: 2 Digest: " SHA256,
		"1356 13 2 " SHA256, "", 0},
	{"Flags: 257 Protocol: 3 Algorithm: 15 Public Key: " KEY, NULL, "", 257},
	{"Flags: 257 (KSK) Algorithm: 15 Key: " KEY, NULL, "", 257},
	{"Key Tag: 1356 Flags: 256 Algorithm: 15 Key: " KEY, NULL, "", 256},
	{"Key Tag: 1356 Algorithm: 15 Digest Type: 2 Digest: " SHA256 " Flags: 257 Public Key: " KEY,
		"1356 15 2 " SHA256, "", 257},
	{"Domain: a.b TTL: 3600", NULL, "a.b", 0},
	{"Key Tag: Algorithm: Digest Type: Digest:", NULL, "", 0},
	{"", NULL, "", 0},
};

START_TEST(a_form_is_a_ds_a_key_or_both)
{
	struct dw_dsform form = {.line = 0};
	struct dw_dsform_record record;
	struct dw_error error = {0};
	char text[DW_DS_TEXT_MAX];

	ck_assert_int_eq(fill(&form, forms[_i].line, &error), DW_OK);
	ck_assert_msg(dw_dsform_end(&form, &record, &error) == DW_OK, "%s", error.text);
	ck_assert_int_eq(record.has_ds, forms[_i].ds != NULL);
	if (record.has_ds)
		ck_assert_str_eq(dw_ds_format(&record.ds, text), forms[_i].ds);
	ck_assert_int_eq(record.rdata != NULL, forms[_i].flags != 0);
	if (record.rdata != NULL) {
		ck_assert_uint_eq(record.rdata_length, 36);
		ck_assert_uint_eq((unsigned)(record.rdata[0] << 8 | record.rdata[1]), forms[_i].flags);
		ck_assert_uint_eq(record.rdata[2], 3);
		ck_assert_uint_eq(record.rdata[3], 15);
	}
	ck_assert_str_eq(record.owner, forms[_i].owner);
	free(record.rdata);
}
END_TEST

static const struct {
	const char *line, *why;
} refused[] = {
	{"Key Tag: 1356", "no algorithm"},
	{"Key Tag: 1356 Algorithm: 15", "no digest type"},
	{"Key Tag: 1356 Algorithm: 15 Digest Type: 2", "no digest"},
	{"Algorithm: 15 Digest Type: 2 Digest: AB", "no key tag"},
	{"Key Tag: 1356 Digest: AB", "no algorithm"},
	{"Key Tag: 1356 13 Algorithm: 15 Digest Type: 2 Digest: AB",
		"key tag '1356 13' is not a number from 0 to 65535"},
	{"Key Tag: 1356x Algorithm: 15 Digest Type: 2 Digest: AB",
		"key tag '1356x' is not a number from 0 to 65535"},
	{"Key Tag: 65536 Algorithm: 15 Digest Type: 2 Digest: AB",
		"key tag '65536' is not a number from 0 to 65535"},
	{"Key Tag: 1 Algorithm: 300 Digest Type: 2 Digest: AB",
		"algorithm '300' is neither a number from 0 to 255 nor known by name"},
	{"Key Tag: 1 Algorithm: 15 Digest Type: best Digest: AB",
		"digest type 'best' is neither a number from 0 to 255 nor known by name"},
	{"Key Tag: 1 Algorithm: 15 Digest Type: 2 Digest: AB", "digest has 1 octets, and one of SHA-256 has 32"},
	{"Flags: 257 Algorithm: 15", "no public key"},
	{"Algorithm: 15 Key: AA==", "no flags"},
	{"Flags: 257 Key: AA==", "no algorithm"},
	{"Flags: 257 Protocol: three Algorithm: 15 Key: AA==", "protocol 'three' is not a number from 0 to 255"},
	{"Flags: 257 Algorithm: 15 Key: ?", "public key is not base64 at '?'"},
};

START_TEST(a_form_that_lacks_something_says_what)
{
	struct dw_dsform form = {.line = 0};
	struct dw_dsform_record record;
	struct dw_error error = {0};

	ck_assert_int_eq(fill(&form, refused[_i].line, &error), DW_OK);
	ck_assert_int_eq(dw_dsform_end(&form, &record, &error), DW_INVALID);
	ck_assert_str_eq(error.text, refused[_i].why);
	ck_assert_ptr_null(record.rdata);
}
END_TEST

START_TEST(a_value_may_go_on_over_lines)
{
	struct dw_dsform form = {.line = 0};
	struct dw_dsform_record record;
	char text[DW_DS_TEXT_MAX];

	ck_assert(!dw_dsform_continues(&form, "1356"));
	ck_assert_int_eq(fill(&form, "Algorithm: 15 Digest Type: 2 Key Tag:", NULL), DW_OK);
	ck_assert(dw_dsform_continues(&form, "1356"));
	ck_assert_int_eq(dw_dsform_continue(&form, "  1356", NULL), DW_OK);
	ck_assert(!dw_dsform_continues(&form, "1356"));
	ck_assert_int_eq(fill(&form, "Digest:", NULL), DW_OK);
	ck_assert_int_eq(dw_dsform_continue(&form, "6D77E97B934D94DD994B7A7C0C3B5A0F", NULL), DW_OK);
	ck_assert(!dw_dsform_continues(&form, "hello"));
	ck_assert(dw_dsform_continues(&form, "C8DD 483AB3DD"));
	ck_assert_int_eq(dw_dsform_continue(&form, "C8DD483AB3DDBA63B1338A3812D16098", NULL), DW_OK);
	ck_assert_int_eq(dw_dsform_end(&form, &record, NULL), DW_OK);
	ck_assert(record.has_ds);
	ck_assert_str_eq(dw_ds_format(&record.ds, text), "1356 15 2 " SHA256);
}
END_TEST

START_TEST(values_have_a_bound)
{
	static struct dw_dsform form;
	static char line[DW_DSFORM_TEXT_MAX + 100] = "Public Key: ";
	struct dw_error error = {0};

	form = (struct dw_dsform){.line = 0};
	memset(line + strlen(line), 'A', DW_DSFORM_TEXT_MAX);
	ck_assert_int_eq(fill(&form, line, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "values of more than 8192 octets");
	ck_assert_int_eq(fill(&form, "Public Key: AAAA", NULL), DW_OK);
	ck_assert_int_eq(dw_dsform_continue(&form, line, &error), DW_INVALID);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/dsform");
	TCase *dsform = tcase_create("dsform");

	tcase_add_loop_test(dsform, a_line_of_a_form_is_taken_apart, 0, DW_ROWS(lines));
	tcase_add_loop_test(dsform, the_name_before_a_record_tells_its_type, 0, DW_ROWS(records));
	tcase_add_loop_test(dsform, a_form_is_a_ds_a_key_or_both, 0, DW_ROWS(forms));
	tcase_add_loop_test(dsform, a_form_that_lacks_something_says_what, 0, DW_ROWS(refused));
	tcase_add_test(dsform, a_value_may_go_on_over_lines);
	tcase_add_test(dsform, values_have_a_bound);
	suite_add_tcase(suite, dsform);
	return dw_suite_run(suite);
}
