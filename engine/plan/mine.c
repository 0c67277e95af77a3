/*
 * Literal values in the sources, by name: seed rows, configuration, samples. They make requests that find something.
 * One walk over every tree; only structure is looked at (dicts, pairs, declarations), never a language.
 */
#include "engine/plan/plan.h"

enum { GROUP_LIMIT = 600, VALUE_LIMIT = 24, TOKEN_LIMIT = 6, TEXT_LIMIT = 200 };

typedef struct miner {
    fl_arena *arena;
    fl_mined *out;
    fl_map by_name;
} miner;

static fl_data *literal(fl_arena *arena, const fl_node *node)
{
    fl_str text = fl_sym_str(node->sym);
    if (text.len > TEXT_LIMIT)
        return NULL;
    if (node->kind == FL_NODE_string && text.len != 0)
        return fl_data_string(arena, text);
    double number;
    if (node->kind == FL_NODE_number && fl_str_to_double(text, &number))
        return fl_data_number_text(arena, text);
    return NULL;
}

/** Remembers the name of what the value stood in, as its key: "coupons" for `const coupons = [{ code: … }]`. */
static void add_name(miner *m, fl_str name, const fl_data *value, fl_str context)
{
    uint64_t key = fl_sym_of(name);
    fl_data *list = fl_map_get(&m->by_name, key);
    if (list == NULL) {
        list = fl_data_list(m->arena);
        list->key = fl_str_copy(m->arena, name);
        fl_map_put(&m->by_name, key, list);
        fl_vec_push(m->arena, &m->out->names, list);
    }
    if (list->count >= VALUE_LIMIT)
        return;
    for (const fl_data *each = list->first; each; each = each->next)
        if (fl_data_eq(each, value))
            return;
    fl_data_push(list, fl_data_copy(m->arena, value))->key = context;
}

static fl_str context_of(const fl_node *node)
{
    for (unsigned up = 0; node->parent != NULL && up < 6; node = node->parent, up++) {
        if (node->parent->kind == FL_NODE_let && node->parent->first->kind == FL_NODE_name)
            return fl_sym_str(node->parent->first->sym);
        if ((node->parent->kind == FL_NODE_pair || node->parent->kind == FL_NODE_field) && node->parent->sym != FL_SYM_NONE)
            return fl_sym_str(node->parent->sym);
        if (node->parent->kind == FL_NODE_function)
            break;
    }
    return (fl_str){NULL, 0};
}

static bool speaks_of_tokens(fl_str name)
{
    return fl_name_contains(name, "token") || fl_name_contains(name, "apikey") || fl_name_contains(name, "secret");
}

static void add_token_text(miner *m, fl_str text)
{
    bool is_plain = text.len >= 3 && text.len <= TEXT_LIMIT && m->out->tokens.count < TOKEN_LIMIT;
    for (size_t i = 0; i < text.len && is_plain; i++)
        is_plain = text.ptr[i] > ' ' && text.ptr[i] < 127;
    for (size_t i = 0; i < m->out->tokens.count && is_plain; i++)
        is_plain = !fl_str_eq(m->out->tokens.items[i], text);
    if (is_plain)
        fl_vec_push(m->arena, &m->out->tokens, text);
}

/** Texts below a node whose name speaks of tokens; in a map from tokens to what they stand for these are the keys. */
static void add_tokens(miner *m, const fl_node *node, unsigned depth)
{
    if (node == NULL || depth > 4 || m->out->tokens.count >= TOKEN_LIMIT || node->kind == FL_NODE_function)
        return;
    if (node->kind == FL_NODE_call) {   /* get("TOKEN", "default") */
        const fl_node *last = node->first ? node->first->next : NULL;
        if (last == NULL || last->kind != FL_NODE_string || last->next == NULL || last->next->next != NULL)
            return;
        node = last->next;
    }
    if (node->kind == FL_NODE_string)
        add_token_text(m, fl_sym_str(node->sym));
    if (node->kind == FL_NODE_pair && depth == 1)
        add_token_text(m, fl_sym_str(node->sym));
    for (const fl_node *child = node->first; child; child = child->next)
        add_tokens(m, child, depth + 1);
}

static void add_group(miner *m, const fl_node *dict)
{
    fl_data *group = fl_data_map(m->arena);
    fl_str context = context_of(dict);
    for (const fl_node *pair = dict->first; pair; pair = pair->next) {
        if (pair->kind != FL_NODE_pair || pair->sym == FL_SYM_NONE || pair->first == NULL)
            continue;
        fl_data *value = literal(m->arena, pair->first);
        if (value == NULL)
            continue;
        add_name(m, fl_sym_str(pair->sym), value, context);
        fl_data_set(m->arena, group, fl_sym_str(pair->sym), value);
    }
    if (group->count >= 2 && m->out->groups.count < GROUP_LIMIT)
        fl_vec_push(m->arena, &m->out->groups, group);
}

/** "Token " or "JWT": as sources write it to split or to compare. */
static void add_scheme(miner *m, fl_str text)
{
    static const char *const words[] = {"Token", "JWT"};
    text = fl_str_trim(text);
    for (size_t i = 0; i < FL_COUNT(words); i++) {
        bool is_new = fl_str_eq_c(text, words[i]);
        for (size_t j = 0; j < m->out->schemes.count && is_new; j++)
            is_new = !fl_str_eq(m->out->schemes.items[j], text);
        if (is_new)
            fl_vec_push(m->arena, &m->out->schemes, fl_str_from(words[i]));
    }
}

static void walk(miner *m, const fl_node *node)
{
    /* Iterative: trees may be deep. */
    for (const fl_node *at = node; at != NULL;) {
        if (at->kind == FL_NODE_dict && !(at->flags & FL_FLAG_PATTERN))
            add_group(m, at);
        else if ((at->kind == FL_NODE_pair || at->kind == FL_NODE_field) && speaks_of_tokens(fl_sym_str(at->sym)))
            add_tokens(m, at->first, 0);
        else if (at->kind == FL_NODE_let && at->first && at->first->kind == FL_NODE_name && speaks_of_tokens(fl_sym_str(at->first->sym)))
            add_tokens(m, at->first->next, 0);
        else if (at->kind == FL_NODE_string)
            add_scheme(m, fl_sym_str(at->sym));
        if (at->first != NULL) {
            at = at->first;
            continue;
        }
        while (at != node && at->next == NULL)
            at = at->parent;
        at = at == node ? NULL : at->next;
    }
}

void fl_mine(fl_arena *arena, const fl_project *project, fl_mined *out)
{
    *out = (fl_mined){0};
    miner m = {.arena = arena, .out = out};
    fl_map_init(&m.by_name);
    for (uint32_t i = 0; project && i < project->file_count; i++)
        if (project->files[i]->root != NULL)
            walk(&m, project->files[i]->root);
    fl_map_release(&m.by_name);
}

/** A fixed part of the path means the same thing: /carts/{id}/coupon and `coupons`. */
static bool fits_path(fl_str context, fl_str path)
{
    fl_str part;
    while (context.len != 0 && fl_str_split(&path, '/', &part))
        if (part.len != 0 && part.ptr[0] != '{' && (fl_name_is_singular(part, context) || fl_name_is_singular(context, part)))
            return true;
    return false;
}

const fl_data *fl_mined_value(const fl_mined *mined, fl_str name, fl_str path, bool only_fitting, size_t rank)
{
    for (int pass = 0; mined && pass < (only_fitting ? 1 : 2); pass++)
        for (size_t i = 0; i < mined->names.count; i++) {
            const fl_data *list = mined->names.items[i];
            if (!fl_name_eq(list->key, name))
                continue;
            for (const fl_data *each = list->first; each; each = each->next)
                if (fits_path(each->key, path) == (pass == 0) && rank-- == 0)
                    return each;
        }
    return NULL;
}
