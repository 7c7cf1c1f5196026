/*
 * replay: runs a fuzz target over files, where libFuzzer is not at hand.
 *
 * Each argument is a file, or a folder whose files are all taken. The target aborts when it finds something;
 * this program fails as well when there was nothing to run, so that a lost corpus does not pass for a clean
 * one.
 */
#include <dirent.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* What a fuzz target defines, by libFuzzer's convention. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
__attribute__((weak)) int LLVMFuzzerInitialize(int *argc, char ***argv);

/* Runs the target over what the file holds; an exact allocation lets a sanitizer see one octet too far. */
static int run_stream(FILE *file, size_t size, const char *path)
{
	uint8_t *data = malloc(size > 0 ? size : 1);

	if (data == NULL || fread(data, 1, size, file) != size) {
		fprintf(stderr, "replay: %s: cannot be read\n", path);
		free(data);
		return -1;
	}
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	return 1;
}

/* Runs one file; returns 1, or -1 when it cannot be read. */
static int run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct stat status;
	int n = -1;

	if (file != NULL && fstat(fileno(file), &status) == 0)
		n = run_stream(file, (size_t)status.st_size, path);
	else
		perror(path);
	if (file != NULL)
		fclose(file);
	return n;
}

/* Runs the files of a folder; returns their number, or -1. */
static int run_folder(const char *path)
{
	DIR *folder = opendir(path);
	int n = 0;

	if (folder == NULL)
		return -1;
	for (struct dirent *entry = readdir(folder); entry != NULL && n >= 0; entry = readdir(folder)) {
		char file[PATH_MAX];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(file, sizeof(file), "%s/%s", path, entry->d_name);
		n = run_file(file) < 0 ? -1 : n + 1;
	}
	closedir(folder);
	return n;
}

/* Runs a file, or the files of a folder; returns their number, or -1. */
static int run(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0) {
		perror(path);
		return -1;
	}
	return S_ISDIR(status.st_mode) ? run_folder(path) : run_file(path);
}

int main(int argc, char **argv)
{
	int n = 0;

	if (LLVMFuzzerInitialize != NULL)
		LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 1; i < argc; i++) {
		int ran = run(argv[i]);
		if (ran < 0)
			return EXIT_FAILURE;
		n += ran;
	}
	printf("%d inputs replayed\n", n);
	return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
