/*
 * dump_tree [spec] [--dump-tree] PATH: the trees of a project, as golden tests read them and `faultline spec` prints them.
 * --stats: what was parsed, what stayed opaque and why, and what lowering cost beside parsing; --parse-only: no lowering,
 * as a yardstick; --with-tests: tests too; --no-dump: verify only.
 */
#include "extractor/source/source.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reason { fl_sym sym; uint32_t count; } reason;

static int by_count(const void *a, const void *b)
{
    const reason *left = a, *right = b;
    if (left->count != right->count) return left->count > right->count ? -1 : 1;
    return fl_str_cmp(fl_sym_str(left->sym), fl_sym_str(right->sym));
}

static void count_reasons(fl_arena *arena, const fl_file *file, reason **reasons, size_t *count)
{
    static size_t capacity;
    for (const fl_node *node = file->root; node;) {
        if (node->kind == FL_NODE_opaque) {
            size_t i = 0;
            while (i < *count && (*reasons)[i].sym != node->sym) i++;
            if (i == *count && *count == capacity) {
                *reasons = fl_arena_grow(arena, *reasons, capacity * sizeof(reason), (capacity * 2 + 16) * sizeof(reason));
                capacity = capacity * 2 + 16;
            }
            if (i == *count) (*reasons)[(*count)++] = (reason){ node->sym, 0 };
            (*reasons)[i].count++;
        }
        if (node->first) {
            node = node->first;
            continue;
        }
        while (node && !node->next) node = node->parent;
        if (node) node = node->next;
    }
}

static void print_stats(fl_project *project)
{
    uint64_t nodes = 0, opaque = 0, errors = 0, parse_us = 0, lower_us = 0, arena_bytes = 0, failed = 0, damaged = 0;
    reason *reasons = NULL;
    size_t reason_count = 0;
    for (uint32_t id = 0; id < project->file_count; id++) {
        fl_file *file = fl_project_file(project, id);
        nodes += file->node_count;
        opaque += file->opaque_count;
        errors += file->error_count;
        damaged += file->error_count > 0;
        parse_us += file->parse_us;
        lower_us += file->lower_us;
        failed += file->root == NULL;
        count_reasons(&project->arena, file, &reasons, &reason_count);
        if (file->error_count && getenv("SHOW_ERRORS")) printf("error: %s: %u\n", file->path.ptr, file->error_count);
    }
    for (unsigned i = 0; i < project->arena_count; i++) arena_bytes += project->file_arenas[i].total_bytes;
    double bytes = (double)project->source_bytes;
    printf("files %u, %.2f MB, %llu not parsed, %llu with syntax errors (%llu)\n", project->file_count, bytes / 1e6,
           (unsigned long long)failed, (unsigned long long)damaged, (unsigned long long)errors);
    printf("walk %.1f ms, parse+lower %.1f ms wall; cpu: parse %.1f ms, lower %.1f ms = %.1f %%\n", (double)project->walk_us / 1e3,
           (double)project->parse_us / 1e3, (double)parse_us / 1e3, (double)lower_us / 1e3, 100.0 * (double)lower_us / (double)(parse_us + 1));
    printf("nodes %llu (%.1f bytes of source each), arenas %.2f bytes per byte of source\n", (unsigned long long)nodes,
           bytes / (double)(nodes + 1), (double)arena_bytes / bytes);
    printf("opaque %llu\n", (unsigned long long)opaque);
    qsort(reasons, reason_count, sizeof reasons[0], by_count);
    for (size_t i = 0; i < reason_count; i++) printf("  %6u %s\n", reasons[i].count, fl_sym_c(reasons[i].sym));
    for (size_t i = 0; i < project->diagnostics.count; i++) {
        const fl_diagnostic *diagnostic = &project->diagnostics.items[i];
        fl_file *file = fl_project_file(project, diagnostic->span.file);
        printf("%s: %s: " FL_STR_FMT "\n", file ? file->path.ptr : "-", diagnostic->code, FL_STR_ARG(diagnostic->text));
    }
}

int main(int argc, char **argv)
{
    bool wants_stats = false, wants_dump = true;
    fl_project_options options = { 0 };
    const char *path = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--stats") == 0) wants_stats = true, wants_dump = false;
        else if (strcmp(argv[i], "--parse-only") == 0) options.skip_lowering = true;
        else if (strcmp(argv[i], "--no-dump") == 0) wants_dump = false;
        else if (strcmp(argv[i], "--with-tests") == 0) options.with_tests = true;
        else if (strcmp(argv[i], "spec") != 0 && strcmp(argv[i], "--dump-tree") != 0) path = argv[i];
    }
    if (!path) return 2;
    fl_project project;
    fl_err err = { 0 };
    if (fl_project_open(&project, path, &options, &err) != FL_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 3;
    }
    int failed = 0;
    for (uint32_t id = 0; id < project.file_count; id++) {
        fl_file *file = fl_project_file(&project, id);
        if (!fl_tree_verify(file, &err)) {
            fprintf(stderr, "%s\n", err.text);
            failed = 1;
        }
        if (!wants_dump) continue;
        fl_buf out;
        fl_buf_init(&out, 0);
        fl_tree_dump(&out, file);
        printf("# %s\n", file->path.ptr);
        fwrite(out.ptr, 1, out.len, stdout);
        fl_buf_release(&out);
    }
    if (wants_stats) print_stats(&project);
    fl_project_release(&project);
    return failed;
}
