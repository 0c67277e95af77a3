/*
 * What programs ask of their own classes, functions and modules: members by name, bases, decorators. Languages in which a framework's
 * code is written that way (models/sources) cannot do without.
 */
#include "extractor/values/value_p.h"
#include "base/pattern.h"

static fl_value *at(const fl_value_list *args, size_t i) { return i < args->count ? args->items[i] : NULL; }

static bool is_known(const fl_value *value)
{
    return value->kind != FL_V_UNKNOWN && value->kind != FL_V_RESULT && value->kind != FL_V_EXTERNAL;
}

/* Is the class, or one of its bases, that class? 1, 0 or -1 when not known. Copies in a chain of bases share their node. */
static int derives(const fl_value *cls, const fl_value *from)
{
    if (from->kind == FL_V_LIST) {
        int found = 0;
        for (size_t i = 0; i < from->items.count; i++) {
            int one = derives(cls, from->items.items[i]);
            if (one == 1) return 1;
            if (one < 0) found = -1;
        }
        return found;
    }
    bool is_open = from->kind != FL_V_CLASS && from->kind != FL_V_EXTERNAL;
    for (const fl_value *c = cls; c; c = c->target) {
        if (c->kind == FL_V_CLASS && from->kind == FL_V_CLASS && c->node == from->node) return 1;
        if (c->kind == FL_V_EXTERNAL && from->kind == FL_V_EXTERNAL && c->text == from->text && c->package == from->package) return 1;
        if (c->kind != FL_V_CLASS) return is_known(c) || c->kind == FL_V_EXTERNAL ? (is_open ? -1 : 0) : -1;
    }
    return is_open ? -1 : 0;
}

static int is_instance(const fl_values *v, const fl_value *value, const fl_value *cls)
{
    if (cls->kind == FL_V_LIST) {
        int found = 0;
        for (size_t i = 0; i < cls->items.count; i++) {
            int one = is_instance(v, value, cls->items.items[i]);
            if (one == 1) return 1;
            if (one < 0) found = -1;
        }
        return found;
    }
    if (value->kind == FL_V_INSTANCE && value->target) return derives(value->target, cls);
    if (!is_known(value)) return -1;
    if (cls->kind == FL_V_CLASS) return 0;
    if (cls->kind != FL_V_EXTERNAL || cls->package || value->kind == FL_V_TYPED || !cls->model) return -1;
    const fl_data *names = fl_data_get(fl_data_get_c(cls->model->data, "type_names"), fl_sym_str(cls->text));
    if (!names) return -1;
    static const struct { unsigned types; const char *name; } basic[] = { { FL_T_BOOLEAN, "boolean" }, { FL_T_NUMBER, "number" }, { FL_T_STRING, "string" }, { FL_T_LIST, "list" }, { FL_T_DICT, "dict" } };
    for (const fl_data *d = names->first; d; d = d->next)
        for (size_t i = 0; i < FL_COUNT(basic); i++)
            if (fl_str_eq_c(d->text, basic[i].name) && fl_value_types(value) & basic[i].types) return 1;
    return 0;
}

static fl_value *truth(fl_values *v, int t) { return t < 0 ? NULL : fl_value_bool(v, t); }

static bool has_name(const fl_value *list, fl_sym name)
{
    for (size_t i = 0; i < list->items.count; i++) if (list->items.items[i]->text == name) return true;
    return false;
}

static void add_name(fl_values *v, fl_value *list, fl_sym name)
{
    if (name && !has_name(list, name)) fl_vec_push(&v->arena, &list->items, fl_value_text(v, FL_V_STRING, name, NULL));
}

static fl_value *member_names(fl_values *v, const fl_value *of, const fl_node *node)
{
    fl_value *list = fl_value_new(v, FL_V_LIST, node);
    unsigned guard = 0;
    for (size_t i = 0; of->kind == FL_V_INSTANCE && i < of->slots.count; i++) add_name(v, list, of->slots.items[i].key);
    for (const fl_value *c = of->kind == FL_V_INSTANCE ? of->target : of; c && c->kind == FL_V_CLASS && guard < 64; c = c->target, guard++)
        for (const fl_node *m = fl_node_child(c->node, 1)->first; m; m = m->next)
            if (m->kind == FL_NODE_function || m->kind == FL_NODE_field) add_name(v, list, m->sym);
    return list;
}

/* NULL: not known whether it has one; undefined: it has none. */
static fl_value *member(fl_values *v, fl_frame_state *f, fl_value *of, fl_sym key, const fl_node *node)
{
    if (!is_known(of)) return NULL;
    if (of->kind == FL_V_INSTANCE || of->kind == FL_V_CLASS) {
        const fl_value *cls = of->kind == FL_V_CLASS ? of : of->target, *owner = NULL;
        const fl_value *last = cls;
        while (last && last->kind == FL_V_CLASS) last = last->target;
        if (of->kind == FL_V_CLASS) {
            const fl_node *own = fl_value_class_member(cls, key, &owner, NULL);
            if (own && own->flags & FL_FLAG_GETTER) return fl_make_function(v, f, owner->scope, own);   /* the property, not what it gives */
            fl_value *method = own ? fl_method_of_class(v, f, of, key, node) : NULL;
            if (method) return method;
        }
        fl_value *found = fl_get_member(v, f, of, key, node);
        bool is_lost = found->kind == FL_V_UNKNOWN && fl_str_eq_c(fl_sym_str(found->text), "field set later");
        if (is_lost || found->kind == FL_V_EXTERNAL) return last && !is_known(last) && last->kind != FL_V_EXTERNAL ? NULL : fl_value_new(v, FL_V_UNDEFINED, node);
        return found;
    }
    fl_value *found = of->kind == FL_V_FUNCTION ? fl_value_slot(of, key) : fl_get_member(v, f, of, key, node);
    return found ? found : fl_value_new(v, FL_V_UNDEFINED, node);
}

static bool is_code(const fl_value *value, unsigned depth)
{
    if (value->kind == FL_V_FUNCTION || value->kind == FL_V_INSTANCE || value->kind == FL_V_CLASS) return true;
    for (size_t i = 0; value->kind == FL_V_RESULT && depth < 8 && i < value->items.count; i++)
        if (is_code(value->items.items[i], depth + 1)) return true;
    return false;
}

/* A decorator of a package without a model was put around an object, or a function given a list: what it makes of it is not known, most keep it as it is. */
static fl_value *code_in(fl_value *value)
{
    fl_value *inner = value;
    for (unsigned depth = 0; inner->kind == FL_V_RESULT && inner->items.count == 1 && depth < 8; depth++) inner = inner->items.items[0];
    return inner->kind == FL_V_INSTANCE || inner->kind == FL_V_LIST ? inner : value;
}

static fl_value *decorations(fl_values *v, fl_frame_state *f, const fl_value *fn, const fl_node *node)
{
    fl_value *list = fl_value_new(v, FL_V_LIST, node);
    if (fn->kind != FL_V_FUNCTION || !fn->scope) return list;
    fl_frame_state inner = { .module = fn->module, .caller = f };
    for (const fl_node *c = fn->node->first; c; c = c->next)
        if (c->kind == FL_NODE_decorator) fl_vec_push(&v->arena, &list->items, fl_eval(v, &inner, fn->scope, c->first));
    return list;
}

static fl_value *modules_with(fl_values *v, fl_sym name, const fl_node *node)
{
    fl_value *list = fl_value_new(v, FL_V_LIST, node);
    for (uint32_t i = 0; i < v->project->file_count; i++) {
        fl_module *m = &v->modules[i];
        const fl_cell *cell = m->scope ? fl_map_get(m->scope->index, name) : NULL;
        if (cell && (cell->value || cell->import_from)) fl_vec_push(&v->arena, &list->items, m->exports);
    }
    return list;
}

static fl_value *project_files(fl_values *v, fl_str ecma, const fl_node *node)
{
    fl_value *list = fl_value_new(v, FL_V_LIST, node);
    fl_pattern *pattern;
    if (fl_pattern_new(&pattern, ecma, NULL) != FL_OK) return NULL;
    for (uint32_t i = 0; i < v->project->file_count && list->items.count < FL_LIMIT_VALUE_ITEMS; i++) {
        fl_str path = v->modules[i].file->path;
        if (v->modules[i].file->root && fl_pattern_matches(pattern, path)) fl_vec_push(&v->arena, &list->items, fl_value_text(v, FL_V_STRING, fl_sym_of(path), node));
    }
    fl_pattern_free(pattern);
    return list;
}

static fl_value *project_texts(fl_values *v, fl_str ecma, const fl_node *node)
{
    fl_value *list = fl_value_new(v, FL_V_LIST, node);
    fl_pattern *pattern;
    fl_str_list paths;
    fl_str text;
    if (fl_pattern_new(&pattern, ecma, NULL) != FL_OK) return NULL;
    fl_project_files_like(v->project, &v->arena, pattern, &paths);
    fl_pattern_free(pattern);
    for (size_t i = 0; i < paths.count; i++)
        if (fl_project_text(v->project, &v->arena, paths.items[i], &text) == FL_OK) fl_vec_push(&v->arena, &list->items, fl_value_text(v, FL_V_STRING, fl_sym_of(text), node));
    return list;
}

/* ^tickets/(?P<id>[0-9]+)/$ to tickets/<regex([0-9]+):id>/; groups without a name are called after their number. */
static fl_value *path_of_pattern(fl_values *v, fl_str p, const fl_node *node)
{
    fl_buf b;
    fl_buf_init(&b, FL_LIMIT_PATH_BYTES);
    unsigned number = 0;
    for (size_t i = 0; i < p.len; i++) {
        char c = p.ptr[i];
        if (c == '^' || (c == '$' && i + 1 == p.len)) continue;
        if (c == '\\' && i + 1 < p.len && (p.ptr[i + 1] == 'Z' || p.ptr[i + 1] == 'A' || p.ptr[i + 1] == 'b')) { i++; continue; }
        if (c == '\\' && i + 1 < p.len) { fl_buf_add_char(&b, p.ptr[++i]); continue; }
        if (c != '(') { if (c != '?' && c != '+' && c != '*') fl_buf_add_char(&b, c); continue; }
        size_t end = i, name = 0, name_end = 0, from = i + 1;
        bool in_class = false;
        unsigned depth = 0;
        for (; end < p.len; end++) {
            if (p.ptr[end] == '\\') { end++; continue; }
            if (p.ptr[end] == '[') in_class = true;
            if (p.ptr[end] == ']') in_class = false;
            if (in_class) continue;
            if (p.ptr[end] == '(') depth++;
            if (p.ptr[end] == ')' && --depth == 0) break;
        }
        if (end >= p.len) break;
        fl_str inner = fl_str_sub(p, from, end);
        if (fl_str_starts(inner, FL_S("?P<"))) {
            ptrdiff_t close = fl_str_find_char(inner, '>');
            if (close > 0) { name = from + 3; name_end = from + (size_t)close; inner = fl_str_sub(inner, (size_t)close + 1, inner.len); }
        } else if (inner.len && inner.ptr[0] == '?') { i = end; continue; }   /* (?:…), (?i): no parameter */
        number++;
        if (name) fl_buf_format(&b, "<regex(" FL_STR_FMT "):" FL_STR_FMT ">", FL_STR_ARG(inner), FL_STR_ARG(fl_str_sub(p, name, name_end)));
        else fl_buf_format(&b, "<regex(" FL_STR_FMT "):arg%u>", FL_STR_ARG(inner), number);
        i = end;
    }
    fl_value *out = fl_value_text(v, FL_V_STRING, fl_sym_of(fl_buf_str(&b)), node);
    fl_buf_release(&b);
    return out;
}

static fl_value *text_join(fl_values *v, const fl_value *separator, const fl_value *list, const fl_node *node)
{
    fl_str between, item;
    if (!separator || !fl_value_as_text(separator, &between) || !list || list->kind != FL_V_LIST) return NULL;
    fl_buf text;
    fl_buf_init(&text, FL_LIMIT_DATA_BYTES);
    bool is_whole = true;
    for (size_t i = 0; i < list->items.count && is_whole; i++) {
        if (i) fl_buf_add(&text, between);
        is_whole = fl_value_as_text(list->items.items[i], &item);
        if (is_whole) fl_buf_add(&text, item);
    }
    fl_value *out = is_whole ? fl_value_text(v, FL_V_STRING, fl_sym_of(fl_buf_str(&text)), node) : NULL;
    fl_buf_release(&text);
    return out;
}

fl_value *fl_apply_reflection(fl_values *v, fl_frame_state *f, fl_intrinsic what, fl_value *self, const fl_value_list *args, const fl_node *node)
{
    fl_value *first = at(args, 0), *second = at(args, 1), *third = at(args, 2);
    fl_str text;
    if (what == FL_INTRINSIC_text_join) return text_join(v, self, first, node);
    if (!first) return NULL;
    switch (what) {
    case FL_INTRINSIC_is_instance: return second ? truth(v, is_instance(v, first, second)) : NULL;
    case FL_INTRINSIC_is_subclass: return second && is_known(first) ? truth(v, first->kind == FL_V_CLASS ? derives(first, second) : 0) : NULL;
    case FL_INTRINSIC_member_get: {
        fl_value *found = second && fl_value_as_text(second, &text) ? member(v, f, first, fl_sym_of(text), node) : NULL;
        return found && found->kind == FL_V_UNDEFINED && third ? third : found;
    }
    case FL_INTRINSIC_member_has: {
        const fl_value *found = second && fl_value_as_text(second, &text) ? member(v, f, first, fl_sym_of(text), node) : NULL;
        return found ? fl_value_bool(v, found->kind != FL_V_UNDEFINED) : NULL;
    }
    case FL_INTRINSIC_member_set:
        if (second && third && fl_value_as_text(second, &text) && is_known(first)) fl_value_set(v, first, fl_sym_of(text), third, node);
        return fl_value_new(v, FL_V_NULL, node);
    case FL_INTRINSIC_member_names: return first->kind == FL_V_CLASS || first->kind == FL_V_INSTANCE ? member_names(v, first, node) : NULL;
    case FL_INTRINSIC_class_of: return first->kind == FL_V_INSTANCE && first->target ? first->target : NULL;
    case FL_INTRINSIC_is_code: return fl_value_bool(v, is_code(first, 0));
    case FL_INTRINSIC_code_in: return code_in(first);
    case FL_INTRINSIC_decorations: return decorations(v, f, first, node);
    case FL_INTRINSIC_wrapper_of:
        if (self && self->items.count && first->kind == FL_V_FUNCTION && self->items.items[0]->kind == FL_V_FUNCTION) fl_value_set(v, first, FL_SYM_wrapped_, self->items.items[0], node);
        return first;
    case FL_INTRINSIC_modules_with: return fl_value_as_text(first, &text) ? modules_with(v, fl_sym_of(text), node) : NULL;
    case FL_INTRINSIC_project_texts: return fl_value_as_text(first, &text) ? project_texts(v, text, node) : NULL;
    case FL_INTRINSIC_project_files: return fl_value_as_text(first, &text) ? project_files(v, text, node) : NULL;
    case FL_INTRINSIC_path_of_pattern: return fl_value_as_text(first, &text) ? path_of_pattern(v, text, node) : NULL;
    case FL_INTRINSIC_list_extend:
        for (size_t i = 0; self && self->kind == FL_V_LIST && first->kind == FL_V_LIST && i < first->items.count && self->items.count < FL_LIMIT_VALUE_ITEMS; i++)
            fl_vec_push(&v->arena, &self->items, first->items.items[i]);
        return NULL;
    case FL_INTRINSIC_dict_update:
        for (size_t i = 0; self && self->kind == FL_V_DICT && i < first->slots.count; i++) fl_value_set(v, self, first->slots.items[i].key, first->slots.items[i].value, node);
        return NULL;
    case FL_INTRINSIC_dict_set_default:
        if (!self || self->kind != FL_V_DICT || !fl_value_as_text(first, &text)) return NULL;
        if (!fl_value_slot(self, fl_sym_of(text)) && second) fl_value_set(v, self, fl_sym_of(text), second, node);
        return fl_value_slot(self, fl_sym_of(text));
    default: return NULL;
    }
}
