/*
 * conclusion: what a discovery has come to, as facts.
 *
 * What is known decides, whoever said it: a delegation or an NS RRset makes an apex, also where the other
 * side is silent or denies it; "no such name" counts only when nobody knows the name. A discovery that
 * was cut short is concluded from what it had.
 *
 * Nothing here blocks or allocates; a discovery belongs to one thread.
 */
#ifndef DW_DNS_CONCLUSION_H
#define DW_DNS_CONCLUSION_H

#include "dns/discovery.h"

/* Writes the facts of the discovery as they are now. */
void dw_conclusion_write(struct dw_discovery *discovery);

#endif
