#include "dns/typeset.h"

#include "dns/rdata.h"

#define TYPE_NXNAME 128 /* RFC 9824 6 */

static bool has(struct dw_typeset set, uint16_t type)
{
	return dw_types_has(set.types, set.length, type);
}

/* Whether the record is of the parent's side of a cut. */
static bool is_cut(struct dw_typeset set)
{
	return has(set, DW_TYPE_NS) && !has(set, DW_TYPE_SOA);
}

/* Whether the record is of the child's side of a cut; the root has no parent. */
static bool is_apex(struct dw_typeset set, const struct dw_name *name)
{
	return has(set, DW_TYPE_SOA) && name->length > 1;
}

bool dw_typeset_closes(struct dw_typeset set)
{
	return is_cut(set) || has(set, DW_TYPE_DNAME);
}

bool dw_typeset_no_name(struct dw_typeset set)
{
	return has(set, TYPE_NXNAME);
}

enum dw_denial_result dw_typeset_no_data(struct dw_typeset set, const struct dw_name *name, uint16_t type)
{
	if (dw_typeset_no_name(set))
		return DW_DENIAL_NAME_ERROR;
	/* Of a cut, the parent speaks for DS alone, and the child for everything else. */
	if (type == DW_TYPE_DS ? is_apex(set, name) : is_cut(set))
		return DW_DENIAL_PARENT_SIDE;
	if (has(set, type) || has(set, DW_TYPE_CNAME))
		return DW_DENIAL_TYPE_EXISTS;
	return DW_DENIAL_NO_DATA;
}

enum dw_denial_result dw_typeset_no_ds(struct dw_typeset set, const struct dw_name *name)
{
	if (has(set, DW_TYPE_DS))
		return DW_DENIAL_TYPE_EXISTS;
	if (is_apex(set, name))
		return DW_DENIAL_PARENT_SIDE;
	return has(set, DW_TYPE_NS) ? DW_DENIAL_UNSIGNED_DELEGATION : DW_DENIAL_NOT_A_DELEGATION;
}
