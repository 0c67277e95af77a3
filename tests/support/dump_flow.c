/*
 * dump_flow [spec] PATH [--dump-flow] [--stats]: the control flow of every function of a project, as golden tests read it;
 * each function is verified on the way. Takes the words of the command line tool, so that tests/golden/run can run it.
 * --stats: what was lowered, what stayed opaque, and how long it took.
 */
#include "extractor/flow/flow.h"
#include "extractor/source/source.h"
#include <stdio.h>
#include <string.h>

typedef struct counts { size_t functions, blocks, instrs, opaque, truncated, bytes; uint64_t us; } counts;

static const fl_node *next_in_tree(const fl_node *node)
{
    if (node->first) return node->first;
    while (node && !node->next) node = node->parent;
    return node ? node->next : NULL;
}

static int check(fl_file *file, counts *total)
{
    int failed = 0;
    for (const fl_node *node = file->root; node; node = next_in_tree(node)) {
        if (node->kind != FL_NODE_function && node->kind != FL_NODE_module) continue;
        fl_arena arena;
        fl_arena_init(&arena);
        uint64_t start = fl_clock_us();
        const fl_func *func = fl_flow_lower(&arena, node);
        total->us += fl_clock_us() - start;
        fl_err err = { 0 };
        if (!fl_flow_verify(func, &err)) {
            fprintf(stderr, FL_STR_FMT ":%u: %s\n", FL_STR_ARG(file->path), fl_file_line(file, node->start_byte) + 1, err.text);
            failed = 1;
        }
        total->functions++;
        total->blocks += func->blocks.count - 1;
        total->instrs += func->instrs.count;
        total->truncated += func->is_truncated;
        total->bytes += arena.used_bytes;
        for (size_t i = 0; i < func->instrs.count; i++) total->opaque += func->instrs.items[i].op == FL_I_opaque;
        fl_arena_release(&arena);
    }
    return failed;
}

int main(int argc, char **argv)
{
    bool wants_stats = false;
    const char *path = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--stats") == 0) wants_stats = true;
        else if (strcmp(argv[i], "--dump-flow") != 0 && strcmp(argv[i], "spec") != 0) path = argv[i];
    }
    if (!path) return 2;
    fl_project project;
    fl_project_options options = { .with_tests = true };
    fl_err err = { 0 };
    if (fl_project_open(&project, path, &options, &err) != FL_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 3;
    }
    int failed = 0;
    counts total = { 0 };
    for (uint32_t id = 0; id < project.file_count; id++) {
        fl_file *file = fl_project_file(&project, id);
        if (!file->root) continue;
        failed |= check(file, &total);
        if (wants_stats) continue;
        fl_buf out;
        fl_buf_init(&out, 0);
        fl_flow_dump_file(&out, file);
        fwrite(out.ptr, 1, out.len, stdout);
        fl_buf_release(&out);
    }
    if (wants_stats)
        printf("%zu functions, %zu blocks, %zu instructions, %zu opaque, %zu truncated, %zu bytes, %.1f ms\n", total.functions,
               total.blocks, total.instrs, total.opaque, total.truncated, total.bytes, (double)total.us / 1e3);
    fl_project_release(&project);
    return failed;
}
