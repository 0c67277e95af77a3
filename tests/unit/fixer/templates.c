/*
 * Repairs of hand-made weak spots, without an extractor: cases/<case>/ holds
 *   input/        sources in which marks stand around spans: F| what fails, S| its subject, O| its origin, H| the handler,
 *                 R| the related span, M| a sample of the refusal, G| the registration, B| a link of the because chain;
 *                 a mark opens with U+27E6 and closes with U+27E7
 *   spot.yaml     kind, hint, status, at, types, low, high, malformed, failure, framework, refusals, template
 *   expected.patch
 * Each patch must also be taken by git, give the edited bytes, and give the original bytes when it is taken back.
 * FL_UPDATE=1 rewrites what is expected. FL_CASE=name runs one case.
 */
#include <stdio.h>
#include <stdlib.h>
#include "base/fs.h"
#include "base/proc.h"
#include "fixer/fixer_p.h"
#include "tests/support/unit.h"

#define OPEN "\xE2\x9F\xA6"
#define CLOSE "\xE2\x9F\xA7"

typedef struct mark { char label; fl_str path; uint32_t start_byte, end_byte; } mark;
typedef FL_VEC(mark) marks;

static fl_str strip(fl_arena *arena, fl_str text, fl_str path, marks *found)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    size_t open[32], depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        fl_str rest = fl_str_sub(text, i, text.len);
        if (fl_str_starts(rest, FL_S(OPEN)) && rest.len > 5 && rest.ptr[4] == '|') {
            open[depth++] = found->count;
            fl_vec_push(arena, found, (mark){ rest.ptr[3], path, (uint32_t)out.len, 0 });
            i += 4;
        } else if (fl_str_starts(rest, FL_S(CLOSE))) {
            assert_true(depth > 0);
            found->items[open[--depth]].end_byte = (uint32_t)out.len;
            i += 2;
        } else {
            fl_buf_add_char(&out, text.ptr[i]);
        }
    }
    assert_int_equal(depth, 0);
    fl_str result = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return result;
}

static void copy_stripped(fl_arena *arena, fl_str from, fl_str to, fl_str path, marks *found)
{
    fl_fs_entries entries = { 0 };
    fl_err err;
    if (fl_fs_list(arena, fl_str_c(arena, from), &entries, &err) != FL_OK) fail_msg("%s", err.text);
    for (size_t i = 0; i < entries.count; i++) {
        fl_str name = entries.items[i].name, source = fl_fs_join(arena, from, name), target = fl_fs_join(arena, to, name), text;
        fl_str relative = path.len ? fl_fs_join(arena, path, name) : name;
        if (entries.items[i].is_dir) {
            copy_stripped(arena, source, target, relative, found);
            continue;
        }
        if (fl_fs_read(arena, source.ptr, FL_LIMIT_FILE_BYTES, &text, &err) != FL_OK) fail_msg("%s", err.text);
        if (fl_fs_write(target.ptr, strip(arena, text, relative, found), &err) != FL_OK) fail_msg("%s", err.text);
    }
}

static bool span_of(const fl_project *project, const marks *found, char label, fl_span *span)
{
    *span = (fl_span){ UINT32_MAX, 0, 0 };
    for (size_t i = 0; i < found->count; i++) {
        uint32_t file;
        if (found->items[i].label != label || !fl_project_find(project, found->items[i].path, &file)) continue;
        *span = (fl_span){ file, found->items[i].start_byte, found->items[i].end_byte };
        return true;
    }
    return false;
}

static int choice(fl_str text, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (fl_str_eq_c(text, names[i])) return i;
    if (text.len) fail_msg("what is '" FL_STR_FMT "'?", FL_STR_ARG(text));
    return 0;
}

static unsigned types_of(const fl_data *names)
{
    static const char *const texts[] = { "null", "boolean", "integer", "number", "string", "array", "object", NULL };
    unsigned types = 0;
    for (const fl_data *name = names ? names->first : NULL; name; name = name->next) types |= 1u << choice(name->text, texts);
    return types;
}

static void read_refusals(fl_arena *arena, fl_api *api, const fl_data *rows, const marks *found)
{
    static const char *const hows[] = { "respond", "throw", "next", NULL };
    for (const fl_data *row = rows ? rows->first : NULL; row; row = row->next) {
        fl_refusal refusal = { .text = fl_data_get_str(row, "text"), .status = (uint16_t)fl_data_get_int(row, "status", 0), .seen_count = 1 };
        refusal.how = (int)choice(fl_data_get_str(row, "how"), hows) == 0 ? FL_REFUSE_RESPOND
                    : choice(fl_data_get_str(row, "how"), hows) == 1 ? FL_REFUSE_THROW : FL_REFUSE_NEXT;
        fl_str sample = fl_data_get_str(row, "sample");
        if (fl_data_get_str(row, "from").len) refusal.from = fl_data_get_str(row, "from");
        refusal.file = span_of(api->project, found, sample.len ? sample.ptr[0] : 'M', &refusal.sample) && !fl_data_get_bool(row, "model", false)
                           ? refusal.sample.file : UINT32_MAX;
        const fl_data *needs = fl_data_get_c(row, "needs");
        for (const fl_data *name = needs ? needs->first : NULL; name; name = name->next) fl_vec_push(arena, &refusal.needs, fl_sym_of(name->text));
        fl_vec_push(arena, &api->refusals, refusal);
    }
}

static void read_spot(fl_arena *arena, fl_api *api, fl_weak_spot *spot, const fl_data *data, const marks *found)
{
#define FL_WEAK_SPOT(id, text, level, title, help) text,
    static const char *const kinds[] = {
#include "extractor/api/weak_spot.def"
        NULL };
#undef FL_WEAK_SPOT
    static const char *const hints[] = { "none", "present", "type", "catch", "range", "forward", "move", "not-empty", NULL };
    static const char *const places[] = { "path", "query", "header", "cookie", "body", "file", "identity", "-", NULL };
    const fl_project *project = api->project;
    *spot = (fl_weak_spot){ .id = 1, .kind = (fl_weak_spot_kind)choice(fl_data_get_str(data, "kind"), kinds),
                            .hint = (fl_fix_hint)choice(fl_data_get_str(data, "hint"), hints) };
    spot->expected_status = (uint16_t)fl_data_get_int(data, "status", 400);
    spot->expected_types = types_of(fl_data_get_c(data, "types"));
    spot->low = fl_data_num(fl_data_get_c(data, "low"), 0);
    spot->high = fl_data_num(fl_data_get_c(data, "high"), 0);
    fl_str at = fl_data_get_str(data, "at"), place;
    if (fl_str_split(&at, ' ', &place)) spot->pointer = (fl_request_pointer){ (fl_location)choice(place, places), fl_str_trim(at) };
    spot->failure = fl_data_get_str(data, "failure");
    if (fl_data_get_str(data, "malformed").len)
        fl_vec_push(arena, &spot->conditions, (fl_condition){ .kind = FL_COND_MALFORMED, .value = fl_data_get_c(data, "malformed") });
    if (!span_of(project, found, 'F', &spot->span)) fail_msg("no mark F");
    if (!span_of(project, found, 'S', &spot->subject)) spot->subject = spot->span;
    span_of(project, found, 'O', &spot->origin);
    span_of(project, found, 'R', &spot->related);
    fl_because *because = NULL;
    for (size_t i = 0; i < found->count; i++) {
        uint32_t file;
        if (found->items[i].label != 'B' || !fl_project_find(project, found->items[i].path, &file)) continue;
        fl_because *link = FL_NEW(arena, fl_because);
        *link = (fl_because){ { file, found->items[i].start_byte, found->items[i].end_byte }, FL_S("passed on"), because };
        because = link;
    }
    spot->because = because;
    fl_operation operation = { .method = FL_S("GET"), .path = fl_data_get_str(data, "path"), .framework = fl_data_get_str(data, "framework") };
    if (!operation.framework.len) operation.framework = FL_S("express");
    fl_span span;
    if (span_of(project, found, 'H', &span)) {
        const fl_file *file = fl_project_file(project, span.file);
        const fl_node *function = fl_node_at(file->root, span.start_byte, span.end_byte);
        if (function->kind != FL_NODE_function) fail_msg("mark H is around a %s", fl_node_kind_text((fl_node_kind)function->kind));
        fl_vec_push(arena, &operation.handlers, (fl_handler){ .function = function, .span = span });
    }
    span_of(project, found, 'G', &operation.registration);
    fl_vec_push(arena, &api->operations, operation);
    for (size_t i = 0; i < found->count; i++) {                      /* other registrations: of siblings */
        uint32_t file;
        if (found->items[i].label != 'g' || !fl_project_find(project, found->items[i].path, &file)) continue;
        fl_operation sibling = { .registration = { file, found->items[i].start_byte, found->items[i].end_byte }, .framework = operation.framework };
        fl_vec_push(arena, &api->operations, sibling);
    }
}

/** git takes the patch, gives these bytes, and gives it back. */
static void check_with_git(fl_arena *arena, const char *row, fl_str folder, fl_str diff, fl_str path, fl_str before, fl_str after)
{
    fl_err err;
    fl_str file = fl_fs_join(arena, folder, path), patch = fl_fs_join(arena, folder, FL_S("x.patch")), output, bytes;
    static const char *const env[] = { "GIT_CEILING_DIRECTORIES=/", "GIT_CONFIG_NOSYSTEM=1", "GIT_DIR=/nonexistent", NULL };
    int code = 0;
    fl_row_ok(row, fl_fs_write(patch.ptr, diff, &err), err);
    fl_row_ok(row, fl_proc_run(arena, &(fl_proc_options){ .command = "git apply --whitespace=nowarn x.patch", .folder = folder.ptr, .env = env }, 20000, &output, &code, &err), err);
    if (code != 0) fail_msg("row '%s': git apply: " FL_STR_FMT "\n" FL_STR_FMT, row, FL_STR_ARG(output), FL_STR_ARG(diff));
    fl_row_ok(row, fl_fs_read(arena, file.ptr, FL_LIMIT_FILE_BYTES, &bytes, &err), err);
    fl_row_true(row, fl_str_eq(bytes, after));
    fl_row_ok(row, fl_proc_run(arena, &(fl_proc_options){ .command = "git apply -R --whitespace=nowarn x.patch", .folder = folder.ptr, .env = env }, 20000, &output, &code, &err), err);
    fl_row_int(row, code, 0);
    fl_row_ok(row, fl_fs_read(arena, file.ptr, FL_LIMIT_FILE_BYTES, &bytes, &err), err);
    fl_row_true(row, fl_str_eq(bytes, before));
    /* and ours: forward, refused the second time, back */
    fl_row_ok(row, fl_patch_apply(folder.ptr, diff, false, &err), err);
    fl_row_ok(row, fl_fs_read(arena, file.ptr, FL_LIMIT_FILE_BYTES, &bytes, &err), err);
    fl_row_true(row, fl_str_eq(bytes, after));
    fl_str back;
    fl_row_ok(row, fl_patch_diff(arena, path, after, before, &back, &err), err);
    fl_row_ok(row, fl_patch_apply(folder.ptr, back, false, &err), err);
    fl_row_ok(row, fl_fs_read(arena, file.ptr, FL_LIMIT_FILE_BYTES, &bytes, &err), err);
    fl_row_true(row, fl_str_eq(bytes, before));
}

static void run_case(fl_str folder, const char *row)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err = { 0 };
    fl_str scratch;
    fl_row_ok(row, fl_fs_temp_dir(&arena, "fl-fix", &scratch, &err), err);
    marks found = { 0 };
    copy_stripped(&arena, fl_fs_join(&arena, folder, FL_S("input")), scratch, FL_S(""), &found);
    fl_project project;
    fl_row_ok(row, fl_project_open(&project, scratch.ptr, &(fl_project_options){ 0 }, &err), err);
    fl_data *data = NULL;
    fl_row_ok(row, fl_data_read_file(&arena, fl_fs_join(&arena, folder, FL_S("spot.yaml")).ptr, &data, &err), err);
    fl_api api = { .project = &project };
    fl_weak_spot spot;
    read_spot(&arena, &api, &spot, data, &found);
    read_refusals(&arena, &api, fl_data_get_c(data, "refusals"), &found);
    fl_workshop shop;
    fl_row_ok(row, fl_workshop_init(&shop, &arena, &api, &err), err);
    fl_job job;
    fl_propose(&job, &shop, &spot);
    fl_buf all;
    fl_buf_init(&all, 0);
    if (job.candidates.count) {
        const fl_candidate *first = &job.candidates.items[0];
        fl_row_str(row, fl_str_from(first->template_id), fl_str_c(&arena, fl_data_get_str(data, "template")));
        uint32_t last = UINT32_MAX;
        for (size_t i = 0; i < first->edits.count; i++) {
            if (first->edits.items[i].file == last) continue;
            const fl_file *file = fl_project_file(&project, last = first->edits.items[i].file);
            fl_str diff, after = fl_edits_apply(&arena, file->text, file->id, &first->edits);
            fl_row_ok(row, fl_patch_diff(&arena, file->path, file->text, after, &diff, &err), err);
            check_with_git(&arena, row, scratch, diff, file->path, file->text, after);
            fl_buf_add(&all, diff);
        }
    }
    fl_str expected = FL_S(""), path = fl_fs_join(&arena, folder, FL_S("expected.patch"));
    if (getenv("FL_UPDATE")) fl_row_ok(row, fl_fs_write(path.ptr, fl_buf_str(&all), &err), err);
    fl_row_ok(row, fl_fs_read(&arena, path.ptr, FL_LIMIT_FILE_BYTES, &expected, &err), err);
    if (!fl_str_eq(fl_buf_str(&all), expected))
        fail_msg("row '%s': the patch is\n" FL_STR_FMT "\nnot\n" FL_STR_FMT, row, FL_STR_ARG(fl_buf_str(&all)), FL_STR_ARG(expected));
    fl_buf_release(&all);
    fl_workshop_release(&shop);
    fl_project_release(&project);
    fl_row_ok(row, fl_fs_remove_tree(scratch.ptr, &err), err);
    fl_arena_release(&arena);
}

static void mends_each_case(void **state)
{
    (void)state;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err;
    fl_fs_entries entries = { 0 };
    fl_str cases = FL_S(FL_TEST_DATA "/cases");
    if (fl_fs_list(&arena, cases.ptr, &entries, &err) != FL_OK) fail_msg("%s", err.text);
    const char *only = getenv("FL_CASE");
    for (size_t i = 0; i < entries.count; i++)
        if (entries.items[i].is_dir && (!only || fl_str_eq_c(entries.items[i].name, only)))
            run_case(fl_fs_join(&arena, cases, entries.items[i].name), fl_str_c(&arena, entries.items[i].name));
    fl_arena_release(&arena);
}

FL_UNIT(templates, cmocka_unit_test(mends_each_case))
