/* Changes between two API models, as data, for the terminal, and as Markdown for a review. */
#include <string.h>
#include "cli/diff.h"

/* ---- the report ---- */

static void set_source(fl_arena *arena, fl_data *change, const char *key, const fl_api *api, fl_span span)
{
    if (api->project == NULL || span.file >= api->project->file_count)
        return;
    fl_file *file = fl_project_file(api->project, span.file);
    fl_data *source = fl_data_set_c(arena, change, key, fl_data_map(arena));
    fl_data_set_c(arena, source, "file", fl_data_string(arena, file->path));
    fl_data_set_c(arena, source, "line", fl_data_int(arena, (int64_t)fl_file_line(file, span.start_byte) + 1));
}

static fl_data *change_data(fl_arena *arena, const fl_change *change, const fl_api *older, const fl_api *newer)
{
    fl_data *out = fl_data_map(arena);
    fl_data_set_c(arena, out, "kind", fl_data_string_c(arena, fl_change_infos[change->kind].id));
    fl_data_set_c(arena, out, "level", fl_data_string_c(arena, fl_change_level_text(change->level)));
    fl_data_set_c(arena, out, "direction", fl_data_string_c(arena, change->is_in_answer ? "response" : "request"));
    fl_data *operations = fl_data_set_c(arena, out, "operations", fl_data_list(arena));
    for (size_t i = 0; i < change->operations.count; i++)
        fl_data_push(operations, fl_data_string(arena, change->operations.items[i]));
    fl_data_set_c(arena, out, "schema", change->schema.len > 0 ? fl_data_string(arena, change->schema) : fl_data_null(arena));
    fl_data_set_c(arena, out, "where", fl_data_string(arena, change->where));
    fl_data_set_c(arena, out, "text", fl_data_string(arena, change->text));
    fl_data_set_c(arena, out, "why", fl_data_string_c(arena, fl_change_infos[change->kind].why));
    set_source(arena, out, "old_source", older, change->old_source);
    set_source(arena, out, "new_source", newer, change->new_source);
    return out;
}

static void set_operations(fl_arena *arena, fl_data *counts, const char *key, const fl_api *api)
{
    fl_data_set_c(arena, counts, key, fl_data_int(arena, (int64_t)api->operations.count));
}

fl_data *fl_diff_report(fl_arena *arena, const fl_changes *changes, const char *old_name, const fl_api *older, const char *new_name, const fl_api *newer)
{
    fl_data *out = fl_data_map(arena);
    fl_data_set_c(arena, out, "old", fl_data_string_c(arena, old_name));
    fl_data_set_c(arena, out, "new", fl_data_string_c(arena, new_name));
    fl_data *operations = fl_data_set_c(arena, out, "operations", fl_data_map(arena));
    set_operations(arena, operations, "old", older);
    set_operations(arena, operations, "new", newer);
    fl_data *counts = fl_data_set_c(arena, out, "counts", fl_data_map(arena)), *list = fl_data_set_c(arena, out, "changes", fl_data_list(arena));
    for (int level = 0; level < FL_CHANGE_LEVELS; level++) {
        int64_t count = 0;
        for (size_t i = 0; i < changes->count; i++) {
            if ((int)changes->items[i]->level != level)
                continue;
            fl_data_push(list, change_data(arena, changes->items[i], older, newer));
            count++;
        }
        fl_data_set_c(arena, counts, fl_change_level_text((fl_change_level)level), fl_data_int(arena, count));
    }
    return out;
}

/* ---- what terminal and Markdown share ---- */

static bool is_level(const fl_data *change, fl_change_level level)
{
    return fl_str_eq_c(fl_data_get_str(change, "level"), fl_change_level_text(level));
}

static bool is_shown(const fl_data *change, bool with_all)
{
    return with_all || !is_level(change, FL_CHANGE_FITS);
}

/* What a change is filed under: its operation, or the schema and who uses it. */
static fl_str title_of(fl_arena *arena, const fl_data *change)
{
    fl_str schema = fl_data_get_str(change, "schema");
    const fl_data *operations = fl_data_get_c(change, "operations");
    fl_str first = fl_data_str(fl_data_at(operations, 0), FL_S(""));
    if (schema.len == 0)
        return first;
    const char *direction = fl_str_eq_c(fl_data_get_str(change, "direction"), "request") ? "requests" : "answers";
    if (operations->count == 1)
        return fl_str_format(arena, FL_STR_FMT " in %s of " FL_STR_FMT, FL_STR_ARG(schema), direction, FL_STR_ARG(first));
    return fl_str_format(arena, FL_STR_FMT " in %s of " FL_STR_FMT " and %u more", FL_STR_ARG(schema), direction, FL_STR_ARG(first), operations->count - 1);
}

/* Changes of one title stand together, where the first of them stands. */
typedef struct group { fl_str title; FL_VEC(const fl_data *) changes; } group;
typedef struct groups { FL_VEC(group) items; } groups;

static void collect(fl_arena *arena, const fl_data *report, bool with_all, groups *out)
{
    fl_map index;
    fl_map_init(&index);
    for (const fl_data *change = fl_data_first(report, "changes"); change != NULL; change = change->next) {
        if (!is_shown(change, with_all))
            continue;
        fl_str title = title_of(arena, change);
        uintptr_t at = (uintptr_t)fl_map_get(&index, fl_sym_of(title));
        if (at == 0) {
            fl_vec_push(arena, &out->items, (group){.title = title});
            at = out->items.count;
            fl_map_put(&index, fl_sym_of(title), (void *)at);
        }
        fl_vec_push(arena, &out->items.items[at - 1].changes, change);
    }
    fl_map_release(&index);
}

static long long count_of(const fl_data *report, fl_change_level level)
{
    return (long long)fl_data_get_int(fl_data_get_c(report, "counts"), fl_change_level_text(level), 0);
}

/* ---- terminal ---- */

static void put_source(fl_paint *p, const fl_data *change, const char *key, const char *before)
{
    const fl_data *source = fl_data_get_c(change, key);
    if (source == NULL)
        return;
    fl_paint_put(p, FL_DIM, "  %s", before);
    fl_paint_foreign(p, FL_DIM, fl_data_get_str(source, "file"), 0);
    fl_paint_put(p, FL_DIM, ":%lld", (long long)fl_data_get_int(source, "line", 0));
}

static void put_change(fl_paint *p, const fl_data *change, fl_loudness loudness)
{
    enum { WHERE_COLUMN = 13 };
    bool breaks = is_level(change, FL_CHANGE_BREAKS), may = is_level(change, FL_CHANGE_MAY);
    fl_str where = fl_data_get_str(change, "where");
    fl_paint_to(p, 2);
    fl_paint_put(p, breaks ? FL_RED : may ? FL_YELLOW : FL_DIM, "%s", breaks ? "breaks" : may ? "may break" : "fits");
    fl_paint_to(p, WHERE_COLUMN);
    if (where.len > 0) {
        fl_paint_foreign(p, FL_BOLD, where, 0);
        fl_paint_put(p, FL_PLAIN, "  ");
    }
    fl_paint_foreign(p, FL_PLAIN, fl_data_get_str(change, "text"), 0);
    const char *key = fl_data_get_c(change, "new_source") != NULL ? "new_source" : "old_source";
    put_source(p, change, key, strcmp(key, "new_source") == 0 ? "" : "was at ");
    fl_paint_line(p);
    if (loudness != FL_VERBOSE)
        return;
    fl_paint_to(p, WHERE_COLUMN);
    fl_paint_wrap(p, FL_DIM, WHERE_COLUMN, fl_data_get_str(change, "why"));
    fl_paint_line(p);
}

void fl_diff_terminal(fl_paint *p, const fl_data *report, bool with_all, fl_loudness loudness)
{
    fl_arena arena;
    fl_arena_init(&arena);
    groups all = {0};
    collect(&arena, report, with_all, &all);
    for (size_t i = 0; i < all.items.count; i++) {
        fl_paint_foreign(p, FL_BOLD, all.items.items[i].title, 0);
        fl_paint_line(p);
        for (size_t k = 0; k < all.items.items[i].changes.count; k++)
            put_change(p, all.items.items[i].changes.items[k], loudness);
        fl_paint_line(p);
    }
    if (loudness != FL_QUIET) {
        long long breaking = count_of(report, FL_CHANGE_BREAKS), compatible = count_of(report, FL_CHANGE_FITS);
        fl_paint_put(p, breaking > 0 ? FL_BOLD_RED : FL_GREEN, "%lld breaking", breaking);
        fl_paint_put(p, FL_PLAIN, ", %lld that may break, %lld compatible", count_of(report, FL_CHANGE_MAY), compatible);
        if (compatible > 0 && !with_all)
            fl_paint_put(p, FL_DIM, " (--all lists them)");
        fl_paint_line(p);
    }
    fl_arena_release(&arena);
}

/* ---- Markdown ---- */

/* Text inside a table cell: what Markdown takes for its own is escaped. */
static void add_cell(fl_buf *out, fl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\n' || c == '\r')
            c = ' ';
        if (strchr("|\\`*_<>[]", c) != NULL)
            fl_buf_add_char(out, '\\');
        fl_buf_add_char(out, c);
    }
}

void fl_diff_markdown(fl_buf *out, const fl_data *report, bool with_all)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_buf_format(out, "**%lld breaking**, %lld that may break, %lld compatible\n", count_of(report, FL_CHANGE_BREAKS),
                  count_of(report, FL_CHANGE_MAY), count_of(report, FL_CHANGE_FITS));
    groups all = {0};
    collect(&arena, report, with_all, &all);
    if (all.items.count > 0)
        fl_buf_add_c(out, "\n| | where | what | why |\n|---|---|---|---|\n");
    for (size_t i = 0; i < all.items.count; i++)
        for (size_t k = 0; k < all.items.items[i].changes.count; k++) {
            const fl_data *change = all.items.items[i].changes.items[k];
            fl_str cells[] = {fl_data_get_str(change, "text"), fl_data_get_str(change, "why")};
            fl_buf_format(out, "| %s | ", is_level(change, FL_CHANGE_BREAKS) ? "breaking" : is_level(change, FL_CHANGE_MAY) ? "may break" : "compatible");
            add_cell(out, all.items.items[i].title);
            fl_buf_add_char(out, ' ');
            add_cell(out, fl_data_get_str(change, "where"));
            for (size_t c = 0; c < FL_COUNT(cells); c++) {
                fl_buf_add_c(out, " | ");
                add_cell(out, cells[c]);
            }
            fl_buf_add_c(out, " |\n");
        }
    fl_arena_release(&arena);
}
