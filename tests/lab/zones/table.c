#include "table.h"

#include "ds.h"
#include "fault.h"

#define HOURS(n) ((n)*LAB_HOUR)
#define DAYS(n)  ((n)*LAB_DAY)

const struct lab_row lab_root = {.name = "",
	.keys = "13k 13z",
	.denial = "nsec",
	.life = {-DAYS(1), DAYS(90)},
	.ttl = HOURS(24),
	.servers = "NK"};

const struct lab_row lab_tld = {
	.name = "lab", .keys = "8k 8z", .denial = "nsec3", .life = {-DAYS(1), DAYS(90)}, .servers = "NK"};

/*
 * Defaults: keys "13k 13z", denial "nsec", signed yesterday for 30 days, TTL one hour, served by NSD first
 * and Knot second ("nk"), the right DS.
 */
const struct lab_row lab_rows[] = {
	/* The matrix of signature faults. */
	{.name = "good", .about = "nothing is wrong"},
	{.name = "stale2",
		.about = "the second server's signatures expired, same serial",
		.second = lab_expire_all},
	{.name = "stale2ser", .about = "the same with an older serial", .second = lab_expire_and_age},
	{.name = "halfsigned", .about = "the second server serves it unsigned", .second = lab_strip_all},
	{.name = "keysig", .about = "only the DNSKEY signature expired", .fault = lab_expire_keys},
	{.name = "otherrr", .about = "the signatures of MX and www/A expired", .fault = lab_expire_other},
	{.name = "nsecexp", .about = "the NSEC signatures expired", .fault = lab_expire_denial},
	{.name = "nsec3exp",
		.about = "the NSEC3 signatures expired",
		.denial = "nsec3",
		.fault = lab_expire_denial},
	{.name = "forged", .about = "octets of the SOA signature changed", .fault = lab_forge_soa},
	{.name = "future", .about = "signatures begin in six hours", .life = {HOURS(6), DAYS(30)}},
	{.name = "ttl", .about = "10 hours left, TTL 24 hours", .life = {-DAYS(29), HOURS(10)}, .ttl = HOURS(24)},
	{.name = "ttl4", .about = "4 days left, TTL 5 days", .life = {-DAYS(10), DAYS(4)}, .ttl = DAYS(5)},
	{.name = "soon", .about = "36 hours left, TTL 1 hour", .life = {-DAYS(11), HOURS(36)}},
	{.name = "expired", .about = "expired an hour ago", .life = {-DAYS(30), -HOURS(1)}},
	{.name = "twosig", .about = "a valid signature and an expired leftover", .fault = lab_leave_expired},
	{.name = "long", .about = "signatures live 400 days", .life = {-DAYS(1), DAYS(400)}},
	{.name = "unsigned", .about = "no DNSSEC, no DS", .keys = "", .ds = lab_ds_none},
	{.name = "lame", .about = "a DS, but the zone is unsigned", .fault = lab_strip_all},
	{.name = "nods", .about = "signed, no DS", .ds = lab_ds_none},
	{.name = "timeout", .about = "the second server never answers", .servers = "nx"},
	{.name = "edns",
		.about = "large answers, and the second server's TCP is closed",
		.keys = "8k 8k 8z 8p 8p",
		.servers = "ne"},

	/* What the parent publishes. */
	{.name = "dsupper", .about = "the DS hashed an upper-case owner", .ds = lab_ds_upper},
	{.name = "dsalg", .about = "the DS says algorithm 5 instead of 13", .ds = lab_ds_alg5},
	{.name = "dscut", .about = "the DS is SHA-256 cut to 20 octets, typed 1", .ds = lab_ds_cut},
	{.name = "dsgarbled", .about = "the DS digest is reversed", .ds = lab_ds_garbled},
	{.name = "dsother", .about = "the DS is of another key", .ds = lab_ds_other},
	{.name = "dsorphan", .about = "the right DS and an orphan", .ds = lab_ds_orphan},
	{.name = "dszsk", .about = "the DS is of the zone signing key", .ds = lab_ds_zsk},
	{.name = "dssha1", .about = "only a SHA-1 DS", .ds = lab_ds_sha1},
	{.name = "dssha384", .about = "only a SHA-384 DS", .ds = lab_ds_sha384},
	{.name = "dstwo", .about = "SHA-1 and SHA-256 DS of one key", .ds = lab_ds_two},
	{.name = "dsunknown", .about = "only a DS of digest type 250", .ds = lab_ds_unknown},

	/* Algorithms and denial, all healthy. */
	{.name = "alg5nsec", .about = "RSASHA1", .keys = "5k 5z"},
	{.name = "alg7nsec3", .about = "RSASHA1-NSEC3-SHA1", .keys = "7k 7z", .denial = "nsec3"},
	{.name = "alg8nsec", .about = "RSASHA256", .keys = "8k 8z"},
	{.name = "alg8nsec3", .about = "RSASHA256", .keys = "8k 8z", .denial = "nsec3"},
	{.name = "alg10nsec", .about = "RSASHA512", .keys = "10k 10z"},
	{.name = "alg10nsec3", .about = "RSASHA512", .keys = "10k 10z", .denial = "nsec3"},
	{.name = "alg13nsec", .about = "ECDSAP256SHA256", .keys = "13k 13z"},
	{.name = "alg13nsec3", .about = "ECDSAP256SHA256", .keys = "13k 13z", .denial = "nsec3"},
	{.name = "alg14nsec", .about = "ECDSAP384SHA384", .keys = "14k 14z"},
	{.name = "alg14nsec3", .about = "ECDSAP384SHA384", .keys = "14k 14z", .denial = "nsec3"},
	{.name = "alg15nsec", .about = "ED25519", .keys = "15k 15z"},
	{.name = "alg15nsec3", .about = "ED25519", .keys = "15k 15z", .denial = "nsec3"},
	{.name = "alg16nsec", .about = "ED448", .keys = "16k 16z"},
	{.name = "alg16nsec3", .about = "ED448", .keys = "16k 16z", .denial = "nsec3"},
	{.name = "alg17", .about = "an algorithm that validators do not know: insecure", .keys = "17k 17z"},
	{.name = "alg253", .about = "a private algorithm: insecure", .keys = "253k 253z"},
	{.name = "hiter", .about = "NSEC3 with 150 iterations and a salt", .denial = "nsec3 0 150 aabbccdd"},
	{.name = "salt", .about = "NSEC3 with 5 iterations and a salt", .denial = "nsec3 0 5 0badcafe"},

	/* Content, all healthy. */
	{.name = "csk", .about = "one combined key", .keys = "13c"},
	{.name = "wild", .about = "a wildcard", .extra = "*.wild IN TXT \"any\"\n*.wild IN A 192.0.2.7"},
	{.name = "wild3",
		.about = "a wildcard, NSEC3",
		.denial = "nsec3",
		.extra = "*.wild IN TXT \"any\"\n*.wild IN A 192.0.2.7"},
	{.name = "ent", .about = "empty non-terminals", .extra = "a.b.c IN TXT \"deep\""},
	{.name = "ent3",
		.about = "empty non-terminals, NSEC3",
		.denial = "nsec3",
		.extra = "a.b.c IN TXT \"deep\""},
	{.name = "optout",
		.about = "opt-out, with delegations",
		.denial = "nsec3 1 0 -",
		.extra = "plain IN NS ns.plain\nns.plain IN A 192.0.2.8\nother IN NS ns.example.\n"
				 "safe IN NS ns.example.\n"
				 "safe IN DS 4711 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
	{.name = "cuts",
		.about = "delegations, secure and not, NSEC",
		.extra = "plain IN NS ns.plain\nns.plain IN A 192.0.2.8\nother IN NS ns.example.\n"
				 "safe IN NS ns.example.\n"
				 "safe IN DS 4711 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
	{.name = "bigrr", .about = "40 TXT records at `texts`", .texts = 40},
	{.name = "bigkey", .about = "a DNSKEY answer above 1232 octets", .keys = "8k 8k 8z 8p 8p"},
	{.name = "middle", .about = "a DNSKEY answer of 1232 to 1452 octets", .keys = "8k 8z 8p 8p"},
	{.name = "large", .about = "a DNSKEY answer of 2.9 kB", .keys = "8k 8k 8k 8k 8z 8p"},
	{.name = "short", .about = "signed 2 hours ago for 24 hours", .life = {-HOURS(2), HOURS(22)}},
	{.name = "upper", .about = "an owner in mixed case", .extra = "MiXeD IN TXT \"case\""},

	{.name = "sametag", .about = "two keys with one tag", .keys = "13k 13t"},
	{.name = "past2038", .about = "signatures live until 2038 is over", .life = {-DAYS(1), DAYS(6000)}},
	{.name = "types",
		.about = "many types of record, with names in mixed case",
		.extra = "mx IN MX 10 Mail.Types.Lab.\nmx IN MX 5 a.EXAMPLE.\nsrv IN SRV 1 2 443 Srv.Example.\n"
				 "ptr IN PTR Host.Example.\ncname IN CNAME Host.Example.\ndname IN DNAME Other.Example.\n"
				 "naptr IN NAPTR 1 2 \"s\" \"SIP+D2U\" \"\" Sip.Example.\nrp IN RP Me.Example. Txt.Example.\n"
				 "afsdb IN AFSDB 1 Afs.Example.\nkx IN KX 1 Kx.Example.\nhinfo IN HINFO \"PDP-11\" \"Unix\"\n"
				 "caa IN CAA 0 issue \"Ca.Example\"\ntlsa IN TLSA 3 1 1 0A0B0C0D\nsshfp IN SSHFP 4 2 "
				 "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF\n"
				 "loc IN LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m\n"
				 "txt IN TXT \"One\" \"Two\" \"\"\nuri IN URI 10 1 \"https://Example/\"\n"
				 "unknown IN TYPE65280 \\# 4 0A0B0C0D\naaaa IN AAAA 2001:DB8::1"},

	/* Roll-overs. */
	{.name = "kskroll", .about = "two key signing keys, both sign", .keys = "13k 13k 13z"},
	{.name = "zskroll",
		.about = "a published zone signing key that does not sign yet",
		.keys = "13k 13z 13p"},
	{.name = "algroll", .about = "algorithms 8 and 13, both sign everything", .keys = "8k 8z 13k 13z"},
	{.name = "coverage",
		.about = "a key of algorithm 8 in the DNSKEY RRset that signs nothing (RFC 6840 5.11)",
		.keys = "13k 13z 8p"},
	{.name = "halfroll", .about = "the old algorithm signs the DNSKEY RRset only", .keys = "13k 13z 8k"},
	{.name = "revoked", .about = "a revoked key beside the new one", .keys = "13k 13z 13r"},
	{.name = "kskexp",
		.about = "DNSKEY: the KSK's signature expired, the ZSK's is valid",
		.fault = lab_expire_ksk},

	/* Signatures that are wrong while their dates are right. */
	{.name = "wrongdata",
		.about = "second server: www/A changed after signing",
		.second = lab_change_address},
	{.name = "wrongsoa",
		.about = "second server: the serial changed after signing",
		.second = lab_change_serial},
	{.name = "wrongkey",
		.about = "second server: signed by a key that is not published",
		.second = lab_stranger_signs},
	{.name = "wrongtag",
		.about = "second server: the same, under a published key's tag",
		.second = lab_stranger_hides},
	{.name = "wrongsigner",
		.about = "second server: the parent's name as signer",
		.second = lab_parent_signs},
	{.name = "wronglabels",
		.about = "second server: SOA signed with one label less",
		.second = lab_one_label_less},
	{.name = "wrongttl", .about = "second server: the original TTL field changed", .second = lab_longer_ttl},
	{.name = "wrapped", .about = "second server: inception after expiration", .second = lab_wrap_serial},

	/* Things missing on one server. */
	{.name = "nosigs", .about = "second server: no RRSIG at all", .second = lab_strip_signatures},
	{.name = "nosoasig", .about = "second server: no RRSIG for the SOA", .second = lab_strip_soa_signature},
	{.name = "nonssig", .about = "second server: no RRSIG for the NS", .second = lab_strip_ns_signature},
	{.name = "nokeysig",
		.about = "second server: no RRSIG for the DNSKEY",
		.second = lab_strip_key_signature},
	{.name = "nonsecsig", .about = "second server: no RRSIG for NSEC", .second = lab_strip_denial_signatures},
	{.name = "nonsec", .about = "second server: no NSEC", .second = lab_strip_denial},
	{.name = "nonsec3", .about = "second server: no NSEC3", .denial = "nsec3", .second = lab_strip_denial},
	{.name = "nokeys", .about = "second server: no DNSKEY", .second = lab_strip_keys},

	/* Servers that differ, and other makes of server. */
	{.name = "keysdiffer",
		.about = "the two servers have other keys, each signs right",
		.second = lab_new_keys},
	{.name = "serial", .about = "second server: an older serial, signed right", .second = lab_age},
	{.name = "refused", .about = "the second server does not have the zone", .servers = "nr"},
	{.name = "onlyone", .about = "one server", .servers = "n"},
	{.name = "dead", .about = "no server ever answers", .servers = "x"},
	{.name = "v6", .about = "second server by IPv6 only", .servers = "n6"},
	{.name = "v6stale",
		.about = "second server by IPv6 only, its signatures expired",
		.servers = "n6",
		.second = lab_expire_all},
	{.name = "bind", .about = "BIND second", .servers = "nb"},
	{.name = "bind3", .about = "BIND second, NSEC3", .servers = "nb", .denial = "nsec3"},
	{.name = "bindstale",
		.about = "BIND second, its signatures expired",
		.servers = "nb",
		.second = lab_expire_all},
	{.name = "pdns", .about = "PowerDNS second", .servers = "np"},
	{.name = "pdns3", .about = "PowerDNS second, NSEC3", .servers = "np", .denial = "nsec3"},
	{.name = "pdnsstale",
		.about = "PowerDNS second, its signatures expired",
		.servers = "np",
		.second = lab_expire_all},
	{.name = "many", .about = "NSD, Knot, BIND and IPv6", .servers = "nkb6"},

	/* Child zones on the servers of their parent. */
	{.name = "family",
		.about = "an unsigned and a signed child on the same servers",
		.extra = "into IN CNAME www.plainly",
		.servers = "nkbp"},
	{.name = "plainly",
		.about = "unsigned, on the servers of its parent",
		.below = "family",
		.keys = "",
		.ds = lab_ds_none,
		.servers = "nkbp"},
	{.name = "deeply.below",
		.about = "unsigned, two labels below its parent",
		.below = "family",
		.keys = "",
		.ds = lab_ds_none,
		.servers = "nkbp"},
	{.name = "safely", .about = "signed, on the servers of its parent", .below = "family", .servers = "nkbp"},
	{.name = "island",
		.about = "signed without DS, on the servers of its parent",
		.below = "family",
		.ds = lab_ds_none,
		.servers = "nkbp"},
	{.name = "family3",
		.about = "the same with NSEC3 and opt-out",
		.denial = "nsec3 1 0 -",
		.servers = "nkbp"},
	{.name = "plainly3",
		.about = "unsigned, on the servers of its parent",
		.below = "family3",
		.keys = "",
		.ds = lab_ds_none,
		.servers = "nkbp"},
	{.name = NULL},
};

struct lab_row lab_row_complete(const struct lab_row *row)
{
	struct lab_row full = *row;

	if (full.keys == NULL)
		full.keys = "13k 13z";
	if (full.denial == NULL)
		full.denial = "nsec";
	if (full.life.expiration == 0)
		full.life = (struct lab_life){-DAYS(1), DAYS(29)};
	if (full.ttl == 0)
		full.ttl = HOURS(1);
	if (full.servers == NULL)
		full.servers = "nk";
	if (full.ds == NULL)
		full.ds = full.digests != NULL ? lab_ds_recipe : lab_ds_right;
	return full;
}
