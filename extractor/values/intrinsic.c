/*
 * Built-in behaviour of known values (extractor/models/intrinsic.def): what lists, dicts, strings, paths and promises do.
 * Models map a language's names onto these; an intrinsic that cannot be computed answers NULL and the model's result counts.
 */
#include "extractor/values/value_p.h"
#include "base/fs.h"
#include <stdio.h>

static fl_value *arg_at(const fl_value_list *args, size_t i) { return i < args->count ? args->items[i] : NULL; }

static fl_value *call_with(fl_values *v, fl_frame_state *f, fl_value *fn, fl_value *a, fl_value *b, fl_value *c, const fl_node *node)
{
    fl_value_list args = { 0 };
    fl_vec_push(&v->arena, &args, a);
    if (b) fl_vec_push(&v->arena, &args, b);
    if (c) fl_vec_push(&v->arena, &args, c);
    return fl_call(v, f, fn, NULL, &args, node, false);
}

static fl_value *number_value(fl_values *v, size_t n, const fl_node *node)
{
    return fl_value_text(v, FL_V_NUMBER, fl_sym_of(fl_str_format(&v->arena, "%zu", n)), node);
}

static fl_value *new_list(fl_values *v, fl_frame_state *f, const fl_node *node)
{
    fl_value *list = fl_value_new(v, FL_V_LIST, node);
    list->module = f->module;
    return list;
}

static void push(fl_values *v, fl_value *list, fl_value *item)
{
    if (list->items.count < FL_LIMIT_VALUE_ITEMS) fl_vec_push(&v->arena, &list->items, item);
    else v->limit_count++;
}

static void push_all(fl_values *v, fl_value *list, fl_value *from)
{
    if (from->kind != FL_V_LIST) { push(v, list, from); return; }
    for (size_t i = 0; i < from->items.count; i++) push(v, list, from->items.items[i]);
}

static fl_value *list_loop(fl_values *v, fl_frame_state *f, fl_intrinsic what, fl_value *list, const fl_value_list *args, const fl_node *node)
{
    fl_value *fn = arg_at(args, 0);
    if (!fn) return NULL;
    if (!list || list->kind != FL_V_LIST) {
        /* elements not known: the body runs once, so that what it registers is seen */
        f->unsure++;
        fl_value *got = call_with(v, f, fn, fl_value_unknown(v, "element of unknown list", node), NULL, NULL, node);
        f->unsure--;
        if (what != FL_INTRINSIC_list_map) return NULL;
        fl_value *one = new_list(v, f, node);
        push(v, one, got);
        return one;
    }
    fl_value *out = new_list(v, f, node);
    for (size_t i = 0; i < list->items.count && i < FL_LIMIT_EVAL_LOOP; i++) {
        fl_value *item = list->items.items[i], *got = call_with(v, f, fn, item, number_value(v, i, node), list, node);
        if (what == FL_INTRINSIC_list_map) push(v, out, got);
        else if (what == FL_INTRINSIC_list_flat_map) push_all(v, out, got);
        else if (what == FL_INTRINSIC_list_filter && fl_value_truth(got) != 0) push(v, out, item);
    }
    return what == FL_INTRINSIC_list_each ? fl_value_new(v, FL_V_UNDEFINED, node) : out;
}

/* What a file holds is not looked at before something says that it is data. */
static fl_value *file_text(fl_values *v, fl_value *path, const fl_node *node)
{
    if (!path || path->kind != FL_V_STRING) return NULL;
    fl_value *text = fl_value_unknown(v, "text of a file", node);
    text->bound = path;
    return text;
}

static fl_value *list_reduce(fl_values *v, fl_frame_state *f, fl_value *list, const fl_value_list *args, const fl_node *node)
{
    if (!list || list->kind != FL_V_LIST || args->count < 2) return NULL;
    fl_value *sum = args->items[1];
    for (size_t i = 0; i < list->items.count && i < FL_LIMIT_EVAL_LOOP; i++) sum = call_with(v, f, args->items[0], sum, list->items.items[i], number_value(v, i, node), node);
    return sum;
}

static fl_value *list_join(fl_values *v, fl_value *list, const fl_value_list *args, const fl_node *node)
{
    fl_str separator = FL_S(","), item;
    if (!list || list->kind != FL_V_LIST || (arg_at(args, 0) && !fl_value_as_text(args->items[0], &separator))) return NULL;
    fl_buf text;
    fl_buf_init(&text, FL_LIMIT_DATA_BYTES);
    bool is_known = true;
    for (size_t i = 0; i < list->items.count && is_known; i++) {
        if (i) fl_buf_add(&text, separator);
        is_known = fl_value_as_text(list->items.items[i], &item);
        if (is_known) fl_buf_add(&text, item);
    }
    fl_value *out = is_known ? fl_value_text(v, FL_V_STRING, fl_sym_of(fl_buf_str(&text)), node) : NULL;
    fl_buf_release(&text);
    return out;
}

static fl_value *dict_parts(fl_values *v, fl_frame_state *f, fl_intrinsic what, fl_value *dict, const fl_node *node)
{
    if (!dict || (dict->kind != FL_V_DICT && dict->kind != FL_V_INSTANCE && (dict->kind != FL_V_UNKNOWN || !dict->slots.count))) return NULL;
    fl_value *out = new_list(v, f, node);
    for (size_t i = 0; i < dict->slots.count; i++) {
        fl_value *key = fl_value_text(v, FL_V_STRING, dict->slots.items[i].key, node), *value = dict->slots.items[i].value;
        fl_value *pair = new_list(v, f, node);
        push(v, pair, key);
        push(v, pair, value);
        push(v, out, what == FL_INTRINSIC_dict_keys ? key : what == FL_INTRINSIC_dict_values ? value : pair);
    }
    return out;
}

static fl_value *dict_assign(fl_values *v, const fl_value_list *args, const fl_node *node)
{
    fl_value *to = arg_at(args, 0);
    if (!to || to->kind == FL_V_UNKNOWN) return to;
    for (size_t i = 1; i < args->count; i++)
        for (size_t k = 0; k < args->items[i]->slots.count; k++) fl_value_set(v, to, args->items[i]->slots.items[k].key, args->items[i]->slots.items[k].value, node);
    return to;
}

static fl_value *dict_from_entries(fl_values *v, fl_value *list, const fl_node *node)
{
    if (!list || list->kind != FL_V_LIST) return NULL;
    fl_value *dict = fl_value_new(v, FL_V_DICT, node);
    fl_str key;
    for (size_t i = 0; i < list->items.count; i++) {
        fl_value *pair = list->items.items[i];
        if (pair->kind == FL_V_LIST && pair->items.count == 2 && fl_value_as_text(pair->items.items[0], &key)) fl_value_set(v, dict, fl_sym_of(key), pair->items.items[1], node);
    }
    return dict;
}

static fl_value *bind_function(fl_values *v, fl_frame_state *f, fl_value *fn, const fl_value_list *args, const fl_node *node)
{
    if (!fn || fn->kind != FL_V_FUNCTION) return fn;
    fl_value *bound = fl_value_new(v, FL_V_FUNCTION, fn->node);
    bound->scope = fn->scope;
    bound->module = fn->module;
    bound->self = arg_at(args, 0) ? args->items[0] : fn->self;
    (void)f; (void)node;
    return bound;
}

static fl_value *path_text(fl_values *v, fl_frame_state *f, fl_intrinsic what, const fl_value_list *args, const fl_node *node)
{
    fl_str path = FL_S(""), part;
    for (size_t i = 0; i < args->count; i++) {
        if (!fl_value_as_text(args->items[i], &part)) {
            if (what == FL_INTRINSIC_path_join) return NULL;
            break;
        }
        if (what != FL_INTRINSIC_path_join) { path = part; break; }
        path = path.len ? fl_str_format(&v->arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(path), FL_STR_ARG(part)) : part;
    }
    (void)f;
    if (what == FL_INTRINSIC_path_join) path = fl_fs_normalize(&v->arena, path);
    else if (what == FL_INTRINSIC_path_dir) path = fl_fs_dirname(path);
    else if (what == FL_INTRINSIC_path_ext) path = fl_fs_extension(path);
    else {
        path = fl_fs_basename(path);
        if (args->count > 1 && fl_value_as_text(args->items[1], &part) && fl_str_ends(path, part)) path.len -= part.len;
    }
    return fl_value_text(v, FL_V_STRING, fl_sym_of(path), node);
}

static fl_value *dir_list(fl_values *v, fl_frame_state *f, const fl_value_list *args, const fl_node *node)
{
    fl_str folder;
    fl_str_list names = { 0 };
    if (!arg_at(args, 0) || !fl_value_as_text(args->items[0], &folder) || fl_project_list(v->project, folder, &v->arena, &names) != FL_OK) return NULL;
    fl_value *list = new_list(v, f, node);
    for (size_t i = 0; i < names.count; i++) push(v, list, fl_value_text(v, FL_V_STRING, fl_sym_of(names.items[i]), node));
    return list;
}

static fl_value *call_now(fl_values *v, fl_frame_state *f, fl_value *fn, const fl_value_list *args, const fl_node *node)
{
    fl_value_list rest = { 0 };
    for (size_t i = 1; i < args->count; i++) fl_vec_push(&v->arena, &rest, args->items[i]);
    return fn ? fl_call(v, f, fn, arg_at(args, 0), &rest, node, false) : NULL;
}

/* The module that an import is made from: arg 1 where that is one, else the nearest of the project. */
static fl_module *importing(const fl_values *v, const fl_frame_state *f, const fl_value_list *args)
{
    fl_value *from = arg_at(args, 1);
    if (from && from->module && from == from->module->exports) return from->module;
    fl_module *module = f->module;
    for (; f && f->module->file->id >= v->project->file_count; f = f->caller) if (f->caller) module = f->caller->module;
    return module;
}

static char upper(char c) { return (char)(c >= 'a' && c <= 'z' ? c - 32 : c); }
static char lower(char c) { return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c); }

static fl_value *recased(fl_values *v, fl_intrinsic how, const fl_value *of, const fl_node *node)
{
    fl_str text;
    if (!of || of->kind != FL_V_STRING || !fl_value_as_text(of, &text)) return NULL;
    char *out = fl_arena_alloc(&v->arena, text.len + 1);
    size_t n = 0;
    bool is_next_upper = how != FL_INTRINSIC_str_camel;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_break = how != FL_INTRINSIC_str_capitalize && c == '_' && i > 0 && i + 1 < text.len;
        if (!is_break) out[n++] = is_next_upper ? upper(c) : how == FL_INTRINSIC_str_capitalize ? lower(c) : c;
        is_next_upper = is_break;
    }
    return fl_value_text(v, FL_V_STRING, fl_sym_of((fl_str){ out, n }), node);
}

static fl_value *map_loop(fl_values *v, fl_frame_state *f, fl_intrinsic what, fl_value *map, const fl_value_list *args, const fl_node *node)
{
    fl_value *entries = fl_map_entries(v, map);
    if (what == FL_INTRINSIC_map_pairs) return entries && !entries->has_more ? dict_parts(v, f, FL_INTRINSIC_dict_entries, entries, node) : NULL;
    for (size_t i = 0; entries && args->count && i < entries->slots.count && i < FL_LIMIT_EVAL_LOOP; i++)
        call_with(v, f, args->items[0], entries->slots.items[i].value, fl_value_text(v, FL_V_STRING, entries->slots.items[i].key, node), map, node);
    return entries && !entries->has_more ? fl_value_new(v, FL_V_UNDEFINED, node) : list_loop(v, f, FL_INTRINSIC_list_each, NULL, args, node);
}

fl_value *fl_map_pairs(fl_values *v, fl_frame_state *f, fl_value *map, const fl_node *node)
{
    return map_loop(v, f, FL_INTRINSIC_map_pairs, map, &(const fl_value_list){ 0 }, node);
}

fl_value *fl_apply_intrinsic(fl_values *v, fl_frame_state *f, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    fl_value *first = arg_at(args, 0);
    fl_str text;
    switch (e->intrinsic) {
    case FL_INTRINSIC_import:
        if (!first || !fl_value_as_text(first, &text)) return fl_value_unknown(v, "import of a computed name", node);
        if (first->node && first->node->kind == FL_NODE_string) return fl_module_import(v, importing(v, f, args), text, node);
        return fl_module_import_path(v, importing(v, f, args), text, node);
    case FL_INTRINSIC_import_name: {
        ptrdiff_t dot = first && fl_value_as_text(first, &text) ? fl_str_rfind_char(text, '.') : -1;
        if (dot <= 0) return fl_value_unknown(v, "import of a computed name", node);
        return fl_get_member(v, f, fl_module_import(v, importing(v, f, args), fl_str_sub(text, 0, (size_t)dot), node), fl_sym_of(fl_str_sub(text, (size_t)dot + 1, text.len)), NULL);
    }
    case FL_INTRINSIC_list_each: case FL_INTRINSIC_list_map: case FL_INTRINSIC_list_filter: case FL_INTRINSIC_list_flat_map:
        return list_loop(v, f, e->intrinsic, self, args, node);
    case FL_INTRINSIC_list_reduce: return list_reduce(v, f, self, args, node);
    case FL_INTRINSIC_list_push:
        if (self && self->kind == FL_V_LIST) for (size_t i = 0; i < args->count; i++) push(v, self, args->items[i]);
        return NULL;
    case FL_INTRINSIC_list_concat: case FL_INTRINSIC_list_flat: {
        if (!self || self->kind != FL_V_LIST) return NULL;
        fl_value *out = new_list(v, f, node);
        for (size_t i = 0; i < self->items.count; i++) {
            if (e->intrinsic == FL_INTRINSIC_list_flat) push_all(v, out, self->items.items[i]); else push(v, out, self->items.items[i]);
        }
        for (size_t i = 0; e->intrinsic == FL_INTRINSIC_list_concat && i < args->count; i++) push_all(v, out, args->items[i]);
        return out;
    }
    case FL_INTRINSIC_list_slice: case FL_INTRINSIC_list_from: {
        fl_value *from = e->intrinsic == FL_INTRINSIC_list_from ? first : self;
        if (!from || from->kind != FL_V_LIST) return NULL;
        double start = 0, end = (double)from->items.count;
        bool is_slice = e->intrinsic == FL_INTRINSIC_list_slice;
        if (is_slice && first && (!fl_value_as_text(first, &text) || !fl_str_to_double(text, &start))) return NULL;
        if (is_slice && arg_at(args, 1) && (!fl_value_as_text(args->items[1], &text) || !fl_str_to_double(text, &end))) return NULL;
        if (start < 0) start += (double)from->items.count;
        if (end < 0) end += (double)from->items.count;
        fl_value *out = new_list(v, f, node);
        for (size_t i = start > 0 ? (size_t)start : 0; i < from->items.count && (double)i < end; i++) push(v, out, from->items.items[i]);
        return out;
    }
    case FL_INTRINSIC_list_join: return list_join(v, self, args, node);
    case FL_INTRINSIC_list_includes:
        if (!self || self->kind != FL_V_LIST || !first || !fl_value_as_text(first, &text)) return NULL;
        for (size_t i = 0; i < self->items.count; i++) {
            fl_str item;
            if (!fl_value_as_text(self->items.items[i], &item)) return NULL;
            if (fl_str_eq(item, text)) return fl_value_bool(v, true);
        }
        return fl_value_bool(v, false);
    case FL_INTRINSIC_dict_keys: case FL_INTRINSIC_dict_values: case FL_INTRINSIC_dict_entries: return dict_parts(v, f, e->intrinsic, first ? first : self, node);
    case FL_INTRINSIC_dict_take: case FL_INTRINSIC_dict_get:
        if (!self || self->kind != FL_V_DICT || self->has_more || !first || first->kind != FL_V_STRING) return NULL;
        for (size_t i = self->slots.count; i-- > 0;) if (self->slots.items[i].key == first->text) return self->slots.items[i].value;
        return args->count > 1 ? args->items[1] : fl_value_new(v, FL_V_NULL, node);
    case FL_INTRINSIC_dict_assign: return dict_assign(v, args, node);
    case FL_INTRINSIC_dict_from_entries: return dict_from_entries(v, first, node);
    case FL_INTRINSIC_identity: return first;
    case FL_INTRINSIC_bind: return bind_function(v, f, self, args, node);
    case FL_INTRINSIC_call: return call_now(v, f, self, args, node);
    case FL_INTRINSIC_apply: {
        fl_value_list none = { 0 };
        fl_value *list = arg_at(args, 1);
        for (size_t i = 0; list && list->kind == FL_V_LIST && i < list->items.count; i++) fl_vec_push(&v->arena, &none, list->items.items[i]);
        return self ? fl_call(v, f, self, first, &none, node, false) : NULL;
    }
    case FL_INTRINSIC_str_lower: case FL_INTRINSIC_str_upper: case FL_INTRINSIC_str_trim: case FL_INTRINSIC_str_replace: case FL_INTRINSIC_str_replace_all: case FL_INTRINSIC_str_slice: case FL_INTRINSIC_str_split:
    case FL_INTRINSIC_str_starts: case FL_INTRINSIC_str_ends: case FL_INTRINSIC_str_index: case FL_INTRINSIC_str_last_index: case FL_INTRINSIC_str_includes: case FL_INTRINSIC_regex_test:
        return fl_apply_text(v, e->intrinsic, self, args, node);
    case FL_INTRINSIC_list_enumerate: {
        if (!first || first->kind != FL_V_LIST || args->count > 1) return NULL;
        fl_value *out = new_list(v, f, node);
        for (size_t i = 0; i < first->items.count; i++) {
            fl_value *pair = new_list(v, f, node);
            push(v, pair, fl_value_text(v, FL_V_NUMBER, fl_sym_of(fl_str_format(&v->arena, "%zu", i)), node));
            push(v, pair, first->items.items[i]);
            push(v, out, pair);
        }
        return out;
    }
    case FL_INTRINSIC_str_camel: case FL_INTRINSIC_str_pascal: case FL_INTRINSIC_str_capitalize: return recased(v, e->intrinsic, e->intrinsic == FL_INTRINSIC_str_capitalize ? self : first, node);
    case FL_INTRINSIC_to_string: return first && fl_value_as_text(first, &text) ? fl_value_text(v, FL_V_STRING, first->text, node) : first && first->kind == FL_V_UNKNOWN ? first : NULL;
    case FL_INTRINSIC_to_number: {
        if (!first || !fl_value_as_text(first, &text)) return first && first->kind == FL_V_UNKNOWN ? first : NULL;
        fl_value *number = fl_value_text(v, FL_V_NUMBER, first->text, node);
        number->is_environment = first->is_environment;              /* Number(process.env.PORT ?? 3000) is still PORT */
        number->package = first->package;
        return number;
    }
    case FL_INTRINSIC_path_join: case FL_INTRINSIC_path_base: case FL_INTRINSIC_path_dir: case FL_INTRINSIC_path_ext: return path_text(v, f, e->intrinsic, args, node);
    case FL_INTRINSIC_dir_list: return dir_list(v, f, args, node);
    case FL_INTRINSIC_str_position: case FL_INTRINSIC_text_find: case FL_INTRINSIC_text_find_last: case FL_INTRINSIC_text_length: case FL_INTRINSIC_text_scan: case FL_INTRINSIC_text_copy: case FL_INTRINSIC_text_skip: case FL_INTRINSIC_text_match: return NULL;
    case FL_INTRINSIC_text_same: return first && first->kind == FL_V_STRING ? first : NULL;
    case FL_INTRINSIC_promise_then:
        return first ? call_with(v, f, first, self ? self : fl_value_unknown(v, "resolved value", node), NULL, NULL, node) : self;
    case FL_INTRINSIC_promise_finally: if (first) fl_run_callbacks(v, f, args, node); return self;
    case FL_INTRINSIC_promise_catch: return self;
    case FL_INTRINSIC_promise_resolve: return first;
    case FL_INTRINSIC_promise_all: return first;
    case FL_INTRINSIC_call_site: return fl_value_new(v, FL_V_UNDEFINED, fl_call_site(v, f, node));
    case FL_INTRINSIC_class_outline: return fl_class_outline(v, f, first, node);
    case FL_INTRINSIC_is_pattern: return fl_value_bool(v, first && first->kind == FL_V_REGEX);
    case FL_INTRINSIC_is_object: return fl_value_bool(v, first && (first->kind == FL_V_DICT || first->kind == FL_V_INSTANCE));
    case FL_INTRINSIC_validator_properties: return fl_validator_properties(v, self, node);
    case FL_INTRINSIC_validator_values: return fl_validator_values(self);
    case FL_INTRINSIC_is_instance: case FL_INTRINSIC_is_subclass: case FL_INTRINSIC_member_get: case FL_INTRINSIC_member_has: case FL_INTRINSIC_member_set:
    case FL_INTRINSIC_member_names: case FL_INTRINSIC_class_of: case FL_INTRINSIC_is_code: case FL_INTRINSIC_code_in: case FL_INTRINSIC_decorations:
    case FL_INTRINSIC_wrapper_of: case FL_INTRINSIC_modules_with: case FL_INTRINSIC_project_files: case FL_INTRINSIC_project_texts: case FL_INTRINSIC_path_of_pattern:
    case FL_INTRINSIC_list_extend: case FL_INTRINSIC_dict_update: case FL_INTRINSIC_dict_set_default: case FL_INTRINSIC_text_join:
        return fl_apply_reflection(v, f, e->intrinsic, self, args, node);
    case FL_INTRINSIC_map_get: case FL_INTRINSIC_map_set: return fl_map_apply(v, e->intrinsic, self, args);
    case FL_INTRINSIC_map_each: case FL_INTRINSIC_map_pairs: return map_loop(v, f, e->intrinsic, self, args, node);
    case FL_INTRINSIC_file_text: return file_text(v, first, node);
    case FL_INTRINSIC_file_data: return fl_module_file_data(v, first);
    case FL_INTRINSIC_next_element: case FL_INTRINSIC_map_new: case FL_INTRINSIC_str_concat: case FL_INTRINSIC_partial: case FL_INTRINSIC_wrap:
    case FL_INTRINSIC_promise_reject: case FL_INTRINSIC_promise_new: case FL_INTRINSIC_data_pack: case FL_INTRINSIC_data_is_empty: case FL_INTRINSIC_data_first: case FL_INTRINSIC_run_later: case FL_INTRINSIC_none: case FL_INTRINSIC_COUNT: return NULL;
    }
    return NULL;
}
