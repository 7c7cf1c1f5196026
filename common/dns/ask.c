#include "dns/ask.h"

#include <string.h>

#include "dns/edns.h"
#include "dns/octets.h"

#define HEADER_SIZE   12
#define QUESTION_TAIL 4  /* type and class */
#define OPT_SIZE      11 /* without options */
#define OPTION_SIZE   4  /* without data */

#define CLASS_IN 1
#define TYPE_OPT 41

/* Bits of the second header word (RFC 1035 4.1.1). */
enum header_bit {
	BIT_QR = 0x8000,
	BITS_OPCODE = 0x7800,
	BIT_RD = 0x0100,
	BIT_CD = 0x0010,
	BITS_RCODE = 0x000f,
};

/* Room for any question is a promise of the header. */
_Static_assert(HEADER_SIZE + DW_NAME_MAX + QUESTION_TAIL + OPT_SIZE + 2 * OPTION_SIZE <= DW_QUESTION_MAX,
	"every question fits");

static uint16_t class_of(const struct dw_ask *ask)
{
	return ask->qclass == 0 ? CLASS_IN : ask->qclass;
}

bool dw_message_answers(const uint8_t *wire, size_t length, uint16_t id, const struct dw_ask *ask)
{
	size_t name_length = ask->name.length;

	if (length < HEADER_SIZE || dw_read16(wire) != id)
		return false;
	uint16_t bits = dw_read16(wire + 2);
	bool is_answer = (bits & (BIT_QR | BITS_OPCODE)) == BIT_QR;
	uint16_t n_questions = dw_read16(wire + 4);
	if (!is_answer || n_questions > 1)
		return false;
	if (n_questions == 0)
		return (bits & BITS_RCODE) != 0;
	if (length - HEADER_SIZE < name_length + QUESTION_TAIL)
		return false;
	const uint8_t *tail = wire + HEADER_SIZE + name_length;
	return dw_read16(tail) == ask->type && dw_read16(tail + 2) == class_of(ask) &&
		dw_equal_but_case(wire + HEADER_SIZE, ask->name.wire, name_length);
}

/* Writes an option without data. */
static uint8_t *put_option(uint8_t *octets, uint16_t code)
{
	return dw_put16(dw_put16(octets, code), 0);
}

/*
 * Octets of padding, the option's head included, with which a question of `length` is as long as it is to be.
 */
static size_t padding_of(const struct dw_ask *ask, size_t length)
{
	size_t wanted = ask->length < DW_QUESTION_MAX ? ask->length : DW_QUESTION_MAX;

	return wanted >= length + OPTION_SIZE ? wanted - length : 0;
}

/* Writes an option of zeros that takes `size` octets. */
static uint8_t *put_padding(uint8_t *octets, size_t size)
{
	octets = dw_put16(octets, DW_EDNS_PADDING);
	octets = dw_put16(octets, (uint16_t)(size - OPTION_SIZE));
	memset(octets, 0, size - OPTION_SIZE);
	return octets + size - OPTION_SIZE;
}

/* Writes the OPT record of a question of which `before` octets are written (RFC 6891 6.1.2). */
static uint8_t *put_opt(uint8_t *octets, size_t before, const struct dw_ask *ask)
{
	size_t options = ((ask->nsid ? 1u : 0u) + (ask->edns_option != 0 ? 1u : 0u)) * OPTION_SIZE;
	size_t padding = padding_of(ask, before + OPT_SIZE + options);

	*octets++ = 0;
	octets = dw_put16(octets, TYPE_OPT);
	octets = dw_put16(octets, ask->payload_size);
	*octets++ = 0;
	*octets++ = ask->edns_version;
	octets = dw_put16(octets, ask->edns_flags | (ask->dnssec_ok ? DW_EDNS_DO : 0));
	octets = dw_put16(octets, (uint16_t)(options + padding));
	if (ask->nsid)
		octets = put_option(octets, DW_EDNS_NSID);
	if (ask->edns_option != 0)
		octets = put_option(octets, ask->edns_option);
	return padding > 0 ? put_padding(octets, padding) : octets;
}

size_t dw_ask_write(const struct dw_ask *ask, uint16_t id, uint8_t wire[DW_QUESTION_MAX])
{
	unsigned bits = (ask->recursion_desired ? BIT_RD : 0u) | (ask->checking_disabled ? BIT_CD : 0u);
	uint8_t *octets = wire;

	octets = dw_put16(octets, id);
	octets = dw_put16(octets, bits);
	octets = dw_put16(octets, 1);
	octets = dw_put16(octets, 0);
	octets = dw_put16(octets, 0);
	octets = dw_put16(octets, ask->edns ? 1 : 0);
	memcpy(octets, ask->name.wire, ask->name.length);
	octets += ask->name.length;
	octets = dw_put16(octets, ask->type);
	octets = dw_put16(octets, class_of(ask));
	if (ask->edns)
		octets = put_opt(octets, (size_t)(octets - wire), ask);
	return (size_t)(octets - wire);
}
