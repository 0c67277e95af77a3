/*
 * Imports in languages where modules have dotted names (rows `import_from`, `import_more`): a name is taken from the module that another
 * file takes it from, and stands beside what this file takes from there already:
 *
 *     - from .errors import ApiError
 *     + from .errors import ApiError, NotFound
 *
 * A relative name is told again from the new place. A new statement goes where names sort: absolute ones first, then relative ones.
 */
#include <string.h>
#include "base/fs.h"
#include "fixer/fixer_p.h"

static bool is_relative(fl_str module) { return module.len && module.ptr[0] == '.'; }

static fl_str module_of(const fl_node *import) { return import->first ? fl_sym_str(import->first->sym) : FL_S(""); }

static fl_str folder_of(fl_str path)
{
    ptrdiff_t slash = fl_str_rfind_char(path, '/');
    return slash < 0 ? FL_S("") : fl_str_sub(path, 0, (size_t)slash);
}

/** ..errors in library/api/books.py is library/errors; false when it leads out of the project. */
static bool path_of(fl_job *job, fl_str file, fl_str module, fl_str *path)
{
    fl_str at = folder_of(file);
    size_t dots = 0;
    while (dots < module.len && module.ptr[dots] == '.') dots++;
    for (size_t i = 1; i < dots; i++) {
        if (!at.len) return false;
        at = folder_of(at);
    }
    fl_str rest = fl_str_replace(job->arena, fl_str_sub(module, dots, module.len), FL_S("."), FL_S("/"));
    *path = at.len && rest.len ? fl_str_format(job->arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(at), FL_STR_ARG(rest)) : at.len ? at : rest;
    return true;
}

/** The way back: library/errors from library/api/books.py is ..errors. */
static fl_str relative_from(fl_job *job, fl_str file, fl_str path)
{
    fl_str at = folder_of(file), dots = FL_S(".");
    while (at.len && !(fl_str_eq(at, path) || (fl_str_starts(path, at) && path.ptr[at.len] == '/'))) {
        at = folder_of(at);
        dots = fl_str_format(job->arena, FL_STR_FMT ".", FL_STR_ARG(dots));
    }
    if (!at.len && folder_of(file).len) return FL_S("");             /* beyond the outermost package */
    fl_str rest = at.len ? fl_str_sub(path, at.len < path.len ? at.len + 1 : at.len, path.len) : path;
    return fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(dots), FL_STR_ARG(fl_str_replace(job->arena, rest, FL_S("/"), FL_S("."))));
}

static const fl_node *item_named(const fl_node *import, fl_sym name)
{
    for (const fl_node *item = import->first; item; item = item->next)
        if (item->kind == FL_NODE_import_item && item->sym == name) return item;
    return NULL;
}

static bool takes_names(const fl_node *import)
{
    const fl_node *item = import->kind == FL_NODE_import ? fl_node_child(import, 1) : NULL;
    return item && item->first && !fl_str_eq_c(fl_sym_str(item->first->sym), "*");
}

static bool is_same_module(fl_job *job, const fl_file *file, fl_str a, fl_str b)
{
    if (fl_str_eq(a, b)) return true;
    fl_project *project = job->shop->api->project;
    fl_import x = fl_project_resolve_early(project, file, a), y = fl_project_resolve_early(project, file, b);
    return x.kind == FL_IMPORT_FILE && y.kind == FL_IMPORT_FILE && x.file == y.file;
}

/** Behind its last byte, a closing parenthesis included. */
static uint32_t import_end(const fl_file *file, const fl_node *import)
{
    fl_str text = fl_str_sub(file->text, import->start_byte, import->end_byte);
    if (!memchr(text.ptr, '(', text.len) || memchr(text.ptr, ')', text.len)) return import->end_byte;
    uint32_t end = import->end_byte;
    while (end < file->text.len && file->text.ptr[end] != ')') end++;
    return end < file->text.len ? end + 1 : end;
}

static int compare(fl_str a, fl_str b, bool ignores_case)
{
    return ignores_case ? fl_str_cmp_nocase(a, b) : fl_str_cmp(a, b);
}

/** The item behind which a name goes: where it sorts, if the others are sorted; NULL: before all. */
static const fl_node *item_before(const fl_file *file, const fl_node *import, fl_str taken)
{
    const fl_node *last = NULL;
    for (int ignores_case = 0; ignores_case < 2; ignores_case++) {
        bool is_sorted = true;
        const fl_node *before = NULL, *behind = NULL;
        for (const fl_node *item = import->first; item; item = item->next) {
            if (item->kind != FL_NODE_import_item) continue;
            fl_str name = fl_node_text(file, item);
            if (before && compare(fl_node_text(file, before), name, ignores_case) > 0) is_sorted = false;
            if (compare(name, taken, ignores_case) < 0) behind = item;
            before = last = item;
        }
        if (is_sorted) return behind;
    }
    return last;
}

/** One more name in a statement that takes others of the module. */
static void add_name(fl_job *job, const fl_place *place, const fl_node *import, fl_str taken, fl_edits *edits)
{
    const fl_file *file = place->file;
    const fl_node *first = fl_node_child(import, 1), *second = first->next, *behind = item_before(file, import, taken);
    bool has_own_line = second && fl_line_start(file, first->start_byte) != fl_line_start(file, second->start_byte);
    fl_str more = fl_spell(job->arena, place->spelling, "import_more", (fl_hole[]){ { "name", FL_S("") }, { 0 } });
    if (!more.len) more = FL_S(", ");
    if (has_own_line)                                                /* one on each line, as the others */
        more = fl_str_format(job->arena, "," FL_STR_FMT FL_STR_FMT, FL_STR_ARG(fl_line_ending(file, second->start_byte)), FL_STR_ARG(fl_line_indent(file, second->start_byte)));
    uint32_t at = behind ? behind->end_byte : first->start_byte;
    fl_edit_push(job, edits, place, at, at, fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(behind ? more : taken), FL_STR_ARG(behind ? taken : more)));
}

/** Imports of the same package are its kind, if there are any; else all that are absolute, or relative, as it is. */
static bool is_kin(const fl_file *file, fl_str module, fl_str other)
{
    ptrdiff_t dot = fl_str_find_char(module, '.');
    fl_str package = fl_str_sub(module, 0, dot < 0 ? module.len : (size_t)dot);
    bool has_package = false;
    if (is_relative(module) != is_relative(other)) return false;
    for (const fl_node *s = file->root->first; s && package.len; s = s->next)
        has_package |= s->kind == FL_NODE_import && (fl_str_eq(module_of(s), package) || (fl_str_starts(module_of(s), package) && module_of(s).ptr[package.len] == '.'));
    return !has_package || fl_str_eq(other, package) || (fl_str_starts(other, package) && other.len > package.len && other.ptr[package.len] == '.');
}

/** Into a file that imports nothing: below its own words, above the blank lines before its first statement. */
static void add_first(fl_job *job, const fl_place *place, fl_str text, fl_edits *edits)
{
    const fl_file *file = place->file;
    const fl_node *next = file->root->first;
    uint32_t top = fl_line_start(file, 0), at = fl_line_start(file, next->start_byte);
    fl_str newline = fl_line_ending(file, next->start_byte);
    while (at > top) {
        uint32_t above = fl_line_start(file, at - 1);
        if (fl_str_trim(fl_str_sub(file->text, above, at)).len) break;
        at = above;
    }
    bool is_top = at <= top, is_block = next->kind == FL_NODE_function || next->kind == FL_NODE_class_;
    fl_str gap = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(newline), FL_STR_ARG(is_top && is_block ? newline : FL_S("")));
    if (is_top) text = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(text), FL_STR_ARG(newline), FL_STR_ARG(gap));
    else text = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(newline), FL_STR_ARG(text), FL_STR_ARG(newline));
    fl_edit_push(job, edits, place, at, at, text);
}

/** A statement of its own, among its kind. */
static bool add_statement(fl_job *job, const fl_place *place, fl_str module, fl_str taken, fl_edits *edits)
{
    const fl_file *file = place->file;
    const fl_node *behind = NULL, *first = NULL, *last = NULL, *future = NULL;
    for (const fl_node *s = file->root->first; s; s = s->next) {
        if (s->kind != FL_NODE_import || fl_line_indent(file, s->start_byte).len) continue;
        if (fl_str_eq(module_of(s), fl_spelling_row(place->spelling, "import_first"))) future = s;
        last = s;
        if (!is_kin(file, module, module_of(s))) continue;
        if (!first) first = s;
        if (fl_str_cmp(module_of(s), module) <= 0) behind = s;
    }
    fl_str text = fl_spell(job->arena, place->spelling, "import_from", (fl_hole[]){ { "module", module }, { "name", taken }, { 0 } });
    if (!text.len || !file->root->first) return false;
    if (!last) {
        add_first(job, place, text, edits);
        return true;
    }
    if (!behind && first && future == first) behind = first;
    if (!behind && !first && is_relative(module)) behind = last;     /* the first of its kind */
    bool is_first = !first && last != NULL;
    if (behind) {
        uint32_t end = fl_line_end(file, import_end(file, behind));
        fl_str newline = fl_line_ending(file, behind->start_byte);
        fl_edit_push(job, edits, place, end, end, fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(newline), FL_STR_ARG(is_first ? newline : FL_S("")), FL_STR_ARG(text)));
        return true;
    }
    const fl_node *next = first ? first : last;
    if (!first)
        for (const fl_node *s = file->root->first; s; s = s->next)
            if (s->kind == FL_NODE_import) { next = s; break; }
    uint32_t start = fl_line_start(file, next->start_byte);
    fl_str newline = fl_line_ending(file, next->start_byte);
    fl_edit_push(job, edits, place, start, start, fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(text), FL_STR_ARG(newline), FL_STR_ARG(is_first ? newline : FL_S(""))));
    return true;
}

static bool take(fl_job *job, const fl_place *place, fl_str module, fl_str taken, fl_edits *edits)
{
    for (size_t i = 0; i < edits->count; i++)                        /* two names at once are rare: the second would overlap */
        if (edits->items[i].file == place->file->id) return false;
    for (const fl_node *s = place->file->root->first; s; s = s->next) {
        if (!takes_names(s) || !is_same_module(job, place->file, module_of(s), module)) continue;
        add_name(job, place, s, taken, edits);
        return true;
    }
    return add_statement(job, place, module, taken, edits);
}

/** Does it take names, and nothing else, of that module: import { a, b } from "module"? */
static bool takes_only_names(const fl_node *import, fl_str module)
{
    if (import->kind != FL_NODE_import || import->flags & FL_FLAG_TYPE_ONLY || !takes_names(import) || !fl_str_eq(module_of(import), module)) return false;
    for (const fl_node *item = import->first->next; item; item = item->next)
        if (!item->first || item->first->sym == FL_SYM_default_) return false;
    return true;
}

bool fl_import_from(fl_job *job, const fl_place *place, fl_str module, fl_sym name, fl_edits *edits)
{
    if (fl_mentions(place->file->root, name)) return false;
    if (!fl_spelling_row(place->spelling, "import_from").len) {      /* beside what is taken from there already */
        for (const fl_node *s = place->file->root->first; s; s = s->next) {
            if (!takes_only_names(s, module)) continue;
            add_name(job, place, s, fl_sym_str(name), edits);
            return true;
        }
        return false;
    }
    return take(job, place, module, fl_sym_str(name), edits);
}

bool fl_import_module_like(fl_job *job, const fl_place *place, const fl_file *sample, fl_sym name, fl_edits *edits)
{
    if (!sample->root || sample == place->file || fl_mentions(place->file->root, name)) return false;
    const fl_node *declaration = NULL;
    for (const fl_node *s = sample->root->first; s && !declaration; s = s->next)
        if (fl_declares(s, name)) declaration = s;
    if (!declaration) return false;
    fl_str module, taken = fl_sym_str(name), path;
    if (declaration->kind == FL_NODE_import) {
        const fl_node *item = item_named(declaration, name);
        if (!item || !takes_names(declaration)) return false;
        taken = fl_node_text(sample, item);
        module = module_of(declaration);
        if (!is_relative(module)) return take(job, place, module, taken, edits);
        if (!path_of(job, sample->path, module, &path)) return false;
    } else {                                                         /* it is made there */
        ptrdiff_t dot = fl_str_rfind_char(sample->path, '.');
        path = fl_str_sub(sample->path, 0, dot < 0 ? sample->path.len : (size_t)dot);
        if (fl_str_ends(path, FL_S("/__init__"))) path = fl_str_sub(path, 0, path.len - 9);
    }
    module = relative_from(job, place->file->path, path);
    bool is_package = folder_of(place->file->path).len && module.len;
    if (!is_package) module = fl_str_replace(job->arena, path, FL_S("/"), FL_S("."));
    return module.len && take(job, place, module, taken, edits);
}
