/*
 * lab-liar: serves one fault or many, each on an address of its own, until its lifetime is over.
 */
#include "liar.h"
#include "table.h"
#include "tcp.h"

#include <errno.h>
#include <getopt.h>
#include <netdb.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>

#define LIFETIME 600 /* seconds */
#define TEXT_MAX 256

_Noreturn static void die(const char *format, ...)
{
	va_list arguments;

	fputs("lab-liar: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(2);
}

static int list(void)
{
	for (const struct liar_fault *fault = liar_faults; fault->name != NULL; fault++)
		printf("%-20s %s\n", fault->name, fault->about);
	return 0;
}

static const struct liar_fault *fault_of(const char *name)
{
	for (const struct liar_fault *fault = liar_faults; fault->name != NULL; fault++) {
		if (strcmp(fault->name, name) == 0)
			return fault;
	}
	die("no fault is called '%s'; --list names them", name);
}

/* Reads "ADDRESS@PORT". */
static struct liar_address address_of(const char *text)
{
	const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_DGRAM};
	struct addrinfo *info = NULL;
	struct liar_address address = {.length = 0};
	char host[TEXT_MAX];

	snprintf(host, sizeof(host), "%s", text);
	char *at = strchr(host, '@');

	if (at == NULL)
		die("'%s' is not ADDRESS@PORT", text);
	*at = '\0';
	if (getaddrinfo(host, at + 1, &hints, &info) != 0)
		die("'%s' is not ADDRESS@PORT", text);
	memcpy(&address.storage, info->ai_addr, info->ai_addrlen);
	address.length = info->ai_addrlen;
	freeaddrinfo(info);
	return address;
}

/* Reads "FAULT[:VALUE]=ADDRESS@PORT[=UPSTREAM@PORT]" and listens there. */
static void serve(struct liar *liar, const char *text)
{
	char word[TEXT_MAX];

	snprintf(word, sizeof(word), "%s", text);
	char *equals = strchr(word, '=');

	if (equals == NULL)
		die("'%s' is not FAULT[:VALUE]=ADDRESS@PORT", text);
	*equals = '\0';
	char *upstream = strchr(equals + 1, '=');

	if (upstream != NULL)
		*upstream++ = '\0';
	char *colon = strchr(word, ':');

	if (colon != NULL)
		*colon = '\0';
	const struct liar_fault *fault = fault_of(word);
	const struct liar_address address = address_of(equals + 1);
	unsigned value = colon != NULL ? (unsigned)strtoul(colon + 1, NULL, 10) : fault->value;

	struct liar_listener *listener = liar_listen(liar, fault, value, &address);

	if (listener == NULL)
		die("%s: %s", text, strerror(errno));
	if (upstream != NULL)
		listener->upstream = address_of(upstream);
}

_Noreturn static void usage(void)
{
	fputs("usage: lab-liar (--upstream ADDRESS@PORT | --static) --serve "
		  "FAULT[:VALUE]=ADDRESS@PORT[=UPSTREAM@PORT] ...\n"
		  "                [--lifetime SECONDS] [--seed N]\n"
		  "       lab-liar --list\n",
		stderr);
	exit(2);
}

static void read_options(struct liar *liar, int argc, char **argv)
{
	static const struct option options[] = {
		{"upstream", required_argument, NULL, 'u'},
		{"static", no_argument, NULL, 'f'},
		{"serve", required_argument, NULL, 's'},
		{"lifetime", required_argument, NULL, 't'},
		{"seed", required_argument, NULL, 'r'},
		{"list", no_argument, NULL, 'l'},
		{NULL, 0, NULL, 0},
	};
	int letter = 0;

	while ((letter = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (letter) {
		case 'u':
			liar->upstream = address_of(optarg);
			break;
		case 'f':
			liar->fixed = true;
			break;
		case 's':
			serve(liar, optarg);
			break;
		case 't':
			liar->ends = liar_now() + strtoll(optarg, NULL, 10) * 1000;
			break;
		case 'r':
			liar->chance = strtoull(optarg, NULL, 10) | 1;
			break;
		case 'l':
			exit(list());
		default:
			usage();
		}
	}
	if (optind != argc || liar->n_listeners == 0 || liar->fixed == (liar->upstream.length != 0))
		usage();
}

static int catch_signals(void)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGINT);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	return signalfd(-1, &mask, SFD_CLOEXEC);
}

int main(int argc, char **argv)
{
	struct liar *liar = calloc(1, sizeof(*liar));

	if (liar == NULL)
		die("out of memory");
	liar->epoll = epoll_create1(EPOLL_CLOEXEC);
	liar->chance = 88172645463325252;
	liar->ends = liar_now() + LIFETIME * 1000;
	read_options(liar, argc, argv);
	liar_run(liar, catch_signals());
	liar_tcp_fini(liar);
	for (struct liar_delayed *delayed = liar->delayed; delayed != NULL;) {
		struct liar_delayed *next = delayed->next;

		free(delayed);
		delayed = next;
	}
	free(liar);
	return 0;
}
