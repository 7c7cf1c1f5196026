#include "dns/truncation.h"

#include <stdlib.h>

#include "dns/rung.h"
#include "support/pathway.h"
#include "support/suite.h"

/* A server whose UDP stops at some size, and how the answer for DNSKEY comes: all others are short. */
struct scene {
	uint16_t advertised;
	size_t full; /* octets of the whole answer by TCP; 0: TCP was not answered */
	unsigned n_usual, n_usual_tc, n_large, n_large_tc; /* answers into 1232 and 4096 octets */
};

static struct dw_payload_address address;

static struct dw_payload_rung *rung_of(enum dw_payload_probe probe, uint16_t size)
{
	for (unsigned i = 0; i < address.n_rungs; i++) {
		struct dw_payload_rung *rung = &address.rungs[i];

		if (rung->probe == probe && rung->topic == DW_TOPIC_DNSKEY && rung->size == size)
			return rung;
	}
	ck_abort_msg("no such rung");
}

static void answer(struct dw_payload_rung *rung, unsigned n, unsigned n_truncated, const struct scene *scene)
{
	rung->n_asked = rung->n_answered = n;
	rung->n_truncated = n_truncated;
	rung->answered = n > 0;
	rung->reply = (struct dw_payload_reply){.truncated = n == n_truncated,
		.whole = n > n_truncated,
		.size = n > n_truncated ? scene->full : 40,
		.edns = scene->advertised > 0,
		.advertised = scene->advertised};
}

static void begin(const struct scene *scene)
{
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");

	address = (struct dw_payload_address){.n_packets = 0};
	ck_assert_int_eq(dw_rungs_new(&plan, &address.rungs, &address.n_rungs, NULL), DW_OK);
	answer(rung_of(DW_PROBE_EDNS, DW_RUNG_USUAL), scene->n_usual, scene->n_usual_tc, scene);
	answer(rung_of(DW_PROBE_EDNS, DW_RUNG_LARGE), scene->n_large, scene->n_large_tc, scene);
	answer(rung_of(DW_PROBE_TCP, DW_RUNG_USUAL), scene->full > 0, 0, scene);
}

static const struct {
	struct scene scene;
	unsigned n_needless, n_told, n_at_times;
} counts[] = {
	/* All is well; what is long goes by TCP. */
	{{1232, 600, 1, 0, 1, 0}, 0, 0, 0},
	{{1232, 2900, 1, 1, 1, 1}, 0, 0, 0},
	{{4096, 2900, 1, 1, 1, 0}, 0, 0, 0},
	/* A limit that is no fault (RFC 4035 3). */
	{{4096, DW_TRUNCATION_DUE + 1, 1, 1, 1, 1}, 0, 0, 0},
	{{4096, DW_TRUNCATION_DUE, 1, 1, 1, 1}, 2, 0, 0},
	/* It would fit. */
	{{1232, 600, 1, 1, 1, 1}, 2, 0, 0},
	{{1232, 600, 1, 1, 0, 0}, 1, 0, 0},
	{{4096, 600, 2, 2, 3, 3}, 5, 0, 0},
	/* The server says itself that it sends no more, or it has no EDNS. */
	{{512, 600, 1, 1, 1, 1}, 0, 2, 0},
	{{0, 600, 1, 1, 1, 1}, 0, 0, 0},
	/* Nobody knows the full size. */
	{{1232, 0, 1, 1, 1, 1}, 0, 0, 0},
	/* At other times it comes whole. */
	{{1232, 600, 2, 1, 1, 0}, 0, 0, 1},
	{{1232, 600, 1, 0, 3, 3}, 0, 0, 3},
};

START_TEST(what_is_truncated_though_it_would_fit_is_counted)
{
	struct dw_truncation truncation;

	begin(&counts[_i].scene);
	dw_truncation_find(&address, &truncation);
	ck_assert_uint_eq(truncation.n_needless, counts[_i].n_needless);
	ck_assert_uint_eq(truncation.n_told, counts[_i].n_told);
	ck_assert_uint_eq(truncation.n_at_times, counts[_i].n_at_times);
	ck_assert_uint_eq(
		truncation.least, counts[_i].n_needless + counts[_i].n_told > 0 ? counts[_i].scene.full : 0);
	free(address.rungs);
}
END_TEST

/* Whether the size of the answer is still to be found out. */
static const struct {
	struct scene scene;
	bool open;
} questions[] = {
	{{1232, 0, 1, 1, 0, 0}, true},
	{{1232, 600, 1, 1, 0, 0}, false},
	{{1232, 2900, 1, 1, 0, 0}, false},
	{{1232, 0, 0, 0, 0, 0}, false},
	{{1232, 600, 1, 0, 0, 0}, false},
};

START_TEST(it_is_open_whether_an_answer_would_fit_until_it_came_whole)
{
	begin(&questions[_i].scene);
	ck_assert(dw_truncation_is_open(&address, rung_of(DW_PROBE_EDNS, DW_RUNG_USUAL)) == questions[_i].open);
	free(address.rungs);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("truncation");
	TCase *tests = tcase_create("truncation");

	tcase_add_loop_test(tests, what_is_truncated_though_it_would_fit_is_counted, 0, DW_ROWS(counts));
	tcase_add_loop_test(
		tests, it_is_open_whether_an_answer_would_fit_until_it_came_whole, 0, DW_ROWS(questions));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
