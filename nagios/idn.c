#include "idn.h"

#include <dlfcn.h>
#include <idn2.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define LIBRARY "libidn2.so.0"

/* What is used of the library, by its own declarations. */
struct library {
	void *handle;
	__typeof__(idn2_to_ascii_8z) *to_ascii;
	__typeof__(idn2_to_unicode_8z8z) *to_unicode;
	__typeof__(idn2_strerror) *text;
	__typeof__(idn2_free) *release;
};

/* Puts a symbol's address into a function pointer, which ISO C has no cast for. */
static bool find(void *handle, const char *name, void *function, size_t size)
{
	void *symbol = dlsym(handle, name);

	memcpy(function, &symbol, size);
	return symbol != NULL;
}

/* Loads the library; false when it is not there. Close the handle when it is. */
static bool load(struct library *library)
{
	library->handle = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
	if (library->handle == NULL)
		return false;
	if (find(library->handle, "idn2_to_ascii_8z", &library->to_ascii, sizeof(library->to_ascii)) &&
		find(library->handle, "idn2_to_unicode_8z8z", &library->to_unicode, sizeof(library->to_unicode)) &&
		find(library->handle, "idn2_strerror", &library->text, sizeof(library->text)) &&
		find(library->handle, "idn2_free", &library->release, sizeof(library->release)))
		return true;
	(void)dlclose(library->handle);
	return false;
}

enum dw_status dw_idn_to_ascii(const char *text, char ascii[DW_IDN_ASCII_MAX], struct dw_error *error)
{
	struct library library;
	char *made = NULL;
	enum dw_status status = DW_OK;

	if (!load(&library))
		return dw_fail(error, DW_UNSUPPORTED,
			"'%.120s' needs libidn2, which is not installed; write the name with its A-labels (xn--...)",
			text);
	const int result = library.to_ascii(text, &made, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
	if (result != IDN2_OK)
		status = dw_fail(
			error, DW_INVALID, "'%.120s' is no internationalized name: %s", text, library.text(result));
	else if (strlen(made) >= DW_IDN_ASCII_MAX)
		status = dw_fail(error, DW_INVALID, "'%.120s' is longer than a name can be", text);
	else
		(void)snprintf(ascii, DW_IDN_ASCII_MAX, "%s", made);
	library.release(made);
	(void)dlclose(library.handle);
	return status;
}

enum dw_status dw_idn_to_unicode(const char *label, size_t length, char unicode[DW_IDN_UNICODE_MAX])
{
	struct library library;
	char ascii[64], *made = NULL;
	enum dw_status status = DW_NOT_FOUND;

	if (length < 5 || length >= sizeof(ascii) || strncasecmp(label, "xn--", 4) != 0 || !load(&library))
		return DW_NOT_FOUND;
	memcpy(ascii, label, length);
	ascii[length] = '\0';
	if (library.to_unicode(ascii, &made, 0) == IDN2_OK && strlen(made) < DW_IDN_UNICODE_MAX) {
		(void)snprintf(unicode, DW_IDN_UNICODE_MAX, "%s", made);
		status = DW_OK;
	}
	library.release(made);
	(void)dlclose(library.handle);
	return status;
}

static bool is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text > 0x7e)
			return false;
	return true;
}

enum dw_status dw_idn_parse(const char *text, struct dw_name *name, bool *unicode, struct dw_error *error)
{
	char ascii[DW_IDN_ASCII_MAX];
	enum dw_status status = DW_OK;

	if (is_ascii(text))
		return dw_name_parse(text, name, error);
	status = dw_idn_to_ascii(text, ascii, error);
	if (status != DW_OK)
		return status;
	*unicode = true;
	return dw_name_parse(ascii, name, error);
}
