/*
 * T7: a look-up that refuses by itself, instead of one that gives nothing or throws what nobody answers (rows `swaps`):
 *
 *     - return Ticket.objects.get(pk=ticket_id)
 *     + return get_object_or_404(Ticket, pk=ticket_id)
 *
 * Some refuse keys of another type, too (`malformed`). The project's words go before it, unless it looks up like that elsewhere. Not where absence is asked about: there it has a meaning.
 */
#include <string.h>
#include "fixer/fixer_p.h"

/** The call that gives the value: itself, or what its name was given. */
static const fl_node *lookup_of(const fl_place *place)
{
    const fl_node *value = place->value ? place->value : place->node;
    if (value && value->kind == FL_NODE_name) {
        const fl_node *declaration = fl_declaration_of(value, value->sym);
        value = declaration && declaration->kind == FL_NODE_let && fl_function_of(declaration) == place->function ? fl_node_child(declaration, 1) : NULL;
    }
    while (value && (value->kind == FL_NODE_await || value->kind == FL_NODE_cast)) value = fl_node_child(value, 0);
    return value && value->kind == FL_NODE_call ? value : NULL;
}

static bool is_asked_about(const fl_node *node, fl_sym name)
{
    const fl_node *test = node->kind == FL_NODE_if_ || node->kind == FL_NODE_conditional || node->kind == FL_NODE_logical ? fl_node_child(node, 0) : NULL;
    if (test && fl_mentions(test, name)) return true;
    for (const fl_node *child = node->first; child; child = child->next)
        if (is_asked_about(child, name)) return true;
    return false;
}

/** `get_or_404` of "${x}.query.get_or_404(${arguments})". */
static fl_str function_of(fl_str with)
{
    ptrdiff_t end = fl_str_find_char(with, '(');
    fl_str front = fl_str_sub(with, 0, end < 0 ? with.len : (size_t)end);
    ptrdiff_t dot = fl_str_rfind_char(front, '.');
    return fl_str_sub(front, dot < 0 ? 0 : (size_t)dot + 1, front.len);
}

static bool is_used(const fl_workshop *shop, fl_str function)
{
    fl_sym name = fl_sym_of(function);
    for (uint32_t i = 0; i < shop->api->project->file_count; i++) {
        const fl_node *root = shop->api->project->files[i]->root;
        fl_str text = shop->api->project->files[i]->text;
        if (root && (fl_mentions(root, name) || fl_str_find(text, fl_str_format(shop->arena, "." FL_STR_FMT "(", FL_STR_ARG(function))) >= 0)) return true;
    }
    return false;
}

static bool has_package(const fl_workshop *shop, fl_str package)
{
    for (size_t i = 0; i < shop->api->packages.count; i++)
        if (fl_str_eq(shop->api->packages.items[i], package)) return true;
    return !package.len;
}

/** Brings the function into scope, when it is no member; false: not in this round. */
static bool bring(fl_job *job, const fl_place *place, const fl_data *row, fl_round round, fl_edits *edits)
{
    fl_str name = fl_data_get_str(row, "name");
    if (!name.len || fl_is_known(job, place, fl_sym_of(name))) return true;
    return round != FL_ROUND_PROJECT && fl_import_from(job, place, fl_data_get_str(row, "from"), fl_sym_of(name), edits);
}

static void swap_at(fl_job *job, const fl_place *place, const fl_node *call, const fl_data *row, fl_round round)
{
    fl_str pattern = fl_data_get_str(row, "call"), with = fl_data_get_str(row, "with");
    ptrdiff_t hole = fl_str_find(pattern, FL_S("${x}")), open = fl_str_find_char(pattern, '(');
    if (hole != 0 || open < 5) return;
    fl_str between = fl_str_sub(pattern, 4, (size_t)open), callee = fl_text_of(place, fl_node_child(call, 0)), whole = fl_text_of(place, call);
    bool takes_arguments = fl_str_find(pattern, FL_S("${arguments}")) >= 0;
    if (!fl_str_ends(callee, between) || callee.len <= between.len || whole.len < callee.len + 2 || whole.ptr[whole.len - 1] != ')') return;
    fl_str inner = fl_str_trim(fl_str_sub(whole, callee.len, whole.len - 1));
    if (!inner.len || inner.ptr[0] != '(') return;
    inner = fl_str_trim(fl_str_sub(inner, 1, inner.len));
    if (takes_arguments != (inner.len > 0)) return;
    if (is_used(job->shop, function_of(with)) != (round != FL_ROUND_FRAMEWORK)) return;
    fl_edits edits = { 0 };
    if (!bring(job, place, row, round, &edits)) return;
    fl_str text = fl_fill(job->arena, with, (fl_hole[]){ { "x", fl_str_sub(callee, 0, callee.len - between.len) }, { "arguments", inner }, { 0 } });
    fl_edit_push(job, &edits, place, call->start_byte, call->end_byte, text);
    fl_job_add(job, "lookup-swap", &edits, NULL);
}

void fl_template_swap(fl_job *job, fl_round round)
{
    bool is_malformed = job->spot->kind == FL_WS_bad_id;
    if (!job->places.count || (job->spot->kind != FL_WS_missing_lookup && !is_malformed)) return;
    const fl_place *place = &job->places.items[0];
    const fl_data *rows = fl_data_get_c(place->spelling->data, "swaps");
    const fl_node *call = rows ? lookup_of(place) : NULL;
    unsigned status = job->spot->expected_status ? job->spot->expected_status : 404;
    const fl_node *value = place->value ? place->value : place->node;
    if (!call || (value->kind == FL_NODE_name && place->function && is_asked_about(place->function, value->sym))) return;
    for (const fl_data *row = rows->first; row; row = row->next)
        if (fl_data_get_int(row, "status", 0) == (int64_t)status && (!is_malformed || fl_data_get_bool(row, "malformed", false)) && has_package(job->shop, fl_data_get_str(row, "package"))) swap_at(job, place, call, row, round);
}
