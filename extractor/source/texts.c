/*
 * Files of the project that are not in a language of ours, by name: what the code that stands for a package asks for. Below the root, without
 * what the languages skip; folders that begin with a dot hold what tools keep.
 */
#include "extractor/source/project_p.h"
#include "base/fs.h"

enum { MAX_DEPTH = 8, MAX_ENTRIES = 40000 };
typedef struct search { const fl_project *project; fl_arena *arena; fl_pattern *pattern; fl_str_list *out; size_t capacity, entries; } search;

static void add(search *q, fl_str path)
{
    if (q->out->count == q->capacity) {
        size_t more = q->capacity ? q->capacity * 2 : 8;
        fl_str *items = FL_NEW_ARRAY(q->arena, fl_str, more);
        for (size_t i = 0; i < q->out->count; i++) items[i] = q->out->items[i];
        q->out->items = items;
        q->capacity = more;
    }
    q->out->items[q->out->count++] = path;
}

static void look_in(search *q, fl_str folder, unsigned depth)
{
    fl_fs_entries entries;
    if (depth > MAX_DEPTH || fl_fs_list(q->arena, fl_source_full_path(q->project, q->arena, folder), &entries, NULL) != FL_OK) return;
    for (size_t i = 0; i < entries.count && q->entries < MAX_ENTRIES; i++, q->entries++) {
        const fl_fs_entry *e = &entries.items[i];
        fl_str path = folder.len ? fl_fs_join(q->arena, folder, e->name) : e->name;
        if (e->is_file && !e->is_link && fl_pattern_matches(q->pattern, path)) add(q, path);
        if (e->is_dir && !e->is_link && !fl_str_starts(e->name, FL_S(".")) && !fl_source_is_skipped(e->name)) look_in(q, path, depth + 1);
    }
}

void fl_project_files_like(const fl_project *project, fl_arena *arena, fl_pattern *pattern, fl_str_list *out)
{
    *out = (fl_str_list){ 0 };
    search q = { .project = project, .arena = arena, .pattern = pattern, .out = out };
    look_in(&q, FL_S(""), 0);
}

fl_status fl_project_text(const fl_project *project, fl_arena *arena, fl_str path, fl_str *out)
{
    return fl_fs_read(arena, fl_source_full_path(project, arena, path), FL_LIMIT_DATA_BYTES, out, NULL);
}
