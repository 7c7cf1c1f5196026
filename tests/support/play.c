#include "support/play.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/judged.h"
#include "text/rrtype.h"

const char dw_play_zone[] =
	"example.org. 3600 IN SOA ns1.example.org. mail.example.org. 7 3600 600 86400 300\n"
	"example.org. 3600 IN NS ns1.example.org.\n"
	"example.org. 3600 IN NS ns2.example.org.\n"
	"ns1.example.org. 3600 IN A 192.0.2.1\n"
	"ns2.example.org. 3600 IN A 192.0.2.2\n"
	"www.example.org. 3600 IN A 192.0.2.80\n"
	"alias.example.org. 3600 IN CNAME www.example.org.\n"
	"away.example.org. 3600 IN CNAME www.example.net.\n"
	"*.wild.example.org. 3600 IN TXT \"any\"\n"
	"old.example.org. 3600 IN DNAME new.example.org.\n"
	"www.new.example.org. 3600 IN A 192.0.2.81\n"
	"a.empty.example.org. 3600 IN A 192.0.2.82\n"
	"plain.example.org. 3600 IN NS ns.example.net.\n"
	"safe.example.org. 3600 IN NS ns.example.net.\n"
	"safe.example.org. 3600 IN DS 1 13 2 "
	"0000000000000000000000000000000000000000000000000000000000000000\n";

/* The answer of a server, or its silence. */
static void reply(struct dw_play *play, unsigned tag, const struct dw_question *question)
{
	struct dw_answer answer = {.status = play->silence != DW_OK ? play->silence : DW_TIMEOUT, .attempts = 3};
	uint8_t *wire = malloc(DW_MESSAGE_MAX);
	unsigned at = ntohl(question->server.socket.v4.sin_addr.s_addr) % 256 - 1;

	ck_assert_ptr_nonnull(wire);
	ck_assert_uint_lt(at, play->n_servers);
	if (play->servers[at] != NULL) {
		answer = (struct dw_answer){.status = DW_OK, .wire = wire, .attempts = 1};
		answer.length = dw_authority_answer(play->servers[at], question, wire);
	}
	dw_survey_class.answer(play->survey, tag, question, &answer);
	free(wire);
}

struct dw_play *dw_play_new(void)
{
	struct dw_play *play = calloc(1, sizeof(*play));

	ck_assert_ptr_nonnull(play);
	ck_assert_int_eq(dw_name_parse("example.org", &play->plan.discovery.zone, NULL), DW_OK);
	play->plan.discovery.port = DW_PORT_DNS;
	play->plan.now = DW_SIGNER_NOW;
	strcpy(play->plan.absent_label, "absent");
	play->servers[0] = dw_authority_new("example.org.", dw_play_zone);
	play->servers[1] = dw_authority_second(play->servers[0], dw_play_zone);
	play->n_servers = 2;
	return play;
}

void dw_play_record(struct dw_play *play, const char *record)
{
	struct dw_record *fresh = &play->plan.records[play->plan.n_records++];
	char name[256], type[32];

	ck_assert_int_eq(sscanf(record, "%255s %31s", name, type), 2);
	ck_assert_int_eq(dw_name_parse(name, &fresh->name, NULL), DW_OK);
	ck_assert_int_eq(dw_rrtype_parse(type, &fresh->type, NULL), DW_OK);
}

/* Carries the survey through, oldest question first. */
static void carry(struct dw_play *play)
{
	struct dw_question question;
	unsigned tags[DW_PLAY_QUESTIONS], n_done = 0;

	do {
		while (dw_survey_class.next(play->survey, &question, &tags[play->n_asked])) {
			play->asked[play->n_asked++] = question;
			ck_assert_uint_lt(play->n_asked, DW_PLAY_QUESTIONS);
		}
		if (n_done == play->n_asked)
			return;
		reply(play, tags[n_done], &play->asked[n_done]);
		n_done++;
	} while (true);
}

void dw_play_run(struct dw_play *play)
{
	const struct dw_signature_policy policy = dw_judged_policy();
	struct dw_error error = {.status = DW_OK};

	for (unsigned i = 0; i < play->n_servers; i++) {
		char host[32];
		snprintf(host, sizeof(host), "192.0.2.%u", i + 1);
		ck_assert_int_eq(dw_host_parse(host, &play->plan.discovery.hosts[i], NULL), DW_OK);
	}
	play->plan.discovery.n_hosts = play->n_servers;
	ck_assert_msg(dw_survey_new(&play->plan, &play->survey, &error) == DW_OK, "%s", error.text);
	carry(play);
	play->facts = dw_survey_facts(play->survey);
	dw_signature_judge(play->facts, &policy, &play->findings, &play->figures);
}

void dw_play_end(struct dw_play *play)
{
	dw_survey_free(play->survey);
	dw_findings_fini(&play->findings);
	for (unsigned i = 0; i < DW_PLAY_SERVERS; i++)
		dw_authority_free(play->servers[i]);
	free(play);
}
