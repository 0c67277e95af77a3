/*
 * Values and scopes: construction, look-up, conversion. No evaluation here (see eval.c) but for what later stages may ask.
 */
#include "extractor/values/value_p.h"
#include <stdio.h>

const char *fl_value_kind_text(fl_value_kind kind)
{
    static const char *const names[] = { "unknown", "undefined", "null", "boolean", "number", "string", "template", "regex", "list", "dict",
                                         "function", "class", "instance", "method", "external", "typed", "result" };
    return names[kind];
}

fl_value *fl_value_new(fl_values *v, fl_value_kind kind, const fl_node *node)
{
    fl_value *value = FL_NEW(&v->arena, fl_value);
    value->kind = (uint8_t)kind;
    value->node = node;
    value->id = v->next_id++;
    return value;
}

fl_value *fl_value_text(fl_values *v, fl_value_kind kind, fl_sym text, const fl_node *node)
{
    fl_value *value = fl_value_new(v, kind, node);
    value->text = text;
    return value;
}

fl_value *fl_value_literal(fl_values *v, fl_value_kind kind, fl_sym text, const fl_node *node)
{
    if (!v->literals) return fl_value_text(v, kind, text, node);
    uint64_t hash = ((uint64_t)(uintptr_t)node ^ (uint64_t)text << 40 ^ (uint64_t)kind) * 0x9E3779B97F4A7C15u;
    fl_value **known = &v->literals[hash >> 32 & (FL_LITERAL_SLOTS - 1)];
    if (!*known || (*known)->node != node || (*known)->kind != (uint8_t)kind || (*known)->text != text || (*known)->slots.count) *known = fl_value_text(v, kind, text, node);
    return *known;
}

fl_value *fl_value_unknown(fl_values *v, const char *why, const fl_node *node)
{
    v->unknown_count++;
    return fl_value_literal(v, FL_V_UNKNOWN, fl_sym_of_c(why), node);
}

fl_value *fl_value_bool(fl_values *v, bool b)
{
    fl_value *value = fl_value_literal(v, FL_V_BOOLEAN, b, NULL);
    value->boolean = b;
    return value;
}

const fl_slot *fl_value_own_slot(const fl_value *value, fl_sym key)
{
    for (size_t i = value->slots.count; i-- > 0;)
        if (value->slots.items[i].key == key) return &value->slots.items[i];
    return NULL;
}

fl_value *fl_value_slot(const fl_value *value, fl_sym key)
{
    const fl_slot *slot = fl_value_own_slot(value, key);
    return slot ? slot->value : NULL;
}

fl_value *fl_value_set(fl_values *v, fl_value *on, fl_sym key, fl_value *value, const fl_node *node)
{
    for (size_t i = 0; i < on->slots.count; i++)
        if (on->slots.items[i].key == key) {
            on->slots.items[i].value = value;
            on->slots.items[i].is_getter = false;
            return value;
        }
    if (on->slots.count >= FL_LIMIT_VALUE_ITEMS) { v->limit_count++; return value; }
    fl_vec_push(&v->arena, &on->slots, (fl_slot){ .key = key, .value = value, .node = node });
    return value;
}

/* global.connection: what somebody may have kept in an object of the run time. */
bool fl_value_is_open(const fl_value *value)
{
    if (value->kind == FL_V_UNKNOWN || value->kind == FL_V_RESULT) return true;
    return value->kind == FL_V_EXTERNAL && !value->package && fl_str_find_char(fl_sym_str(value->text), '.') >= 0 && !fl_value_external_member(value);
}

int fl_value_truth(const fl_value *value)
{
    switch ((fl_value_kind)value->kind) {
    case FL_V_UNDEFINED: case FL_V_NULL: return 0;
    case FL_V_BOOLEAN: return value->boolean;
    case FL_V_STRING: return value->text != FL_SYM_NONE;
    case FL_V_NUMBER: return !fl_str_eq_c(fl_sym_str(value->text), "0");
    case FL_V_UNKNOWN: case FL_V_RESULT: return -1;
    case FL_V_TEMPLATE: case FL_V_REGEX: case FL_V_LIST: case FL_V_DICT: case FL_V_FUNCTION: case FL_V_CLASS: case FL_V_INSTANCE:
    case FL_V_METHOD: case FL_V_TYPED: return 1;
    case FL_V_EXTERNAL: return fl_value_is_open(value) ? -1 : 1;
    }
    return -1;
}

bool fl_value_is_nullish(const fl_value *value) { return value->kind == FL_V_UNDEFINED || value->kind == FL_V_NULL; }

bool fl_value_as_text(const fl_value *value, fl_str *out)
{
    if (!value || (value->kind != FL_V_STRING && value->kind != FL_V_NUMBER)) return false;
    *out = fl_sym_str(value->text);
    return true;
}

unsigned fl_value_types(const fl_value *value)
{
    switch ((fl_value_kind)value->kind) {
    case FL_V_UNKNOWN: case FL_V_RESULT: case FL_V_EXTERNAL: return 0;
    case FL_V_UNDEFINED: return FL_T_UNDEFINED;
    case FL_V_NULL: return FL_T_NULL;
    case FL_V_BOOLEAN: return FL_T_BOOLEAN;
    case FL_V_NUMBER: return FL_T_NUMBER;
    case FL_V_STRING: case FL_V_TEMPLATE: return FL_T_STRING;
    case FL_V_LIST: return FL_T_LIST;
    case FL_V_DICT: return FL_T_DICT;
    case FL_V_FUNCTION: case FL_V_CLASS: case FL_V_METHOD: return FL_T_FUNCTION;
    case FL_V_REGEX: case FL_V_INSTANCE: case FL_V_TYPED: return FL_T_OTHER;
    }
    return 0;
}

const fl_model_type *fl_value_type(const fl_value *value, const fl_model *builtins)
{
    if (value->kind == FL_V_TYPED) return value->type;
    if (value->kind == FL_V_REGEX) return builtins ? fl_map_get(&builtins->types, fl_sym_of_c("regex")) : NULL;
    return fl_model_basic(builtins, fl_value_types(value));
}

const fl_member *fl_value_external_member(const fl_value *external)
{
    if (external->kind != FL_V_EXTERNAL || !external->model) return NULL;
    return external->package ? fl_model_export(external->model, external->text) : fl_map_get(&external->model->globals, external->text);
}

/* ---- scopes ---- */

fl_scope *fl_scope_new(fl_values *v, fl_scope *parent, fl_module *module)
{
    fl_scope *scope = FL_NEW(&v->arena, fl_scope);
    scope->parent = parent;
    scope->module = module;
    scope->self = parent ? parent->self : NULL;
    return scope;
}

static fl_cell *find_own(const fl_scope *scope, fl_sym name)
{
    if (scope->index) return fl_map_get(scope->index, name);
    for (size_t i = scope->cells.count; i-- > 0;)
        if (scope->cells.items[i]->name == name) return scope->cells.items[i];
    return NULL;
}

fl_cell *fl_scope_find(const fl_scope *scope, fl_sym name)
{
    const fl_module *module = scope ? scope->module : NULL;
    for (; scope; scope = scope->parent) {
        fl_cell *cell = find_own(scope, name);
        if (cell) return cell;
    }
    return module && module->linkage ? fl_linkage_find(module, name) : NULL;
}

fl_cell *fl_scope_declare(fl_values *v, fl_scope *scope, fl_sym name, fl_value *value, const fl_node *node)
{
    fl_cell *cell = find_own(scope, name);
    if (!cell) {
        cell = FL_NEW(&v->arena, fl_cell);
        cell->name = name;
        fl_vec_push(&v->arena, &scope->cells, cell);
        if (scope->index) fl_map_put(scope->index, name, cell);
    }
    if (value) cell->value = value;
    if (node) cell->declared = node;
    return cell;
}

/* ---- members as later stages may ask for them ---- */

/* `void Room::open() {…}` in another file. */
const fl_node *fl_value_defined_elsewhere(const fl_value *class_value, fl_sym key, fl_module **module)
{
    char dotted[512];
    int n = snprintf(dotted, sizeof dotted, "%s.%s", fl_sym_c(class_value->node->sym), fl_sym_c(key));
    if (!class_value->module || !class_value->module->linkage || n < 0 || (size_t)n >= sizeof dotted) return NULL;
    fl_sym name = fl_sym_of((fl_str){ dotted, (size_t)n });
    const fl_cell *cell = fl_linkage_find(class_value->module, name);
    if (!cell || !cell->value || cell->value->kind != FL_V_FUNCTION) return NULL;
    if (module) *module = cell->home;
    return cell->value->node;
}

const fl_node *fl_value_class_member(const fl_value *class_value, fl_sym key, const fl_value **owner, fl_module **module)
{
    unsigned guard = 0;
    for (const fl_value *c = class_value; c && c->kind == FL_V_CLASS && guard < 32; c = c->target, guard++)
        for (const fl_node *m = fl_node_child(c->node, 1)->first; m; m = m->next) {
            if (m->kind != FL_NODE_function || m->sym != key || m->flags & FL_FLAG_STATIC) continue;
            if (module) *module = c->module;
            const fl_node *found = fl_node_is_absent(fl_node_child(m, 2)) ? fl_value_defined_elsewhere(c, key, module) : m;
            if (!found) continue;
            if (owner) *owner = c;
            return found;
        }
    return NULL;
}

/* ---- dump ---- */

static void dump_value(fl_buf *out, const fl_value *value, unsigned depth)
{
    switch ((fl_value_kind)value->kind) {
    case FL_V_BOOLEAN: fl_buf_add_c(out, value->boolean ? "true" : "false"); return;
    case FL_V_NUMBER: fl_buf_add(out, fl_sym_str(value->text)); return;
    case FL_V_STRING: fl_json_write_string(out, fl_sym_str(value->text)); return;
    case FL_V_UNKNOWN: fl_buf_format(out, "unknown(%s%s)", value->is_environment ? "env " : "", fl_sym_c(value->text)); return;
    case FL_V_EXTERNAL: fl_buf_format(out, "external(%s%s%s)", fl_sym_c(value->package), value->package && value->text ? "." : "", fl_sym_c(value->text)); return;
    case FL_V_TYPED:
        fl_buf_format(out, "typed(%s", fl_sym_c(value->type->name));
        if (value->effect && value->effect->schema) { fl_buf_add_c(out, " "); fl_json_write(out, value->effect->schema, 0); }
        fl_buf_add_c(out, ")");
        return;
    case FL_V_FUNCTION: case FL_V_CLASS: fl_buf_format(out, "%s(%s)", fl_value_kind_text(value->kind), fl_sym_c(value->node->sym)); return;
    case FL_V_LIST: case FL_V_DICT: case FL_V_TEMPLATE: case FL_V_INSTANCE: break;
    case FL_V_UNDEFINED: case FL_V_NULL: case FL_V_REGEX: case FL_V_METHOD: case FL_V_RESULT:
        fl_buf_add_c(out, fl_value_kind_text(value->kind));
        return;
    }
    fl_buf_add_c(out, fl_value_kind_text(value->kind));
    if (depth > 4) { fl_buf_add_c(out, "(…)"); return; }
    fl_buf_add_c(out, "(");
    for (size_t i = 0; i < value->items.count && i < 50; i++) {
        if (i) fl_buf_add_c(out, ", ");
        dump_value(out, value->items.items[i], depth + 1);
    }
    for (size_t i = 0; i < value->slots.count && i < 50; i++) {
        if (i) fl_buf_add_c(out, ", ");
        fl_buf_format(out, "%s: ", fl_sym_c(value->slots.items[i].key));
        dump_value(out, value->slots.items[i].value, depth + 1);
    }
    fl_buf_add_c(out, ")");
}

static void dump_registrations(fl_buf *out, fl_values *v, const fl_value *router)
{
    for (size_t i = 0; i < router->registrations.count; i++) {
        const fl_registration *r = router->registrations.items[i];
        fl_buf_add_c(out, r->is_mount ? "  mount " : "  route");
        for (size_t m = 0; m < r->methods.count; m++) fl_buf_format(out, " %s", fl_sym_c(r->methods.items[m]));
        if (!r->is_mount && !r->methods.count) fl_buf_add_c(out, " ANY");
        fl_buf_add_c(out, " ");
        if (r->path) dump_value(out, r->path, 0);
        fl_buf_add_c(out, " →");
        for (size_t h = 0; h < r->handlers.count; h++) { fl_buf_add_c(out, " "); dump_value(out, r->handlers.items[h], 0); }
        fl_file *file = fl_project_file(v->project, fl_node_file(r->node));
        fl_buf_format(out, "  " FL_STR_FMT ":%u\n", FL_STR_ARG(file->path), fl_file_line(file, r->node->start_byte) + 1);
    }
}

void fl_values_dump(fl_buf *out, fl_values *v)
{
    for (uint32_t i = 0; i < v->project->file_count; i++) {
        fl_module *m = &v->modules[i];
        if (!m->exports) continue;
        fl_buf_format(out, "# " FL_STR_FMT "\nexports ", FL_STR_ARG(m->file->path));
        dump_value(out, m->exports, 0);
        fl_buf_add_c(out, "\n");
        for (size_t r = 0; r < v->routers.count; r++) {
            const fl_value *router = v->routers.items[r];
            if (router->module != m || !router->registrations.count) continue;
            fl_buf_format(out, "router %s%s%s\n", fl_sym_c(router->type->name), router->is_mounted ? " mounted" : "", router->is_served ? " served" : "");
            dump_registrations(out, v, router);
        }
    }
}
