#include "dns/nsec.h"

#include "dns/rdata.h"
#include "dns/typeset.h"

/* From one name that exists to the next one, and what is at the first. */
struct span {
	struct dw_name owner;
	struct dw_name next;
	struct dw_typeset types;
};

struct chain {
	unsigned n_spans;
	struct span spans[DW_DENIAL_RECORDS_MAX];
};

/* Reads one record; false when it is no NSEC of this zone. */
static bool read_span(const struct dw_denial_records *records, const struct dw_rr *rr, struct span *span)
{
	struct dw_nsec nsec;

	if (rr->type != DW_TYPE_NSEC || dw_nsec_read(records->message, rr, &nsec) != DW_OK)
		return false;
	dw_message_owner(records->message, rr, &span->owner);
	span->next = nsec.next;
	span->types = (struct dw_typeset){nsec.types, nsec.types_length};
	if (!dw_name_within(&span->owner, &records->zone) || !dw_name_within(&span->next, &records->zone))
		return false;
	/* Only the last record of a zone leads back, to the apex (RFC 4034 4.1.1). */
	return dw_name_compare(&span->next, &span->owner) > 0 || dw_name_equal(&span->next, &records->zone);
}

static void read_chain(const struct dw_denial_records *records, struct chain *chain)
{
	chain->n_spans = 0;
	for (unsigned i = 0; i < records->n_records && i < DW_DENIAL_RECORDS_MAX; i++) {
		if (read_span(records, records->records[i], &chain->spans[chain->n_spans]))
			chain->n_spans++;
	}
}

static const struct span *find_match(const struct chain *chain, const struct dw_name *name)
{
	for (unsigned i = 0; i < chain->n_spans; i++) {
		if (dw_name_equal(&chain->spans[i].owner, name))
			return &chain->spans[i];
	}
	return NULL;
}

/* Whether a name of the zone lies between both ends. */
static bool covers(const struct span *span, const struct dw_name *name)
{
	if (dw_name_compare(&span->owner, name) >= 0)
		return false;
	bool last = dw_name_compare(&span->next, &span->owner) <= 0;
	return last || dw_name_compare(name, &span->next) < 0;
}

/* Whether a name that is covered is there as an empty non-terminal: the next name lies below it. */
static bool is_empty_non_terminal(const struct span *span, const struct dw_name *name)
{
	return dw_name_within(&span->next, name);
}

/*
 * Finds what covers the name, and sets `cover` unless there is no such proof: DW_DENIAL_NAME_ERROR when
 * there is no such name, DW_DENIAL_EMPTY_NON_TERMINAL when it has no records, or why neither is proven.
 */
static enum dw_denial_result find_cover(
	const struct chain *chain, const struct dw_name *name, const struct span **cover)
{
	enum dw_denial_result result = DW_DENIAL_NAME_NOT_COVERED;

	for (unsigned i = 0; i < chain->n_spans; i++) {
		const struct span *span = &chain->spans[i];
		if (!covers(span, name))
			continue;
		if (dw_name_within(name, &span->owner) && dw_typeset_closes(span->types)) {
			result = DW_DENIAL_PARENT_SIDE;
			continue;
		}
		*cover = span;
		return is_empty_non_terminal(span, name) ? DW_DENIAL_EMPTY_NON_TERMINAL : DW_DENIAL_NAME_ERROR;
	}
	return result;
}

/* Labels of the longest common ancestor. */
static unsigned common_labels(const struct dw_name *name, const struct dw_name *other)
{
	unsigned labels = dw_name_labels(name);
	struct dw_name ancestor = *name;

	while (labels > 0 && !dw_name_within(other, &ancestor))
		ancestor = dw_name_ancestor(name, --labels);
	return labels;
}

/*
 * Labels of the closest encloser of a name that is covered: the ends of the span exist, so do their
 * ancestors.
 */
static unsigned encloser_labels(const struct dw_name *name, const struct span *cover)
{
	unsigned owner = common_labels(name, &cover->owner), next = common_labels(name, &cover->next);

	return owner > next ? owner : next;
}

static enum dw_denial_result judge_name_error(const struct chain *chain, const struct dw_name *name)
{
	const struct span *match = find_match(chain, name), *cover = NULL;

	if (match != NULL)
		return dw_typeset_no_name(match->types) ? DW_DENIAL_NAME_ERROR : DW_DENIAL_NAME_EXISTS;
	enum dw_denial_result result = find_cover(chain, name, &cover);
	if (cover == NULL)
		return result;
	if (result == DW_DENIAL_EMPTY_NON_TERMINAL)
		return DW_DENIAL_NAME_EXISTS;
	struct dw_name wildcard = dw_name_wildcard(name, encloser_labels(name, cover));
	/* A wildcard that is an empty non-terminal exists too, and would have answered NODATA. */
	if (find_cover(chain, &wildcard, &cover) != DW_DENIAL_NAME_ERROR)
		return DW_DENIAL_WILDCARD_NOT_COVERED;
	return DW_DENIAL_NAME_ERROR;
}

static enum dw_denial_result judge_no_data(
	const struct chain *chain, const struct dw_name *name, uint16_t type)
{
	const struct span *match = find_match(chain, name), *cover = NULL;

	if (match != NULL)
		return dw_typeset_no_data(match->types, name, type);
	enum dw_denial_result result = find_cover(chain, name, &cover);
	if (cover == NULL || result == DW_DENIAL_EMPTY_NON_TERMINAL)
		return result;
	struct dw_name wildcard = dw_name_wildcard(name, encloser_labels(name, cover));
	match = find_match(chain, &wildcard);
	if (match == NULL)
		return DW_DENIAL_WILDCARD_NOT_COVERED;
	result = dw_typeset_no_data(match->types, &wildcard, type);
	return result == DW_DENIAL_NO_DATA ? DW_DENIAL_WILDCARD_NO_DATA : result;
}

static enum dw_denial_result judge_wildcard(
	const struct chain *chain, const struct dw_name *name, unsigned labels)
{
	const struct span *cover = NULL;

	if (find_match(chain, name) != NULL)
		return DW_DENIAL_NAME_EXISTS;
	enum dw_denial_result result = find_cover(chain, name, &cover);
	if (cover == NULL)
		return result;
	if (result == DW_DENIAL_EMPTY_NON_TERMINAL)
		return DW_DENIAL_NAME_EXISTS;
	/* A closer encloser forbids this wildcard (RFC 4592 3.3.1); a closer wildcard would have answered. */
	if (encloser_labels(name, cover) != labels)
		return DW_DENIAL_WILDCARD_NOT_COVERED;
	return DW_DENIAL_WILDCARD_ANSWER;
}

static enum dw_denial_result judge_no_ds(const struct chain *chain, const struct dw_name *name)
{
	const struct span *match = find_match(chain, name), *cover = NULL;

	if (match != NULL)
		return dw_typeset_no_ds(match->types, name);
	return find_cover(chain, name, &cover) == DW_DENIAL_PARENT_SIDE ? DW_DENIAL_PARENT_SIDE
																	: DW_DENIAL_NAME_NOT_COVERED;
}

enum dw_denial_result dw_nsec_judge(const struct dw_denial_records *records, enum dw_claim claim,
	const struct dw_name *name, uint16_t type, unsigned labels)
{
	struct chain chain;

	read_chain(records, &chain);
	if (chain.n_spans == 0)
		return DW_DENIAL_NO_RECORDS;
	switch (claim) {
	case DW_CLAIM_NXDOMAIN:
		return judge_name_error(&chain, name);
	case DW_CLAIM_NODATA:
		return judge_no_data(&chain, name, type);
	case DW_CLAIM_WILDCARD:
		return judge_wildcard(&chain, name, labels);
	case DW_CLAIM_NO_DS:
		return judge_no_ds(&chain, name);
	}
	return DW_DENIAL_NO_RECORDS;
}
