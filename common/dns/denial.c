#include "dns/denial.h"

#include "dns/nsec.h"
#include "dns/nsec3.h"

struct dw_denial dw_denial_judge(const struct dw_denial_records *records, enum dw_claim claim,
	const struct dw_name *name, uint16_t type, unsigned labels)
{
	struct dw_denial denial = {.result = DW_DENIAL_NAME_NOT_COVERED};

	if (!dw_name_within(name, &records->zone))
		return denial;
	denial.result = dw_nsec_judge(records, claim, name, type, labels);
	if (dw_denial_proven(denial.result))
		return denial;
	/* A zone on its way from one kind to the other may send both (RFC 5155 10.4): either may prove it. */
	struct dw_denial hashed = dw_nsec3_judge(records, claim, name, type, labels);
	return denial.result == DW_DENIAL_NO_RECORDS || dw_denial_proven(hashed.result) ? hashed : denial;
}

bool dw_denial_proven(enum dw_denial_result result)
{
	return result <= DW_DENIAL_OPT_OUT;
}

const char *dw_denial_text(enum dw_denial_result result)
{
	static const char *const texts[] = {
		[DW_DENIAL_NAME_ERROR] = "the name does not exist",
		[DW_DENIAL_NO_DATA] = "the name has no record of this type",
		[DW_DENIAL_EMPTY_NON_TERMINAL] = "the name has no records, only names below it have",
		[DW_DENIAL_WILDCARD_NO_DATA] = "the wildcard has no record of this type",
		[DW_DENIAL_WILDCARD_ANSWER] = "the name does not exist, so that the wildcard answers",
		[DW_DENIAL_UNSIGNED_DELEGATION] = "the delegation has no DS",
		[DW_DENIAL_OPT_OUT] = "the name lies in an opt-out span, where unsigned names may exist",
		[DW_DENIAL_NO_RECORDS] = "no NSEC or NSEC3 record",
		[DW_DENIAL_NAME_NOT_COVERED] = "no NSEC or NSEC3 record covers the name",
		[DW_DENIAL_WILDCARD_NOT_COVERED] = "no NSEC or NSEC3 record denies the wildcard",
		[DW_DENIAL_TYPE_EXISTS] = "the NSEC or NSEC3 record says that the type, or a CNAME, exists",
		[DW_DENIAL_NAME_EXISTS] = "the NSEC or NSEC3 records say that the name exists",
		[DW_DENIAL_NOT_A_DELEGATION] = "the NSEC or NSEC3 record says that there is no delegation",
		[DW_DENIAL_PARENT_SIDE] =
			"the NSEC or NSEC3 record is of the other side of a zone cut, or of a DNAME",
		[DW_DENIAL_ITERATIONS] = "the NSEC3 records have more than 100 iterations",
		[DW_DENIAL_UNKNOWN_HASH] = "the NSEC3 records have a hash algorithm that is not known here",
		[DW_DENIAL_PARAMETERS_DIFFER] = "the NSEC3 records differ in their parameters",
	};

	return texts[result];
}
