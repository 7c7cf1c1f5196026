#include "dns/nsec3.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/crypto.h"
#include "support/message.h"
#include "support/prove.h"
#include "support/suite.h"

#define NXDOMAIN DW_CLAIM_NXDOMAIN
#define NODATA   DW_CLAIM_NODATA
#define WILDCARD DW_CLAIM_WILDCARD
#define NO_DS    DW_CLAIM_NO_DS

/*
 * A record to be made: at the hash of `name`, or around it. Empty-salted SHA-1, no iterations, unless a row
 * says otherwise.
 */
enum place {
	NONE,
	AT,     /* owner is the hash */
	AROUND, /* owner is the hash less one, next the hash and one */
	LAST,   /* around, as the record that leads back to the first: owner is the hash less one, next is zero */
	FIRST,  /* around, as the same: owner is all ones, next the hash and one */
};

struct record {
	enum place place;
	const char *name;
	const char *types;
	bool opt_out;
};

#define RECORDS_MAX 4

static const struct {
	struct record records[RECORDS_MAX];
	enum dw_claim claim;
	const char *name;
	uint16_t type;
	unsigned labels;
	enum dw_denial_result result;
} rows[] = {
	/* Name errors: closest encloser, next closer name, and the wildcard (RFC 5155 8.4). */
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 0}, {AROUND, "*.example.", "", 0}}, NXDOMAIN,
		"a.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "b.example.", "", 0}, {AROUND, "*.example.", "", 0}}, NXDOMAIN,
		"A.B.Example.", 1, 0, DW_DENIAL_NAME_ERROR},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.b.example.", "", 0}, {AROUND, "*.example.", "", 0}},
		NXDOMAIN, "a.b.example.", 1, 0, DW_DENIAL_NAME_NOT_COVERED},
	{{{AT, "b.example.", "A", 0}, {AROUND, "a.b.example.", "", 0}, {AROUND, "*.b.example.", "", 0}}, NXDOMAIN,
		"a.b.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	{{{AT, "b.example.", "A", 0}, {AROUND, "a.b.example.", "", 0}, {AROUND, "*.example.", "", 0}}, NXDOMAIN,
		"a.b.example.", 1, 0, DW_DENIAL_WILDCARD_NOT_COVERED},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 0}}, NXDOMAIN, "a.example.", 1, 0,
		DW_DENIAL_WILDCARD_NOT_COVERED},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 0}, {AT, "*.example.", "A", 0}}, NXDOMAIN,
		"a.example.", 1, 0, DW_DENIAL_WILDCARD_NOT_COVERED},
	{{{AROUND, "a.example.", "", 0}, {AROUND, "*.example.", "", 0}}, NXDOMAIN, "a.example.", 1, 0,
		DW_DENIAL_NAME_NOT_COVERED},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "*.example.", "", 0}}, NXDOMAIN, "a.example.", 1, 0,
		DW_DENIAL_NAME_NOT_COVERED},
	{{{AT, "example.", "NS SOA", 0}, {AT, "a.example.", "A", 0}, {AROUND, "*.example.", "", 0}}, NXDOMAIN,
		"a.example.", 1, 0, DW_DENIAL_NAME_EXISTS},
	{{{AT, "a.example.", "TYPE128", 0}}, NXDOMAIN, "a.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	/* The record that goes round. */
	{{{AT, "example.", "NS SOA", 0}, {LAST, "a.example.", "", 0}, {AROUND, "*.example.", "", 0}}, NXDOMAIN,
		"a.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	{{{AT, "example.", "NS SOA", 0}, {FIRST, "a.example.", "", 0}, {AROUND, "*.example.", "", 0}}, NXDOMAIN,
		"a.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	/* Below a cut or a DNAME the parent denies nothing. */
	{{{AT, "d.example.", "NS", 0}, {AROUND, "a.d.example.", "", 0}, {AROUND, "*.d.example.", "", 0}},
		NXDOMAIN, "a.d.example.", 1, 0, DW_DENIAL_PARENT_SIDE},
	{{{AT, "d.example.", "DNAME", 0}, {AROUND, "a.d.example.", "", 0}, {AROUND, "*.d.example.", "", 0}},
		NXDOMAIN, "a.d.example.", 1, 0, DW_DENIAL_PARENT_SIDE},
	/* Opt-out: what may be there unsigned is not denied, and that is no fault. */
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 1}, {AROUND, "*.example.", "", 0}}, NXDOMAIN,
		"a.example.", 1, 0, DW_DENIAL_OPT_OUT},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 0}, {AROUND, "*.example.", "", 1}}, NXDOMAIN,
		"a.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 1}}, NXDOMAIN, "a.example.", 1, 0,
		DW_DENIAL_WILDCARD_NOT_COVERED},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 0}, {AROUND, "a.example.", "", 1},
		 {AROUND, "*.example.", "", 0}},
		NXDOMAIN, "a.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 1}, {AROUND, "a.example.", "", 0},
		 {AROUND, "*.example.", "", 0}},
		NXDOMAIN, "a.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	/* NODATA (RFC 5155 8.5 to 8.7). */
	{{{AT, "a.example.", "A", 0}}, NODATA, "a.example.", 28, 0, DW_DENIAL_NO_DATA},
	{{{AT, "a.example.", "A", 0}}, NODATA, "a.example.", 1, 0, DW_DENIAL_TYPE_EXISTS},
	{{{AT, "a.example.", "CNAME", 0}}, NODATA, "a.example.", 1, 0, DW_DENIAL_TYPE_EXISTS},
	{{{AT, "a.example.", "", 0}}, NODATA, "a.example.", 1, 0, DW_DENIAL_EMPTY_NON_TERMINAL},
	{{{AT, "d.example.", "NS", 0}}, NODATA, "d.example.", 1, 0, DW_DENIAL_PARENT_SIDE},
	{{{AT, "d.example.", "NS", 0}}, NODATA, "d.example.", 43, 0, DW_DENIAL_NO_DATA},
	{{{AT, "example.", "NS SOA", 0}}, NODATA, "example.", 43, 0, DW_DENIAL_PARENT_SIDE},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 0}, {AT, "*.example.", "A", 0}}, NODATA,
		"a.example.", 28, 0, DW_DENIAL_WILDCARD_NO_DATA},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 1}, {AT, "*.example.", "A", 0}}, NODATA,
		"a.example.", 28, 0, DW_DENIAL_OPT_OUT},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 0}, {AT, "*.example.", "A", 0}}, NODATA,
		"a.example.", 1, 0, DW_DENIAL_TYPE_EXISTS},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 1}}, NODATA, "a.example.", 43, 0,
		DW_DENIAL_OPT_OUT},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "a.example.", "", 0}}, NODATA, "a.example.", 43, 0,
		DW_DENIAL_WILDCARD_NOT_COVERED},
	{{{AROUND, "a.example.", "", 0}}, NODATA, "a.example.", 1, 0, DW_DENIAL_NAME_NOT_COVERED},
	/* An answer by wildcard (RFC 5155 8.8): the next closer name. */
	{{{AROUND, "b.example.", "", 0}}, WILDCARD, "a.b.example.", 1, 1, DW_DENIAL_WILDCARD_ANSWER},
	{{{AROUND, "b.example.", "", 1}}, WILDCARD, "a.b.example.", 1, 1, DW_DENIAL_OPT_OUT},
	{{{AROUND, "a.b.example.", "", 0}}, WILDCARD, "a.b.example.", 1, 1, DW_DENIAL_NAME_NOT_COVERED},
	{{{AT, "b.example.", "A", 0}}, WILDCARD, "a.b.example.", 1, 1, DW_DENIAL_NAME_EXISTS},
	{{{AT, "a.b.example.", "A", 0}, {AROUND, "b.example.", "", 0}}, WILDCARD, "a.b.example.", 1, 1,
		DW_DENIAL_NAME_EXISTS},
	{{{AROUND, "a.b.example.", "", 0}}, WILDCARD, "a.b.example.", 1, 3, DW_DENIAL_NAME_NOT_COVERED},
	/* A cut without DS (RFC 5155 8.9). */
	{{{AT, "d.example.", "NS", 0}}, NO_DS, "d.example.", 43, 0, DW_DENIAL_UNSIGNED_DELEGATION},
	{{{AT, "d.example.", "NS DS", 0}}, NO_DS, "d.example.", 43, 0, DW_DENIAL_TYPE_EXISTS},
	{{{AT, "d.example.", "A", 0}}, NO_DS, "d.example.", 43, 0, DW_DENIAL_NOT_A_DELEGATION},
	{{{AT, "d.example.", "NS SOA", 0}}, NO_DS, "d.example.", 43, 0, DW_DENIAL_PARENT_SIDE},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "d.example.", "", 1}}, NO_DS, "d.example.", 43, 0,
		DW_DENIAL_OPT_OUT},
	{{{AT, "example.", "NS SOA", 0}, {AROUND, "d.example.", "", 0}}, NO_DS, "d.example.", 43, 0,
		DW_DENIAL_NAME_NOT_COVERED},
	{{{AROUND, "d.example.", "", 1}}, NO_DS, "d.example.", 43, 0, DW_DENIAL_NAME_NOT_COVERED},
};

/* Adds one to, or takes one from, a hash. */
static void step(uint8_t hash[20], int by)
{
	for (int i = 19; i >= 0; i--) {
		hash[i] = (uint8_t)(hash[i] + by);
		if (hash[i] != (by > 0 ? 0 : 0xff))
			return;
	}
}

/* Writes a hash in base32hex. */
static const char *hash_text(const uint8_t hash[20], char text[33])
{
	for (unsigned i = 0; i < 32; i++) {
		unsigned at = i * 5, value = (unsigned)hash[at / 8] << 8;
		if (at / 8 + 1 < 20)
			value |= hash[at / 8 + 1];
		text[i] = "0123456789abcdefghijklmnopqrstuv"[value >> (11 - at % 8) & 31];
	}
	text[32] = '\0';
	return text;
}

/* Writes a record as a line of zone format below `zone`; `parameters` are all but the flags. */
static int put_record(const struct record *record, const char *iterations, char *line)
{
	struct dw_name name = dw_name_make(record->name);
	uint8_t owner[20], next[20];
	char owner_text[33], next_text[33];

	dw_name_lower(&name);
	ck_assert_int_eq(dw_nsec3_hash((struct dw_octets){name.wire, name.length}, (struct dw_octets){NULL, 0},
						 (uint16_t)strtoul(iterations, NULL, 10), owner),
		DW_OK);
	memcpy(next, owner, sizeof(next));
	if (record->place != AT)
		step(owner, -1);
	step(next, +1);
	if (record->place == LAST)
		memset(next, 0, sizeof(next));
	if (record->place == FIRST)
		memset(owner, 0xff, sizeof(owner));
	return sprintf(line, "%s.example. 3600 IN NSEC3 1 %d %s - %s %s\n", hash_text(owner, owner_text),
		record->opt_out, iterations, hash_text(next, next_text), record->types);
}

static struct dw_denial judge_row(int row, const char *iterations)
{
	char lines[2048] = "";
	size_t length = 0;

	for (unsigned i = 0; i < RECORDS_MAX && rows[row].records[i].place != NONE; i++)
		length += (size_t)put_record(&rows[row].records[i], iterations, lines + length);
	struct dw_claim_text text = {.zone = "example.",
		.authority = lines,
		.claim = rows[row].claim,
		.name = rows[row].name,
		.type = rows[row].type,
		.labels = rows[row].labels};
	return dw_denial_of(&text);
}

START_TEST(nsec3_records_prove_a_claim_or_the_reason_is_given)
{
	struct dw_denial denial = judge_row(_i, "0");

	ck_assert_msg(denial.result == rows[_i].result, "%s: %s", rows[_i].name, dw_denial_text(denial.result));
	ck_assert(denial.nsec3);
	ck_assert_int_eq(denial.opt_out, denial.result == DW_DENIAL_OPT_OUT);
}
END_TEST

static const struct {
	const char *iterations;
	enum dw_denial_result result;
} iterations[] = {
	{"1", DW_DENIAL_NAME_ERROR},
	{"100", DW_DENIAL_NAME_ERROR},
	{"101", DW_DENIAL_ITERATIONS},
	{"65535", DW_DENIAL_ITERATIONS},
};

START_TEST(more_than_a_hundred_iterations_are_not_computed)
{
	struct dw_denial denial = judge_row(0, iterations[_i].iterations);

	ck_assert_int_eq(denial.result, iterations[_i].result);
	ck_assert_uint_eq(denial.iterations, strtoul(iterations[_i].iterations, NULL, 10));
}
END_TEST

#define H1 "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"
#define H2 "2t7b4g4vsa5smi47k61mv5bv1a22bojr"

/* Records that are to be ignored, or that make a proof impossible. */
static const struct {
	const char *authority;
	enum dw_denial_result result;
} others[] = {
	{H1 ".example. 3600 IN NSEC3 2 0 0 - " H2 " A\n", DW_DENIAL_UNKNOWN_HASH},
	{H1 ".example. 3600 IN NSEC3 2 0 999 - " H2 " A\n", DW_DENIAL_UNKNOWN_HASH},
	{H1 ".example. 3600 IN NSEC3 1 2 0 - " H2 " A\n", DW_DENIAL_NO_RECORDS},
	{H1 ".example. 3600 IN NSEC3 1 129 0 - " H2 " A\n", DW_DENIAL_NO_RECORDS},
	{H1 ".sub.example. 3600 IN NSEC3 1 0 0 - " H2 " A\n", DW_DENIAL_NO_RECORDS},
	{H1 ".other. 3600 IN NSEC3 1 0 0 - " H2 " A\n", DW_DENIAL_NO_RECORDS},
	{"a.example. 3600 IN NSEC3 1 0 0 - " H2 " A\n", DW_DENIAL_NO_RECORDS},
	{"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww.example. 3600 IN NSEC3 1 0 0 - " H2 " A\n", DW_DENIAL_NO_RECORDS},
	{H1 ".example. 3600 IN NSEC3 1 0 0 - 2t7b4g4v A\n", DW_DENIAL_NO_RECORDS},
	{H1 ".example. 3600 IN NSEC3 1 0 0 - " H2 " A\n" H2 ".example. 3600 IN NSEC3 1 0 1 - " H1 " A\n",
		DW_DENIAL_PARAMETERS_DIFFER},
	{H1 ".example. 3600 IN NSEC3 1 0 0 aa " H2 " A\n" H2 ".example. 3600 IN NSEC3 1 0 0 bb " H1 " A\n",
		DW_DENIAL_PARAMETERS_DIFFER},
	{H1 ".example. 3600 IN NSEC3 1 0 0 aa " H2 " A\n" H2 ".example. 3600 IN NSEC3 1 0 0 aabb " H1 " A\n",
		DW_DENIAL_PARAMETERS_DIFFER},
	{H1 ".example. 3600 IN NSEC3 1 0 0 - " H2 " A\n" H2 ".example. 3600 IN NSEC3 1 1 0 - " H1 " A\n",
		DW_DENIAL_NAME_NOT_COVERED},
	{H1 ".example. 3600 IN NSEC3 1 0 0 - " H2 " A\n" H2 ".example. 3600 IN NSEC3 1 0 101 - " H1 " A\n",
		DW_DENIAL_ITERATIONS},
};

START_TEST(records_with_other_parameters_prove_nothing)
{
	struct dw_claim_text text = {.zone = "example.",
		.authority = others[_i].authority,
		.claim = NODATA,
		.name = "a.example.",
		.type = 1};

	ck_assert_int_eq(dw_denial_of(&text).result, others[_i].result);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/nsec3");
	TCase *proofs = tcase_create("proofs");

	tcase_add_loop_test(proofs, nsec3_records_prove_a_claim_or_the_reason_is_given, 0, DW_ROWS(rows));
	tcase_add_loop_test(proofs, more_than_a_hundred_iterations_are_not_computed, 0, DW_ROWS(iterations));
	tcase_add_loop_test(proofs, records_with_other_parameters_prove_nothing, 0, DW_ROWS(others));
	suite_add_tcase(suite, proofs);
	return dw_suite_run(suite);
}
