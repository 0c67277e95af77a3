/*
 * Control flow of any program: every function of any tree lowers to something that keeps the rules of verify.c, and prints.
 * Input as of the target `language`.
 */
#include "tests/fuzz/fuzz.h"
#include "extractor/flow/flow.h"
#include "extractor/languages/language.h"

static const fl_node *next_in_tree(const fl_node *node)
{
    if (node->first)
        return node->first;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fl_str rest = fuzz_str(data, size), path;
    if (!fl_str_split(&rest, '\n', &path) || !fl_language_of(path))
        return 0;
    fl_file file = {.path = path, .language = fl_language_of(path), .text = rest};
    fl_arena_init(&file.arena);
    file.language->parse(&file);
    fl_buf text;
    fl_buf_init(&text, 0);
    for (const fl_node *node = file.root; node; node = next_in_tree(node)) {
        if (node->kind != FL_NODE_function && node->kind != FL_NODE_module)
            continue;
        fl_arena arena;
        fl_arena_init(&arena);
        const fl_func *func = fl_flow_lower(&arena, node);
        fl_err err = {0};
        if (!fl_flow_verify(func, &err))
            FL_BUG("%s", err.text);
        fl_buf_clear(&text);
        fl_flow_dump(&text, &file, func);
        fl_arena_release(&arena);
    }
    fl_buf_release(&text);
    fl_arena_release(&file.arena);
    return 0;
}
