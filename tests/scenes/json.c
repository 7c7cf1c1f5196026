/* scene-json: reads one JSON document from standard input, and prints its state and exit code. */
#include <stdio.h>

#include <jansson.h>

int main(void)
{
	json_error_t error;
	json_t *document = json_loadf(stdin, JSON_REJECT_DUPLICATES, &error);
	const char *state = json_string_value(json_object_get(document, "state"));
	const json_t *code = json_object_get(document, "exit_code");

	if (document == NULL)
		printf("no JSON document: line %d: %s\n", error.line, error.text);
	else if (state == NULL || !json_is_integer(code))
		puts("no state and exit_code in the document");
	else
		printf("%s %d\n", state, (int)json_integer_value(code));
	json_decref(document);
	return 0;
}
