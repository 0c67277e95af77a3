/*
 * try, with and match: what the tree says with several statements.
 *   except A as e: … except B: …   one handler that asks for classes in turn and throws again what none of them takes
 *   try … else                     a labelled block: a handler that was run leaves it
 *   with a as b: …                 b is what a is, then the body
 *   match x: case …                a variable, and a chain of conditions
 */
#include "extractor/languages/python_p.h"
#include <string.h>

static fl_node *block_of(fl_py *p, fl_py_at at)
{
    fl_node *block = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child)
        if (child.kind == FL_PY_block) block = fl_py_block(p, child);
    return block ? block : fl_py_no_block(p, at.end);
}

/* ---- try ---- */

typedef struct clause { fl_py_at at; fl_node *class_, *target, *body; } clause;

/* e is X; of a tuple, any of them. */
static fl_node *is_one_of(fl_py *p, fl_sym caught, fl_node *class_)
{
    fl_py_at span = { .start = class_->start_byte, .end = class_->end_byte };
    if (class_->kind != FL_NODE_list) return fl_py_binary(p, span, FL_OP_is_instance, fl_py_leaf(p, fl_py_point(span.start), FL_NODE_name, caught), class_);
    fl_node *any = NULL;
    for (fl_node *c = (fl_node *)(uintptr_t)class_->first, *next; c; c = next) {
        next = (fl_node *)(uintptr_t)c->next;
        c->next = NULL;
        c->parent = NULL;
        fl_py_at one = { .start = c->start_byte, .end = c->end_byte };
        fl_node *test = fl_py_binary(p, one, FL_OP_is_instance, fl_py_leaf(p, fl_py_point(one.start), FL_NODE_name, caught), c);
        any = any ? fl_py_binary(p, (fl_py_at){ .start = any->start_byte, .end = one.end }, FL_OP_or, any, test) : test;
    }
    return any ? any : fl_py_gap(p, span.start);
}

/* Is what begins at `start` parted from the class before it by a comma? */
static bool is_listed(const fl_py *p, const fl_node *before, uint32_t start)
{
    return before && start > before->end_byte && memchr(p->text + before->end_byte, ',', start - before->end_byte) != NULL;
}

/* The classes of `except A, B` as one list, as if they stood in parentheses. */
static fl_node *with_class(fl_py *p, fl_node *classes, fl_node *more)
{
    fl_node *list = classes;
    const fl_node *last = NULL;
    if (classes->kind != FL_NODE_list) {
        list = fl_py_node(p, FL_NODE_list, (fl_py_at){ .start = classes->start_byte, .end = more->end_byte });
        list->flags = FL_FLAG_TUPLE;
        fl_py_put(p, list, &last, classes);
    }
    for (last = list->first; last && last->next;) last = last->next;
    fl_py_put(p, list, &last, more);
    list->end_byte = more->end_byte;
    return list;
}

static clause except_clause(fl_py *p, fl_py_at at)
{
    clause c = { .at = at };
    fl_sym outer = p->caught;
    fl_py_at child, part;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_as_pattern && !c.class_) {
            FL_PY_EACH(p, part) {
                if (part.kind == FL_PY_as_pattern_target) c.target = fl_py_target(p, part);
                else if (fl_py_is_value(part)) c.class_ = fl_py_expression(p, part);
            }
        } else if (fl_py_is_value(child) && !c.class_) {
            c.class_ = fl_py_expression(p, child);
        } else if (fl_py_is_value(child) && is_listed(p, c.class_, child.start)) {
            c.class_ = with_class(p, c.class_, fl_py_expression(p, child)); /* except A, B: which the grammar takes for a name of A */
        } else if (fl_py_is_value(child) && !c.target && child.kind == FL_PY_identifier) {
            c.target = fl_py_target(p, child); /* except A as e, as newer grammars have it */
        } else if (child.kind == FL_PY_block) {
            bool is_named = c.target && c.target->kind == FL_NODE_name;
            p->caught = is_named ? c.target->sym : fl_sym_of_c("except");
            c.body = fl_py_block(p, child);
            p->caught = outer;
        }
    }
    if (!c.body) c.body = fl_py_no_block(p, at.end);
    if (c.target && c.target->kind != FL_NODE_name) c.target = NULL;
    return c;
}

static void append_exit(fl_py *p, fl_node *block, fl_sym label)
{
    const fl_node *last = block->first;
    while (last && last->next) last = last->next;
    fl_node *leave = fl_py_leaf(p, fl_py_point(block->end_byte), FL_NODE_break_, label);
    fl_py_put(p, block, &last, leave);
}

fl_node *fl_py_try(fl_py *p, fl_py_at at)
{
    fl_node *body = NULL, *finally = NULL, *otherwise = NULL;
    FL_VEC(clause) clauses = { 0 };
    fl_py_at child;
    uint32_t caught_end = at.start;
    FL_PY_EACH(p, child) {
        switch (child.kind) {
        case FL_PY_block: body = fl_py_block(p, child); break;
        case FL_PY_except_clause: case FL_PY_except_group_clause: {
            clause c = except_clause(p, child);
            fl_vec_push(p->builder.arena, &clauses, c);
            caught_end = child.end;
            break;
        }
        case FL_PY_else_clause: otherwise = block_of(p, child); break;
        case FL_PY_finally_clause: finally = block_of(p, child); break;
        default: break;
        }
    }
    if (!body) body = fl_py_no_block(p, at.start);
    /* one name for all clauses, so that one handler serves them: that of the first that has any */
    fl_sym name = FL_SYM_NONE;
    for (size_t i = 0; i < clauses.count && !name; i++)
        if (clauses.items[i].target) name = clauses.items[i].target->sym;
    if (!name) name = fl_sym_of_c("except");
    fl_sym label = otherwise && clauses.count ? fl_py_new_label(p) : FL_SYM_NONE;
    fl_node *handler = NULL, *target = NULL;
    if (clauses.count) {
        uint32_t first = clauses.items[0].at.start;
        fl_node *rest = NULL;
        for (size_t i = clauses.count; i-- > 0;) {
            clause *c = &clauses.items[i];
            fl_py_at span = { .start = c->at.start, .end = caught_end }, start = fl_py_point(c->body->start_byte);
            if (label) append_exit(p, c->body, label);
            fl_sym own = c->target ? c->target->sym : fl_sym_of_c("except");
            if (own != name) { /* the clause's own name for it; also what its bare `raise` throws */
                fl_node *let = fl_py_node(p, FL_NODE_let, start);
                FL_PY_PLACES(p, let, NULL, fl_py_leaf(p, start, FL_NODE_name, own), fl_py_leaf(p, start, FL_NODE_name, name), NULL);
                let->parent = c->body;
                let->next = c->body->first;
                c->body->first = let;
            }
            if (!c->class_) {
                rest = c->body;
                continue;
            }
            if (!rest) { /* nobody's: thrown again */
                fl_py_at end = fl_py_point(caught_end);
                fl_node *again = fl_py_node(p, FL_NODE_throw_, end);
                const fl_node *last = NULL, *last_part = NULL;
                fl_py_put(p, again, &last, fl_py_leaf(p, end, FL_NODE_name, name));
                rest = fl_py_no_block(p, caught_end);
                fl_py_put(p, rest, &last_part, again);
            }
            fl_node *choice = fl_py_node(p, FL_NODE_if_, span);
            FL_PY_PLACES(p, choice, NULL, is_one_of(p, name, c->class_), c->body, rest);
            rest = choice;
        }
        target = fl_py_leaf(p, fl_py_point(first), FL_NODE_name, name);
        if (rest && rest->kind == FL_NODE_block) {
            handler = rest;
        } else {
            const fl_node *last = NULL;
            handler = fl_py_node(p, FL_NODE_block, (fl_py_at){ .start = first, .end = caught_end });
            fl_py_put(p, handler, &last, rest);
        }
    }
    bool is_split = otherwise != NULL;
    fl_node *node = fl_py_node(p, FL_NODE_try_, (fl_py_at){ .start = at.start, .end = is_split ? (caught_end > body->end_byte ? caught_end : body->end_byte) : at.end });
    FL_PY_PLACES(p, node, NULL, body, target, handler, is_split ? NULL : finally);
    if (!is_split) return node;
    const fl_node *last = NULL, *last_part = NULL, *last_body = NULL;
    fl_py_at inside = { .start = at.start, .end = otherwise->end_byte };
    fl_node *block = fl_py_node(p, FL_NODE_block, inside), *whole = block;
    if (!clauses.count) { /* damaged: else without except */
        fl_py_put(p, block, &last, body);
    } else {
        fl_py_put(p, block, &last, node);
    }
    fl_py_put(p, block, &last, otherwise);
    if (label) {
        whole = fl_py_leaf(p, inside, FL_NODE_label, label);
        fl_py_put(p, whole, &last_part, block);
    }
    if (!finally) return whole;
    fl_node *outer = fl_py_node(p, FL_NODE_try_, at), *outer_body = fl_py_node(p, FL_NODE_block, inside);
    fl_py_put(p, outer_body, &last_body, whole);
    FL_PY_PLACES(p, outer, NULL, outer_body, NULL, NULL, finally);
    return outer;
}

/* ---- with ---- */

static void with_item(fl_py *p, fl_py_at at, fl_node *block, const fl_node **last)
{
    fl_node *value = NULL, *target = NULL;
    fl_py_at child, part;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_as_pattern) {
            FL_PY_EACH(p, part) {
                if (part.kind == FL_PY_as_pattern_target) target = fl_py_target(p, part);
                else if (fl_py_is_value(part) && !value) value = fl_py_expression(p, part);
            }
        } else if (fl_py_is_value(child) && !value) {
            value = fl_py_expression(p, child);
        } else if (child.class == FL_PY_TARGET || child.class == FL_PY_EXPR) {
            target = fl_py_target(p, child);
        }
    }
    if (!value) value = fl_py_gap(p, at.start);
    if (!target) {
        fl_py_put(p, block, last, fl_py_as_statement(p, value));
    } else if (target->kind == FL_NODE_name || target->kind == FL_NODE_list) {
        fl_py_put(p, block, last, fl_py_let(p, at, target, value, NULL));
    } else {
        fl_py_at span = { .start = value->start_byte, .end = value->end_byte }; /* the target stands behind */
        fl_node *let = fl_py_node(p, FL_NODE_let, span), *assign = fl_py_node(p, FL_NODE_assign, (fl_py_at){ .start = target->start_byte, .end = target->end_byte });
        fl_sym name = fl_sym_of_c("with");
        assign->op = FL_OP_assign;
        FL_PY_PLACES(p, let, NULL, fl_py_leaf(p, fl_py_point(span.start), FL_NODE_name, name), value, NULL);
        FL_PY_PLACES(p, assign, NULL, target, fl_py_leaf(p, fl_py_point(target->end_byte), FL_NODE_name, name));
        fl_py_put(p, block, last, let);
        fl_py_put(p, block, last, fl_py_as_statement(p, assign));
    }
}

fl_node *fl_py_with(fl_py *p, fl_py_at at)
{
    fl_node *block = fl_py_node(p, FL_NODE_block, at), *body = NULL;
    const fl_node *last = NULL;
    fl_py_at child, item;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_with_clause) {
            FL_PY_EACH(p, item)
                if (item.kind == FL_PY_with_item) with_item(p, item, block, &last);
        } else if (child.kind == FL_PY_with_item) {
            with_item(p, child, block, &last);
        } else if (child.kind == FL_PY_block) {
            body = fl_py_block(p, child);
        }
    }
    if (body) fl_py_put(p, block, &last, body);
    return block;
}

/* ---- match ---- */

typedef struct bindings { fl_py_chain lets; fl_sym subject; } bindings;

static void bind(fl_py *p, bindings *b, fl_py_at at, fl_sym name, fl_node *value)
{
    fl_tree_chain_push(&b->lets, fl_py_let(p, at, fl_py_leaf(p, fl_py_point(at.start), FL_NODE_name, name), value, NULL));
}

static fl_node *yes(fl_py *p, fl_py_at at)
{
    fl_node *node = fl_py_node(p, FL_NODE_boolean, at);
    node->flags = FL_FLAG_TRUE;
    return node;
}

static fl_node *pattern_test(fl_py *p, fl_py_at at, bindings *b);

/* The names inside a pattern whose parts are not followed: they hold something. */
static void bind_inside(fl_py *p, bindings *b)
{
    fl_py_at child;
    if (!fl_py_descend(p)) return;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_dotted_name || child.kind == FL_PY_identifier) {
            fl_sym name = fl_py_compact_sym(p, child);
            bool is_name = fl_py_is(p, p->grammar->name) || fl_str_find_char(fl_sym_str(name), '.') >= 0 || fl_str_eq_c(fl_sym_str(name), "_");
            if (!is_name) bind(p, b, child, name, fl_py_opaque(p, child, "part of a pattern"));
        } else {
            bind_inside(p, b);
        }
    }
    p->depth--;
}

static fl_node *subject(fl_py *p, const bindings *b, uint32_t byte) { return fl_py_leaf(p, fl_py_point(byte), FL_NODE_name, b->subject); }

/* a.b.c */
static fl_node *dotted(fl_py *p, fl_py_at at)
{
    fl_node *node = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind != FL_PY_identifier) continue;
        if (!node) { node = fl_py_name(p, child); continue; }
        fl_node *member = fl_py_leaf(p, (fl_py_at){ .start = at.start, .end = child.end }, FL_NODE_member, fl_py_sym(p, child.start, child.end));
        const fl_node *last = NULL;
        fl_py_put(p, member, &last, node);
        node = member;
    }
    return node ? node : fl_py_gap(p, at.start);
}

/* Class(a, b=c): the class is tested; parts by name are read where a name takes them. */
static fl_node *class_test(fl_py *p, fl_py_at at, bindings *b)
{
    fl_node *class_ = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_dotted_name && !class_) class_ = dotted(p, child);
        else bind_inside(p, b);
    }
    return fl_py_binary(p, at, FL_OP_is_instance, subject(p, b, at.start), class_ ? class_ : fl_py_gap(p, at.end));
}

static fl_node *shape_test(fl_py *p, fl_py_at at, bindings *b, const char *class_)
{
    bind_inside(p, b);
    return fl_py_binary(p, at, FL_OP_is_instance, subject(p, b, at.start), fl_py_leaf(p, fl_py_point(at.end), FL_NODE_name, fl_sym_of_c(class_)));
}

static fl_node *union_test(fl_py *p, fl_py_at at, bindings *b)
{
    fl_node *any = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_op_bar) continue;
        fl_node *test = pattern_test(p, child, b);
        any = any ? fl_py_binary(p, (fl_py_at){ .start = at.start, .end = child.end }, FL_OP_or, any, test) : test;
    }
    return any ? any : fl_py_gap(p, at.start);
}

static fl_node *lower_pattern(fl_py *p, fl_py_at at, bindings *b)
{
    fl_node *test = NULL;
    fl_py_at child;
    switch (at.kind) {
    case FL_PY_case_pattern: case FL_PY_parenthesized:
        FL_PY_EACH(p, child)
            if (!test) test = pattern_test(p, child, b);
        return test ? test : yes(p, at);
    case FL_PY_token_underscore: return yes(p, at);
    case FL_PY_as_pattern:
        FL_PY_EACH(p, child) {
            if (!test) test = pattern_test(p, child, b);
            else if (child.kind == FL_PY_identifier || child.kind == FL_PY_as_pattern_target) bind(p, b, child, fl_py_compact_sym(p, child), subject(p, b, child.end));
        }
        return test ? test : yes(p, at);
    case FL_PY_dotted_name: case FL_PY_identifier: {
        fl_sym name = fl_py_compact_sym(p, at);
        if (fl_str_find_char(fl_sym_str(name), '.') >= 0) return fl_py_binary(p, at, FL_OP_same, subject(p, b, at.start), dotted(p, at));
        if (!fl_str_eq_c(fl_sym_str(name), "_")) bind(p, b, at, name, subject(p, b, at.end));
        return yes(p, at);
    }
    case FL_PY_union_pattern: return union_test(p, at, b);
    case FL_PY_class_pattern: return class_test(p, at, b);
    case FL_PY_dict_pattern: return shape_test(p, at, b, "dict");
    case FL_PY_list_pattern: case FL_PY_tuple_pattern: return shape_test(p, at, b, "list");
    default: break;
    }
    if (fl_py_is_value(at)) return fl_py_binary(p, at, FL_OP_same, subject(p, b, at.start), fl_py_expression(p, at));
    return fl_py_opaque(p, at, "pattern");
}

static fl_node *pattern_test(fl_py *p, fl_py_at at, bindings *b)
{
    if (!fl_py_descend(p)) return fl_py_opaque(p, at, "too deep");
    fl_node *node = lower_pattern(p, at, b);
    p->depth--;
    return node;
}

/* if test: { names; if guard: body }: a guard that fails goes on with the next case, so the rest stands behind both. */
static fl_node *case_clause(fl_py *p, fl_py_at at, fl_sym subject_name, fl_sym label)
{
    bindings b = { .subject = subject_name };
    fl_node *test = NULL, *guard = NULL, *body = NULL, *first = NULL;
    const fl_node *last_first = NULL;
    fl_py_at child;
    FL_PY_EACH(p, child) {
        if (child.kind == FL_PY_case_pattern) {
            fl_node *item = pattern_test(p, child, &b);
            if (!test) test = item;
            else { /* case a, b: a sequence */
                if (!first) first = fl_py_opaque(p, (fl_py_at){ .start = at.start, .end = child.end }, "sequence pattern");
            }
        } else if (child.kind == FL_PY_if_clause) {
            guard = fl_py_inner_expression(p, child);
        } else if (child.kind == FL_PY_block) {
            body = fl_py_block(p, child);
        }
    }
    (void)last_first;
    if (first) test = first;
    if (!test) test = yes(p, fl_py_point(at.start));
    if (!body) body = fl_py_no_block(p, at.end);
    append_exit(p, body, label);
    uint32_t start = test->end_byte;
    fl_node *inside = body;
    if (guard) {
        inside = fl_py_node(p, FL_NODE_if_, (fl_py_at){ .start = guard->start_byte, .end = at.end });
        FL_PY_PLACES(p, inside, NULL, guard, body, NULL);
    }
    fl_node *block = fl_py_node(p, FL_NODE_block, (fl_py_at){ .start = b.lets.first && b.lets.first->start_byte < start ? b.lets.first->start_byte : start, .end = at.end });
    const fl_node *last = NULL;
    fl_tree_chain_append(&b.lets, block, &last);
    fl_py_put(p, block, &last, inside);
    fl_node *node = fl_py_node(p, FL_NODE_if_, at);
    FL_PY_PLACES(p, node, NULL, test, block, NULL);
    return node;
}

fl_node *fl_py_match(fl_py *p, fl_py_at at)
{
    fl_node *block = fl_py_node(p, FL_NODE_block, at), *value = NULL, *tuple = NULL;
    const fl_node *last = NULL, *last_item = NULL;
    fl_sym label = fl_py_new_label(p), name = fl_sym_of_c("match");
    fl_py_at child, arm;
    bool is_declared = false;
    FL_PY_EACH(p, child) {
        if (fl_py_is_value(child) && fl_py_is(p, p->grammar->subject)) {
            fl_node *item = fl_py_expression(p, child);
            if (!value) { value = item; continue; }
            if (!tuple) {
                tuple = fl_py_node(p, FL_NODE_list, (fl_py_at){ .start = value->start_byte, .end = child.end });
                tuple->flags = FL_FLAG_TUPLE;
                fl_py_put(p, tuple, &last_item, value);
            }
            fl_py_put(p, tuple, &last_item, item);
            tuple->end_byte = child.end;
            continue;
        }
        if (child.kind != FL_PY_block && child.kind != FL_PY_case_clause) continue;
        if (!is_declared) {
            fl_node *whole = tuple ? tuple : value ? value : fl_py_gap(p, at.start);
            fl_py_at span = { .start = whole->start_byte, .end = whole->end_byte };
            fl_node *let = fl_py_node(p, FL_NODE_let, span);
            FL_PY_PLACES(p, let, NULL, fl_py_leaf(p, fl_py_point(span.start), FL_NODE_name, name), whole, NULL);
            fl_py_put(p, block, &last, let);
            is_declared = true;
        }
        if (child.kind == FL_PY_case_clause) {
            fl_py_put(p, block, &last, case_clause(p, child, name, label));
        } else {
            FL_PY_EACH(p, arm)
                if (arm.kind == FL_PY_case_clause) fl_py_put(p, block, &last, case_clause(p, arm, name, label));
        }
    }
    fl_node *node = fl_py_leaf(p, at, FL_NODE_label, label);
    const fl_node *last_part = NULL;
    fl_py_put(p, node, &last_part, block);
    return node;
}
