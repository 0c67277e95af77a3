/*
 * Reads and parses the files of a project on all threads. Each index touches its own file only; the largest go first,
 * so that no thread is left alone with one at the end. Diagnostics stay in the file until all are done.
 */
#include "extractor/source/project_p.h"
#include "base/fs.h"
#include <stdlib.h>
#include <string.h>

typedef struct order { uint32_t id; uint64_t size_bytes; } order;
typedef struct job {
    fl_project *project;
    const order *order;
    fl_arena *arenas;             /* one per worker, for all its files */
    const bool *has_tree;         /* by id: it was borrowed */
} job;

static int by_size(const void *a, const void *b)
{
    const order *left = a, *right = b;
    if (left->size_bytes != right->size_bytes) return left->size_bytes > right->size_bytes ? -1 : 1;
    return left->id < right->id ? -1 : left->id > right->id;
}

/* Lines so long that nobody wrote them. */
static bool is_generated(fl_file *file)
{
    if (file->text.len < FL_LIMIT_GENERATED_LINE_BYTES) return false;
    (void)fl_file_line(file, 0); /* builds the table, which later stages read from several threads */
    return file->text.len / file->line_count > FL_LIMIT_GENERATED_LINE_BYTES;
}

/* True when the file holds source text. */
static bool read_text(const fl_project *project, fl_file *file)
{
    size_t bad_byte = 0;
    fl_arena scratch;
    fl_arena_init(&scratch);
    const char *path = fl_source_full_path(project, &scratch, file->path);
    fl_status status = fl_fs_read(&file->arena, path, FL_LIMIT_FILE_BYTES, &file->text, NULL);
    fl_arena_release(&scratch);
    if (status != FL_OK) {
        file->text = FL_S("");
        fl_file_diagnose(file, FL_DIAG_WARN, 0, 0, status == FL_E_LIMIT ? "too-large" : "unreadable", "cannot be read; it is left out");
    } else if (memchr(file->text.ptr, '\0', file->text.len)) {
        fl_file_diagnose(file, FL_DIAG_WARN, 0, 0, "binary", "holds NUL bytes, so it is no source text; it is left out");
    } else if (is_generated(file)) {
        fl_file_diagnose(file, FL_DIAG_NOTE, 0, 0, "minified", "is minified; it is left out");
    } else {
        if (!fl_utf8_valid(file->text, &bad_byte))
            fl_file_diagnose(file, FL_DIAG_WARN, (uint32_t)bad_byte, (uint32_t)bad_byte + 1, "invalid-utf8", "is not valid UTF-8");
        return true;
    }
    return false;
}

static void finish(fl_file *file)
{
#ifndef NDEBUG
    fl_err err = { 0 };
    if (!fl_tree_verify(file, &err)) FL_BUG("%s", err.text);
#endif
    (void)fl_file_line(file, 0);
}

/* A file and those that are lowered along with it. */
static void parse_group(const job *all, fl_file *file)
{
    uint32_t readable = 0, count = file->with_count;
    for (uint32_t i = 0; i < count; i++) {
        fl_file *other = file->with[i];
        if (!read_text(all->project, other)) {
            finish(other);
            continue;
        }
        file->with[i] = file->with[readable];
        file->with[readable++] = other;
    }
    file->with_count = readable;
    if (read_text(all->project, file)) file->language->parse(file);
    else for (uint32_t i = 0; i < readable; i++) file->language->parse(file->with[i]);
    finish(file);
    for (uint32_t i = 0; i < readable; i++) finish(file->with[i]);
}

/* Text and tree of a file that stands alone go into the worker's arena, since an arena for each would leave half of the memory
 * unused. */
static void parse_one(void *context, size_t index, unsigned worker)
{
    const job *all = context;
    fl_file *file = all->project->files[all->order[index].id];
    if (file->leader || all->has_tree[file->id]) return;
    if (file->with_count) {
        parse_group(all, file);
        return;
    }
    fl_arena own = file->arena;   /* what was found before anything was read */
    file->arena = all->arenas[worker];
    parse_group(all, file);
    all->arenas[worker] = file->arena;
    file->arena = own;
}

/* ---- a copy of a project that is open ---- */

static bool has_same_text(const fl_project *project, const fl_file *file, const fl_file *other)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    fl_str text;
    bool is_same = fl_fs_read(&scratch, fl_source_full_path(project, &scratch, file->path), FL_LIMIT_FILE_BYTES, &text, NULL) == FL_OK && fl_str_eq(text, other->text);
    fl_arena_release(&scratch);
    return is_same;
}

static void borrow(fl_file *file, const fl_file *other)
{
    file->text = other->text;
    file->root = other->root;
    file->line_starts = other->line_starts;
    file->line_count = other->line_count;
    file->node_count = other->node_count;
    file->opaque_count = other->opaque_count;
    file->error_count = other->error_count;
    file->diagnostics.items = other->diagnostics.items;
    file->diagnostics.count = file->diagnostics.capacity = other->diagnostics.count;
}

/* A tree knows its file by id, so both must have the same files. A file is parsed along with its unit, or not at all. */
static void borrow_all(fl_project *project, const fl_project *like, fl_arena *scratch, bool *has_tree)
{
    bool *is_same = FL_NEW_ARRAY(scratch, bool, project->file_count + 1);
    if (project->file_count != like->file_count) return;
    for (uint32_t id = 0; id < project->file_count; id++)
        if (!fl_str_eq(project->files[id]->path, like->files[id]->path)) return;
    for (uint32_t id = 0; id < project->file_count; id++)
        is_same[id] = like->files[id]->root && has_same_text(project, project->files[id], like->files[id]);
    for (uint32_t id = 0; id < project->file_count; id++) {
        const fl_file *file = project->files[id];
        bool is_alone = !file->language->is_read_by_others;
        bool is_kept = is_same[id] && !file->leader && !like->files[id]->leader && file->with_count == like->files[id]->with_count;
        for (uint32_t i = 0; i < file->with_count && is_kept; i++)
            is_kept = is_same[file->with[i]->id] && file->with[i]->id == like->files[id]->with[i]->id;
        for (uint32_t other = 0; other < project->file_count && is_kept && !is_alone; other++)
            is_kept = is_same[other] || project->files[other]->language != file->language || !file->language->is_read_by_others(project->files[other]);
        if (!is_kept) continue;
        has_tree[id] = true;
        borrow(project->files[id], like->files[id]);
        for (uint32_t i = 0; i < file->with_count; i++) borrow(file->with[i], like->files[file->with[i]->id]);
    }
}

void fl_source_parse(fl_project *project, const fl_project *like)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    bool *has_tree = FL_NEW_ARRAY(&scratch, bool, project->file_count + 1);
    if (like) borrow_all(project, like, &scratch, has_tree);
    order *orders = FL_NEW_ARRAY(&scratch, order, project->file_count + 1);
    for (uint32_t id = 0; id < project->file_count; id++) {
        const fl_file *file = project->files[id];
        orders[id] = (order){ id, file->text.len }; /* text.len holds the size until the text is read */
        for (uint32_t i = 0; i < file->with_count; i++) orders[id].size_bytes += file->with[i]->text.len;
    }
    qsort(orders, project->file_count, sizeof orders[0], by_size);
    project->arena_count = fl_pool_threads();
    project->file_arenas = FL_NEW_ARRAY(&project->arena, fl_arena, project->arena_count);
    job all = { project, orders, project->file_arenas, has_tree };
    fl_pool_run(project->arena_count, project->file_count, parse_one, &all);
    fl_arena_release(&scratch);
    for (uint32_t id = 0; id < project->file_count; id++) {
        const fl_file *file = project->files[id];
        project->source_bytes += file->text.len;
        for (size_t i = 0; i < file->diagnostics.count; i++) {
            const fl_diagnostic *diagnostic = &file->diagnostics.items[i];
            fl_project_diagnose(project, (int)diagnostic->level, diagnostic->span, diagnostic->code, FL_STR_FMT, FL_STR_ARG(diagnostic->text));
        }
    }
}
