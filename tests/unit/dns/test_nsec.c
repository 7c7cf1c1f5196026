#include "dns/nsec.h"

#include "support/prove.h"
#include "support/suite.h"

/* The zone example.: apex, a, *.b, x.c, d (a cut), e (a DNAME), z; as NSEC records, one each. */
#define APEX   "example. 3600 IN NSEC a.example. NS SOA RRSIG NSEC DNSKEY\n"
#define A      "a.example. 3600 IN NSEC *.b.example. A RRSIG NSEC\n"
#define WILD_B "*.b.example. 3600 IN NSEC x.c.example. TXT RRSIG NSEC\n"
#define X_C    "x.c.example. 3600 IN NSEC d.example. A RRSIG NSEC\n"
#define D      "d.example. 3600 IN NSEC e.example. NS RRSIG NSEC\n"
#define E      "e.example. 3600 IN NSEC f.example. DNAME RRSIG NSEC\n"
#define F      "f.example. 3600 IN NSEC z.example. CNAME RRSIG NSEC\n"
#define Z      "z.example. 3600 IN NSEC example. NS DS RRSIG NSEC\n"
/* The cut, seen by the child. */
#define D_CHILD "d.example. 3600 IN NSEC e.d.example. NS SOA RRSIG NSEC DNSKEY\n"

#define NXDOMAIN DW_CLAIM_NXDOMAIN
#define NODATA   DW_CLAIM_NODATA
#define WILDCARD DW_CLAIM_WILDCARD
#define NO_DS    DW_CLAIM_NO_DS

static const struct {
	const char *authority;
	enum dw_claim claim;
	const char *name;
	uint16_t type;
	unsigned labels;
	enum dw_denial_result result;
} rows[] = {
	/* Name errors: the name, and the wildcard at its closest encloser. */
	{A APEX, NXDOMAIN, "aa.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	{Z APEX, NXDOMAIN, "zz.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	{A, NXDOMAIN, "aa.example.", 1, 0, DW_DENIAL_WILDCARD_NOT_COVERED},
	{APEX, NXDOMAIN, "aa.example.", 1, 0, DW_DENIAL_NAME_NOT_COVERED},
	{A APEX, NXDOMAIN, "A.EXAMPLE.", 1, 0, DW_DENIAL_NAME_EXISTS},
	{A APEX, NXDOMAIN, "b.example.", 1, 0, DW_DENIAL_NAME_EXISTS},
	{WILD_B APEX, NXDOMAIN, "y.b.example.", 1, 0, DW_DENIAL_WILDCARD_NOT_COVERED},
	{A APEX, NXDOMAIN, "deep.down.aa.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	{A, NXDOMAIN, "b.a.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	{WILD_B, NXDOMAIN, "a.c.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	{A APEX, NXDOMAIN, "aa.other.", 1, 0, DW_DENIAL_NAME_NOT_COVERED},
	/* A wildcard that is an empty non-terminal would have answered. */
	{A "\\%.example. 3600 IN NSEC x.*.example. A RRSIG NSEC\n", NXDOMAIN, "aa.example.", 1, 0,
		DW_DENIAL_WILDCARD_NOT_COVERED},
	/* What lies below a cut or a DNAME is not denied by the record of the parent (RFC 6840 4.1). */
	{D APEX, NXDOMAIN, "www.d.example.", 1, 0, DW_DENIAL_PARENT_SIDE},
	{E APEX, NXDOMAIN, "www.e.example.", 1, 0, DW_DENIAL_PARENT_SIDE},
	{D APEX, NXDOMAIN, "da.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	/* Minimally covering (RFC 4470), and compact (RFC 9824). */
	{"\\).example. 3600 IN NSEC \\+.example. RRSIG NSEC\n"
	 "am\\255.example. 3600 IN NSEC an\\000.example. RRSIG NSEC\n",
		NXDOMAIN, "an.example.", 1, 0, DW_DENIAL_NAME_ERROR},
	{"q.example. 3600 IN NSEC \\000.q.example. RRSIG NSEC TYPE128\n", NXDOMAIN, "q.example.", 1, 0,
		DW_DENIAL_NAME_ERROR},
	{"q.example. 3600 IN NSEC \\000.q.example. RRSIG NSEC TYPE128\n", NODATA, "q.example.", 1, 0,
		DW_DENIAL_NAME_ERROR},
	{"q.example. 3600 IN NSEC \\000.q.example. RRSIG NSEC\n", NODATA, "q.example.", 1, 0, DW_DENIAL_NO_DATA},
	/* NODATA at the name, at an empty non-terminal, and at a wildcard. */
	{A, NODATA, "a.example.", 28, 0, DW_DENIAL_NO_DATA},
	{A, NODATA, "a.example.", 1, 0, DW_DENIAL_TYPE_EXISTS},
	{F, NODATA, "f.example.", 1, 0, DW_DENIAL_TYPE_EXISTS},
	{A, NODATA, "b.example.", 1, 0, DW_DENIAL_EMPTY_NON_TERMINAL},
	{WILD_B, NODATA, "c.example.", 1, 0, DW_DENIAL_EMPTY_NON_TERMINAL},
	{WILD_B, NODATA, "y.b.example.", 1, 0, DW_DENIAL_WILDCARD_NO_DATA},
	{WILD_B, NODATA, "y.b.example.", 16, 0, DW_DENIAL_TYPE_EXISTS},
	{A APEX, NODATA, "aa.example.", 1, 0, DW_DENIAL_WILDCARD_NOT_COVERED},
	{APEX, NODATA, "aa.example.", 1, 0, DW_DENIAL_NAME_NOT_COVERED},
	{D, NODATA, "d.example.", 1, 0, DW_DENIAL_PARENT_SIDE},
	{D, NODATA, "d.example.", 43, 0, DW_DENIAL_NO_DATA},
	{D, NODATA, "www.d.example.", 1, 0, DW_DENIAL_PARENT_SIDE},
	{APEX, NODATA, "example.", 28, 0, DW_DENIAL_NO_DATA},
	{APEX, NODATA, "example.", 43, 0, DW_DENIAL_PARENT_SIDE},
	/* An answer by wildcard: no such name, and no closer encloser. */
	{X_C, WILDCARD, "y.c.example.", 1, 2, DW_DENIAL_WILDCARD_ANSWER},
	{WILD_B, WILDCARD, "y.b.example.", 1, 2, DW_DENIAL_WILDCARD_ANSWER},
	{WILD_B, WILDCARD, "y.b.example.", 1, 1, DW_DENIAL_WILDCARD_NOT_COVERED},
	{A, WILDCARD, "a.example.", 1, 1, DW_DENIAL_NAME_EXISTS},
	{A, WILDCARD, "b.example.", 1, 1, DW_DENIAL_NAME_EXISTS},
	{A, WILDCARD, "zz.example.", 1, 1, DW_DENIAL_NAME_NOT_COVERED},
	{D, WILDCARD, "www.d.example.", 1, 1, DW_DENIAL_PARENT_SIDE},
	/* A cut without DS (RFC 6840 4.4). */
	{D, NO_DS, "d.example.", 43, 0, DW_DENIAL_UNSIGNED_DELEGATION},
	{Z, NO_DS, "z.example.", 43, 0, DW_DENIAL_TYPE_EXISTS},
	{A, NO_DS, "a.example.", 43, 0, DW_DENIAL_NOT_A_DELEGATION},
	{D_CHILD, NO_DS, "d.example.", 43, 0, DW_DENIAL_PARENT_SIDE},
	{A, NO_DS, "aa.example.", 43, 0, DW_DENIAL_NAME_NOT_COVERED},
	{D, NO_DS, "sub.d.example.", 43, 0, DW_DENIAL_PARENT_SIDE},
	/* Records that are none of this zone, or of no zone, are not there. */
	{"a.other. 3600 IN NSEC c.other. A RRSIG NSEC\n", NODATA, "a.example.", 28, 0, DW_DENIAL_NO_RECORDS},
	{"a.aaa. 3600 IN NSEC z.example. A RRSIG NSEC\n", NXDOMAIN, "m.example.", 1, 0, DW_DENIAL_NO_RECORDS},
	{"a.example. 3600 IN NSEC c.other. A RRSIG NSEC\n", NODATA, "a.example.", 28, 0, DW_DENIAL_NO_RECORDS},
	{"z.example. 3600 IN NSEC b.example. A RRSIG NSEC\n", NODATA, "z.example.", 28, 0, DW_DENIAL_NO_RECORDS},
	{"example. 3600 IN SOA a.example. b.example. 1 2 3 4 5\n", NODATA, "example.", 1, 0,
		DW_DENIAL_NO_RECORDS},
	/* A zone of one name leads back to itself. */
	{"example. 3600 IN NSEC example. NS SOA RRSIG NSEC\n", NXDOMAIN, "a.example.", 1, 0,
		DW_DENIAL_NAME_ERROR},
	/* Of two that cover the name, the one of a cut above does not spoil the other. */
	{D "d.example. 3600 IN NSEC x.d.example. A RRSIG NSEC\n" APEX, NXDOMAIN, "w.d.example.", 1, 0,
		DW_DENIAL_NAME_ERROR},
};

START_TEST(nsec_records_prove_a_claim_or_the_reason_is_given)
{
	struct dw_claim_text text = {.zone = "example.",
		.authority = rows[_i].authority,
		.claim = rows[_i].claim,
		.name = rows[_i].name,
		.type = rows[_i].type,
		.labels = rows[_i].labels};
	struct dw_denial denial = dw_denial_of(&text);

	ck_assert_msg(denial.result == rows[_i].result, "%s: %s", rows[_i].name, dw_denial_text(denial.result));
	ck_assert(!denial.nsec3);
}
END_TEST

/* The root is an apex without a parent, so that its DS may be denied. */
static const struct {
	enum dw_claim claim;
	const char *name;
	uint16_t type;
	enum dw_denial_result result;
} roots[] = {
	{NODATA, ".", 43, DW_DENIAL_NO_DATA},
	{NODATA, ".", 1, DW_DENIAL_NO_DATA},
	{NXDOMAIN, "a.", 1, DW_DENIAL_NAME_ERROR},
	{NXDOMAIN, "b.a.", 1, DW_DENIAL_NAME_ERROR},
	{NO_DS, "com.", 43, DW_DENIAL_NAME_NOT_COVERED},
};

START_TEST(the_root_denies_what_it_lacks)
{
	struct dw_claim_text text = {.zone = ".",
		.authority = ". 3600 IN NSEC com. NS SOA RRSIG NSEC DNSKEY\n",
		.claim = roots[_i].claim,
		.name = roots[_i].name,
		.type = roots[_i].type};

	ck_assert_int_eq(dw_denial_of(&text).result, roots[_i].result);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/nsec");
	TCase *proofs = tcase_create("proofs");

	tcase_add_loop_test(proofs, nsec_records_prove_a_claim_or_the_reason_is_given, 0, DW_ROWS(rows));
	tcase_add_loop_test(proofs, the_root_denies_what_it_lacks, 0, DW_ROWS(roots));
	suite_add_tcase(suite, proofs);
	return dw_suite_run(suite);
}
