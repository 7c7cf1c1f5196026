#include "dns/rrset.h"

#include <string.h>

#include "dns/octets.h"

#define RRSIG_COVERED 2 /* octets of an RRSIG that hold the type covered */

/*
 * What RDATA is made of: a number of octets up to 63, or one of these. Names are expanded; all but those of
 * CASED are made small.
 */
enum field {
	END = 0,
	NAME = 64,
	CASED,  /* a name whose case counts (RFC 6840 5.1) */
	STRING, /* a length octet and that many more */
	SUFFIX, /* A6: prefix length, and the octets of the address behind it; no name if it is 0 (RFC 2874) */
	REST,   /* whatever is left */
};

#define FIELDS_MAX 6

/*
 * The types with names in their RDATA, by number: those of RFC 4034 6.2, and NSEC, whose name is not made
 * small (RFC 6840 5.1). All other RDATA is canonical as it is (RFC 3597 7).
 */
static const uint8_t layouts[][FIELDS_MAX] = {
	[2] = {NAME},                             /* NS */
	[3] = {NAME},                             /* MD */
	[4] = {NAME},                             /* MF */
	[5] = {NAME},                             /* CNAME */
	[6] = {NAME, NAME, 20},                   /* SOA */
	[7] = {NAME},                             /* MB */
	[8] = {NAME},                             /* MG */
	[9] = {NAME},                             /* MR */
	[12] = {NAME},                            /* PTR */
	[14] = {NAME, NAME},                      /* MINFO */
	[15] = {2, NAME},                         /* MX */
	[17] = {NAME, NAME},                      /* RP */
	[18] = {2, NAME},                         /* AFSDB */
	[21] = {2, NAME},                         /* RT */
	[24] = {18, NAME, REST},                  /* SIG */
	[26] = {2, NAME, NAME},                   /* PX */
	[30] = {NAME, REST},                      /* NXT */
	[33] = {6, NAME},                         /* SRV */
	[35] = {4, STRING, STRING, STRING, NAME}, /* NAPTR */
	[36] = {2, NAME},                         /* KX */
	[38] = {SUFFIX, NAME},                    /* A6 */
	[39] = {NAME},                            /* DNAME */
	[46] = {18, NAME, REST},                  /* RRSIG */
	[47] = {CASED, REST},                     /* NSEC */
};

static const uint8_t opaque[] = {REST, END};

/* The fields of a type; NULL when its RDATA has no names. */
static const uint8_t *layout_of(uint16_t type)
{
	if (type >= sizeof(layouts) / sizeof(layouts[0]) || layouts[type][0] == END)
		return NULL;
	return layouts[type];
}

/* Walks the canonical RDATA of a record piece by piece. */
struct walk {
	const struct dw_message *message;
	const struct dw_rr *rr;
	const uint8_t *fields; /* the next field */
	uint16_t at;           /* octets of RDATA consumed */
	bool malformed;        /* what was left was handed out as it is */
	const uint8_t *piece;
	size_t length; /* of the piece */
	struct dw_name name;
};

static void walk_start(struct walk *walk, const struct dw_message *message, const struct dw_rr *rr)
{
	const uint8_t *fields = layout_of(rr->type);

	walk->message = message;
	walk->rr = rr;
	walk->fields = fields == NULL ? opaque : fields;
	walk->at = 0;
	walk->malformed = false;
	walk->piece = rr->rdata;
	walk->length = 0;
}

/*
 * Octets of a field that is no name, which begins at `octets` with `left` octets to the end; may exceed them.
 */
static size_t field_length(uint8_t field, const uint8_t *octets, size_t left)
{
	if (field < NAME)
		return field;
	if (field == REST)
		return left;
	if (left == 0)
		return 1;
	if (field == STRING)
		return 1 + (size_t)octets[0];
	return octets[0] > 128 ? left + 1 : 1 + (128 - (size_t)octets[0] + 7) / 8;
}

/* Sets the piece to the name that comes next. */
static bool walk_name(struct walk *walk, bool cased)
{
	if (dw_message_name(walk->message, walk->rr, walk->at, &walk->name, &walk->at) != DW_OK)
		return false;
	if (!cased)
		dw_name_lower(&walk->name);
	walk->piece = walk->name.wire;
	walk->length = walk->name.length;
	return true;
}

/* Sets the piece to the field that comes next, which is no name. */
static bool walk_octets(struct walk *walk, uint8_t field)
{
	const uint8_t *octets = walk->rr->rdata + walk->at;
	size_t left = (size_t)walk->rr->rdlength - walk->at;
	size_t length = field_length(field, octets, left);

	if (length > left)
		return false;
	if (field == SUFFIX && octets[0] == 0)
		walk->fields++;
	walk->piece = octets;
	walk->length = length;
	walk->at = (uint16_t)(walk->at + length);
	return true;
}

/* Moves to the next piece, which may be empty; false at the end. */
static bool walk_next(struct walk *walk)
{
	uint8_t field = *walk->fields;

	if (field == END && walk->at == walk->rr->rdlength)
		return false;
	bool fits = field == NAME || field == CASED ? walk_name(walk, field == CASED)
												: field != END && walk_octets(walk, field);
	if (!fits) {
		/* What does not fit its type still has a place in the order: that of its octets. */
		walk->malformed = true;
		walk->fields = opaque;
		walk_octets(walk, REST);
	}
	walk->fields++;
	return true;
}

enum dw_status dw_rdata_canonical(
	const struct dw_message *message, const struct dw_rr *rr, uint8_t *octets, size_t size, size_t *length)
{
	struct walk walk;
	size_t used = 0;

	walk_start(&walk, message, rr);
	while (walk_next(&walk)) {
		if (walk.malformed)
			return DW_MALFORMED;
		if (walk.length > size - used)
			return DW_LIMIT;
		memcpy(octets + used, walk.piece, walk.length);
		used += walk.length;
	}
	*length = used;
	return DW_OK;
}

/* Moves on until there are octets to compare; false at the end. */
static bool walk_fill(struct walk *walk)
{
	while (walk->length == 0) {
		if (!walk_next(walk))
			return false;
	}
	return true;
}

static void walk_skip(struct walk *walk, size_t n)
{
	walk->piece += n;
	walk->length -= n;
}

/* The order of two records with names, whose canonical RDATA is made as far as needed only. */
static int compare_walks(struct walk *a, struct walk *b)
{
	for (;;) {
		bool more_a = walk_fill(a), more_b = walk_fill(b);
		if (!more_a || !more_b)
			return (int)more_a - (int)more_b;
		size_t n = a->length < b->length ? a->length : b->length;
		int order = memcmp(a->piece, b->piece, n);
		if (order != 0)
			return order;
		walk_skip(a, n);
		walk_skip(b, n);
	}
}

/* Canonical order of two records of one type: octets of canonical RDATA (RFC 4034 6.3). */
static int compare(const struct dw_message *message, const struct dw_rr *a, const struct dw_rr *b)
{
	if (layout_of(a->type) != NULL) {
		struct walk walk_a, walk_b;
		walk_start(&walk_a, message, a);
		walk_start(&walk_b, message, b);
		return compare_walks(&walk_a, &walk_b);
	}
	size_t n = a->rdlength < b->rdlength ? a->rdlength : b->rdlength;
	int order = memcmp(a->rdata, b->rdata, n);
	return order != 0 ? order : (int)a->rdlength - (int)b->rdlength;
}

/* Puts a record in its place among those before it, unless an equal one is there. */
static void add_record(struct dw_rrset *rrset, unsigned at)
{
	const struct dw_rr *records = rrset->message->records;
	unsigned low = 0, high = rrset->n_records;

	/* Servers often send the order of the zone file, so the last one is asked first. */
	unsigned middle = high > 0 ? high - 1 : 0;
	while (low < high) {
		int order = compare(rrset->message, &records[at], &records[rrset->records[middle]]);
		if (order == 0)
			return;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
		middle = low + (high - low) / 2;
	}
	if (rrset->n_records == DW_RRSET_RECORDS_MAX) {
		rrset->too_many = true;
		return;
	}
	size_t behind = rrset->n_records - low;
	memmove(&rrset->records[low + 1], &rrset->records[low], behind * sizeof(rrset->records[0]));
	rrset->records[low] = (uint16_t)at;
	rrset->n_records++;
}

/* Keeps a signature, unless an equal one is kept. */
static void add_signature(struct dw_rrset *rrset, unsigned at)
{
	const struct dw_rr *records = rrset->message->records;

	for (unsigned i = 0; i < rrset->n_signatures; i++) {
		if (compare(rrset->message, &records[at], &records[rrset->signatures[i]]) == 0)
			return;
	}
	if (rrset->n_signatures == DW_RRSET_SIGNATURES_MAX)
		rrset->n_signatures_left++;
	else
		rrset->signatures[rrset->n_signatures++] = (uint16_t)at;
}

static bool covers(const struct dw_rr *rr, uint16_t type)
{
	return rr->type == DW_TYPE_RRSIG && rr->rdlength >= RRSIG_COVERED && dw_read16(rr->rdata) == type;
}

static void rrset_start(struct dw_rrset *rrset, const struct dw_message *message, enum dw_section section)
{
	rrset->message = message;
	rrset->section = (uint8_t)section;
	rrset->ttl = INT32_MAX;
	rrset->n_records = 0;
	rrset->n_signatures = 0;
	rrset->n_signatures_left = 0;
	rrset->too_many = false;
}

/* Collects what belongs to the owner, type, class and section that are set. */
static void collect(struct dw_rrset *rrset)
{
	const struct dw_message *message = rrset->message;

	for (unsigned at = 0; at < message->n_records; at++) {
		const struct dw_rr *rr = &message->records[at];
		bool signature = covers(rr, rrset->type);
		if (rr->section != rrset->section || (rr->type != rrset->type && !signature))
			continue;
		if (rr->rr_class != rrset->rr_class || !dw_message_owner_is(message, rr, &rrset->owner))
			continue;
		if (signature) {
			add_signature(rrset, at);
			continue;
		}
		if (rrset->n_records == 0)
			dw_message_owner(message, rr, &rrset->owner);
		if (rr->ttl < rrset->ttl)
			rrset->ttl = rr->ttl;
		add_record(rrset, at);
	}
}

bool dw_rrset_find(const struct dw_message *message, enum dw_section section, const struct dw_name *owner,
	uint16_t type, struct dw_rrset *rrset)
{
	rrset_start(rrset, message, section);
	rrset->owner = *owner;
	rrset->type = type;
	rrset->rr_class = DW_CLASS_IN;
	collect(rrset);
	return rrset->n_records > 0;
}

bool dw_rrset_at(const struct dw_message *message, unsigned at, struct dw_rrset *rrset)
{
	const struct dw_rr *first = &message->records[at];

	if (first->type == DW_TYPE_RRSIG)
		return false;
	rrset_start(rrset, message, first->section);
	dw_message_owner(message, first, &rrset->owner);
	rrset->type = first->type;
	rrset->rr_class = first->rr_class;
	for (unsigned i = 0; i < at; i++) {
		const struct dw_rr *rr = &message->records[i];
		bool same = rr->type == first->type && rr->rr_class == first->rr_class &&
			rr->section == first->section && dw_message_owner_is(message, rr, &rrset->owner);
		if (same)
			return false;
	}
	collect(rrset);
	return true;
}
