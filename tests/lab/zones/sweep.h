/*
 * sweep: thousands of small signed zones for one server, to measure with.
 */
#ifndef LAB_SWEEP_H
#define LAB_SWEEP_H

#include "serve.h"

#include <stdint.h>

/* Writes zones z00001.sweep. to z<count>.sweep., each with a key of its own (RSA keys are shared). */
void lab_sweep(struct lab_serving *serving, unsigned long count, unsigned algorithm, int64_t now);

#endif
