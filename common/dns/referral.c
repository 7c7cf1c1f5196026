#include "dns/referral.h"

#include <stdio.h>

#include <stdlib.h>

#include "dns/cut.h"

/* Octets taken by UDP: what passes without fragments (RFC 9715). */
#define PAYLOAD_SIZE 1232

/* Tries of each address: the questions that count come later, and are asked again as often as it takes. */
#define TRIES 2

void dw_referral_init(struct dw_referral *referral, const struct dw_name *zone, uint16_t port,
	const struct dw_zone_server *servers, unsigned n_servers)
{
	*referral = (struct dw_referral){.zone = *zone, .port = port};
	for (unsigned i = 0; i < n_servers && i < DW_SERVERS_MAX; i++)
		referral->servers[referral->n_servers++] = servers[i].address;
}

/* Each address gets two questions: an even tag is NS, an odd one DS. */
static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	struct dw_referral *referral = self;

	if (referral->at == 2 * referral->n_servers)
		return false;
	*tag = referral->at++;
	*question = (struct dw_question){.server = referral->servers[*tag / 2], .tries = TRIES};
	question->ask.name = referral->zone;
	question->ask.type = *tag % 2 == 0 ? DW_TYPE_NS : DW_TYPE_DS;
	question->ask.edns = true;
	question->ask.dnssec_ok = *tag % 2 != 0;
	question->ask.payload_size = PAYLOAD_SIZE;
	return true;
}

/* The delegation's names, with the addresses that came along. */
static void take_names(struct dw_referral *referral, const struct dw_message *message)
{
	struct dw_cut cut = dw_cut_by_server(message, &dw_name_root, &referral->zone);
	struct dw_name names[DW_NS_NAMES_MAX];
	struct dw_address addresses[DW_SERVERS_MAX];

	if ((cut.kind != DW_CUT_REFERRAL && cut.kind != DW_CUT_NS) || !dw_name_equal(&cut.owner, &referral->zone))
		return;
	referral->delegated = true;
	unsigned n = dw_cut_names(message, cut.section, &cut.owner, names);
	for (unsigned i = 0; i < n; i++) {
		unsigned at = dw_nameservers_name(&referral->names, &names[i], referral->port);
		if (at == DW_NAMESERVERS_MAX)
			return;
		referral->names.names[at].by_parent = true;
		unsigned n_glue = dw_cut_glue(message, &names[i], referral->port, addresses);
		for (unsigned k = 0; k < n_glue; k++)
			dw_nameservers_address(&referral->names, at, &addresses[k]);
	}
}

/* Which zone the DS answer is from: of several the nearest, as a grandparent may be among the servers. */
static void take_parent(struct dw_referral *referral, const struct dw_message *message)
{
	struct dw_cut_ds answer;

	dw_cut_ds(message, &dw_name_root, &referral->zone, &answer);
	referral->told = referral->told || answer.parent.length > 0;
	if (answer.parent.length > 0 &&
		(referral->parent.length == 0 || dw_name_within(&answer.parent, &referral->parent)))
		referral->parent = answer.parent;
}

static void take(void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer)
{
	struct dw_referral *referral = self;
	struct dw_message *message = malloc(sizeof(*message));

	(void)question;
	referral->n_answered++;
	if (message != NULL && answer->status == DW_OK &&
		dw_message_parse(answer->wire, answer->length, message, NULL) == DW_OK) {
		if (tag % 2 == 0)
			take_names(referral, message);
		else
			take_parent(referral, message);
	}
	free(message);
}

const char *dw_referral_failure(const struct dw_referral *referral, char text[DW_REFERRAL_TEXT_MAX])
{
	char address[DW_ADDRESS_TEXT_MAX], more[24] = "";

	if (referral->n_servers == 0) {
		snprintf(text, DW_REFERRAL_TEXT_MAX, "there is no server of the parent to ask");
		return text;
	}
	if (referral->n_servers > 1)
		snprintf(more, sizeof(more), " and %u more", referral->n_servers - 1);
	snprintf(text, DW_REFERRAL_TEXT_MAX, "the parent's %s%s %s of a delegation",
		dw_address_format(&referral->servers[0], address), more,
		referral->n_servers > 1 ? "do not tell" : "does not tell");
	return text;
}

const struct dw_inquiry_class dw_referral_class = {next, take};

void dw_referral_hosts(const struct dw_referral *referral, struct dw_discovery_plan *plan)
{
	const struct dw_nameservers *names = &referral->names;

	for (unsigned i = 0; i < names->n_addresses && plan->n_hosts < DW_HOSTS_MAX; i++) {
		const struct dw_nameserver *name = &names->names[names->addresses[i].at];
		plan->hosts[plan->n_hosts++] = (struct dw_host){
			names->addresses[i].address, name->name, dw_address_port(&names->addresses[i].address)};
	}
	for (unsigned i = 0; i < names->n_names && plan->n_hosts < DW_HOSTS_MAX; i++) {
		if (!dw_nameservers_has(names, i, DW_FAMILY_ANY))
			plan->hosts[plan->n_hosts++] = (struct dw_host){.name = names->names[i].name};
	}
}
