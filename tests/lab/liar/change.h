/*
 * change: what a fault does to the content of an answer.
 */
#ifndef LIAR_CHANGE_H
#define LIAR_CHANGE_H

#include "liar.h"

/* Header and question. */
liar_change_fn liar_change_id;
liar_change_fn liar_change_question_name;
liar_change_fn liar_change_question_type;
liar_change_fn liar_change_no_question;
liar_change_fn liar_change_two_questions;
liar_change_fn liar_change_query_bit;
liar_change_fn liar_change_opcode;
liar_change_fn liar_change_rcode;      /* to `value`, records removed */
liar_change_fn liar_change_rcode_only; /* to `value`, records stay */
liar_change_fn liar_change_counts;     /* every count is 65,535 */
liar_change_fn liar_change_count_more; /* one record more than there is */
liar_change_fn liar_change_not_authoritative;

/* Octets. */
liar_change_fn liar_change_noise;        /* all random */
liar_change_fn liar_change_noise_behind; /* random behind the question */
liar_change_fn liar_change_flip;         /* `value` random bits flipped behind the question */
liar_change_fn liar_change_short;        /* five octets */
liar_change_fn liar_change_half;         /* the second half is missing */
liar_change_fn liar_change_trailing;     /* octets behind the last record */

/* OPT. */
liar_change_fn liar_change_no_opt;
liar_change_fn liar_change_two_opts;
liar_change_fn liar_change_opt_owner; /* an OPT that is not at the root */
liar_change_fn liar_change_do_cleared;
liar_change_fn liar_change_badvers;
liar_change_fn liar_change_option_long; /* an option longer than the OPT */
liar_change_fn liar_change_ede_control; /* control octets and `|` in the text of an EDE */
liar_change_fn liar_change_ede_octets;  /* a text of an EDE that is not UTF-8 */
liar_change_fn liar_change_ede_long;    /* 30,000 octets of text */
liar_change_fn liar_change_nsid_control;
liar_change_fn liar_change_without_edns; /* FORMERR and no OPT, when the question has one */

/* Names and records. */
liar_change_fn liar_change_loop;            /* an owner that points to itself */
liar_change_fn liar_change_forward;         /* an owner that points behind itself */
liar_change_fn liar_change_chain;           /* an owner behind a hundred pointers */
liar_change_fn liar_change_label_type;      /* a label of the type 01 */
liar_change_fn liar_change_name_long;       /* an owner of 300 octets */
liar_change_fn liar_change_name_control;    /* control octets in the owner and in a CNAME */
liar_change_fn liar_change_rdata_beyond;    /* RDLENGTH ends behind the message */
liar_change_fn liar_change_rdata_short;     /* SOA, RRSIG, DNSKEY, NSEC, NSEC3 of one octet each */
liar_change_fn liar_change_rdata_empty;     /* the same without any */
liar_change_fn liar_change_nsec3_hash;      /* NSEC3 with unknown hash, 65,535 iterations, no next hash */
liar_change_fn liar_change_many;            /* `value` TXT records beside the answer */
liar_change_fn liar_change_huge;            /* 65,535 octets */
liar_change_fn liar_change_doubled;         /* each record twice */
liar_change_fn liar_change_class;           /* class CHAOS in the records */
liar_change_fn liar_change_ttl;             /* TTL 0xffffffff */
liar_change_fn liar_change_stripped;        /* no RRSIG */
liar_change_fn liar_change_only_signatures; /* only RRSIGs, not what they sign */
liar_change_fn liar_change_other_owner;     /* the records belong to another name */
liar_change_fn liar_change_cname_loop;

/* Work: keys of one tag and signatures that none of them made (CVE-2023-50387). */
liar_change_fn liar_change_trap;

#endif
