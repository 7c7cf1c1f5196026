#include "ds.h"
#include "fault.h"
#include "table.h"

/* A DS mistake for a key of this algorithm, below this zone: "upper-13". */
#define ONE(alg, zone, word, what, recipe)                                                                   \
	{                                                                                                        \
		.name = word "-" alg, .below = (zone), .about = "DS: " what, .keys = alg "k " alg "z",               \
		.digests = (recipe)                                                                                  \
	}
/* The same of a zone with a third key, which is in a role of its own. */
#define THIRD(alg, role, word, what, recipe, wish)                                                           \
	{                                                                                                        \
		.name = word "-" alg, .about = "DS: " what, .keys = alg "k " alg "z " alg role, .digests = (recipe), \
		.cdnskey = (wish)                                                                                    \
	}
/* For three algorithms: RSASHA256, ECDSAP256SHA256, ED25519. */
#define EACH(...) ONE("8", NULL, __VA_ARGS__), ONE("13", NULL, __VA_ARGS__), ONE("15", NULL, __VA_ARGS__)
#define EACH_ODD(...)                                                                                        \
	ONE("8", "odd", __VA_ARGS__), ONE("13", "odd", __VA_ARGS__), ONE("15", "odd", __VA_ARGS__)
#define EACH_THIRD(...) THIRD("8", __VA_ARGS__), THIRD("13", __VA_ARGS__), THIRD("15", __VA_ARGS__)

/* What the servers of a parent can have wrong, and one healthy child below it. */
#define CHILD_OF(parent)                                                                                     \
	{                                                                                                        \
		.name = "c", .below = (parent), .about = "its parent is the special one"                             \
	}

/* The delegations of a zone: secure, insecure by proof, and broken, each of two kinds. */
#define DELEGATIONS(parent, who)                                                                             \
	{.name = "safe", .below = (parent), .about = "the right DS", .servers = (who)},                          \
		{.name = "plain",                                                                                    \
			.below = (parent),                                                                               \
			.about = "unsigned, no DS",                                                                      \
			.keys = "",                                                                                      \
			.ds = lab_ds_none,                                                                               \
			.servers = (who)},                                                                               \
		{.name = "island",                                                                                   \
			.below = (parent),                                                                               \
			.about = "signed, no DS",                                                                        \
			.ds = lab_ds_none,                                                                               \
			.servers = (who)},                                                                               \
		{.name = "broken",                                                                                   \
			.below = (parent),                                                                               \
			.about = "an upper-case owner hashed",                                                           \
			.digests = "owner=upper",                                                                        \
			.servers = (who)},                                                                               \
	{                                                                                                        \
		.name = "lame", .below = (parent), .about = "a DS, but unsigned", .fault = lab_strip_all,            \
		.servers = (who)                                                                                     \
	}

/*
 * A parent on one make of server, and below it, on each make, a zone that is right, one that is not, one
 * unsigned.
 */
#define BELOW(parent, child, who)                                                                            \
	{.name = (child), .below = (parent), .about = "right", .servers = (who)},                                \
		{.name = child "-bad",                                                                               \
			.below = (parent),                                                                               \
			.about = "an upper-case owner hashed",                                                           \
			.digests = "owner=upper",                                                                        \
			.servers = (who)},                                                                               \
	{                                                                                                        \
		.name = child "-plain", .below = (parent), .about = "unsigned", .keys = "", .ds = lab_ds_none,       \
		.servers = (who)                                                                                     \
	}
#define PARENT(parent, chain, who)                                                                           \
	{.name = (parent),                                                                                       \
		.about = "its children are on every make of server",                                                 \
		.denial = (chain),                                                                                   \
		.servers = (who)},                                                                                   \
		BELOW(parent, "nsd", "n"), BELOW(parent, "knot", "k"), BELOW(parent, "bind", "b"),                   \
		BELOW(parent, "pdns", "p")

const struct lab_row lab_delegations[] = {
	/* How a DS can have been made. */
	EACH("upper", "an upper-case owner was hashed", "owner=upper"),
	EACH("first", "an owner with a capital in front was hashed", "owner=first"),
	EACH("typed", "an owner with every second letter a capital was hashed", "owner=typed"),
	EACH("parent", "the parent's name was hashed", "owner=parent"),
	EACH("child", "www in front of the name was hashed", "owner=child"),
	EACH("nolast", "the name without its last label was hashed", "owner=no-last"),
	EACH("doubled", "the name with its root label doubled was hashed", "owner=doubled"),
	EACH("noowner", "no name was hashed", "owner=none"),
	EACH("alg5", "algorithm 5 was assumed", "algorithm=5"),
	EACH("alg10", "algorithm 10 was assumed", "algorithm=10"),
	EACH("says5", "the algorithm field says 5", "says=5"),
	EACH("flags256", "flags 256 were hashed", "flags=256"),
	EACH("flags385", "flags 385 were hashed", "flags=385"),
	EACH("protocol", "protocol 0 was hashed", "protocol=0"),
	EACH("tag", "the key tag is one more", "tag=1"),
	EACH("b64cut", "the last 4 characters of the key were lost", "cut=4"),
	EACH("b64ttl", "a TTL was taken into the key", "ttl=3600"),
	EACH("reversed", "the digest is reversed", "order=reversed"),
	EACH("swapped", "the digest's octets are swapped in pairs", "order=swapped"),
	EACH("upperalg5", "upper-case owner and algorithm 5", "owner=upper algorithm=5"),
	EACH("zsk", "of the zone signing key", "k1"),

	/* Digests of a length that they cannot have: BIND loads no zone that holds one. */
	{.name = "odd", .about = "its DS records have digests of impossible length"},
	EACH_ODD("cut20", "SHA-256 cut to 20 octets", "keep=20"),
	EACH_ODD("cut20as1", "SHA-256 cut to 20 octets, typed 1", "keep=20 label=1"),
	EACH_ODD("cut31", "SHA-256 without its last octet", "keep=31"),
	EACH_ODD("pad", "SHA-256 and four octets", "pad=4"),
	EACH_ODD("sha1as2", "SHA-1, typed 2", "type=1 label=2"),
	EACH_ODD("sha256as1", "SHA-256, typed 1", "label=1"),
	EACH_ODD("sha384as2", "SHA-384, typed 2", "type=4 label=2"),
	EACH_ODD("uppercut", "upper-case owner, digest cut to 20 octets", "owner=upper keep=20"),

	/* A third key. */
	EACH_THIRD("h", "oldkey", "of a key that the zone does not have", "k2", NULL),
	EACH_THIRD("h", "cdnskey", "of a key that is in CDNSKEY only", "k2", "2"),
	EACH_THIRD("P", "silent", "of a key that does not sign", "k2", NULL),
	EACH_THIRD("n", "nozone", "of a key without the ZONE flag", "k2", NULL),
	EACH_THIRD("r", "revoked", "of a revoked key", "k2", NULL),
	EACH_THIRD("r", "before", "of a key before it was revoked", "k2 flags=257", NULL),

	/* Roll-overs of the key signing key (RFC 6781 4.1.2, RFC 7583 3.3): the old key is k0. */
	{.name = "roll-ds",
		.about = "double DS: the new key is published and does not sign",
		.keys = "13k 13P 13z",
		.digests = "k0, k1"},
	{.name = "roll-ksk",
		.about = "double KSK: both sign, DS of the old",
		.keys = "13k 13k 13z",
		.digests = "k0"},
	{.name = "roll-late", .about = "both sign, DS of the new", .keys = "13k 13k 13z", .digests = "k1"},
	{.name = "roll-standby",
		.about = "DS of a standby key, which CDS and CDNSKEY announce",
		.keys = "13k 13h 13z",
		.digests = "k0, k1",
		.cds = "k0, k1",
		.cdnskey = "0 1"},
	{.name = "roll-pre",
		.about = "double DS: the new key is not published yet",
		.keys = "13k 13h 13z",
		.digests = "k0, k1"},
	{.name = "roll-gone",
		.about = "the old key vanished before its DS",
		.keys = "13h 13k 13z",
		.digests = "k0"},
	{.name = "roll-mute",
		.about = "the old key stopped to sign before its DS went",
		.keys = "13P 13k 13z",
		.digests = "k0"},
	{.name = "roll-zsk", .about = "two zone signing keys, both sign", .keys = "13k 13z 13z"},
	{.name = "roll-csk", .about = "two combined keys, DS of the old", .keys = "13c 13c", .digests = "k0"},
	{.name = "roll-half",
		.about = "the second server lost the old key, of which the DS is",
		.keys = "13k 13k 13z",
		.digests = "k0",
		.second = lab_lose_first_key},

	/* Roll-overs of the algorithm (RFC 6781 4.1.4). */
	{.name = "alg-sigs",
		.about = "signatures of the new algorithm, its keys not yet",
		.keys = "8k 8z 13s",
		.digests = "k0"},
	{.name = "alg-keys",
		.about = "keys of both algorithms, DS of the old",
		.keys = "8k 8z 13k 13z",
		.digests = "k0"},
	{.name = "alg-late",
		.about = "keys of both algorithms, DS of the new",
		.keys = "8k 8z 13k 13z",
		.digests = "k2"},
	{.name = "alg-left",
		.about = "signatures of the old algorithm, its keys gone",
		.keys = "8s 13k 13z",
		.digests = "k1"},
	{.name = "alg-early",
		.about = "DS of the new algorithm before there is a key of it",
		.keys = "8k 8z 13h",
		.digests = "k0, k2"},
	{.name = "alg-gone",
		.about = "the key of the old algorithm vanished before its DS",
		.keys = "8h 13k 13z",
		.digests = "k0"},

	/* Keys that a DS should not name, beside one that it should, or alone. */
	{.name = "revoked-both",
		.about = "DS of a key and of a revoked one",
		.keys = "13k 13z 13r",
		.digests = "k0, k2"},
	{.name = "nosep", .about = "DS of a key without SEP, which signs", .keys = "13b", .digests = "k0"},
	{.name = "zsk-both",
		.about = "DS of the key signing key and of the zone signing key",
		.digests = "k0, k1"},
	{.name = "orphan-upper",
		.about = "the right DS, and one of an upper-case owner",
		.digests = "k0, k0 owner=upper"},
	{.name = "strongest",
		.about = "the right DS of SHA-256, a wrong one of SHA-384",
		.digests = "k0, k0 type=4 order=reversed"},

	/* What the zone asks for (RFC 7344, RFC 8078). */
	{.name = "cds-same", .about = "CDS and CDNSKEY as the parent's DS", .cds = "k0", .cdnskey = "0"},
	{.name = "cds-alone", .about = "CDS as the parent's DS, no CDNSKEY", .cds = "k0"},
	{.name = "cds-keyed", .about = "CDNSKEY as the parent's DS, no CDS", .cdnskey = "0"},
	{.name = "cds-wait",
		.about = "CDS and CDNSKEY ask for the new key",
		.keys = "13k 13P 13z",
		.digests = "k0",
		.cds = "k1",
		.cdnskey = "1"},
	{.name = "cds-contradict",
		.about = "CDS and CDNSKEY of different keys",
		.keys = "13k 13P 13z",
		.digests = "k0",
		.cds = "k0",
		.cdnskey = "1"},
	{.name = "cds-delete", .about = "CDS and CDNSKEY ask for no DS", .cds = "delete", .cdnskey = "delete"},
	{.name = "cds-deleted",
		.about = "they ask for no DS, and there is none",
		.ds = lab_ds_none,
		.cds = "delete",
		.cdnskey = "delete"},
	{.name = "cds-differ",
		.about = "the second server has fewer CDS",
		.digests = "k0, k0 type=4",
		.cds = "k0, k0 type=4",
		.second = lab_lose_cds},
	{.name = "cds-unsigned",
		.about = "CDS without signature",
		.cds = "k0",
		.fault = lab_strip_cds_signatures},
	{.name = "cds-first", .about = "signed, no DS yet, CDS asks for it", .ds = lab_ds_none, .cds = "k0"},

	/*
	 * What name servers signal (RFC 9615). Their zones come behind those that they serve.
	 */
	{.name = "boot",
		.about = "signed, no DS yet, both name servers signal it",
		.ds = lab_ds_none,
		.cds = "k0",
		.cdnskey = "0",
		.host = "sigop",
		.signals = "12"},
	{.name = "boot-ds",
		.about = "the same when the parent has the DS",
		.cds = "k0",
		.cdnskey = "0",
		.host = "sigop",
		.signals = "12"},
	{.name = "boot-none",
		.about = "its name servers signal nothing",
		.ds = lab_ds_none,
		.cds = "k0",
		.host = "sigop"},
	{.name = "boot-half",
		.about = "the second name server signals nothing",
		.ds = lab_ds_none,
		.cds = "k0",
		.host = "sigop",
		.signals = "1"},
	{.name = "boot-differs",
		.about = "its name servers signal another key",
		.keys = "13k 13P 13z",
		.ds = lab_ds_none,
		.cds = "k0",
		.host = "sigop",
		.signals = "12",
		.signalled = "k1"},
	{.name = "boot-unproven",
		.about = "its name servers signal in a zone without DS",
		.ds = lab_ds_none,
		.cds = "k0",
		.cdnskey = "0",
		.host = "sigisland",
		.signals = "12"},
	{.name = "boot-forged",
		.about = "what its name servers signal is not signed",
		.ds = lab_ds_none,
		.cds = "k0",
		.host = "signosig",
		.signals = "12"},
	{.name = "sigop", .about = "its names are those of name servers, which signal"},
	{.name = "sigisland", .about = "the same without DS", .ds = lab_ds_none},
	{.name = "signosig", .about = "the same, CDS not signed", .fault = lab_strip_cds_signatures},

	/* What the parent has wrong. */
	{.name = "pexpired", .about = "signatures of its DS expired", .fault = lab_expire_ds},
	CHILD_OF("pexpired"),
	{.name = "pforged", .about = "octets of its DS signatures changed", .fault = lab_forge_ds},
	CHILD_OF("pforged"),
	{.name = "pnosig", .about = "no RRSIG for its DS", .fault = lab_strip_ds_signatures},
	CHILD_OF("pnosig"),
	{.name = "pstale2", .about = "second server: DS signatures expired", .second = lab_expire_ds},
	CHILD_OF("pstale2"),
	{.name = "pnoproof", .about = "no NSEC", .fault = lab_strip_denial},
	{.name = "c", .below = "pnoproof", .about = "no DS", .ds = lab_ds_none},
	{.name = "pdiffer", .about = "second server: DS of other keys", .second = lab_change_ds},
	CHILD_OF("pdiffer"),
	{.name = "plost", .about = "second server: no DS any more", .second = lab_lose_ds},
	CHILD_OF("plost"),
	{.name = "punsigned", .about = "unsigned", .keys = "", .ds = lab_ds_none},
	CHILD_OF("punsigned"),
	{.name = "pisland", .about = "signed, no DS", .ds = lab_ds_none},
	CHILD_OF("pisland"),
	{.name = "pbogus", .about = "its own DS hashed an upper-case owner", .digests = "owner=upper"},
	CHILD_OF("pbogus"),
	{.name = "psilent", .about = "its second server never answers", .servers = "nx"},
	CHILD_OF("psilent"),

	/* Delegations within a zone, parent and child on the same servers, of every make. */
	{.name = "deleg", .about = "delegations, NSEC"},
	DELEGATIONS("deleg", "nk"),
	{.name = "deleg3", .about = "delegations, NSEC3 with opt-out", .denial = "nsec3 1 0 -"},
	DELEGATIONS("deleg3", "nk"),
	{.name = "delegb", .about = "delegations, BIND", .servers = "b"},
	DELEGATIONS("delegb", "b"),
	{.name = "delegp", .about = "delegations, PowerDNS, NSEC3", .denial = "nsec3", .servers = "p"},
	DELEGATIONS("delegp", "p"),
	{.name = "delegbp", .about = "delegations, BIND and PowerDNS, to NSD and Knot", .servers = "bp"},
	DELEGATIONS("delegbp", "nk"),
	{.name = "delegnk", .about = "delegations, NSD and Knot, to BIND and PowerDNS"},
	DELEGATIONS("delegnk", "bp"),
	{.name = "gp", .about = "its child is on another server, its grandchild on the same", .servers = "n"},
	{.name = "p", .below = "gp", .about = "between", .servers = "k"},
	{.name = "c", .below = "p.gp", .about = "the grandchild", .servers = "n"},

	/* Every make of server above every make. */
	PARENT("onnsd", "nsec3", "n"),
	PARENT("onknot", "nsec", "k"),
	PARENT("onbind", "nsec3", "b"),
	PARENT("onpdns", "nsec", "p"),

	/* Children of the root. */
	{.name = "tldgood", .below = "root", .about = "nothing is wrong"},
	{.name = "tldupper", .below = "root", .about = "DS: upper-case owner", .digests = "owner=upper"},
	{.name = "tldparent",
		.below = "root",
		.about = "DS: the root's name was hashed",
		.digests = "owner=parent"},
	{.name = "tldnods", .below = "root", .about = "signed, no DS", .ds = lab_ds_none},
	{.name = "tldplain", .below = "root", .about = "unsigned, no DS", .keys = "", .ds = lab_ds_none},
	{.name = "tldlame", .below = "root", .about = "a DS, but unsigned", .fault = lab_strip_all},
	{.name = NULL},
};
