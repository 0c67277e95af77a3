/*
 * Stands in for libFuzzer's main: calls the target once for each file of the folders and files named as arguments,
 * in name order, and on each proper prefix of small ones (truncated input is the commonest bad input).
 * Fails when there was nothing to replay.
 */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PREFIX_LIMIT_BYTES = 512, FILE_LIMIT_BYTES = 16 << 20 };

/* A copy of exactly `size` bytes, so that a sanitizer sees one byte too far. */
static void call(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy)
        abort();
    memcpy(copy, bytes, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static size_t replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(FILE_LIMIT_BYTES);
    if (!file || !bytes) {
        fprintf(stderr, "cannot read '%s'\n", path);
        exit(2);
    }
    size_t size = fread(bytes, 1, FILE_LIMIT_BYTES, file);
    fclose(file);
    for (size_t n = 0; size <= PREFIX_LIMIT_BYTES && n < size; n++)
        call(bytes, n);
    call(bytes, size);
    free(bytes);
    return 1;
}

static size_t replay(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISDIR(info.st_mode))
        return replay_file(path);
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);
    size_t replayed = 0;
    for (int i = 0; i < count; i++) {
        char child[4096];
        if (entries[i]->d_name[0] != '.' &&
            snprintf(child, sizeof child, "%s/%s", path, entries[i]->d_name) < (int)sizeof child)
            replayed += replay(child);
        free(entries[i]);
    }
    free(entries);
    return replayed;
}

int main(int argc, char **argv)
{
    size_t replayed = 0;
    for (int i = 1; i < argc; i++)
        replayed += replay(argv[i]);
    printf("%zu inputs replayed\n", replayed);
    return replayed == 0;
}
