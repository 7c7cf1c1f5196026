#include "sweep.h"

#include "table.h"

#include <stdio.h>

static void write_zone(
	struct lab_serving *serving, const struct lab_row *row, unsigned long number, int64_t now)
{
	struct lab_zone zone;
	char origin[64];
	char path[LAB_TEXT_MAX];
	const char *files[2] = {path, path};

	snprintf(origin, sizeof(origin), "z%05lu.sweep.", number);
	snprintf(path, sizeof(path), "%s/zones/z%05lu.sweep", serving->folder, number);
	lab_zone_init(&zone, row, origin, now);
	lab_zone_add(&zone, "@ IN SOA ns.sweep. hostmaster.sweep. 1 3600 900 1209600 300");
	lab_zone_add(&zone, "@ IN NS ns.sweep.");
	lab_zone_finish(&zone);
	lab_zone_write(&zone, path);
	lab_zone_fini(&zone);
	lab_serving_add(serving, origin, row->servers, files);
	fprintf(serving->list, "%s\n", origin);
}

void lab_sweep(struct lab_serving *serving, unsigned long count, unsigned algorithm, int64_t now)
{
	char keys[16];
	const struct lab_row sparse = {.name = "sweep", .keys = keys, .servers = "n"};

	snprintf(keys, sizeof(keys), "%uc", algorithm);
	const struct lab_row row = lab_row_complete(&sparse);

	for (unsigned long i = 1; i <= count; i++)
		write_zone(serving, &row, i, now);
}
