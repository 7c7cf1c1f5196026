#include "support/rfc.h"

#include "dns/wire.h"

#define NOW_2004 1083000000 /* 2004-04-26, RFC 4035 */
#define NOW_2010 1283000000 /* 2010-08-28, RFC 5155, 5702 and 6605 */
#define NOW_2015 1439000000 /* 2015-08-08, RFC 8080 */

#define SOA_4035                                                                                             \
	"example. 3600 IN SOA ns1.example. bugs.x.w.example. 1081539377 3600 300 3600000 3600\n"                 \
	"example. 3600 IN RRSIG SOA 5 1 3600 20040509183619 20040409183619 38519 example. "                      \
	"ONx0k36rcjaxYtcNgq6iQnpNV5+drqYAsC9h7TSJaHCqbhE67Sr6aH2xDUGcqQWu/n0UVzrFvkgO9ebarZ0GWDKc"               \
	"uwlM6eNB5SiX2K74l5LWDA7S/Un/IbtDq4Ay8NMNLQI7Dw7n4p8/rjkBjV7j86HyQgM5e7+miRAz8V01b0I=\n"

#define NSEC_B_4035                                                                                          \
	"b.example. 3600 IN NSEC ns1.example. NS RRSIG NSEC\n"                                                   \
	"b.example. 3600 IN RRSIG NSEC 5 2 3600 20040509183619 20040409183619 38519 example. "                   \
	"GNuxHn844wfmUhPzGWKJCPY5ttEX/RfjDoOx9ueK1PtYkOWKOOdiJ/PJKCYB3hYX+858dDWSxb2qnV/LSTCNVBnk"               \
	"m6owOpysY97MVj5VQEWs0lm9tFoqjcptQkmQKYPrwUnCSNwvvclSF1xZvhRXgWT7OuFXldoCG6TfVFMs9xE=\n"

#define NSEC_APEX_4035                                                                                       \
	"example. 3600 IN NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY\n"                                         \
	"example. 3600 IN RRSIG NSEC 5 1 3600 20040509183619 20040409183619 38519 example. "                     \
	"O0k558jHhyrC97ISHnislm4kLMW48C7U7cBmFTfhke5iVqNRVTB1STLMpgpbDIC9hcryoO0VZ9ME5xPzUEhbvGnH"               \
	"d5sfzgFVeGxr5Nyyq4tWSDBgIBiLQUv1ivy29vhXy7WgR62dPrZ0PWvmjfFJ5arXf4nPxp/kEowGgBRzY/U=\n"

#define NSEC_NS1_4035                                                                                        \
	"ns1.example. 3600 IN NSEC ns2.example. A RRSIG NSEC\n"                                                  \
	"ns1.example. 3600 IN RRSIG NSEC 5 2 3600 20040509183619 20040409183619 38519 example. "                 \
	"I4hj+Kt6+8rCcHcUdolks2S+Wzri9h3fHas81rGN/eILdJHN7JpV6lLGPIh/8fIBkfvdyWnBjjf1q3O7JgYO1UdI"               \
	"7FvBNWqaaEPJK3UkddBqZIaLi8Qr2XHkjq38BeQsbp8X0+6h4ETWSGT8IZaIGBLryQWGLw6Y6X8dqhlnxJM=\n"

#define NSEC_X_Y_W_4035                                                                                      \
	"x.y.w.example. 3600 IN NSEC xx.example. MX RRSIG NSEC\n"                                                \
	"x.y.w.example. 3600 IN RRSIG NSEC 5 4 3600 20040509183619 20040409183619 38519 example. "               \
	"OvE6WUzN2ziieJcvKPWbCAyXyP6ef8cr6CspArVSTzKSquNwbezZmkU7E34o5lmb6CWSSSpgxw098kNUFnHcQf/L"               \
	"zY2zqRomubrNQhJTiDTXa0ArunJQCzPjOYq5t0SLjm6qp6McJI1AP5VrQoKqJDCLnoAlcPOPKAm/jJkn3jk=\n"

#define NSEC_WILDCARD_4035                                                                                   \
	"*.w.example. 3600 IN NSEC x.w.example. MX RRSIG NSEC\n"                                                 \
	"*.w.example. 3600 IN RRSIG NSEC 5 2 3600 20040509183619 20040409183619 38519 example. "                 \
	"r/mZnRC3I/VIcrelgIcteSxDhtsdlTDt8ng9HSBlABOlzLxQtfgTnn8f+aOwJIAFe1Ee5RvU5cVhQJNP5XpXMJHf"               \
	"yps8tVvfxSAXfahpYqtx91gsmcV/1V9/bZAG55CefP9cM4Z9Y9NT9XQ8s1InQ2UoIv6tJEaaKkP701j8OLA=\n"

#define MX_4035                                                                                              \
	"a.z.w.example. 3600 IN MX 1 ai.example.\n"                                                              \
	"a.z.w.example. 3600 IN RRSIG MX 5 2 3600 20040509183619 20040409183619 38519 example. "                 \
	"OMK8rAZlepfzLWW75Dxd63jy2wswESzxDKG2f9AMN1CytCd10cYISAxfAdvXSZ7xujKAtPbctvOQ2ofO7AZJ+d01"               \
	"EeeQTVBPq4/6KCWhqe2XTjnkVLNvvhnc0u28aoSsG0+4InvkkOHknKxw4kX18MMR34i8lC36SR5xBni8vHI=\n"

#define NS_4035                                                                                              \
	"example. 3600 IN NS ns1.example.\n"                                                                     \
	"example. 3600 IN NS ns2.example.\n"                                                                     \
	"example. 3600 IN RRSIG NS 5 1 3600 20040509183619 20040409183619 38519 example. "                       \
	"gl13F00f2U0R+SWiXXLHwsMY+qStYy5k6zfdEuivWc+wd1fmbNCyql0Tk7lHTX6UOxc8AgNf4ISFve8XqF4q+o9q"               \
	"lnqIzmppU3LiNeKT4FZ8RO5urFOvoMRTbQxW3U0hXWuggE4g3ZpsHv480HjMeRaZB/FRPGfJPajngcq6Kwg=\n"

#define AAAA_4035                                                                                            \
	"ai.example. 3600 IN AAAA 2001:db8::f00:baa9\n"                                                          \
	"ai.example. 3600 IN RRSIG AAAA 5 2 3600 20040509183619 20040409183619 38519 example. "                  \
	"nLcpFuXdT35AcE+EoafOUkl69KB+/e56XmFKkewXG2IadYLKAOBIoR5+VoQV3XgTcofTJNsh1rnF6Eav2zpZB3by"               \
	"I6yo2bwY8MNkr4A7cL9TcMmDwV/hWFKsbGBsj8xSCN/caEL2CWY/5XP2sZM6QjBBLmukH30+w1z3h8PUP2o=\n"

#define SOA_5155                                                                                             \
	"example. 3600 IN SOA ns1.example. bugs.x.w.example. 1 3600 300 3600000 3600\n"                          \
	"example. 3600 IN RRSIG SOA 7 1 3600 20150420235959 20051021000000 40430 example. "                      \
	"Hu25UIyNPmvPIVBrldN+9Mlp9Zql39qaUd8iq4ZLlYWfUUbbAS41pG+68z81q1xhkYAcEyHdVI2LmKusbZsT0Q==\n"

#define NSEC3_0P9M                                                                                           \
	"0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. 3600 IN NSEC3 1 1 12 aabbccdd "                               \
	"2t7b4g4vsa5smi47k61mv5bv1a22bojr NS SOA MX RRSIG DNSKEY NSEC3PARAM\n"                                   \
	"0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 "                 \
	"20051021000000 40430 example. OSgWSm26B+cS+dDL8b5QrWr/dEWhtCsKlwKLIBHYH6blRxK9rC0bMJPwQ4"               \
	"mLIuw85H2EY762BOCXJZMnpuwhpA==\n"

#define NSEC3_B4UM                                                                                           \
	"b4um86eghhds6nea196smvmlo4ors995.example. 3600 IN NSEC3 1 1 12 aabbccdd "                               \
	"gjeqe526plbf1g8mklp59enfd789njgi MX RRSIG\n"                                                            \
	"b4um86eghhds6nea196smvmlo4ors995.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 "                 \
	"20051021000000 40430 example. ZkPG3M32lmoHM6pa3D6gZFGB/rhL//Bs3Omh5u4m/CUiwtblEVOaAKKZd7"               \
	"S959OeiX43aLX3pOv0TSTyiTxIZg==\n"

#define NSEC3_35MT                                                                                           \
	"35mthgpgcu1qg68fab165klnsnk3dpvl.example. 3600 IN NSEC3 1 1 12 aabbccdd "                               \
	"b4um86eghhds6nea196smvmlo4ors995 NS DS RRSIG\n"                                                         \
	"35mthgpgcu1qg68fab165klnsnk3dpvl.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 "                 \
	"20051021000000 40430 example. g6jPUUpduAJKRljUsN8gB4UagAX0NxY9shwQAynzo8EUWH+z6hEIBlUTPG"               \
	"j15eZll6VhQqgZXtAIR3chwgW+SA==\n"

#define NSEC3_2T7B                                                                                           \
	"2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. 3600 IN NSEC3 1 1 12 aabbccdd "                               \
	"2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG\n"                                                             \
	"2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 "                 \
	"20051021000000 40430 example. OmBvJ1Vgg1hCKMXHFiNeIYHK9XVW0iLDLwJN4TFoNxZuP03gAXEI634YwO"               \
	"c4YBNITrj413iqNI6mRk/r1dOSUw==\n"

#define NSEC3_JI6N                                                                                           \
	"ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. 3600 IN NSEC3 1 1 12 aabbccdd "                               \
	"k8udemvp1j2f7eg6jebps17vp3n8i58h\n"                                                                     \
	"ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 "                 \
	"20051021000000 40430 example. gPkFp1s2QDQ6wQzcg1uSebZ61W33rUBDcTj72F3kQ490fEdp7k1BUIfbcZ"               \
	"tPbX3YCpE+sIt0MpzVSKfTwx4uYA==\n"

#define NSEC3_Q04J                                                                                           \
	"q04jkcevqvmu85r014c7dkba38o0ji5r.example. 3600 IN NSEC3 1 1 12 aabbccdd "                               \
	"r53bq7cc2uvmubfu5ocmm6pers9tk9en A RRSIG\n"                                                             \
	"q04jkcevqvmu85r014c7dkba38o0ji5r.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 "                 \
	"20051021000000 40430 example. hV5I89b+4FHJDATp09g4bbN0R1F845CaXpL3ZxlMKimoPAyqletMlEWwLf"               \
	"Fia7sdpSzn+ZlNNlkxWcLsIlMmUg==\n"

#define NSEC3_K8UD                                                                                           \
	"k8udemvp1j2f7eg6jebps17vp3n8i58h.example. 3600 IN NSEC3 1 1 12 aabbccdd "                               \
	"kohar7mbb8dc2ce8a9qvl8hon4k53uhi\n"                                                                     \
	"k8udemvp1j2f7eg6jebps17vp3n8i58h.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 "                 \
	"20051021000000 40430 example. FtXGbvF0+wf8iWkyo73enAuVx03klN+pILBKS6qCcftVtfH4yVzsEZquJ2"               \
	"7NHR7ruxJWDNMtOtx7w9WfcIg62A==\n"

#define NSEC3_R53B                                                                                           \
	"r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. 3600 IN NSEC3 1 1 12 aabbccdd "                               \
	"t644ebqk9bibcna874givr6joj62mlhv MX RRSIG\n"                                                            \
	"r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. 3600 IN RRSIG NSEC3 7 2 3600 20150420235959 "                 \
	"20051021000000 40430 example. aupviViruXs4bDg9rCbezzBMf9h1ZlDvbW/CZFKulIGXXLj8B/fsDJarXV"               \
	"DA9bnUoRhEbKp+HF1FWKW7RIJdtQ==\n"

#define MX_5155                                                                                              \
	"a.z.w.example. 3600 IN MX 1 ai.example.\n"                                                              \
	"a.z.w.example. 3600 IN RRSIG MX 7 2 3600 20150420235959 20051021000000 40430 example. "                 \
	"CikebjQwGQPwijVcxgcZcSJKtfynugtlBiKb9FcBTrmOoyQ4InoWVudhCWsh/URX3lc4WRUMivEBP6+4KS3ldA==\n"

#define NS_5155                                                                                              \
	"example. 3600 IN NS ns1.example.\n"                                                                     \
	"example. 3600 IN NS ns2.example.\n"                                                                     \
	"example. 3600 IN RRSIG NS 7 1 3600 20150420235959 20051021000000 40430 example. "                       \
	"PVOgtMK1HHeSTau+HwDWC8Ts+6C8qtqd4pQJqOtdEVgg+MA+ai4fWDEhu3qHJyLcQ9tbD2vvCnMXjtz6SyObxA==\n"

#define AAAA_5155                                                                                            \
	"ai.example. 3600 IN AAAA 2001:db8::f00:baa9\n"                                                          \
	"ai.example. 3600 IN RRSIG AAAA 7 2 3600 20150420235959 20051021000000 40430 example. "                  \
	"LcdxKaCB5bGZwPDg+3JJ4O02zoMBrjxqlf6WuaHQZZfTUpb9Nf2nxFGe2XRPfR5tpJT6GdRGcHueLuXkMjBArQ==\n"

static const char keys_4035[] =
	"example. 3600 IN DNSKEY 256 3 5 AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8"
	"dANH4DX3tbHol61ek8EFMcsGXxKciJFHyhl94C+NwILQdzsUlSFovBZsyl/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZI"
	"ySFNsgEYvh0z2542lzMKR4Dh8uZffQ==\n"
	"example. 3600 IN DNSKEY 257 3 5 AQOeX7+baTmvpVHb2CcLnL1dMRWbuscRvHXlLnXwDzvqp4tZVKp1sZMe"
	"pFb8MvxhhW3y/0QZsyCjczGJ1qk8vJe52iOhInKROVLRwxGpMfzPRLMlGybr51bOV/1se0ODacj3DomyB4QB5gKT"
	"Yot/K9alk5/j8vfd4jWCWD+E1Sze0Q==\n";

static const char keys_5155[] =
	"example. 3600 IN DNSKEY 256 3 7 AwEAAaetidLzsKWUt4swWR8yu0wPHPiUi8LUsAD0QPWU+wzt89epO6tH"
	"zkMBVDkC7qphQO2hTY4hHn9npWFRw5BYubE=\n"
	"example. 3600 IN DNSKEY 257 3 7 AwEAAcUlFV1vhmqx6NSOUOq2R/dsR7Xm3upJj7IommWSpJABVfW8Q0rO"
	"vXdM6kzt+TAu92L9AbsUdblMFin8CVF3n4s=\n";

const struct dw_rfc_answer dw_rfc_answers[] = {
	{.section = "RFC 4035 B.1",
		.apex = "example.",
		.keys = keys_4035,
		.now = NOW_2004,
		.name = "ai.example.",
		.type = DW_TYPE_AAAA,
		.answer = AAAA_4035,
		.authority = NS_4035},
	{.section = "RFC 4035 B.2",
		.apex = "example.",
		.keys = keys_4035,
		.now = NOW_2004,
		.name = "ml.example.",
		.type = DW_TYPE_A,
		.authority = SOA_4035 NSEC_B_4035 NSEC_APEX_4035,
		.denies = true,
		.claim = DW_CLAIM_NXDOMAIN,
		.result = DW_DENIAL_NAME_ERROR},
	{.section = "RFC 4035 B.3",
		.apex = "example.",
		.keys = keys_4035,
		.now = NOW_2004,
		.name = "ns1.example.",
		.type = DW_TYPE_MX,
		.authority = SOA_4035 NSEC_NS1_4035,
		.denies = true,
		.claim = DW_CLAIM_NODATA,
		.result = DW_DENIAL_NO_DATA},
	{.section = "RFC 4035 B.5",
		.apex = "example.",
		.keys = keys_4035,
		.now = NOW_2004,
		.name = "b.example.",
		.type = DW_TYPE_DS,
		.authority = NSEC_B_4035,
		.denies = true,
		.claim = DW_CLAIM_NO_DS,
		.result = DW_DENIAL_UNSIGNED_DELEGATION},
	{.section = "RFC 4035 B.6",
		.apex = "example.",
		.keys = keys_4035,
		.now = NOW_2004,
		.name = "a.z.w.example.",
		.type = DW_TYPE_MX,
		.answer = MX_4035,
		.authority = NS_4035 NSEC_X_Y_W_4035,
		.denies = true,
		.claim = DW_CLAIM_WILDCARD,
		.labels = 2,
		.result = DW_DENIAL_WILDCARD_ANSWER},
	{.section = "RFC 4035 B.7",
		.apex = "example.",
		.keys = keys_4035,
		.now = NOW_2004,
		.name = "a.z.w.example.",
		.type = DW_TYPE_AAAA,
		.authority = SOA_4035 NSEC_X_Y_W_4035 NSEC_WILDCARD_4035,
		.denies = true,
		.claim = DW_CLAIM_NODATA,
		.result = DW_DENIAL_WILDCARD_NO_DATA},
	{.section = "RFC 4035 B.8",
		.apex = "example.",
		.keys = keys_4035,
		.now = NOW_2004,
		.name = "example.",
		.type = DW_TYPE_DS,
		.authority = SOA_4035 NSEC_APEX_4035,
		.denies = true,
		.claim = DW_CLAIM_NODATA,
		.result = DW_DENIAL_PARENT_SIDE},
	{.section = "RFC 5155 B.1",
		.apex = "example.",
		.keys = keys_5155,
		.now = NOW_2010,
		.name = "a.c.x.w.example.",
		.type = DW_TYPE_A,
		.authority = SOA_5155 NSEC3_0P9M NSEC3_B4UM NSEC3_35MT,
		.denies = true,
		.claim = DW_CLAIM_NXDOMAIN,
		.result = DW_DENIAL_OPT_OUT},
	{.section = "RFC 5155 B.2",
		.apex = "example.",
		.keys = keys_5155,
		.now = NOW_2010,
		.name = "ns1.example.",
		.type = DW_TYPE_MX,
		.authority = SOA_5155 NSEC3_2T7B,
		.denies = true,
		.claim = DW_CLAIM_NODATA,
		.result = DW_DENIAL_NO_DATA},
	{.section = "RFC 5155 B.2.1",
		.apex = "example.",
		.keys = keys_5155,
		.now = NOW_2010,
		.name = "y.w.example.",
		.type = DW_TYPE_A,
		.authority = SOA_5155 NSEC3_JI6N,
		.denies = true,
		.claim = DW_CLAIM_NODATA,
		.result = DW_DENIAL_EMPTY_NON_TERMINAL},
	{.section = "RFC 5155 B.3",
		.apex = "example.",
		.keys = keys_5155,
		.now = NOW_2010,
		.name = "c.example.",
		.type = DW_TYPE_DS,
		.authority = NSEC3_35MT NSEC3_0P9M,
		.denies = true,
		.claim = DW_CLAIM_NO_DS,
		.result = DW_DENIAL_OPT_OUT},
	{.section = "RFC 5155 B.4",
		.apex = "example.",
		.keys = keys_5155,
		.now = NOW_2010,
		.name = "a.z.w.example.",
		.type = DW_TYPE_MX,
		.answer = MX_5155,
		.authority = NS_5155 NSEC3_Q04J,
		.denies = true,
		.claim = DW_CLAIM_WILDCARD,
		.labels = 2,
		.result = DW_DENIAL_OPT_OUT},
	{.section = "RFC 5155 B.5",
		.apex = "example.",
		.keys = keys_5155,
		.now = NOW_2010,
		.name = "a.z.w.example.",
		.type = DW_TYPE_AAAA,
		.authority = SOA_5155 NSEC3_K8UD NSEC3_Q04J NSEC3_R53B,
		.denies = true,
		.claim = DW_CLAIM_NODATA,
		.result = DW_DENIAL_OPT_OUT},
	{.section = "RFC 5155 B.6",
		.apex = "example.",
		.keys = keys_5155,
		.now = NOW_2010,
		.name = "example.",
		.type = DW_TYPE_DS,
		.authority = SOA_5155 NSEC3_0P9M,
		.denies = true,
		.claim = DW_CLAIM_NODATA,
		.result = DW_DENIAL_PARENT_SIDE},
	{.section = "RFC 5155 A",
		.apex = "example.",
		.keys = keys_5155,
		.now = NOW_2010,
		.name = "ai.example.",
		.type = DW_TYPE_AAAA,
		.answer = AAAA_5155},
	{.section = "RFC 5702 6.1",
		.apex = "example.net.",
		.keys = "example.net. 3600 IN DNSKEY 256 3 8 AwEAAcFcGsaxxdgiuuGmCkVImy4h99CqT7jwY3pexPGcnUFtR2Fh"
				"36BponcwtkZ4cAgtvd4Qs8PkxUdp6p/DlUmObdk=\n",
		.now = NOW_2010,
		.name = "www.example.net.",
		.type = DW_TYPE_A,
		.answer = "www.example.net. 3600 IN A 192.0.2.91\n"
				  "www.example.net. 3600 IN RRSIG A 8 3 3600 20300101000000 20000101000000 9033 "
				  "example.net. kRCOH6u7l0QGy9qpC9l1sLncJcOKFLJ7GhiUOibu4teYp5VE9RncriShZNz85mwlMgNEacFYK/l"
				  "PtPiVYP4bwg==\n"},
	{.section = "RFC 5702 6.2",
		.apex = "example.net.",
		.keys = "example.net. 3600 IN DNSKEY 256 3 10 AwEAAdHoNTOW+et86KuJOWRDp1pndvwb6Y83nSVXXyLA3DLroRO"
				"UkN6X0O6pnWnjJQujX/AyhqFDxj13tOnD9u/1kTg7cV6rklMrZDtJCQ5PCl/D7QNPsgVsMu1J2Q8gpMpztNFLpPB"
				"z1bWXjDtaR7ZQBlZ3PFY12ZTSncorffcGmhOL\n",
		.now = NOW_2010,
		.name = "www.example.net.",
		.type = DW_TYPE_A,
		.answer = "www.example.net. 3600 IN A 192.0.2.91\n"
				  "www.example.net. 3600 IN RRSIG A 10 3 3600 20300101000000 20000101000000 3740 "
				  "example.net. tsb4wnjRUDnB1BUi+t6TMTXThjVnG+eCkWqjvvjhzQL1d0YRoOe0CbxrVDYd0xDtsuJRaeUw1ep"
				  "94PzEWzr0iGYgZBWm/zpq+9fOuagYJRfDqfReKBzMweOLDiNa8iP5g9vMhpuv6OPlvpXwm9Sa9ZXIbNl1MBGk0ft"
				  "hPgxdDLw=\n"},
	{.section = "RFC 6605 6.1",
		.apex = "example.net.",
		.keys = "example.net. 3600 IN DNSKEY 257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF"
				"64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==\n",
		.now = NOW_2010,
		.name = "www.example.net.",
		.type = DW_TYPE_A,
		.answer = "www.example.net. 3600 IN A 192.0.2.1\n"
				  "www.example.net. 3600 IN RRSIG A 13 3 3600 20100909100439 20100812100439 55648 "
				  "example.net. qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7Zw"
				  "mwWep666VCw==\n"},
	{.section = "RFC 6605 6.2",
		.apex = "example.net.",
		.keys = "example.net. 3600 IN DNSKEY 257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXv"
				"SADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40\n",
		.now = NOW_2010,
		.name = "www.example.net.",
		.type = DW_TYPE_A,
		.answer = "www.example.net. 3600 IN A 192.0.2.1\n"
				  "www.example.net. 3600 IN RRSIG A 14 3 3600 20100909102025 20100812102025 10771 "
				  "example.net. /L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP95hxQouuroGCeZOvzFaxsT8Glr74hba"
				  "vRKayJNuydCuzWTSSPdz7wnqXL5bdcJzusdnI0RSMROxxwGipWcJm\n"},
	{.section = "RFC 8080 6.1",
		.apex = "example.com.",
		.keys = "example.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=\n",
		.now = NOW_2015,
		.name = "example.com.",
		.type = DW_TYPE_MX,
		.answer =
			"example.com. 3600 IN MX 10 mail.example.com.\n"
			"example.com. 3600 IN RRSIG MX 15 2 3600 1440021600 1438207200 3613 example.com. "
			"oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==\n"},
	{.section = "RFC 8080 6.1, second",
		.apex = "example.com.",
		.keys = "example.com. 3600 IN DNSKEY 257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=\n",
		.now = NOW_2015,
		.name = "example.com.",
		.type = DW_TYPE_MX,
		.answer =
			"example.com. 3600 IN MX 10 mail.example.com.\n"
			"example.com. 3600 IN RRSIG MX 15 2 3600 1440021600 1438207200 35217 example.com. "
			"zXQ0bkYgQTEFyfLyi9QoiY6D8ZdYo4wyUhVioYZXFdT410QPRITQSqJSnzQoSm5poJ7gD7AQR0O7KuI5k2pcBg==\n"},
	{.section = "RFC 8080 6.2",
		.apex = "example.com.",
		.keys = "example.com. 3600 IN DNSKEY 257 3 16 3kgROaDjrh0H2iuixWBrc8g2EpBBLCdGzHmn+G2MpTPhpj/OiBV"
				"HHSfPodx1FYYUcJKm1MDpJtIA\n",
		.now = NOW_2015,
		.name = "example.com.",
		.type = DW_TYPE_MX,
		.answer = "example.com. 3600 IN MX 10 mail.example.com.\n"
				  "example.com. 3600 IN RRSIG MX 16 2 3600 1440021600 1438207200 9713 example.com. "
				  "3cPAHkmlnxcDHMyg7vFC34l0blBhuG1qpwLmjInI8w1CMB29FkEAIJUA0amxWndkmnBZ6SKiwZSAxGILn/NBtOXf"
				  "t0+Gj7FSvOKxE/07+4RQvE581N3Aj/JtIyaiYVdnYtyMWbSNyGEY2213WKsJlwEA\n"},
	{.section = "RFC 8080 6.2, second",
		.apex = "example.com.",
		.keys = "example.com. 3600 IN DNSKEY 257 3 16 kkreGWoccSDmUBGAe7+zsbG6ZAFQp+syPmYUurBRQc3tDjeMCJc"
				"VMRDmgcNLp5HlHAMy12VoISsA\n",
		.now = NOW_2015,
		.name = "example.com.",
		.type = DW_TYPE_MX,
		.answer = "example.com. 3600 IN MX 10 mail.example.com.\n"
				  "example.com. 3600 IN RRSIG MX 16 2 3600 1440021600 1438207200 38353 example.com. "
				  "E1/oLjSGIbmLny/4fcgM1z4oL6aqo+izT3urCyHyvEp4Sp8Syg1eI+lJ57CSnZqjJP41O/9l4m0AsQ4f7qI1gVnM"
				  "L8vWWiyW2KXhT9kuAICUSxv5OWbf81Rq7Yu60npabODB0QFPb/rkW3kUZmQ0YQUA\n"},
};

const unsigned dw_rfc_n_answers = sizeof(dw_rfc_answers) / sizeof(dw_rfc_answers[0]);
