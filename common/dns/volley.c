#include "dns/volley.h"

#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define FLAGS (MSG_DONTWAIT | MSG_NOSIGNAL)

#define CUT_SIZE CMSG_SPACE(sizeof(uint16_t)) /* of what tells the kernel where to cut */

/* Messages as they are given to the kernel. */
struct volleys {
	unsigned n;
	unsigned sizes[DW_VOLLEY_MAX]; /* datagrams in each */
	struct mmsghdr messages[DW_VOLLEY_MAX];
	struct iovec vectors[DW_VOLLEY_MAX];
	alignas(struct cmsghdr) uint8_t cuts[DW_VOLLEY_MAX][CUT_SIZE];
};

/* Older kernels would send a volley uncut. */
static bool can_cut(int socket)
{
	int size;
	socklen_t length = sizeof(size);

	return getsockopt(socket, IPPROTO_UDP, UDP_SEGMENT, &size, &length) == 0;
}

static bool same_server(const struct msghdr *a, const struct msghdr *b)
{
	if (a->msg_namelen != b->msg_namelen)
		return false;
	return a->msg_namelen == 0 || a->msg_name == b->msg_name ||
		memcmp(a->msg_name, b->msg_name, a->msg_namelen) == 0;
}

/* How many of the messages, beginning with the first, can be one volley. */
static unsigned run_of(const struct mmsghdr *messages, unsigned n)
{
	const struct msghdr *first = &messages[0].msg_hdr;
	size_t size = first->msg_iov->iov_len;
	const uint8_t *end = (const uint8_t *)first->msg_iov->iov_base + size;
	unsigned run = 1;

	while (run < n) {
		const struct msghdr *next = &messages[run].msg_hdr;
		size_t length = next->msg_iov->iov_len;

		if (next->msg_iov->iov_base != end || length == 0 || length > size || !same_server(first, next))
			break;
		run++;
		end += length;
		if (length < size)
			break;
	}
	return run;
}

/* Adds one datagram as it is. */
static void add_one(struct volleys *volleys, const struct mmsghdr *message)
{
	volleys->sizes[volleys->n] = 1;
	volleys->messages[volleys->n++] = *message;
}

/* Tells the kernel to cut a message at every `size` octets. */
static void cut(struct msghdr *message, uint8_t control[CUT_SIZE], uint16_t size)
{
	memset(control, 0, CUT_SIZE);
	message->msg_control = control;
	message->msg_controllen = CUT_SIZE;
	struct cmsghdr *header = CMSG_FIRSTHDR(message);
	header->cmsg_len = CMSG_LEN(sizeof(size));
	header->cmsg_level = IPPROTO_UDP;
	header->cmsg_type = UDP_SEGMENT;
	memcpy(CMSG_DATA(header), &size, sizeof(size));
}

/* Adds messages as one. */
static void add_volley(struct volleys *volleys, const struct mmsghdr *messages, unsigned run)
{
	const struct iovec *first = messages[0].msg_hdr.msg_iov;
	unsigned at = volleys->n++;
	struct msghdr *message = &volleys->messages[at].msg_hdr;
	struct iovec *vector = &volleys->vectors[at];

	*vector = (struct iovec){.iov_base = first->iov_base};
	for (unsigned i = 0; i < run; i++)
		vector->iov_len += messages[i].msg_hdr.msg_iov->iov_len;
	volleys->sizes[at] = run;
	volleys->messages[at] = messages[0];
	message->msg_iov = vector;
	cut(message, volleys->cuts[at], (uint16_t)first->iov_len);
}

/* Puts messages together; true when some became one. */
static bool gather(struct volleys *volleys, const struct mmsghdr *messages, unsigned n)
{
	unsigned at = 0;

	volleys->n = 0;
	while (at < n) {
		unsigned run = run_of(messages + at, n - at);

		if (run >= DW_VOLLEY_MIN)
			add_volley(volleys, messages + at, run);
		for (unsigned i = 0; run < DW_VOLLEY_MIN && i < run; i++)
			add_one(volleys, messages + at + i);
		at += run;
	}
	return volleys->n < n;
}

int dw_volley_send(int socket, struct mmsghdr *messages, unsigned n)
{
	struct volleys volleys;
	int left = 0;

	if (n > DW_VOLLEY_MAX)
		n = DW_VOLLEY_MAX;
	if (n < DW_VOLLEY_MIN || !gather(&volleys, messages, n) || !can_cut(socket))
		return sendmmsg(socket, messages, n, FLAGS);
	int sent = sendmmsg(socket, volleys.messages, volleys.n, FLAGS);
	/* One by one each tells its own error, or that only volleys have one. */
	if (sent <= 0)
		return sendmmsg(socket, messages, n, FLAGS);
	for (int i = 0; i < sent; i++)
		left += (int)volleys.sizes[i];
	return left;
}
