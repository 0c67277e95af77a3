/*
 * Refuse when an expression throws. The expression alone is caught, never more than it: what else the statement does
 * keeps failing as loudly as before.
 *
 *     - const filter = JSON.parse(req.query.filter);
 *     + let filter;
 *     + try {
 *     +   filter = JSON.parse(req.query.filter);
 *     + } catch {
 *     +   throw new HttpError(400, 'filter is not valid JSON');
 *     + }
 *
 * A statement that only returns or assigns the value is wrapped as it stands. Where what is caught has to be named (a hole ${errors} in
 * `try`), it is what the call is known to throw (`throws`), else the failure that was foreseen.
 */
#include <string.h>
#include "fixer/fixer_p.h"

static fl_str spell2(fl_job *job, const fl_place *place, const char *row, const char *a, fl_str x, const char *b, fl_str y)
{
    return fl_spell(job->arena, place->spelling, row, (fl_hole[]){ { a, x }, { b, y }, { 0 } });
}

/** More than one thing may throw here: an awaited answer of another system, or a function of the project on the way. Then
 *  only the failure that was foreseen is refused, the rest is thrown on. */
static bool may_throw_more(const fl_job *job, const fl_place *place, const fl_node *value)
{
    const fl_data *plain = fl_data_get_c(place->spelling->data, "plain_errors");
    if (!job->spot->failure.len) return false;
    for (const fl_data *name = plain ? plain->first : NULL; name; name = name->next)
        if (fl_str_eq(name->text, job->spot->failure)) return false;
    return place->depth > 0 || place->is_around || value->kind == FL_NODE_await;
}

/** `int` of int(x); `json.loads` of json.loads(x). */
static fl_str known_errors(const fl_job *job, const fl_place *place, const fl_node *value)
{
    const fl_data *rows = fl_data_get_c(place->spelling->data, "throws"), *row = NULL;
    const fl_node *call = value;
    while (call && call->kind != FL_NODE_call) call = call->first;
    if (!rows || !call) return FL_S("");
    row = fl_data_get(rows, fl_text_of(place, fl_node_child(call, 0)));
    if (!row && fl_callee_name(call)) row = fl_data_get(rows, fl_sym_str(fl_callee_name(call)));
    (void)job;
    return fl_data_str(row, FL_S(""));
}

/** `int` of int(x), where x is what fails: the call around it. */
static const fl_node *throwing_call(const fl_node *node)
{
    while (node->parent && (node->kind != FL_NODE_call || fl_is_comprehension(fl_node_child(node, 0)))) {
        if (node->kind == FL_NODE_throw_ || node->kind == FL_NODE_let || node->kind == FL_NODE_expression || node->kind == FL_NODE_return_) return NULL;
        node = node->parent;
    }
    return node->kind == FL_NODE_call ? node : NULL;
}

/* items[position], of a list: what is not there throws. */
static bool is_element(const fl_job *job, const fl_place *place)
{
    const fl_node *value = place->value, *key = value && value->kind == FL_NODE_index && !place->path.len ? fl_node_child(value, 1) : NULL;
    fl_str error = fl_spelling_row(place->spelling, "index_error");
    return key && error.len && fl_str_eq(job->spot->failure, error) && key->kind != FL_NODE_string && key->kind != FL_NODE_number && key->kind != FL_NODE_unary;
}

bool fl_throws_by_itself(const fl_job *job)
{
    if (!job->places.count || job->spot->kind != FL_WS_missing_lookup) return false;
    const fl_place *place = &job->places.items[0];
    if (is_element(job, place)) return true;
    const fl_node *call = throwing_call(place->node);
    return call && known_errors(job, place, call).len > 0;
}

/** The class of what was foreseen, as it is named here: of an exception that a class has (`Model.DoesNotExist`), through that class. */
static fl_str foreseen_error(fl_job *job, const fl_place *place, const fl_node *value)
{
    fl_str failure = job->spot->failure;
    const fl_data *plain = fl_data_get_c(place->spelling->data, "plain_errors"), *owners = fl_data_get_c(place->spelling->data, "owned_errors");
    for (const fl_data *name = plain ? plain->first : NULL; name; name = name->next)
        if (fl_str_eq(name->text, failure)) return FL_S("");
    fl_str member = fl_data_str(fl_data_get(owners, failure), FL_S(""));
    const fl_node *node = value;
    while (member.len && node && !(node->kind == FL_NODE_member && fl_str_eq(fl_sym_str(node->sym), member))) node = node->first;
    if (!member.len) return failure;
    fl_str owner = node ? fl_text_of(place, fl_node_child(node, 0)) : FL_S("");
    return owner.len ? fl_spell(job->arena, place->spelling, "member", (fl_hole[]){ { "x", owner }, { "name", failure }, { 0 } }) : owner;
}

static fl_str try_text(fl_job *job, const fl_place *place, const fl_node *value, fl_str statement, fl_str refusal)
{
    fl_str try = fl_spelling_row(place->spelling, "try");
    if (fl_str_find(try, FL_S("${errors}")) >= 0) {
        fl_str errors = place->depth ? FL_S("") : known_errors(job, place, value);
        bool is_taken_apart = value->parent && value->parent->kind == FL_NODE_let && fl_node_child(value->parent, 0)->kind == FL_NODE_list;
        if (!errors.len) errors = foreseen_error(job, place, value);
        if (!errors.len && is_taken_apart) errors = fl_spelling_row(place->spelling, "unpacking_error");
        if (!errors.len) return errors;
        return fl_fill(job->arena, try, (fl_hole[]){ { "statement", statement }, { "errors", errors }, { "refusal", refusal }, { 0 } });
    }
    fl_str row = fl_spelling_row(place->spelling, "try_only");
    if (row.len && may_throw_more(job, place, value)) {
        char quote[2] = { place->style->quote, 0 };
        fl_str error = fl_name_free(job->arena, place->spelling, place->node, fl_spelling_row(place->spelling, "error_name"), FL_S("error"));
        return fl_fill(job->arena, row, (fl_hole[]){ { "statement", fl_terminated(job, place, statement) }, { "error", error },
                                                     { "q", fl_str_from(quote) }, { "type", job->spot->failure },
                                                     { "end", fl_terminated(job, place, FL_S("")) },
                                                     { "refusal", fl_terminated(job, place, refusal) }, { 0 } });
    }
    return spell2(job, place, "try", "statement", fl_terminated(job, place, statement), "refusal", fl_terminated(job, place, refusal));
}

/** The outermost wrapper of the throwing call that is still the same value: `await f(x)`, `f(x) as T`. */
static const fl_node *whole_value(const fl_node *node)
{
    while (node->parent && (node->parent->kind == FL_NODE_await || node->parent->kind == FL_NODE_cast)) node = node->parent;
    return node;
}

static bool has_long_text(const fl_place *place, const fl_node *node)
{
    fl_str text = fl_text_of(place, node);
    if ((node->kind == FL_NODE_string || node->kind == FL_NODE_template) && text.len && memchr(text.ptr, '\n', text.len)) return true;
    for (const fl_node *child = node->first; child; child = child->next)
        if (has_long_text(place, child)) return true;
    return false;
}

/** Lines of a statement, each a step deeper: not where a text has lines of its own. */
static bool deepen(fl_job *job, const fl_place *place, const fl_node *statement, fl_str *text)
{
    if (has_long_text(place, statement)) return false;
    fl_str indent = fl_line_indent(place->file, statement->start_byte), line, rest = *text;
    fl_buf out;
    fl_buf_init(&out, 0);
    for (bool is_first = true; fl_str_split(&rest, '\n', &line); is_first = false) {
        if (line.len && line.ptr[line.len - 1] == '\r') line.len--;
        if (is_first) {
            fl_buf_add(&out, line);
            continue;
        }
        if (fl_str_starts(line, indent)) line = fl_str_sub(line, indent.len, line.len);
        fl_buf_format(&out, "%c%c" FL_STR_FMT, FL_NEWLINE, FL_INDENT, FL_STR_ARG(line));
    }
    *text = fl_str_copy(job->arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return true;
}

static bool spans_lines(const fl_place *place, const fl_node *node)
{
    fl_str text = fl_text_of(place, node);
    return memchr(text.ptr, '\n', text.len) != NULL;
}

/** `const x = VALUE`: the name stays in scope, with its type; false when it is another kind of statement. */
static bool declare_then_try(fl_job *job, const fl_site *site, const fl_node *value, fl_str refusal, fl_str *text)
{
    const fl_node *let = site->statement;
    if (let->kind != FL_NODE_let || fl_node_child(let, 1) != value) return false;
    const fl_node *target = fl_node_child(let, 0), *type = fl_node_child(let, 2);
    if (target->kind != FL_NODE_name || (let->next && let->next->start_byte < site->end_byte)) return false;
    const fl_place *place = site->place;
    bool is_typed = !fl_node_is_absent(type) && type->start_byte < target->start_byte;    /* `int x`, not `x: int` */
    uint32_t end = fl_node_is_absent(type) || is_typed ? target->end_byte : type->end_byte;
    fl_str declared = fl_str_sub(place->file->text, target->start_byte, end);
    fl_str keyword = fl_str_sub(place->file->text, site->start_byte, target->start_byte);
    if (is_typed) keyword = fl_declared_type(job, place, keyword, value);
    if (is_typed && !keyword.len) return false;
    fl_str declaration = !is_typed && ((let->flags & FL_FLAG_CONST) || !keyword.len)
        ? fl_spell(job->arena, place->spelling, "declare", (fl_hole[]){ { "name", declared }, { 0 } })
        : fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(keyword), FL_STR_ARG(declared));   /* its scope stays */
    fl_str assignment = spell2(job, place, "assign", "name", fl_text_of(place, target), "value", fl_text_of(place, value));
    *text = fl_str_format(job->arena, FL_STR_FMT "%c" FL_STR_FMT, FL_STR_ARG(fl_terminated(job, place, declaration)), FL_NEWLINE,
                          FL_STR_ARG(try_text(job, place, value, assignment, refusal)));
    return true;
}

/** Statements that are wrapped as they stand: `return VALUE`, `x = VALUE`, `VALUE`. */
static bool wrap_statement(const fl_site *site, const fl_node *value)
{
    const fl_node *s = site->statement;
    bool declares = fl_spelling_row(site->place->spelling, "declare").len > 0;
    if (site->shape == FL_SITE_EXPRESSION_BODY) return s == value;
    if (!declares && s->kind == FL_NODE_let) return fl_node_child(s, 1) == value;   /* an assignment is all that it is */
    if (s->kind == FL_NODE_return_) return fl_node_child(s, 0) == value;
    if (s->kind != FL_NODE_expression) return false;
    const fl_node *inner = fl_node_child(s, 0);
    if (inner == value) return true;
    return inner->kind == FL_NODE_assign && fl_node_child(inner, 1) == value && !fl_has_calls(fl_node_child(inner, 0));
}

/** What throws at this place: an element of a list, else the call around it; NULL: nothing that could be caught. */
static const fl_node *throwing_value(const fl_job *job, const fl_place *place)
{
    const fl_node *value = place->node;
    if (is_element(job, place)) return place->value;
    const fl_node *let = fl_spelling_row(place->spelling, "declare").len ? NULL : value->kind == FL_NODE_let ? value : fl_node_enclosing(value, FL_NODE_let);
    if (let && (let == value || fl_node_within(value, fl_node_child(let, 0)))) value = fl_node_child(let, 1);    /* taking it apart throws: a, b = … */
    while (value->parent && ((value->kind != FL_NODE_call && value->kind != FL_NODE_await) || fl_is_comprehension(fl_node_child(value, 0)))) {
        if (fl_node_enclosing(value, FL_NODE_call) == NULL || value->kind == FL_NODE_throw_ || value->kind == FL_NODE_let ||
            value->kind == FL_NODE_expression || value->kind == FL_NODE_return_)
            return NULL;
        value = value->parent;
    }
    return value;
}

static void catch_at(fl_job *job, const fl_place *place, fl_round round)
{
    fl_site site;
    if (!place->node || place->node->kind == FL_NODE_function || !fl_spelling_row(place->spelling, "try").len) return;
    const fl_node *value = throwing_value(job, place);
    if (!value) return;
    value = whole_value(value);
    if (!fl_site_find(&site, job, place) || value->start_byte < site.start_byte) return;
    fl_refusings refusals = { 0 };
    fl_refusals_at(job, place, round, &refusals);
    for (size_t i = 0; i < refusals.count && i < 2; i++) {
        fl_edits edits = { 0 };
        fl_edits_append(job, &edits, &refusals.items[i].imports);
        fl_str refusal = refusals.items[i].statement, text;
        bool declares = fl_spelling_row(place->spelling, "declare").len > 0;
        fl_str statement = fl_str_sub(place->file->text, site.start_byte, site.statement->end_byte);
        if (declares && declare_then_try(job, &site, value, refusal, &text)) {
            fl_site_replace(job, &site, text, &edits);
        } else if (wrap_statement(&site, value) && (!spans_lines(place, site.statement) || (!declares && deepen(job, place, site.statement, &statement)))) {
            fl_str terminator = fl_spelling_row(place->spelling, "terminator");
            if (terminator.len && fl_str_ends(statement, terminator)) statement = fl_str_sub(statement, 0, statement.len - terminator.len);
            if (site.shape == FL_SITE_EXPRESSION_BODY)
                statement = fl_spell(job->arena, place->spelling, "return_value", (fl_hole[]){ { "x", fl_text_of(place, value) }, { 0 } });
            text = try_text(job, place, value, statement, refusal);
            if (!text.len) return;
            fl_site_replace(job, &site, text, &edits);
        } else {
            if (!fl_site_can_hoist(&site, value)) return;
            fl_str wanted = fl_name_for_value(job->arena, value);
            fl_str field = fl_pointer_name(&job->spot->pointer);
            fl_str name = fl_name_free(job->arena, place->spelling, place->node, wanted.len && (place->depth || place->is_around || !field.len) ? wanted : field, FL_S("parsed"));
            fl_str type = fl_result_text(job, place, value);
            fl_str declaration = fl_spell(job->arena, place->spelling, "declare", (fl_hole[]){ { "name", name }, { "type", type }, { 0 } });
            if (!type.len && fl_str_find(fl_spelling_row(place->spelling, "declare"), FL_S("${type}")) >= 0) return;
            if (!declares && (spans_lines(place, value) || fl_body_of(value) != fl_function_of(value))) return;
            fl_str assignment = spell2(job, place, "assign", "name", name, "value", fl_text_of(place, value));
            text = try_text(job, place, value, assignment, refusal);
            if (!text.len) return;
            if (declares) text = fl_str_format(job->arena, FL_STR_FMT "%c" FL_STR_FMT, FL_STR_ARG(fl_terminated(job, place, declaration)), FL_NEWLINE, FL_STR_ARG(text));
            fl_site_insert(job, &site, text, &edits);
            fl_edit_expression(job, &edits, place, value, name);
        }
        fl_job_add(job, "catch-and-refuse", &edits, refusals.items[i].refusal);
    }
}

void fl_template_catch(fl_job *job, fl_round round)
{
    for (unsigned pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < job->places.count; i++)
            if (fl_refuses_alike(job, &job->places.items[i]) == (pass == 0)) catch_at(job, &job->places.items[i], round);
}
