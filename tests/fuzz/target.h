/*
 * target: what fuzz targets share: what must hold, and octets that are taken one by one.
 */
#ifndef DW_TESTS_FUZZ_TARGET_H
#define DW_TESTS_FUZZ_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is left of the octets that decide. */
struct input {
	const uint8_t *data;
	size_t left;
};

/* Ends the program unless it holds: so a fuzzer sees it. */
static inline void require(bool holds)
{
	if (!holds)
		abort();
}

/* Takes an octet; 0 when there is none left. */
static inline uint8_t take(struct input *input)
{
	if (input->left == 0)
		return 0;
	input->left--;
	return *input->data++;
}

#endif
