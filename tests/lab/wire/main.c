/*
 * lab-wire: a long wire between two network namespaces. What one end sends arrives at the other end after a
 * delay that may vary, so that packets overtake each other. Each end is a TUN device that exists already: one
 * in the namespace where the program is started, the other in the namespace of a file below /run/netns.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define PACKET_MAX   2048
#define ON_THE_WAY   4096 /* packets; what comes beyond is lost */
#define BURST        64   /* packets read before the others have their turn */
#define NANOS        1000000000LL
#define MICROS       1000
#define MILLI_MICROS 1000

struct packet {
	struct packet *next;
	int64_t due; /* microseconds of the monotonic clock */
	int to;      /* the device at the other end */
	size_t length;
	uint8_t octets[PACKET_MAX];
};

struct wire {
	int ends[2];
	int64_t delay; /* microseconds */
	int64_t jitter;
	uint64_t chance;
	struct packet *first; /* by the moment when they are due */
	struct packet *last;
	struct packet *unused;
	size_t n_packets;
};

_Noreturn static void die(const char *what)
{
	fprintf(stderr, "lab-wire: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int64_t now_micros(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / MICROS;
}

static int open_end(const char *device)
{
	struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", device);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &request) != 0)
		die(device);
	return fd;
}

static void enter(const char *namespace)
{
	int fd = open(namespace, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || setns(fd, CLONE_NEWNET) != 0)
		die(namespace);
	close(fd);
}

static struct packet *new_packet(struct wire *wire)
{
	struct packet *packet = wire->unused;

	if (packet != NULL) {
		wire->unused = packet->next;
		return packet;
	}
	if (wire->n_packets == ON_THE_WAY)
		return NULL;
	wire->n_packets++;
	return malloc(sizeof(*packet));
}

static int64_t delay_of(struct wire *wire)
{
	if (wire->jitter == 0)
		return wire->delay;
	wire->chance ^= wire->chance << 13;
	wire->chance ^= wire->chance >> 7;
	wire->chance ^= wire->chance << 17;
	return wire->delay - wire->jitter + (int64_t)(wire->chance % (uint64_t)(2 * wire->jitter));
}

/* Nearly always the new packet is the last. */
static void put(struct wire *wire, struct packet *packet)
{
	struct packet **link = &wire->first;

	packet->next = NULL;
	if (wire->last != NULL && wire->last->due <= packet->due) {
		wire->last->next = packet;
		wire->last = packet;
		return;
	}
	while (*link != NULL && (*link)->due <= packet->due)
		link = &(*link)->next;
	packet->next = *link;
	*link = packet;
	if (packet->next == NULL)
		wire->last = packet;
}

static void take_in(struct wire *wire, int end)
{
	uint8_t lost[PACKET_MAX];

	for (int i = 0; i < BURST; i++) {
		struct packet *packet = new_packet(wire);
		ssize_t got = read(wire->ends[end], packet != NULL ? packet->octets : lost, PACKET_MAX);

		if (packet == NULL && got > 0)
			continue;
		if (packet == NULL)
			return;
		if (got <= 0) {
			packet->next = wire->unused;
			wire->unused = packet;
			return;
		}
		packet->length = (size_t)got;
		packet->to = wire->ends[1 - end];
		packet->due = now_micros() + delay_of(wire);
		put(wire, packet);
	}
}

/* Hands on what is due; returns the moment when the next will be, or -1. */
static int64_t hand_on(struct wire *wire)
{
	int64_t now = now_micros();

	while (wire->first != NULL && wire->first->due <= now) {
		struct packet *packet = wire->first;

		wire->first = packet->next;
		if (wire->first == NULL)
			wire->last = NULL;
		if (write(packet->to, packet->octets, packet->length) < 0 && errno == EBADFD)
			die("the other end is gone");
		packet->next = wire->unused;
		wire->unused = packet;
	}
	return wire->first == NULL ? -1 : wire->first->due;
}

_Noreturn static void run(struct wire *wire)
{
	for (;;) {
		struct pollfd ready[2] = {
			{.fd = wire->ends[0], .events = POLLIN}, {.fd = wire->ends[1], .events = POLLIN}};
		int64_t next = hand_on(wire);
		int64_t left = next < 0 ? NANOS : (next - now_micros()) * MICROS;
		struct timespec wait = {0};

		if (left > 0)
			wait = (struct timespec){.tv_sec = left / NANOS, .tv_nsec = left % NANOS};
		if (ppoll(ready, 2, &wait, NULL) < 0 && errno != EINTR)
			die("poll");
		for (int end = 0; end < 2; end++) {
			if (ready[end].revents & (POLLERR | POLLHUP))
				die("an end is gone");
			if (ready[end].revents & POLLIN)
				take_in(wire, end);
		}
	}
}

int main(int argc, char **argv)
{
	static struct wire wire = {.chance = 88172645463325252};

	if (argc != 5) {
		fputs("usage: lab-wire DEVICE NAMESPACE-FILE DELAY JITTER\n\n"
			  "Milliseconds, each way; JITTER is less than DELAY.\n",
			stderr);
		return 2;
	}
	wire.delay = strtoll(argv[3], NULL, 10) * MILLI_MICROS;
	wire.jitter = strtoll(argv[4], NULL, 10) * MILLI_MICROS;
	wire.ends[0] = open_end(argv[1]);
	enter(argv[2]);
	wire.ends[1] = open_end(argv[1]);
	run(&wire);
}
