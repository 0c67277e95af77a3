/*
 * Applies a diff text to a folder. Read by libgit2, applied here: hunks must find their old lines exactly, at their
 * place or nearest to it (an earlier patch may have moved them), with less context where another patch changed it. All files are computed before the first is written.
 */
#include <git2.h>
#include <string.h>
#include "base/fs.h"
#include "fixer/fixer.h"

typedef struct lines { FL_VEC(fl_str) items; } lines;       /* with their line ends */

static void split(fl_arena *arena, fl_str text, lines *out)
{
    size_t start = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\n') continue;
        fl_vec_push(arena, &out->items, fl_str_sub(text, start, i + 1));
        start = i + 1;
    }
    if (start < text.len) fl_vec_push(arena, &out->items, fl_str_sub(text, start, text.len));
}

/** Old or new side of a hunk, line by line. The line "no newline at end of file" is about the line before it. */
static bool side_of(fl_arena *arena, git_patch *patch, size_t hunk, bool is_old, lines *out)
{
    int count = git_patch_num_lines_in_hunk(patch, hunk);
    bool was_here = false;
    for (int i = 0; i < count; i++) {
        const git_diff_line *line;
        if (git_patch_get_line_in_hunk(&line, patch, hunk, (size_t)i) != 0) return false;
        if (line->origin == GIT_DIFF_LINE_CONTEXT_EOFNL || line->origin == GIT_DIFF_LINE_ADD_EOFNL || line->origin == GIT_DIFF_LINE_DEL_EOFNL) {
            fl_str *last = was_here && out->items.count ? &out->items.items[out->items.count - 1] : NULL;
            if (last && fl_str_ends(*last, FL_S("\n"))) last->len--;
            continue;
        }
        was_here = line->origin == GIT_DIFF_LINE_CONTEXT || line->origin == (is_old ? GIT_DIFF_LINE_DELETION : GIT_DIFF_LINE_ADDITION);
        if (was_here) fl_vec_push(arena, &out->items, fl_str_copy(arena, (fl_str){ line->content, line->content_len }));
    }
    return true;
}

typedef struct slice { const fl_str *items; size_t count; } slice;

static bool matches(const lines *text, slice old, size_t at)
{
    if (at + old.count > text->items.count) return false;
    for (size_t i = 0; i < old.count; i++)
        if (!fl_str_eq(text->items.items[at + i], old.items[i])) return false;
    return true;
}

/** Nearest place at or behind `from` where the old lines stand; -1. */
static ptrdiff_t find(const lines *text, slice old, size_t wanted, size_t from)
{
    for (size_t distance = 0; distance <= text->items.count; distance++) {
        if (wanted + distance >= from && matches(text, old, wanted + distance)) return (ptrdiff_t)(wanted + distance);
        if (distance <= wanted && wanted - distance >= from && matches(text, old, wanted - distance)) return (ptrdiff_t)(wanted - distance);
    }
    return -1;
}

typedef struct hunk { lines old, new; size_t lead, tail; } hunk;    /* lead, tail: context lines at both ends */

/** Another patch may have changed the lines on one side of ours: then the context of the other side must do. */
static ptrdiff_t place(const lines *text, hunk *h, size_t wanted, size_t from)
{
    slice whole = { h->old.items.items, h->old.items.count };
    ptrdiff_t found = find(text, whole, wanted, from);
    for (uint32_t cut = 1; found < 0 && (cut <= h->lead || cut <= h->tail); cut++) {
        size_t rest = whole.count - cut;
        if (cut <= h->lead && rest) {
            found = find(text, (slice){ whole.items + cut, rest }, wanted + cut, from);
            if (found >= 0) {
                h->old.items.items += cut, h->old.items.count -= cut;
                h->new.items.items += cut, h->new.items.count -= cut;
                break;
            }
        }
        if (cut <= h->tail && rest) {
            found = find(text, (slice){ whole.items, rest }, wanted, from);
            if (found >= 0) h->old.items.count -= cut, h->new.items.count -= cut;
        }
    }
    return found;
}

static void count_context(git_patch *patch, size_t index, hunk *h)
{
    int count = git_patch_num_lines_in_hunk(patch, index);
    bool is_lead = true;
    for (int i = 0; i < count; i++) {
        const git_diff_line *line;
        if (git_patch_get_line_in_hunk(&line, patch, index, (size_t)i) != 0) return;
        if (line->origin == GIT_DIFF_LINE_CONTEXT) {
            if (is_lead) h->lead++;
            h->tail++;
        } else if (line->origin == GIT_DIFF_LINE_ADDITION || line->origin == GIT_DIFF_LINE_DELETION) {
            is_lead = false;
            h->tail = 0;
        } else {
            h->tail = 0;                                             /* the end of the file is not to be guessed */
        }
    }
}

/* A hunk whose change is there already is passed over while another one has something to do: two patches may need the same import. */
static fl_status apply_file(fl_arena *arena, git_patch *patch, const char *name, fl_str before, fl_buf *after, fl_err *err)
{
    lines text = { 0 };
    split(arena, before, &text);
    size_t at = 0, count = git_patch_num_hunks(patch), done = 0;
    ptrdiff_t shift = 0;
    for (size_t h = 0; h < git_patch_num_hunks(patch); h++) {
        const git_diff_hunk *head;
        hunk one = { 0 };
        if (git_patch_get_hunk(&head, NULL, patch, h) != 0 || !side_of(arena, patch, h, true, &one.old) || !side_of(arena, patch, h, false, &one.new))
            return fl_fail(err, FL_E_FORMAT, "'%s': damaged hunk %zu", name, h + 1);
        ptrdiff_t start = (ptrdiff_t)head->old_start - (head->old_lines ? 1 : 0);
        count_context(patch, h, &one);
        slice was = { one.old.items.items, one.old.items.count }, is = { one.new.items.items, one.new.items.count };
        bool is_there = find(&text, was, 0, at) < 0 && find(&text, is, 0, at) >= 0;
        if (is_there && ++done < count)
            continue;
        if (is_there)
            return fl_fail(err, FL_E_FORMAT, "'%s' has this change already, near line %d", name, head->old_start);
        ptrdiff_t found = place(&text, &one, start + shift < 0 ? 0 : (size_t)(start + shift), at);
        if (found < 0)
            return fl_fail(err, FL_E_FORMAT, "'%s' differs from what the patch expects near line %d; run the check again", name, head->old_start);
        shift = found - start;
        for (; at < (size_t)found; at++) fl_buf_add(after, text.items.items[at]);
        for (size_t i = 0; i < one.new.items.count; i++) fl_buf_add(after, one.new.items.items[i]);
        at += one.old.items.count;
    }
    for (; at < text.items.count; at++) fl_buf_add(after, text.items.items[at]);
    return FL_OK;
}

/** A path of the patch must stay inside the folder. */
static bool is_inside(fl_str path)
{
    fl_str part;
    if (!path.len || path.ptr[0] == '/') return false;
    while (fl_str_split(&path, '/', &part))
        if (fl_str_eq_c(part, "..")) return false;
    return true;
}

typedef struct result { const char *path; fl_str bytes; } result;

static fl_status apply_all(fl_arena *arena, git_diff *diff, const char *folder, bool check_only, fl_err *err)
{
    FL_VEC(result) results = { 0 };
    fl_status status = FL_OK;
    for (size_t i = 0; status == FL_OK && i < git_diff_num_deltas(diff); i++) {
        const git_diff_delta *delta = git_diff_get_delta(diff, i);
        const char *name = delta->new_file.path;
        if (delta->status != GIT_DELTA_MODIFIED || !is_inside(fl_str_from(name)))
            return fl_fail(err, FL_E_FORMAT, "'%s': only changes of existing files inside the folder are applied", name);
        const char *path = fl_str_c(arena, fl_fs_join(arena, fl_str_from(folder), fl_str_from(name)));
        fl_str before = FL_S("");
        bool is_again = false;
        for (size_t r = 0; r < results.count; r++)
            if (strcmp(results.items[r].path, path) == 0) before = results.items[r].bytes, is_again = true;
        if (!is_again) status = fl_fs_read(arena, path, FL_LIMIT_FILE_BYTES, &before, err);
        if (status != FL_OK) break;
        git_patch *patch = NULL;
        fl_buf after;
        fl_buf_init(&after, 0);
        if (git_patch_from_diff(&patch, diff, i) != 0) status = fl_fail(err, FL_E_FORMAT, "'%s': the patch cannot be read", name);
        else status = apply_file(arena, patch, name, before, &after, err);
        if (status == FL_OK) {
            fl_str bytes = fl_str_copy(arena, fl_buf_str(&after));
            if (is_again) {
                for (size_t r = 0; r < results.count; r++)
                    if (strcmp(results.items[r].path, path) == 0) results.items[r].bytes = bytes;
            } else {
                fl_vec_push(arena, &results, (result){ path, bytes });
            }
        }
        fl_buf_release(&after);
        git_patch_free(patch);
    }
    for (size_t i = 0; status == FL_OK && !check_only && i < results.count; i++)
        status = fl_fs_write(results.items[i].path, results.items[i].bytes, err);
    return status;
}

fl_status fl_patch_apply(const char *folder, fl_str diff, bool check_only, fl_err *err)
{
    fl_arena arena;
    fl_arena_init(&arena);
    git_libgit2_init();
    git_diff *parsed = NULL;
    fl_status status;
    if (git_diff_from_buffer(&parsed, diff.ptr ? diff.ptr : "", diff.len) != 0) {
        const git_error *e = git_error_last();
        status = fl_fail(err, FL_E_FORMAT, "'%s': not a patch: %s", folder, e ? e->message : "unknown error");
    } else {
        status = apply_all(&arena, parsed, folder, check_only, err);
    }
    git_diff_free(parsed);
    git_libgit2_shutdown();
    fl_arena_release(&arena);
    return status;
}
