/*
 * discovery: the inside of a discovery: what it asks of whom, and asks again when nothing useful comes.
 *
 * Shared by `resolver`, which decides what to ask, and `conclusion`, which says what it came to; users
 * see resolver.h alone. A job is one thing to be learnt. A job for a resolver is tried on all of them
 * in turn, two rounds, one try each, beginning with the one that was of use last; those that answered
 * without being of use are not asked again. A job for the parent's servers takes one address after the
 * other, again up to two tries each, and prefers the family that answers.
 *
 * Nothing here blocks or allocates; a discovery belongs to one thread.
 */
#ifndef DW_DNS_DISCOVERY_H
#define DW_DNS_DISCOVERY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "dns/cut.h"
#include "dns/nameservers.h"
#include "dns/resolver.h"

#define DW_JOBS_MAX 320

enum dw_stage {
	DW_STAGE_APEX,           /* of a resolver: NS of the zone */
	DW_STAGE_PARENT,         /* of a resolver: NS of a name above it */
	DW_STAGE_PARENT_ADDRESS, /* of a resolver: address of a server of the parent */
	DW_STAGE_ADDRESS,        /* of a resolver: address of a server of the zone */
	DW_STAGE_DELEGATION,     /* of the parent's servers: NS of the zone */
	DW_STAGE_DS,             /* of the parent's servers: DS of the zone */
	DW_STAGES,
};

enum dw_job_state {
	DW_JOB_ENDED,   /* or given up */
	DW_JOB_WAITING, /* for a server that can be asked */
	DW_JOB_QUEUED,
	DW_JOB_OPEN, /* asked, not answered */
};

struct dw_job {
	enum dw_stage stage;
	enum dw_job_state state;
	uint16_t type;
	unsigned at;      /* the name looked up, in its set */
	unsigned target;  /* index of the resolver, or of the address of the parent's servers */
	unsigned first;   /* resolver that was asked first */
	unsigned n_asked; /* turns taken */
	uint8_t useless;  /* a bit for each resolver that answered without being of use */
	bool plain;       /* without EDNS, after a FORMERR */
	bool unchecked;   /* with CD, after a SERVFAIL or silence; other stages have CD from the beginning */
};

/* Why a stage did not get on. */
struct dw_mishap {
	enum dw_status status; /* DW_OK: none */
	char text[160];
};

/* What the last server that was of no use did: "resolver 192.0.2.53 did not answer". */
struct dw_latest {
	enum dw_status status;
	char text[96];
};

/* How the parent's servers did in the stage that is asked of them. */
struct dw_turns {
	uint8_t taken[DW_SERVERS_MAX]; /* for each address: tries; 2 is the end */
	unsigned n_silent;
	unsigned n_silent_of_v6;
};

struct dw_discovery {
	struct dw_discovery_plan plan;
	unsigned n_jobs;
	struct dw_job jobs[DW_JOBS_MAX];
	unsigned n_questions;
	unsigned preferred; /* the resolver that was of use last */
	struct dw_mishap mishaps[DW_STAGES];
	struct dw_latest latest;

	struct dw_cut child;   /* what the resolver says of the zone; DW_CUT_NO_USE until known */
	struct dw_name climb;  /* the name above the zone that DW_STAGE_PARENT asks for */
	struct dw_name parent; /* length 0 until known */
	struct dw_nameservers parents;
	struct dw_nameservers servers;
	struct dw_turns turns;
	struct dw_cut delegation; /* what the parent's servers say of the zone; DW_CUT_NO_USE until known */
	unsigned n_agreed;        /* servers of the parent that gave it; a referral needs one, others two */
	bool settled;             /* no more is to be learnt of the delegation */
	bool parent_heard;        /* the address `parent_best` was of use */
	unsigned parent_best;
	bool ds_begun;
	struct dw_cut_ds ds;

	struct dw_discovery_facts facts;
};

/* Whether the zone is known to be an apex. */
bool dw_discovery_is_apex(const struct dw_discovery *discovery);

/* Adds a job; NULL when there are too many. Jobs of the parent's servers begin to wait, others are queued. */
struct dw_job *dw_discovery_add(
	struct dw_discovery *discovery, enum dw_stage stage, uint16_t type, unsigned at);

/* Queues a job again from the beginning, for all resolvers. */
void dw_discovery_restart(struct dw_discovery *discovery, struct dw_job *job);

/* Writes the question of the next job that is queued; false when there is none, or too many were asked. */
bool dw_discovery_question(struct dw_discovery *discovery, struct dw_question *question, unsigned *tag);

/*
 * Reads the answer to a job; false when there is no message to be looked at. That is noted, and the job is
 * queued again, waits for another server, or has ended.
 */
bool dw_discovery_hear(struct dw_discovery *discovery, struct dw_job *job, const struct dw_answer *answer,
	struct dw_message *message);

/* Notes that a message said nothing useful; the job goes on to the next server. */
void dw_discovery_useless(struct dw_discovery *discovery, struct dw_job *job);

/*
 * Gives a waiting job the next address of the parent's servers; false when there is none to be asked.
 * It may wait on for an address that is looked up.
 */
bool dw_discovery_turn(struct dw_discovery *discovery, struct dw_job *job);

#endif
