/*
 * A name that a refusal needs and a file lacks: imported the way another file of the project imports it, with the path
 * rewritten from the new place. Only whole statements of one module are copied; what cannot be copied is declined.
 */
#include <string.h>
#include "base/fs.h"
#include "fixer/fixer_p.h"

static const fl_node *first_string(const fl_node *node)
{
    if (node->kind == FL_NODE_string) return node;
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *found = first_string(child);
        if (found) return found;
    }
    return NULL;
}

/** From one file to a path of the project: "./http-error", "../lib/errors". */
static fl_str relative_to(fl_arena *arena, fl_str folder, fl_str target)
{
    fl_str a = fl_str_eq_c(folder, ".") ? FL_S("") : folder, up = FL_S("");
    while (a.len && !(fl_str_starts(target, a) && target.len > a.len && target.ptr[a.len] == '/')) {
        up = fl_str_format(arena, "../" FL_STR_FMT, FL_STR_ARG(up));
        ptrdiff_t cut = fl_str_rfind_char(a, '/');
        a = cut < 0 ? FL_S("") : fl_str_sub(a, 0, (size_t)cut);
    }
    fl_str rest = a.len ? fl_str_sub(target, a.len + 1, target.len) : target;
    return fl_str_format(arena, "%s" FL_STR_FMT FL_STR_FMT, up.len ? "" : "./", FL_STR_ARG(up), FL_STR_ARG(rest));
}

/** The part of the statement that names what is taken: `{ A, B }` or `A`; false when more than the one name would come. */
static bool taken_part(const fl_node *declaration, fl_sym name, uint32_t *start, uint32_t *end, bool *is_list)
{
    *is_list = false;
    if (declaration->kind == FL_NODE_let) {
        const fl_node *target = fl_node_child(declaration, 0);
        *start = target->start_byte;
        *end = target->end_byte;
        if (target->kind == FL_NODE_name) return true;
        if (target->kind != FL_NODE_dict) return false;
        for (const fl_node *pair = target->first; pair; pair = pair->next)
            if (pair->kind == FL_NODE_pair && pair->sym == name && fl_declares(pair, name)) *is_list = true;
        return *is_list;
    }
    if (declaration->kind != FL_NODE_import) return false;
    const fl_node *first = NULL, *last = NULL, *wanted = NULL;
    for (const fl_node *item = declaration->first; item; item = item->next) {
        if (item->kind != FL_NODE_import_item) continue;
        if (!first) first = item;
        last = item;
        if (item->sym == name) wanted = item;
    }
    if (!wanted) return false;
    *start = first->start_byte;
    *end = last->end_byte;
    if (first == last) return true;
    fl_str imported = fl_sym_str(fl_node_child(first, 0)->sym);      /* a default beside others stands outside their list */
    return !fl_str_eq_c(imported, "default") && !fl_str_eq_c(imported, "*");
}

static fl_str import_text(fl_job *job, const fl_place *place, const fl_file *sample, const fl_node *declaration, fl_sym name)
{
    const fl_node *path = first_string(declaration);
    uint32_t start, end;
    bool is_list;
    if (!path || path->end_byte - path->start_byte < 3 || !taken_part(declaration, name, &start, &end, &is_list)) return FL_S("");
    fl_str specifier = fl_sym_str(path->sym), text = sample->text;
    if (fl_str_starts(specifier, FL_S("."))) {
        fl_str target = fl_fs_normalize(job->arena, fl_fs_join(job->arena, fl_fs_dirname(sample->path), specifier));
        if (fl_str_starts(target, FL_S("./"))) target = fl_str_sub(target, 2, target.len);
        if (fl_str_starts(target, FL_S(".."))) return FL_S("");
        specifier = relative_to(job->arena, fl_fs_dirname(place->file->path), target);
    }
    fl_str taken = fl_sym_str(name);
    if (is_list) {
        taken = fl_spell(job->arena, place->spelling, "pattern_of", (fl_hole[]){ { "name", taken }, { 0 } });
    } else if (declaration->kind == FL_NODE_import) {
        for (const fl_node *item = declaration->first; item; item = item->next)
            if (item->kind == FL_NODE_import_item && item->sym == name) taken = fl_node_text(sample, item);
    }
    uint32_t from = declaration->kind == FL_NODE_let ? fl_statement_start(sample, declaration) : declaration->start_byte;
    uint32_t to = declaration->end_byte;
    fl_str terminator = fl_spelling_row(place->spelling, "terminator");
    if (terminator.len && fl_str_ends(fl_str_sub(text, from, to), terminator)) to -= (uint32_t)terminator.len;
    if (end > path->start_byte || memchr(text.ptr + from, '\n', to - from)) return FL_S("");
    fl_str statement = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(fl_str_sub(text, from, start)),
                                     FL_STR_ARG(taken), FL_STR_ARG(fl_str_sub(text, end, path->start_byte)),
                                     FL_STR_ARG(fl_quote(job->arena, place->style->quote, specifier)),
                                     FL_STR_ARG(fl_str_sub(text, path->end_byte, to)));
    return fl_terminated(job, place, statement);
}

/** The last import of the file of that kind: behind it is where another one goes. */
static const fl_node *last_import(const fl_node *root, const fl_node *like)
{
    fl_sym by = FL_SYM_NONE;
    const fl_node *value = like->kind == FL_NODE_let ? fl_node_child(like, 1) : NULL, *found = NULL;
    while (value && value->kind == FL_NODE_member) value = fl_node_child(value, 0);
    if (value && value->kind == FL_NODE_call) by = fl_callee_name(value);
    for (const fl_node *s = root->first; s; s = s->next) {
        if (s->kind != like->kind) continue;
        if (s->kind == FL_NODE_let) {
            const fl_node *its = fl_node_child(s, 1);
            while (its && (its->kind == FL_NODE_member || (its->kind == FL_NODE_call && fl_callee_name(its) != by))) its = fl_node_child(its, 0);
            if (!its || its->kind != FL_NODE_call || !by) continue;
        }
        found = s;
    }
    return found;
}

bool fl_import_like(fl_job *job, const fl_place *place, const fl_file *sample, fl_sym name, fl_edits *edits)
{
    if (fl_spelling_row(place->spelling, "import_from").len) return fl_import_module_like(job, place, sample, name, edits);
    if (!sample->root || sample == place->file || fl_mentions(place->file->root, name)) return false;
    const fl_node *declaration = NULL;
    for (const fl_node *s = sample->root->first; s && !declaration; s = s->next)
        if (fl_declares(s, name)) declaration = s;
    if (!declaration) return false;
    const fl_node *last = last_import(place->file->root, declaration);
    fl_str text = import_text(job, place, sample, declaration, name);
    if (!last || !text.len) return false;
    uint32_t end = fl_line_end(place->file, fl_statement_end(place->file, last, place->spelling));
    fl_edit_push(job, edits, place, end, end, fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(fl_line_ending(place->file, end)), FL_STR_ARG(text)));
    return true;
}
