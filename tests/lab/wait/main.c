/*
 * lab-wait: waits until servers answer. Reads lines "ZONE ADDRESS" and asks each for the zone's SOA until it
 * says NOERROR with a record; the first that does not within the time is named on standard error, exit 1.
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define HEADER       12
#define QUESTION_MAX 300
#define PATIENCE     100 /* milliseconds for one answer */
#define PAUSE        20
#define TYPE_SOA     6

static int64_t now_millis(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/*
 * Writes a question for the SOA of `zone`, recursion desired; returns its length. The id is always the same,
 * so that a late answer counts as well.
 */
static size_t write_question(uint8_t *wire, const char *zone)
{
	size_t at = HEADER;

	memset(wire, 0, HEADER);
	wire[1] = 1;
	wire[2] = 1;
	wire[5] = 1;
	while (*zone != '\0' && *zone != '.') {
		size_t length = strcspn(zone, ".");

		wire[at++] = (uint8_t)length;
		memcpy(wire + at, zone, length);
		at += length;
		zone += length;
		zone += *zone == '.';
	}
	memset(wire + at, 0, 5);
	wire[at + 2] = TYPE_SOA;
	wire[at + 4] = 1;
	return at + 5;
}

static int connect_to(const char *address, const char *port)
{
	const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_DGRAM};
	struct addrinfo *info = NULL;

	if (getaddrinfo(address, port, &hints, &info) != 0) {
		fprintf(stderr, "lab-wait: %s@%s: no address\n", address, port);
		exit(2);
	}
	int fd = socket(info->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool connected = fd >= 0 && connect(fd, info->ai_addr, info->ai_addrlen) == 0;

	freeaddrinfo(info);
	if (connected)
		return fd;
	perror("lab-wait: socket");
	exit(2);
}

static bool answers(int fd, const char *zone)
{
	uint8_t wire[QUESTION_MAX];
	uint8_t answer[4096];
	struct pollfd waiting = {.fd = fd, .events = POLLIN};
	size_t length = write_question(wire, zone);

	if (send(fd, wire, length, 0) < 0 || poll(&waiting, 1, PATIENCE) <= 0)
		return false;
	ssize_t got = recv(fd, answer, sizeof(answer), 0);

	return got >= HEADER && answer[0] == wire[0] && answer[1] == wire[1] && (answer[3] & 0xf) == 0 &&
		(answer[6] != 0 || answer[7] != 0);
}

static void wait_for(const char *zone, const char *address, const char *port, int64_t until)
{
	int fd = connect_to(address, port);

	while (!answers(fd, zone)) {
		if (now_millis() >= until) {
			fprintf(stderr, "%s %s@%s\n", zone, address, port);
			exit(1);
		}
		poll(NULL, 0, PAUSE);
	}
	close(fd);
}

int main(int argc, char **argv)
{
	char zone[256];
	char address[64];

	if (argc != 3) {
		fputs("usage: lab-wait SECONDS PORT < \"ZONE ADDRESS\" lines\n", stderr);
		return 2;
	}
	int64_t until = now_millis() + strtoll(argv[1], NULL, 10) * 1000;

	while (scanf("%255s %63s", zone, address) == 2)
		wait_for(zone, address, argv[2], until);
	return 0;
}
