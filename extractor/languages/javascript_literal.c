/*
 * Regular expressions, templates, lists and dicts, and the patterns that look like them: `[a, {b}]` is a value or a
 * target, depending on where it stands, and most of its parts are the same.
 */
#include "extractor/languages/javascript_p.h"

static bool is_value(fl_js_at at) { return at.class == FL_JS_EXPR || at.class == FL_JS_ERROR; }

fl_node *fl_js_leaf(fl_js *j, fl_js_at at, fl_node_kind kind, fl_sym sym)
{
    fl_node *node = fl_js_node(j, kind, at);
    node->sym = sym;
    return node;
}

fl_node *fl_js_regex(fl_js *j, fl_js_at at)
{
    uint32_t slash = at.end;
    while (slash > at.start + 1 && j->text[slash - 1] != '/') slash--;
    fl_node *node = fl_js_leaf(j, at, FL_NODE_regex, slash > at.start + 1 ? fl_js_sym(j, at.start + 1, slash - 1) : FL_SYM_NONE);
    const fl_node *last = NULL;
    fl_js_put(j, node, &last, fl_js_leaf(j, (fl_js_at){ .start = slash, .end = at.end }, FL_NODE_string, fl_js_sym(j, slash, at.end)));
    return node;
}

static void template_text(fl_js *j, fl_node *node, const fl_node **last, uint32_t start, uint32_t end)
{
    if (start >= end) return;
    fl_js_at at = { .start = start, .end = end };
    fl_js_put(j, node, last, fl_js_leaf(j, at, FL_NODE_string, fl_js_template_sym(j, start, end)));
}

/* Text between the holes is taken by position: fragments and escapes need no visit. */
fl_node *fl_js_template(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_template, at);
    const fl_node *last = NULL;
    uint32_t reached = at.start + 1;
    bool has_hole = false;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind != FL_JS_template_hole) continue;
        template_text(j, node, &last, reached, child.start);
        fl_js_put(j, node, &last, fl_js_inner_expression(j, child));
        reached = child.end;
        has_hole = true;
    }
    uint32_t end = at.end > at.start + 1 && j->text[at.end - 1] == '`' ? at.end - 1 : at.end;
    if (has_hole) {
        template_text(j, node, &last, reached, end);
    } else {
        node->kind = FL_NODE_string;
        node->sym = end > reached ? fl_js_template_sym(j, reached, end) : FL_SYM_NONE;
    }
    return node;
}

fl_node *fl_js_spread(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_spread, at);
    const fl_node *last = NULL;
    fl_js_put(j, node, &last, fl_js_inner_expression(j, at));
    return node;
}

/* Items of arrays and calls; `[a, , b]` keeps its hole. */
void fl_js_items(fl_js *j, fl_node *node, const fl_node **last, bool is_pattern)
{
    bool is_open = true; /* a comma now would be a hole */
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_token_comma) {
            if (is_open && node->kind == FL_NODE_list) fl_js_put(j, node, last, NULL);
            is_open = true;
            continue;
        }
        fl_node *item = NULL;
        if (is_pattern && (fl_js_is_target(child) || child.class == FL_JS_ERROR)) item = fl_js_target(j, child);
        else if (child.kind == FL_JS_spread) item = fl_js_spread(j, child);
        else if (is_value(child)) item = fl_js_expression(j, child);
        if (!item) continue;
        fl_js_put(j, node, last, item);
        is_open = false;
    }
}

fl_node *fl_js_array(fl_js *j, fl_js_at at, bool is_pattern)
{
    fl_node *node = fl_js_node(j, FL_NODE_list, at);
    const fl_node *last = NULL;
    if (is_pattern) node->flags = FL_FLAG_PATTERN;
    fl_js_items(j, node, &last, is_pattern);
    return node;
}

/* key: value, and [key]: value; in patterns the value is a target. */
static fl_node *pair(fl_js *j, fl_js_at at, bool is_pattern)
{
    fl_node *node = fl_js_node(j, FL_NODE_pair, at), *value = NULL, *computed = NULL;
    bool is_behind_colon = false;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (is_behind_colon) {
            if (value && value->kind != FL_NODE_opaque) continue;
            if (is_pattern && fl_js_is_target(child)) value = fl_js_target(j, child);
            else if (is_value(child)) value = fl_js_expression(j, child);
            continue;
        }
        switch (child.kind) {
        case FL_JS_token_colon: is_behind_colon = true; break;
        case FL_JS_property_name: case FL_JS_private_name: node->sym = fl_js_name_sym(j, child); break;
        case FL_JS_string: node->sym = fl_js_string_sym(j, child); break;
        case FL_JS_number: node->sym = fl_js_number_sym(j, child); break;
        case FL_JS_computed_name: computed = fl_js_inner_expression(j, child); break;
        default: break;
        }
    }
    FL_JS_PLACES(j, node, NULL, value ? value : fl_js_gap(j, at.start), computed);
    return node;
}

/* {a}: the value is the name itself, with the same span. */
static fl_node *shorthand(fl_js *j, fl_js_at at, fl_node *value, fl_sym sym)
{
    fl_node *node = fl_js_leaf(j, at, FL_NODE_pair, sym);
    node->flags = FL_FLAG_SHORTHAND;
    FL_JS_PLACES(j, node, NULL, value, NULL);
    return node;
}

static fl_node *shorthand_name(fl_js *j, fl_js_at at)
{
    fl_sym sym = fl_js_name_sym(j, at);
    return shorthand(j, at, fl_js_leaf(j, at, fl_str_eq_c(fl_sym_str(sym), "undefined") ? FL_NODE_undefined : FL_NODE_name, sym), sym);
}

/* {a = 1} in a pattern. */
static fl_node *shorthand_default(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_default_, at), *target = NULL, *value = NULL;
    fl_sym sym = FL_SYM_NONE;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (child.kind == FL_JS_shorthand_target && !target) {
            sym = fl_js_name_sym(j, child);
            target = fl_js_leaf(j, child, FL_NODE_name, sym);
        } else if (fl_js_is_target(child) && !target) {
            target = fl_js_target(j, child);
        } else if (is_value(child)) {
            value = fl_js_expression(j, child);
        }
    }
    FL_JS_PLACES(j, node, NULL, target ? target : fl_js_gap(j, at.start), value ? value : fl_js_gap(j, at.end));
    return shorthand(j, at, node, sym);
}

static fl_node *method(fl_js *j, fl_js_at at)
{
    fl_node *computed = NULL, *function = fl_js_function(j, at, &computed);
    if (!computed) return function;
    fl_node *node = fl_js_node(j, FL_NODE_pair, at);
    FL_JS_PLACES(j, node, NULL, function, computed);
    return node;
}

fl_node *fl_js_object(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_dict, at);
    const fl_node *last = NULL;
    if (at.kind == FL_JS_object_pattern) node->flags = FL_FLAG_PATTERN;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        fl_node *item = NULL;
        switch (child.kind) {
        case FL_JS_pair: item = pair(j, child, false); break;
        case FL_JS_pair_pattern: item = pair(j, child, true); break;
        case FL_JS_shorthand_name: item = shorthand_name(j, child); break;
        case FL_JS_shorthand_target: {
            fl_sym sym = fl_js_name_sym(j, child);
            item = shorthand(j, child, fl_js_leaf(j, child, FL_NODE_name, sym), sym);
            break;
        }
        case FL_JS_object_assignment_pattern: item = shorthand_default(j, child); break;
        case FL_JS_rest_pattern: item = fl_js_target(j, child); break;
        case FL_JS_spread: item = fl_js_spread(j, child); break;
        case FL_JS_method_definition: item = method(j, child); break;
        case FL_JS_error: item = fl_js_opaque_with_children(j, child, "syntax error"); break;
        default: break;
        }
        if (item) fl_js_put(j, node, &last, item);
    }
    return node;
}

/* ---- patterns ---- */

bool fl_js_is_target(fl_js_at at) { return at.class == FL_JS_TARGET || at.class == FL_JS_EXPR; }

static fl_node *default_pattern(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_default_, at), *target = NULL, *value = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child) {
        if (!target && fl_js_is_target(child)) target = fl_js_target(j, child);
        else if (!value && is_value(child)) value = fl_js_expression(j, child);
    }
    FL_JS_PLACES(j, node, NULL, target ? target : fl_js_gap(j, at.start), value ? value : fl_js_gap(j, at.end));
    return node;
}

static fl_node *rest_pattern(fl_js *j, fl_js_at at)
{
    fl_node *node = fl_js_node(j, FL_NODE_spread, at), *target = NULL;
    const fl_node *last = NULL;
    fl_js_at child;
    FL_JS_EACH(j, child)
        if (!target && fl_js_is_target(child)) target = fl_js_target(j, child);
    fl_js_put(j, node, &last, target ? target : fl_js_gap(j, at.start));
    return node;
}

static fl_node *lower_target(fl_js *j, fl_js_at at)
{
    switch (at.kind) {
    case FL_JS_undefined: case FL_JS_shorthand_target: return fl_js_leaf(j, at, FL_NODE_name, fl_js_name_sym(j, at));
    case FL_JS_object_pattern: return fl_js_object(j, at);
    case FL_JS_array_pattern: return fl_js_array(j, at, true);
    case FL_JS_assignment_pattern: return default_pattern(j, at);
    case FL_JS_rest_pattern: return rest_pattern(j, at);
    case FL_JS_parenthesized: case FL_JS_identifier: case FL_JS_member: case FL_JS_subscript: case FL_JS_non_null:
    case FL_JS_as_expression: case FL_JS_satisfies_expression: case FL_JS_type_assertion: {
        fl_node *node = fl_js_expression(j, at);
        switch (node->kind) {
        case FL_NODE_name: case FL_NODE_member: case FL_NODE_index: case FL_NODE_cast: case FL_NODE_opaque:
        case FL_NODE_list: case FL_NODE_dict:
            return node;
        default: break; /* (f()) = 1: refused by every engine */
        }
        break;
    }
    default: break;
    }
    return fl_js_opaque_with_children(j, at, "unknown target");
}

fl_node *fl_js_target(fl_js *j, fl_js_at at)
{
    if (!fl_js_descend(j)) return fl_js_opaque(j, at, "too deep");
    fl_node *node = lower_target(j, at);
    j->depth--;
    return node;
}
