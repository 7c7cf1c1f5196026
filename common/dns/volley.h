/*
 * volley: sends many datagrams as sendmmsg() does, in fewer journeys through the kernel.
 *
 * Datagrams that follow one another, go to one address and are equally long (the last may be shorter) are
 * given to the kernel as one, which cuts them where they leave (UDP_SEGMENT, Linux 4.18): on the wire nothing
 * differs. Where the kernel or the device cannot do that, they are sent one by one.
 *
 * A firewall of this host may see such a volley before it is cut, and take it for one large datagram: what is
 * asked again, or must be seen as it is, is not sent from here. Nothing blocks; any thread may call it.
 */
#ifndef DW_DNS_VOLLEY_H
#define DW_DNS_VOLLEY_H

#include <sys/socket.h>

#define DW_VOLLEY_MIN 4  /* fewer are not worth it */
#define DW_VOLLEY_MAX 64 /* more are sent in several volleys; the kernel's own limit for one */

/*
 * Sends the first of `n` messages, each of one vector, and returns how many left; -1 with errno when the
 * first could not. Only messages whose octets follow one another in memory become one.
 */
int dw_volley_send(int socket, struct mmsghdr *messages, unsigned n);

#endif
