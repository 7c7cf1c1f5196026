#include "idn.h"

#include <string.h>

#include "support/suite.h"

static const struct {
	const char *text, *ascii; /* NULL: no such name */
} names[] = {
	{"bücher.example", "xn--bcher-kva.example"}, {"BÜCHER.example", "xn--bcher-kva.example"},
	{"faß.example", "xn--fa-hia.example"}, /* not "fass": RFC 5891, without the transition */
	{"_dmarc.bücher.example", "_dmarc.xn--bcher-kva.example"},
	{"a\xcc\x88.example", "xn--4ca.example"},               /* composed first */
	{"\xff.example", NULL}, {"\xe2\x80\xae.example", NULL}, /* a bidi override */
};

START_TEST(a_u_label_becomes_its_a_label)
{
	char ascii[DW_IDN_ASCII_MAX] = "";
	struct dw_error error = {0};
	const enum dw_status status = dw_idn_to_ascii(names[_i].text, ascii, &error);

	ck_assert_int_eq(status, names[_i].ascii == NULL ? DW_INVALID : DW_OK);
	if (names[_i].ascii != NULL)
		ck_assert_str_eq(ascii, names[_i].ascii);
	else
		ck_assert_ptr_nonnull(strstr(error.text, "is no internationalized name: "));
}
END_TEST

static const struct {
	const char *label, *unicode; /* NULL: stays as it is */
} labels[] = {
	{"xn--bcher-kva", "bücher"},
	{"bcher", NULL},
	{"xn--", NULL},
	{"xn--a-\x7f", NULL},
	{"xn--99999999999999999999999999999999999999999999999999999999999", NULL},
};

START_TEST(an_a_label_becomes_its_u_label_or_stays)
{
	char unicode[DW_IDN_UNICODE_MAX] = "";
	const enum dw_status status = dw_idn_to_unicode(labels[_i].label, strlen(labels[_i].label), unicode);

	ck_assert_int_eq(status, labels[_i].unicode == NULL ? DW_NOT_FOUND : DW_OK);
	if (labels[_i].unicode != NULL)
		ck_assert_str_eq(unicode, labels[_i].unicode);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/idn");
	TCase *idn = tcase_create("idn");

	tcase_add_loop_test(idn, a_u_label_becomes_its_a_label, 0, DW_ROWS(names));
	tcase_add_loop_test(idn, an_a_label_becomes_its_u_label_or_stays, 0, DW_ROWS(labels));
	suite_add_tcase(suite, idn);
	return dw_suite_run(suite);
}
