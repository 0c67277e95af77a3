/*
 * When to refuse, where the words for it depend on the library that a value comes from, or on how it was declared:
 *
 *     cJSON_GetObjectItem(json, "to")->valuestring     !cJSON_IsString(cJSON_GetObjectItem(json, "to"))
 *     table[level]                                     level < 0 || level >= LEVELS
 *     strcpy(label, name)                              strlen(name) >= sizeof label
 *     bookings.find(ref)->second                       it == bookings.end()
 *
 * All words are rows of the language's spelling. What no row knows stays empty, and the general rows are asked.
 */
#include <string.h>
#include "fixer/fixer_p.h"

static const fl_node *plain(const fl_node *node)
{
    while (node && node->kind == FL_NODE_cast) node = fl_node_child(node, 0);
    return node;
}

static bool lists(const fl_data *words, fl_str word)
{
    for (const fl_data *w = words ? words->first : NULL; w; w = w->next)
        if (fl_str_eq(w->text, word)) return true;
    return false;
}

static const fl_data *group(const fl_place *place, const char *name)
{
    return fl_data_get_c(place->spelling->data, name);
}

/** `data.get("name")`: it asks an object for a key. Not `http.get("https://…")`, which a module does. */
static bool is_key_lookup(const fl_place *place, const fl_node *call)
{
    const fl_node *callee = fl_node_child(call, 0), *key = fl_node_child(call, 1), *root = fl_chain_root(callee);
    if (callee->kind != FL_NODE_member || !key || key->kind != FL_NODE_string || fl_node_count(call) > 3 || !lists(group(place, "key_lookups"), fl_sym_str(callee->sym))) return false;
    for (size_t i = 0; i < fl_sym_str(key->sym).len; i++)
        if (fl_sym_str(key->sym).ptr[i] == '/' || fl_sym_str(key->sym).ptr[i] == ':') return false;
    const fl_node *declaration = root && root->kind == FL_NODE_name && fl_node_child(callee, 0) == root ? fl_declaration_of(root, root->sym) : NULL;
    return !declaration || declaration->kind != FL_NODE_import;
}

bool fl_is_lookup(const fl_place *place, const fl_node *call)
{
    if (call->kind == FL_NODE_call && is_key_lookup(place, call)) return true;
    return call->kind == FL_NODE_call && fl_callee_name(call) && lists(group(place, "lookups"), fl_sym_str(fl_callee_name(call)));
}

/* ---- elements and their types ---- */

static unsigned type_named(fl_str name)
{
    static const struct { const char *name; unsigned type; } rows[] = {
        { "string", FL_JSON_STRING }, { "number", FL_JSON_NUMBER }, { "integer", FL_JSON_INTEGER },
        { "boolean", FL_JSON_BOOLEAN }, { "array", FL_JSON_ARRAY }, { "object", FL_JSON_OBJECT },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        if (fl_str_eq_c(name, rows[i].name)) return rows[i].type;
    return 0;
}

static const char *row_of(unsigned types)
{
    static const struct { unsigned type; const char *row; } rows[] = {
        { FL_JSON_STRING, "not_string" }, { FL_JSON_NUMBER, "not_number" }, { FL_JSON_INTEGER, "not_integer" },
        { FL_JSON_BOOLEAN, "not_boolean" }, { FL_JSON_ARRAY, "not_array" }, { FL_JSON_OBJECT, "not_object" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        if (types & rows[i].type) return rows[i].row;
    return "absent";
}

/** The row that says how this node takes a value out of an element, and the element. */
static const fl_data *accessor_of(const fl_place *place, const fl_node *node, const fl_node **element)
{
    const fl_data *rows = group(place, "accessors");
    for (const fl_data *row = rows ? rows->first : NULL; row && node; row = row->next) {
        fl_str call = fl_data_get_str(row, "call"), member = fl_data_get_str(row, "member");
        if (node->kind == FL_NODE_member && member.len && fl_str_eq(fl_sym_str(node->sym), member)) {
            *element = plain(fl_node_child(node, 0));
            return row;
        }
        if (node->kind != FL_NODE_call || !call.len || !fl_callee_name(node) || !fl_str_eq(fl_sym_str(fl_callee_name(node)), call)) continue;
        const fl_node *callee = plain(fl_node_child(node, 0));
        bool is_method = fl_str_eq_c(fl_data_get_str(row, "of"), "object");
        if (is_method && callee->kind != FL_NODE_member) continue;
        *element = plain(is_method ? fl_node_child(callee, 0) : fl_node_child(node, 1));
        if (*element) return row;
    }
    return NULL;
}

/** `std::string` of `x.get<std::string>()`, as the rows name it. */
static unsigned type_argument(const fl_place *place, const fl_node *call)
{
    fl_str text = fl_text_of(place, call);
    const fl_data *rows = group(place, "type_arguments");
    for (const fl_data *row = rows ? rows->first : NULL; row; row = row->next) {
        fl_str name = row->key;
        char written[80];
        size_t n = 0;
        written[n++] = '<';
        for (size_t i = 0; i < name.len && n + 4 < sizeof written; i++) {
            if (name.ptr[i] == '.') written[n++] = ':', written[n++] = ':';
            else written[n++] = name.ptr[i];
        }
        written[n++] = '>';
        ptrdiff_t at = fl_str_find(text, (fl_str){ written, n });
        if (at >= 0 && (size_t)at + n + 2 == text.len) return type_named(row->text);
    }
    return 0;
}

static bool is_used_as_pointer(const fl_place *place, const fl_node *value)
{
    const fl_node *parent = value->parent;
    if (place->node->kind == FL_NODE_member && (place->node->flags & FL_FLAG_ARROW)) return true;
    return parent && ((parent->kind == FL_NODE_member && (parent->flags & FL_FLAG_ARROW)) || (parent->kind == FL_NODE_unary && parent->op == FL_OP_dereference));
}

fl_str fl_library_check(fl_job *job, const fl_place *place, fl_str x)
{
    const fl_data *families = group(place, "families");
    job->checked_types = 0;
    if (!families || !place->value || place->path.len) return FL_S("");
    const fl_node *node = plain(place->value), *element = NULL;
    unsigned types = job->spot->expected_types & ~(unsigned)(FL_JSON_NULL | FL_JSON_BINARY);
    const fl_data *accessor = accessor_of(place, node, &element);
    const fl_node *taker = node;
    if (!accessor && node->parent && (accessor = accessor_of(place, node->parent, &element)) != NULL) {
        taker = node->parent;
        if (element != node) accessor = NULL;
    }
    const fl_node *outer = node;                                     /* body->at("x").get<T>(): from the inside */
    while (!accessor && (outer->kind == FL_NODE_member || outer->kind == FL_NODE_call) && outer->parent && outer != place->node) {
        outer = outer->parent;
        if (outer->kind == FL_NODE_call && accessor_of(place, outer, &element) && element == node) taker = outer, accessor = accessor_of(place, outer, &element);
    }
    if (!accessor && node->parent && node->parent->kind == FL_NODE_member && node->parent->parent) {
        taker = node->parent->parent;
        accessor = accessor_of(place, taker, &element);
        if (accessor && element != node) accessor = NULL;
    }
    if (accessor && !types) {
        types = type_named(fl_data_get_str(accessor, "type"));
        if (!types && taker->kind == FL_NODE_call) types = type_argument(place, taker);
    }
    if (!accessor) element = node;
    if (element != node) {
        x = fl_checked_text(job, place, element);
        if (!x.len) return x;
    }
    const fl_node *maker = element->kind == FL_NODE_name ? plain(fl_value_before(place->function, place->node, element->sym)) : element;
    bool is_index = maker && maker->kind == FL_NODE_index && accessor;     /* body["to"], and of what type it has to be */
    if (!is_index && (!maker || maker->kind != FL_NODE_call || !fl_callee_name(maker))) return FL_S("");
    const fl_node *callee = plain(fl_node_child(maker, 0)), *key = fl_node_child(maker, 1);
    for (const fl_data *family = families->first; family; family = family->next) {
        if (is_index ? !fl_data_get_bool(family, "index", false) : !lists(fl_data_get_c(family, "calls"), fl_sym_str(fl_callee_name(maker)))) continue;
        if (fl_str_eq_c(fl_data_get_str(family, "used"), "pointer") && !is_used_as_pointer(place, node)) continue;
        if (fl_data_get_bool(family, "keyed", false) && (!key || key->kind != FL_NODE_string)) continue;
        fl_str row = fl_data_get_str(family, row_of(types)), object = FL_S("");
        if (!row.len) row = fl_data_get_str(family, row_of(0));
        if (!row.len) return row;
        if (is_index) {
            object = fl_checked_text(job, place, callee);
            if (!object.len) return FL_S("");
        } else if (callee->kind == FL_NODE_member) {
            fl_str whole = fl_text_of(place, callee), name = fl_sym_str(callee->sym);
            if (!fl_str_ends(whole, name)) return FL_S("");
            object = fl_str_sub(whole, 0, whole.len - name.len);
        }
        job->checked_types = fl_data_get_str(family, row_of(types)).len ? types : 0;
        return fl_fill(job->arena, row, (fl_hole[]){ { "x", x }, { "object", object }, { "key", key ? fl_text_of(place, key) : FL_S("") }, { 0 } });
    }
    return FL_S("");
}

/* ---- bounds ---- */

/** The text of a declaration, from what it declares to the end of its line: `names[LEVELS] = {`. */
static fl_str declared(const fl_file *file, const fl_node *node)
{
    const fl_node *target = node->kind == FL_NODE_let || node->kind == FL_NODE_param ? fl_node_child(node, 0) : node;
    return fl_str_sub(file->text, target->start_byte, fl_line_end(file, target->start_byte));
}

static const fl_node *find_declared(const fl_node *node, fl_sym name, bool with_fields)
{
    for (const fl_node *child = node->first; child; child = child->next) {
        if (child->kind == FL_NODE_function) continue;
        if (child->kind == FL_NODE_let && fl_node_child(child, 0)->kind == FL_NODE_name && fl_node_child(child, 0)->sym == name) return child;
        if (with_fields && child->kind == FL_NODE_field && child->sym == name) return child;
        const fl_node *found = find_declared(child, name, with_fields);
        if (found) return found;
    }
    return NULL;
}

/** What stands between the marks of an array's declaration: its size, when that is a number or a constant's name. */
static fl_str size_behind(fl_job *job, const fl_place *place, fl_str text, fl_str name)
{
    const fl_data *marks = group(place, "array_marks");
    if (!marks || !marks->first || !marks->first->next) return FL_S("");
    fl_str open = fl_fill(job->arena, marks->first->text, (fl_hole[]){ { "name", name }, { 0 } });
    ptrdiff_t at = fl_str_find(text, open);
    if (at < 0) return FL_S("");
    fl_str rest = fl_str_sub(text, (size_t)at + open.len, text.len);
    ptrdiff_t end = fl_str_find(rest, marks->first->next->text);
    return end < 0 ? FL_S("") : fl_str_trim(fl_str_sub(rest, 0, (size_t)end));
}

/** Size of the array that an expression names; `is_array` also when it has none that can be repeated (`x[] = {…}`). */
static fl_str array_size(fl_job *job, const fl_place *place, const fl_node *array, bool *is_array)
{
    const fl_project *project = job->shop->api->project;
    *is_array = false;
    array = plain(array);
    if (!array || (array->kind != FL_NODE_name && array->kind != FL_NODE_member)) return FL_S("");
    bool is_field = array->kind == FL_NODE_member;
    const fl_node *local = is_field ? NULL : fl_declaration_of(array, array->sym);
    fl_str name = fl_sym_str(array->sym), mark = FL_S(""), best = FL_S("");
    const fl_data *marks = group(place, "array_marks");
    if (marks && marks->first) mark = fl_fill(job->arena, marks->first->text, (fl_hole[]){ { "name", name }, { 0 } });
    if (local && local->kind == FL_NODE_param) return FL_S("");      /* a pointer, whatever it says */
    for (uint32_t i = 0; mark.len && i < (local ? 1 : project->file_count); i++) {
        const fl_file *file = local ? place->file : project->files[i];
        const fl_node *node = local ? local : file->root ? find_declared(file->root, array->sym, is_field) : NULL;
        if (!node) continue;
        fl_str text = is_field ? fl_str_sub(file->text, node->start_byte, fl_line_end(file, node->start_byte)) : declared(file, node);
        if (fl_str_find(text, mark) < 0) {
            if (is_field) return FL_S("");
            continue;
        }
        *is_array = true;
        fl_str size = size_behind(job, place, text, name);
        if (size.len && !best.len) best = size;
    }
    return best;
}

static const fl_node *type_of_name(const fl_node *value)
{
    const fl_node *declaration = value && value->kind == FL_NODE_name ? fl_declaration_of(value, value->sym) : NULL;
    const fl_node *type = declaration && (declaration->kind == FL_NODE_let || declaration->kind == FL_NODE_param) ? fl_node_child(declaration, 2) : NULL;
    return fl_node_is_absent(type) || type->kind != FL_NODE_type_name ? NULL : type;
}

static fl_str index_check(fl_job *job, const fl_place *place, fl_str x)
{
    const fl_node *index = place->node;
    while (index && !(index->kind == FL_NODE_index && fl_node_within(place->value, fl_node_child(index, 1)))) index = index->parent;
    if (!index || !fl_spelling_row(place->spelling, "outside_array").len) return FL_S("");
    const fl_node *array = plain(fl_node_child(index, 0)), *type = type_of_name(plain(place->value)), *of = type_of_name(array);
    bool is_unsigned = type && lists(group(place, "unsigned_types"), fl_sym_str(type->sym)), is_array;
    fl_str size = array_size(job, place, array, &is_array), text = fl_checked_text(job, place, array);
    fl_hole holes[] = { { "array", text }, { 0 } };
    if (!text.len) return FL_S("");
    if (of && lists(group(place, "containers"), fl_sym_str(of->sym))) {
        size = fl_spell(job->arena, place->spelling, is_unsigned ? "container_count_unsigned" : "container_count", holes);
    } else if (!is_array) {
        return FL_S("");
    } else if (!size.len || fl_has_digits_only(size)) {
        bool can_ask = fl_declaration_of(array, array->sym) != NULL || array->kind == FL_NODE_member;
        if (can_ask) size = fl_spell(job->arena, place->spelling, is_unsigned ? "array_count_unsigned" : "array_count", holes);
    }
    if (!size.len) return FL_S("");
    return fl_spell(job->arena, place->spelling, is_unsigned ? "outside_array_unsigned" : "outside_array", (fl_hole[]){ { "x", x }, { "count", size }, { 0 } });
}

fl_str fl_short_check(fl_job *job, const fl_place *place, fl_str list, const fl_node *at)
{
    bool is_negative = at && at->kind == FL_NODE_unary && at->op == FL_OP_neg;
    if (is_negative) at = fl_node_child(at, 0);
    int64_t n;
    if (!list.len || !at || at->kind != FL_NODE_number || !fl_str_to_int(fl_sym_str(at->sym), &n) || !fl_spelling_row(place->spelling, "too_short").len) return FL_S("");
    int64_t least = is_negative ? n : n + 1;
    if (least <= 1) return fl_spell(job->arena, place->spelling, "empty", (fl_hole[]){ { "x", list }, { 0 } });
    return fl_spell(job->arena, place->spelling, "too_short", (fl_hole[]){ { "x", list }, { "count", fl_str_format(job->arena, "%lld", (long long)least) }, { 0 } });
}

static fl_str length_check(fl_job *job, const fl_place *place)
{
    const fl_node *index = plain(place->value), *at = index && index->kind == FL_NODE_index ? fl_node_child(index, 1) : NULL;
    return at ? fl_short_check(job, place, fl_checked_text(job, place, fl_node_child(index, 0)), at) : FL_S("");
}

bool fl_has_digits_only(fl_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
    return text.len > 0;
}

/** How much the call allocated that a local name got last, when it is a number: `64` of `buffer = malloc(64)`. */
static fl_str allocated_size(fl_job *job, const fl_place *place, const fl_node *name)
{
    const fl_node *value = name && name->kind == FL_NODE_name && place->function ? plain(fl_value_before(place->function, name, name->sym)) : NULL;
    fl_str row = value && value->kind == FL_NODE_call && fl_callee_name(value) ? fl_data_str(fl_data_get(group(place, "allocators"), fl_sym_str(fl_callee_name(value))), FL_S("")) : FL_S("");
    static const char *const names[] = { "0", "1" };
    fl_hole holes[3] = { { 0 } };
    size_t count = 0;
    for (const fl_node *a = row.len ? fl_node_child(value, 1) : NULL; a && count < 2; a = a->next) {
        if (plain(a)->kind != FL_NODE_number) return FL_S("");
        holes[count] = (fl_hole){ names[count], fl_text_of(place, a) };
        count++;
    }
    fl_str text = row.len ? fl_fill(job->arena, row, holes) : row;
    return fl_str_find(text, FL_S("${")) >= 0 ? FL_S("") : text;
}

const fl_data *fl_bound_of(fl_job *job, const fl_place *place, const fl_node **call, fl_str *too_long)
{
    const fl_data *rows = group(place, "bounds");
    const fl_node *node = place->node;
    while (node && node->kind != FL_NODE_call) {
        if (node->kind == FL_NODE_expression || node->kind == FL_NODE_block) return NULL;
        node = node->parent;
    }
    const fl_data *row = rows && node && fl_callee_name(node) ? fl_data_get(rows, fl_sym_str(fl_callee_name(node))) : NULL;
    const fl_node *first = row ? fl_node_child(node, 1) : NULL;
    bool is_array;
    if (!first) return NULL;
    (void)array_size(job, place, first, &is_array);
    fl_str room = is_array ? fl_spell(job->arena, place->spelling, "array_bytes", (fl_hole[]){ { "x", fl_text_of(place, plain(first)) }, { 0 } }) : allocated_size(job, place, plain(first));
    if (!room.len) return NULL;
    static const char *const names[] = { "0", "1", "2" };
    fl_hole holes[6] = { { 0 } };
    size_t count = 0;
    for (const fl_node *a = first; a && count < 3; a = a->next, count++) {
        const fl_node *bare = plain(a);
        fl_str text = count ? fl_text_of(place, a) : fl_text_of(place, bare);
        bool instead = fl_data_get_bool(row, "instead", false);
        if (count && !instead) {
            text = fl_checked_text(job, place, a);
            if (!text.len) text = fl_has_effects(place, a) ? FL_S("") : fl_text_of(place, a);
            if (!text.len) return NULL;
        }
        holes[count] = (fl_hole){ names[count], text };
    }
    const fl_node *second = first->next, *last = second;
    while (last && last->next) last = last->next;
    holes[count++] = (fl_hole){ "room", room };
    if (second) holes[count] = (fl_hole){ "rest", fl_str_sub(place->file->text, second->start_byte, last->end_byte) };
    *call = node;
    *too_long = fl_fill(job->arena, fl_data_get_str(row, "too_long"), holes);
    return fl_str_find(*too_long, FL_S("${")) >= 0 ? NULL : row;
}

fl_str fl_special_check(fl_job *job, const fl_place *place, fl_str x)
{
    const fl_node *call;
    fl_str text = FL_S("");
    switch (job->spot->kind) {
    case FL_WS_division_by_zero: return fl_spell(job->arena, place->spelling, "is_zero", (fl_hole[]){ { "x", x }, { 0 } });
    case FL_WS_out_of_bounds_index:
        if (!place->value || place->path.len) return text;
        text = length_check(job, place);
        return text.len ? text : index_check(job, place, x);
    case FL_WS_buffer_overflow: {
        const fl_data *row = place->depth == 0 ? fl_bound_of(job, place, &call, &text) : NULL;
        return row && !fl_data_get_bool(row, "instead", false) ? text : FL_S("");
    }
    default: return text;
    }
}

/* ---- types that are written before a name ---- */

/** Without words that belong to a function or a variable, not to the type. */
static fl_str without_words(fl_job *job, const fl_place *place, fl_str text, const char *row)
{
    const fl_data *words = group(place, row);
    for (bool again = true; again;) {
        again = false;
        for (const fl_data *w = words ? words->first : NULL; w; w = w->next)
            if (fl_str_starts(text, w->text) && text.len > w->text.len && text.ptr[w->text.len] == ' ') {
                text = fl_str_trim(fl_str_sub(text, w->text.len, text.len));
                again = true;
            }
    }
    return text.len && text.ptr[text.len - 1] != '*' && text.ptr[text.len - 1] != '&' ? fl_str_format(job->arena, FL_STR_FMT " ", FL_STR_ARG(text)) : text;
}

fl_str fl_result_text(fl_job *job, const fl_place *place, const fl_node *call)
{
    call = plain(call);
    fl_sym callee = call && call->kind == FL_NODE_call ? fl_callee_name(call) : FL_SYM_NONE;
    if (!callee) return FL_S("");
    fl_str known = fl_data_str(fl_data_get(group(place, "call_types"), fl_sym_str(callee)), FL_S(""));
    if (known.len) return without_words(job, place, known, "type_words");
    const fl_node *function = fl_workshop_function(job->shop, callee), *type = function ? fl_node_child(function, 1) : NULL;
    if (fl_node_is_absent(type)) return FL_S("");
    const fl_file *file = job->shop->api->project->files[fl_node_file(function)];
    return without_words(job, place, fl_str_trim(fl_node_text(file, type)), "type_words");
}

fl_str fl_declared_type(fl_job *job, const fl_place *place, fl_str keyword, const fl_node *value)
{
    fl_str type = without_words(job, place, fl_str_trim(keyword), "type_qualifiers");
    fl_str inferred = fl_spelling_row(place->spelling, "inferred_type");
    return inferred.len && fl_str_eq(fl_str_trim(type), inferred) ? fl_result_text(job, place, value) : type;
}
