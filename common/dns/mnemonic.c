#include "dns/mnemonic.h"

#include <stddef.h>
#include <stdio.h>

#define N(table) (sizeof(table) / sizeof((table)[0]))

/* IANA "Resource Record (RR) TYPEs", by number. */
static const char *const types[] = {
	[1] = "A",
	[2] = "NS",
	[3] = "MD",
	[4] = "MF",
	[5] = "CNAME",
	[6] = "SOA",
	[7] = "MB",
	[8] = "MG",
	[9] = "MR",
	[10] = "NULL",
	[11] = "WKS",
	[12] = "PTR",
	[13] = "HINFO",
	[14] = "MINFO",
	[15] = "MX",
	[16] = "TXT",
	[17] = "RP",
	[18] = "AFSDB",
	[19] = "X25",
	[20] = "ISDN",
	[21] = "RT",
	[22] = "NSAP",
	[23] = "NSAP-PTR",
	[24] = "SIG",
	[25] = "KEY",
	[26] = "PX",
	[27] = "GPOS",
	[28] = "AAAA",
	[29] = "LOC",
	[30] = "NXT",
	[31] = "EID",
	[32] = "NIMLOC",
	[33] = "SRV",
	[34] = "ATMA",
	[35] = "NAPTR",
	[36] = "KX",
	[37] = "CERT",
	[38] = "A6",
	[39] = "DNAME",
	[40] = "SINK",
	[41] = "OPT",
	[42] = "APL",
	[43] = "DS",
	[44] = "SSHFP",
	[45] = "IPSECKEY",
	[46] = "RRSIG",
	[47] = "NSEC",
	[48] = "DNSKEY",
	[49] = "DHCID",
	[50] = "NSEC3",
	[51] = "NSEC3PARAM",
	[52] = "TLSA",
	[53] = "SMIMEA",
	[55] = "HIP",
	[56] = "NINFO",
	[57] = "RKEY",
	[58] = "TALINK",
	[59] = "CDS",
	[60] = "CDNSKEY",
	[61] = "OPENPGPKEY",
	[62] = "CSYNC",
	[63] = "ZONEMD",
	[64] = "SVCB",
	[65] = "HTTPS",
	[66] = "DSYNC",
	[67] = "HHIT",
	[68] = "BRID",
	[99] = "SPF",
	[100] = "UINFO",
	[101] = "UID",
	[102] = "GID",
	[103] = "UNSPEC",
	[104] = "NID",
	[105] = "L32",
	[106] = "L64",
	[107] = "LP",
	[108] = "EUI48",
	[109] = "EUI64",
	[128] = "NXNAME",
	[249] = "TKEY",
	[250] = "TSIG",
	[251] = "IXFR",
	[252] = "AXFR",
	[253] = "MAILB",
	[254] = "MAILA",
	[255] = "ANY",
	[256] = "URI",
	[257] = "CAA",
	[258] = "AVC",
	[259] = "DOA",
	[260] = "AMTRELAY",
	[261] = "RESINFO",
	[262] = "WALLET",
	[263] = "CLA",
	[264] = "IPN",
};

/* IANA "DNS RCODEs", by number. */
static const char *const rcodes[] = {
	[0] = "NOERROR",
	[1] = "FORMERR",
	[2] = "SERVFAIL",
	[3] = "NXDOMAIN",
	[4] = "NOTIMP",
	[5] = "REFUSED",
	[6] = "YXDOMAIN",
	[7] = "YXRRSET",
	[8] = "NXRRSET",
	[9] = "NOTAUTH",
	[10] = "NOTZONE",
	[11] = "DSOTYPENI",
	[16] = "BADVERS",
	[17] = "BADKEY",
	[18] = "BADTIME",
	[19] = "BADMODE",
	[20] = "BADNAME",
	[21] = "BADALG",
	[22] = "BADTRUNC",
	[23] = "BADCOOKIE",
};

/* IANA "DNS Security Algorithm Numbers", by number. */
static const char *const algorithms[] = {
	[0] = "DELETE",
	[1] = "RSAMD5",
	[2] = "DH",
	[3] = "DSA",
	[5] = "RSASHA1",
	[6] = "DSA-NSEC3-SHA1",
	[7] = "RSASHA1-NSEC3-SHA1",
	[8] = "RSASHA256",
	[10] = "RSASHA512",
	[12] = "ECC-GOST",
	[13] = "ECDSAP256SHA256",
	[14] = "ECDSAP384SHA384",
	[15] = "ED25519",
	[16] = "ED448",
	[17] = "SM2SM3",
	[23] = "ECC-GOST12",
	[252] = "INDIRECT",
	[253] = "PRIVATEDNS",
	[254] = "PRIVATEOID",
};

/* IANA "Extended DNS Error Codes", by number. */
static const char *const extended_errors[] = {
	[0] = "Other Error",
	[1] = "Unsupported DNSKEY Algorithm",
	[2] = "Unsupported DS Digest Type",
	[3] = "Stale Answer",
	[4] = "Forged Answer",
	[5] = "DNSSEC Indeterminate",
	[6] = "DNSSEC Bogus",
	[7] = "Signature Expired",
	[8] = "Signature Not Yet Valid",
	[9] = "DNSKEY Missing",
	[10] = "RRSIGs Missing",
	[11] = "No Zone Key Bit Set",
	[12] = "NSEC Missing",
	[13] = "Cached Error",
	[14] = "Not Ready",
	[15] = "Blocked",
	[16] = "Censored",
	[17] = "Filtered",
	[18] = "Prohibited",
	[19] = "Stale NXDomain Answer",
	[20] = "Not Authoritative",
	[21] = "Not Supported",
	[22] = "No Reachable Authority",
	[23] = "Network Error",
	[24] = "Invalid Data",
	[25] = "Signature Expired before Valid",
	[26] = "Too Early",
	[27] = "Unsupported NSEC3 Iterations Value",
	[28] = "Unable to conform to policy",
	[29] = "Synthesized",
	[30] = "Invalid Query Type",
};

const char *dw_type_text(uint16_t type, char text[DW_TYPE_TEXT_MAX])
{
	if (type < N(types) && types[type] != NULL)
		snprintf(text, DW_TYPE_TEXT_MAX, "%s", types[type]);
	else if (type == 32768 || type == 32769)
		snprintf(text, DW_TYPE_TEXT_MAX, "%s", type == 32768 ? "TA" : "DLV");
	else
		snprintf(text, DW_TYPE_TEXT_MAX, "TYPE%u", (unsigned)type);
	return text;
}

const char *dw_algorithm_text(uint8_t algorithm, char text[DW_ALGORITHM_TEXT_MAX])
{
	if (algorithm < N(algorithms) && algorithms[algorithm] != NULL)
		snprintf(text, DW_ALGORITHM_TEXT_MAX, "%s", algorithms[algorithm]);
	else
		snprintf(text, DW_ALGORITHM_TEXT_MAX, "algorithm %u", (unsigned)algorithm);
	return text;
}

const char *dw_rcode_text(uint16_t rcode, char text[DW_RCODE_TEXT_MAX])
{
	if (rcode < N(rcodes) && rcodes[rcode] != NULL)
		snprintf(text, DW_RCODE_TEXT_MAX, "%s", rcodes[rcode]);
	else
		snprintf(text, DW_RCODE_TEXT_MAX, "RCODE %u", (unsigned)rcode);
	return text;
}

const char *dw_ede_text(uint16_t code, char text[DW_EDE_NAME_MAX])
{
	if (code < N(extended_errors) && extended_errors[code] != NULL)
		snprintf(text, DW_EDE_NAME_MAX, "%s", extended_errors[code]);
	else
		snprintf(text, DW_EDE_NAME_MAX, "code %u", (unsigned)code);
	return text;
}
