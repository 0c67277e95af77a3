/*
 * Weak spots where nobody has put one: every expression of real sources, with every hint. Whatever is proposed must
 * parse as well as before and be taken back by its own reverse; mostly nothing is proposed, and nothing may crash.
 */
#include <stdio.h>
#include <stdlib.h>
#include "base/fs.h"
#include "base/proc.h"
#include "fixer/fixer_p.h"
#include "tests/support/unit.h"

#ifdef __SANITIZE_ADDRESS__
enum { SPARSER = 3 };   /* sanitizers take three times as long */
#else
enum { SPARSER = 1 };
#endif

typedef struct trial { fl_api api; fl_arena arena; fl_workshop shop; unsigned every, turn, tried, proposed; fl_str kept; } trial;

static void try_spot(trial *t, const fl_node *node, const fl_node *subject, fl_weak_spot_kind kind, fl_fix_hint hint)
{
    fl_err err;
    fl_job job;
    if (t->turn++ % (t->every * SPARSER)) return;                                       /* a sample: all of them take a minute */
    fl_weak_spot spot = { .id = 1, .kind = kind, .hint = hint, .span = fl_node_span(node), .subject = fl_node_span(subject), .expected_status = 404,
                          .expected_types = hint == FL_HINT_CHECK_TYPE ? FL_JSON_STRING : 0, .high = 10,
                          .pointer = { FL_IN_BODY, FL_S("/a/b") }, .related = fl_node_span(node->parent ? node->parent : node) };
    fl_propose(&job, &t->shop, &spot);
    t->tried++;
    for (size_t i = 0; i < job.candidates.count; i++) {
        const fl_edits *edits = &job.candidates.items[i].edits;
        t->proposed++;
        for (size_t e = 0; e < edits->count; e++) {
            const fl_file *file = t->api.project->files[edits->items[e].file];
            if (e && edits->items[e - 1].file == file->id) continue;
            fl_str after = fl_edits_apply(&t->arena, file->text, file->id, edits), crlf = FL_S("\r\n"), diff;
            char row[200];
            snprintf(row, sizeof row, FL_STR_FMT ":%u %s", FL_STR_ARG(file->path), fl_file_line((fl_file *)(uintptr_t)file, node->start_byte) + 1, job.candidates.items[i].template_id);
            fl_row_true(row, fl_language_count_errors(file->language, file->path, after) <= fl_language_count_errors(file->language, file->path, file->text));
            fl_row_ok(row, fl_patch_diff(&t->arena, file->path, file->text, after, &diff, &err), err);
            fl_row_true(row, diff.len > 0);
            if (fl_str_find(file->text, crlf) < 0) fl_row_true(row, fl_str_find(after, crlf) < 0);
            fl_row_true(row, !memchr(after.ptr, FL_NEWLINE, after.len) && !memchr(after.ptr, FL_INDENT, after.len));
            fl_row_true(row, fl_str_find(after, FL_S("${}")) < 0 || fl_str_find(file->text, FL_S("${}")) >= 0);
            if (t->kept.len) {
                fl_str name = fl_str_format(&t->arena, FL_STR_FMT "/%u_%zu.py", FL_STR_ARG(t->kept), t->proposed, e);
                fl_row_ok(row, fl_fs_write(name.ptr, after, &err), err);
            }
        }
    }
}

static void walk(trial *t, const fl_node *node)
{
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_member: case FL_NODE_index:
        try_spot(t, node, fl_node_child(node, 0), FL_WS_missing_lookup, FL_HINT_CHECK_PRESENT);
        try_spot(t, node, fl_node_child(node, 0), FL_WS_wrong_type, FL_HINT_CHECK_TYPE);
        break;
    case FL_NODE_call:
        try_spot(t, node, node, FL_WS_parse_throws, FL_HINT_CATCH);
        try_spot(t, node, node, FL_WS_unhandled_rejection, FL_HINT_FORWARD_ERROR);
        if (fl_node_count(node) > 1) try_spot(t, node, fl_node_child(node, 1), FL_WS_range_throws, FL_HINT_CHECK_RANGE);
        break;
    case FL_NODE_dict: case FL_NODE_pair: case FL_NODE_let:
        try_spot(t, node, node, FL_WS_missing_field, FL_HINT_CHECK_PRESENT);
        break;
    case FL_NODE_throw_: try_spot(t, node, node, FL_WS_bad_id, FL_HINT_NONE); break;
    case FL_NODE_name: if (node->start_byte % 7 == 0) try_spot(t, node, node, FL_WS_late_check, FL_HINT_MOVE_BELOW_CHECK); break;
    default: break;
    }
    for (const fl_node *child = node->first; child; child = child->next) walk(t, child);
}

static void add_operations(fl_arena *arena, trial *t, const fl_node *node)
{
    if (node->kind == FL_NODE_function && fl_node_count(fl_node_child(node, 0)) >= 2 && t->api.operations.items[0].handlers.count < 200)
        fl_vec_push(arena, &t->api.operations.items[0].handlers, (fl_handler){ .function = node, .span = fl_node_span(node) });
    for (const fl_node *child = node->first; child; child = child->next) add_operations(arena, t, child);
}

/* How a language and a framework of it say no. */
typedef struct words { const char *framework, *answer, *thrown, *from; } words;
static const words braces = { "express", "return ${response}.status(${status}).json({ error: ${message} })", "throw new Error(${message})", NULL };
static const words blocks = { "flask", "return {\"error\": ${message}}, ${status}", "abort(${status}, ${message})", "flask" };

static void try_folder(const char *path, const words *say, const char *kept, unsigned stride, unsigned every, unsigned *tried, unsigned *proposed)
{
    fl_arena arena;
    fl_err err;
    fl_project project;
    fl_arena_init(&arena);
    if (fl_project_open(&project, path, &(fl_project_options){ 0 }, &err) != FL_OK) fail_msg("%s", err.text);
    trial t = { .api = { .project = &project }, .every = every, .kept = fl_str_from(kept) };
    fl_operation operation = { .method = FL_S("GET"), .path = FL_S("/things/{id}"), .framework = fl_str_from(say->framework) };
    fl_vec_push(&arena, &t.api.operations, operation);
    fl_refusal refusal = { .text = fl_str_from(say->answer), .file = UINT32_MAX, .how = FL_REFUSE_RESPOND };
    fl_refusal thrown = { .text = fl_str_from(say->thrown), .status = 404, .how = FL_REFUSE_THROW };
    if (say->from) {
        thrown.file = UINT32_MAX;
        thrown.from = fl_str_from(say->from);
        fl_vec_push(&arena, &thrown.needs, fl_sym_of(FL_S("abort")));
    }
    fl_vec_push(&arena, &t.api.refusals, thrown);
    fl_vec_push(&arena, &t.api.refusals, refusal);
    for (uint32_t i = 0; i < project.file_count; i++)
        if (project.files[i]->root) add_operations(&arena, &t, project.files[i]->root);
    for (uint32_t i = 0; i < project.file_count; i += stride) {
        if (!project.files[i]->root) continue;
        fl_arena_init(&t.arena);
        if (fl_workshop_init(&t.shop, &t.arena, &t.api, &err) != FL_OK) fail_msg("%s", err.text);
        walk(&t, project.files[i]->root);
        fl_workshop_release(&t.shop);
        fl_arena_release(&t.arena);
    }
    *tried += t.tried;
    *proposed += t.proposed;
    fl_project_release(&project);
    fl_arena_release(&arena);
}

static void never_damages_a_file(void **state)
{
    (void)state;
    unsigned tried = 0, proposed = 0;
    fl_arena arena;
    fl_err err;
    fl_str kept, output;
    int code = 0;
    try_folder(FL_TEST_DATA "/../../../fixtures/express-orders", &braces, NULL, 1, 9, &tried, &proposed);
    try_folder(FL_TEST_DATA "/../../../fixtures/express-ts-notes", &braces, NULL, 1, 9, &tried, &proposed);
    try_folder(FL_TEST_DATA "/../../golden/js-weak-spots", &braces, NULL, 4, 9, &tried, &proposed);
    try_folder(FL_TEST_DATA "/../../../fixtures/c-inventory", &braces, NULL, 1, 40, &tried, &proposed);
    try_folder(FL_TEST_DATA "/../../../fixtures/c-ulfius-notes", &braces, NULL, 1, 40, &tried, &proposed);
    try_folder(FL_TEST_DATA "/../../../fixtures/cpp-httplib-rooms", &braces, NULL, 1, 40, &tried, &proposed);
    fl_arena_init(&arena);
    fl_row_ok("folder", fl_fs_temp_dir(&arena, "fl-anywhere", &kept, &err), err);
    unsigned before = proposed;
    try_folder(FL_TEST_DATA "/../../../fixtures/flask-library", &blocks, kept.ptr, 1, 12, &tried, &proposed);
    try_folder(FL_TEST_DATA "/../../../fixtures/fastapi-clinic", &blocks, kept.ptr, 1, 12, &tried, &proposed);
    try_folder(FL_TEST_DATA "/../../../fixtures/django-tickets", &blocks, kept.ptr, 1, 12, &tried, &proposed);
    try_folder(FL_TEST_DATA "/../../golden/python-tree", &blocks, NULL, 1, 16, &tried, &proposed);
    assert_true(proposed > before + 60 / SPARSER);
    /* and the interpreter takes them, where there is one */
    static const fl_proc_options compile = { .command = "python3 -c 'import glob; [compile(open(n, \"rb\").read(), n, \"exec\") for n in glob.glob(\"*.py\")]'" };
    fl_proc_options options = compile;
    options.folder = kept.ptr;
    fl_row_ok("compile", fl_proc_run(&arena, &options, 60000, &output, &code, &err), err);
    if (code != 127) fl_row_str("what does not compile", output, "");
    fl_row_ok("remove", fl_fs_remove_tree(kept.ptr, &err), err);
    fl_arena_release(&arena);
    print_message("%u weak spots, %u repairs\n", tried, proposed);
    assert_true(proposed > 300 / SPARSER);
}

FL_UNIT(anywhere, cmocka_unit_test(never_damages_a_file))
