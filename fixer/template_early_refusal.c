/*
 * T1: refuse before the value is used, in the project's own words. The first choice wherever the value is required by
 * what follows:
 *
 *     + if (!order) {
 *     +   throw new HttpError(404, 'Order not found');
 *     + }
 *       if (!order.shipment) {
 *
 * An expression with calls is bound first, so that it runs once:
 *
 *     + const coupon = coupons.find(code);
 *     + if (!coupon) { … }
 *     - const discount = discountFor(cart, coupons.find(code));
 *     + const discount = discountFor(cart, coupon);
 */
#include <string.h>
#include "fixer/fixer_p.h"

static fl_str spell_x(fl_job *job, const fl_place *place, const char *row, fl_str x)
{
    char quote[2] = { place->style->quote, 0 };
    return fl_spell(job->arena, place->spelling, row, (fl_hole[]){ { "x", x }, { "q", fl_str_from(quote) }, { 0 } });
}

static fl_str joined(fl_job *job, const fl_place *place, const char *row, fl_str a, fl_str b)
{
    if (!a.len) return b;
    return fl_spell(job->arena, place->spelling, row, (fl_hole[]){ { "a", a }, { "b", b }, { 0 } });
}

static bool has_or(const fl_place *place, fl_str condition)
{
    fl_str row = fl_spelling_row(place->spelling, "or");
    ptrdiff_t a = fl_str_find(row, FL_S("}")), b = fl_str_find(row, FL_S("${b}"));
    return a >= 0 && b > a && fl_str_find(condition, fl_str_sub(row, (size_t)a + 1, (size_t)b)) >= 0;
}

static fl_str grouped(fl_job *job, const fl_place *place, fl_str condition)
{
    return has_or(place, condition) ? spell_x(job, place, "group", condition) : condition;
}

/** Not one of these types. */
static fl_str not_types(fl_job *job, const fl_place *place, fl_str x, unsigned types)
{
    static const struct { unsigned type; const char *row; } rows[] = {
        { FL_JSON_STRING, "not_string" }, { FL_JSON_NUMBER, "not_number" }, { FL_JSON_INTEGER, "not_integer" },
        { FL_JSON_BOOLEAN, "not_boolean" }, { FL_JSON_ARRAY, "not_array" }, { FL_JSON_OBJECT, "not_object" },
    };
    fl_str condition = FL_S("");
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        if (!(types & rows[i].type) || (rows[i].type == FL_JSON_INTEGER && (types & FL_JSON_NUMBER))) continue;
        fl_str one = spell_x(job, place, rows[i].row, x);
        if (condition.len) one = grouped(job, place, one);
        condition = joined(job, place, "and", condition.len ? grouped(job, place, condition) : condition, one);
    }
    return condition;
}

static fl_str absent(fl_job *job, const fl_place *place, fl_str x)
{
    if (place->only_null) return spell_x(job, place, "is_null", x);
    return spell_x(job, place, place->style->absent_exactly ? "absent_exactly" : "absent", x);
}

/** Names of the value that a comprehension around it binds: they change from one element to the next. */
static bool is_per_element(const fl_node *value, const fl_node *node)
{
    if (node->kind == FL_NODE_name) {
        const fl_node *declaration = fl_declaration_of(node, node->sym);
        for (const fl_node *f = fl_function_of(value); declaration && fl_is_comprehension(f); f = fl_function_of(f))
            if (fl_node_within(declaration, f)) return true;
        return false;
    }
    for (const fl_node *child = node->first; child; child = child->next)
        if (is_per_element(value, child)) return true;
    return false;
}

/** `x["k"]` taken apart, where a key that is not there throws; the key as it is written. false: it is no such text. */
static bool split_key(const fl_place *place, fl_str x, fl_str *object, fl_str *key)
{
    if (!fl_has_own_keys(place) || x.len < 4 || x.ptr[x.len - 1] != ']') return false;
    char quote = x.ptr[x.len - 2];
    if (quote != '"' && quote != '\'') return false;
    size_t open = x.len - 2;
    while (open > 0 && x.ptr[open - 1] != quote) open--;
    if (open < 3 || x.ptr[open - 2] != '[') return false;
    *object = fl_str_sub(x, 0, open - 2);
    *key = fl_str_sub(x, open - 1, x.len - 1);
    return true;
}

/** Is it asked for keys, or for what mappings have? Else its members are those of an object of the project. */
static bool is_used_as_mapping(const fl_place *place)
{
    const fl_node *value = place->value, *parent = value ? value->parent : NULL;
    const fl_data *names = fl_data_get_c(place->spelling->data, "mapping_members");
    if (!parent) return false;
    if (parent->kind == FL_NODE_index) return fl_node_child(parent, 0) == value && fl_node_child(parent, 1)->kind == FL_NODE_string;
    for (const fl_data *name = names ? names->first : NULL; name && parent->kind == FL_NODE_member; name = name->next)
        if (fl_str_eq(fl_data_str(name, FL_S("")), fl_sym_str(parent->sym))) return true;
    return false;
}

/** Text alone comes from here: the type says nothing. */
static bool is_always_text(const fl_job *job)
{
    const fl_request_pointer *pointer = &job->spot->pointer;
    if (pointer->in == FL_IN_QUERY || pointer->in == FL_IN_HEADER || pointer->in == FL_IN_COOKIE || pointer->in == FL_IN_PATH || pointer->in == FL_IN_FILE) return true;
    const fl_operation *operation = job->operation;
    for (size_t i = 0; operation && i < operation->body.count; i++)
        if (fl_str_find(operation->body.items[i].type, FL_S("json")) >= 0) return false;
    return operation && operation->body.count > 0;
}

static fl_str number_text(fl_arena *arena, double n)
{
    return fl_str_format(arena, "%.15g", n);
}

/* PRICES[name], where a missing key throws: `name not in PRICES`. */
static fl_str key_not_in(fl_job *job, const fl_place *place)
{
    const fl_node *value = place->value, *key = value && value->kind == FL_NODE_index && !place->path.len ? fl_node_child(value, 1) : NULL;
    if (!key || job->spot->kind != FL_WS_missing_lookup || !fl_has_own_keys(place) || key->kind == FL_NODE_number || key->kind == FL_NODE_unary) return FL_S("");
    fl_str object = fl_checked_text(job, place, value->first), name = fl_checked_text(job, place, key);
    if (!object.len || !name.len) return FL_S("");
    return fl_spell(job->arena, place->spelling, "key_absent", (fl_hole[]){ { "x", object }, { "key", name }, { 0 } });
}

/* not isinstance(data, dict) or not isinstance(data.get("tags"), list) */
static fl_str not_with_key(fl_job *job, const fl_place *place, fl_str object, fl_str key, unsigned types)
{
    fl_str got = fl_spell(job->arena, place->spelling, "index_if_present", (fl_hole[]){ { "x", object }, { "index", key }, { 0 } }), wrong = types ? not_types(job, place, got, types) : FL_S("");
    if (!wrong.len) wrong = fl_spell(job->arena, place->spelling, "key_absent", (fl_hole[]){ { "x", object }, { "key", key }, { 0 } });
    return fl_spell(job->arena, place->spelling, "or", (fl_hole[]){ { "a", spell_x(job, place, "not_object", object) }, { "b", wrong }, { 0 } });
}

/* request.get_json()["range"] is read once, where a missing key gives nothing. */
static fl_str read_if_there(fl_job *job, const fl_place *place, const fl_node *value)
{
    const fl_node *key = value->kind == FL_NODE_index ? fl_node_child(value, 1) : NULL;
    if (job->spot->kind != FL_WS_missing_field || !key || key->kind != FL_NODE_string || !fl_has_own_keys(place)) return fl_text_of(place, value);
    return fl_spell(job->arena, place->spelling, "index_if_present", (fl_hole[]){ { "x", fl_text_of(place, value->first) }, { "index", fl_text_of(place, key) }, { 0 } });
}

fl_str fl_check_text(fl_job *job, const fl_place *place, fl_str x)
{
    const fl_weak_spot *spot = job->spot;
    unsigned types = spot->expected_types & ~(unsigned)(FL_JSON_NULL | FL_JSON_BINARY);
    bool is_field = spot->kind == FL_WS_missing_field || spot->kind == FL_WS_wrong_type;
    fl_str special = fl_special_check(job, place, x);
    if (special.len || spot->kind == FL_WS_division_by_zero || spot->kind == FL_WS_buffer_overflow) return special;
    if (!place->only_null && spot->hint != FL_HINT_CHECK_NOT_EMPTY && spot->hint != FL_HINT_CHECK_RANGE) {
        special = fl_library_check(job, place, x);
        if (special.len) return special;
    }
    fl_str object, key;
    bool has_key = split_key(place, x, &object, &key);
    if (spot->gives_null) return job->asks_for_key ? FL_S("") : spell_x(job, place, "is_null", x);
    special = key_not_in(job, place);
    if (special.len) return special;
    if (job->asks_for_key) return has_key ? not_with_key(job, place, object, key, types) : FL_S("");
    switch (spot->hint) {
    case FL_HINT_CHECK_TYPE:
        if (has_key) x = fl_spell(job->arena, place->spelling, "index_if_present", (fl_hole[]){ { "x", object }, { "index", key }, { 0 } });
        return not_types(job, place, x, types);
    case FL_HINT_CHECK_RANGE: {
        fl_hole holes[] = { { "x", x }, { "low", number_text(job->arena, spot->low) }, { "high", number_text(job->arena, spot->high) }, { 0 } };
        const char *row = spot->low <= -1e15 ? "above" : spot->high >= 1e15 ? "below" : job->takes_no_number ? "outside_number" : "outside";
        return fl_spell(job->arena, place->spelling, row, holes);
    }
    case FL_HINT_CHECK_NOT_EMPTY: return spell_x(job, place, "empty", x);
    case FL_HINT_CATCH: case FL_HINT_FORWARD_ERROR: return FL_S("");
    case FL_HINT_NONE: case FL_HINT_CHECK_PRESENT: case FL_HINT_MOVE_BELOW_CHECK: break;
    }
    bool is_strict = fl_data_get_bool(place->spelling->data, "strict_objects", false);
    if (is_strict) {
        bool is_mapping = is_used_as_mapping(&job->places.items[0]);
        if (!is_mapping) types &= ~(unsigned)FL_JSON_OBJECT;
        if (is_mapping && !types && (is_field || spot->kind == FL_WS_missing_body)) types = FL_JSON_OBJECT;
        if (is_always_text(job)) types = 0;
        is_field |= spot->kind == FL_WS_missing_body;
    }
    if (has_key && types == 0) return fl_spell(job->arena, place->spelling, "key_absent", (fl_hole[]){ { "x", object }, { "key", key }, { 0 } });
    if (has_key) x = fl_spell(job->arena, place->spelling, "index_if_present", (fl_hole[]){ { "x", object }, { "index", key }, { 0 } });
    if (is_field && (is_strict ? types : types & ~(unsigned)FL_JSON_OBJECT) && !place->only_null) {
        fl_str condition = not_types(job, place, x, types);
        if (condition.len || !fl_exits_matter(place)) return condition;
    }
    if (spot->kind == FL_WS_wrong_type || spot->kind == FL_WS_range_throws || spot->kind == FL_WS_parse_throws ||
        spot->kind == FL_WS_unhandled_rejection || spot->kind == FL_WS_bad_id)
        return FL_S("");
    return absent(job, place, x);
}

/** Names of the value that its own statement declares are not there yet. */
static bool is_declared_by(const fl_site *site, const fl_node *value)
{
    if (value->kind == FL_NODE_function) return false;
    if (value->kind == FL_NODE_name) {
        const fl_node *declaration = fl_declaration_of(value, value->sym);
        return declaration && declaration->start_byte >= site->start_byte && declaration->end_byte <= site->end_byte &&
               fl_node_file(declaration) == site->place->file->id && declaration->kind == FL_NODE_let &&
               fl_function_of(declaration) == site->place->function;
    }
    for (const fl_node *child = value->first; child; child = child->next)
        if (is_declared_by(site, child)) return true;
    return false;
}

/** `const order = find(id)!`: the check makes the claim superfluous, and a type checker would call the check so. */
static void drop_claim(fl_job *job, const fl_place *place, fl_edits *edits)
{
    fl_str mark = fl_spelling_row(place->spelling, "non_null_mark");
    if (place->value->kind != FL_NODE_name || place->path.len || !mark.len) return;
    const fl_node *declaration = fl_declaration_of(place->value, place->value->sym);
    const fl_node *value = declaration && declaration->kind == FL_NODE_let ? fl_node_child(declaration, 1) : NULL;
    if (!value || value->kind != FL_NODE_cast || !(value->flags & FL_FLAG_NON_NULL)) return;
    if (!fl_str_ends(fl_text_of(place, value), mark)) return;
    const fl_node *inner = fl_node_child(value, 0);                  /* its parentheses served the mark */
    if (inner->start_byte > value->start_byte) fl_edit_push(job, edits, place, value->start_byte, inner->start_byte, FL_S(""));
    fl_edit_push(job, edits, place, inner->end_byte, value->end_byte, FL_S(""));
}

/** Another weak spot of the operation is about the absence of what stands at this pointer. */
static bool is_weak(const fl_job *job, fl_str pointer)
{
    const fl_api *api = job->shop->api;
    for (size_t i = 0; i < api->weak_spots.count; i++) {
        const fl_weak_spot *other = &api->weak_spots.items[i];
        bool is_absence = other->kind == FL_WS_missing_body || other->kind == FL_WS_missing_field;
        if (is_absence && other->operation == job->spot->operation && other->pointer.in == job->spot->pointer.in && fl_str_eq(other->pointer.pointer, pointer))
            return true;
    }
    return false;
}

/** `req.body.items.first` → `req.body?.items?.first`, by the language's rows, for each owner that may be absent itself. */
static fl_str bear_absence(fl_job *job, const fl_place *place, fl_str x)
{
    fl_hole empty[] = { { "x", FL_S("") }, { "name", FL_S("") }, { 0 } };
    fl_str plain = fl_spell(job->arena, place->spelling, "member", empty), safe = fl_spell(job->arena, place->spelling, "member_if_present", empty);
    fl_str pointer = job->spot->pointer.pointer;
    size_t end = x.len;
    for (ptrdiff_t cut; plain.len && safe.len && (cut = fl_str_rfind_char(pointer, '/')) >= 0;) {
        pointer = fl_str_sub(pointer, 0, (size_t)cut);
        ptrdiff_t at = -1;
        for (size_t i = 0; i + plain.len <= end; i++)
            if (fl_str_eq(fl_str_sub(x, i, i + plain.len), plain)) at = (ptrdiff_t)i;
        if (at <= 0) break;
        end = (size_t)at;
        bool is_safe = end + plain.len >= safe.len && fl_str_eq(fl_str_sub(x, end + plain.len - safe.len, end + plain.len), safe);
        if (is_safe || !is_weak(job, pointer)) continue;
        x = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(fl_str_sub(x, 0, end)), FL_STR_ARG(safe),
                          FL_STR_ARG(fl_str_sub(x, end + plain.len, x.len)));
    }
    return x;
}

/** Is the name asked about somewhere: in a condition, a comparison, before `?.` or a default? Then absence is foreseen. */
static bool is_tested(const fl_node *node, fl_sym name)
{
    const fl_node *test = NULL;
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_if_: case FL_NODE_conditional: case FL_NODE_logical: case FL_NODE_switch_: test = fl_node_child(node, 0); break;
    case FL_NODE_loop: test = fl_node_child(node, 1); break;
    case FL_NODE_binary: case FL_NODE_unary: test = node; break;
    case FL_NODE_member: case FL_NODE_index: case FL_NODE_call: if (node->flags & FL_FLAG_OPTIONAL) test = fl_node_child(node, 0); break;
    default: break;
    }
    if (test && fl_mentions(test, name)) return true;
    for (const fl_node *child = node->first; child; child = child->next)
        if (is_tested(child, name)) return true;
    return false;
}

static unsigned count_writes(const fl_node *node, fl_sym name)
{
    bool is_write = (node->kind == FL_NODE_let || node->kind == FL_NODE_assign) && fl_declares(fl_node_child(node, 0), name);
    unsigned count = is_write;
    for (const fl_node *child = node->first; child; child = child->next) count += count_writes(child, name);
    return count;
}

/** Written once: declared so, or in fact where a language does not declare. */
static bool is_settled(const fl_node *declaration, fl_sym name)
{
    if (declaration->flags & FL_FLAG_CONST) return true;
    const fl_node *function = fl_function_of(declaration);
    return (declaration->flags & FL_FLAG_HOISTED) && function && count_writes(function, name) == 1;
}

/** What was looked up is refused before anything is done with it, not only before the first use that fails:
 *      const order = orders.find(…);  orders.splice(orders.indexOf(order), 1);  res.json(order.id) */
static void move_to_first_use(fl_job *job, const fl_place *place, fl_site *site)
{
    const fl_node *value = place->value, *list = site->statement->parent;
    if (value->kind != FL_NODE_name || site->shape != FL_SITE_OWN_LINES || place->element.len) return;
    const fl_node *declaration = fl_declaration_of(value, value->sym);
    if (!declaration || declaration->kind != FL_NODE_let || !is_settled(declaration, value->sym) || declaration->parent != list) return;
    for (const fl_node *s = declaration->next; s && s != site->statement; s = s->next) {
        if (!fl_mentions(s, value->sym)) continue;
        fl_place first = *place;
        fl_site found;
        first.node = s;
        if (is_tested(s, value->sym) || !fl_site_find(&found, job, &first) || found.shape != FL_SITE_OWN_LINES) return;
        found.place = place;
        *site = found;
        return;
    }
}

/** A name that is assigned apart from its declaration is checked right behind that, before anything else is done:
 *      target = find(to);  source->count -= n;  target->count += n; */
static void move_behind_assignment(fl_job *job, const fl_place *place, fl_site *site)
{
    const fl_node *value = place->value, *list = site->statement->parent, *behind = NULL;
    if (value->kind != FL_NODE_name || site->shape != FL_SITE_OWN_LINES || place->element.len || !fl_exits_matter(place)) return;
    for (const fl_node *s = list->first; s && s != site->statement; s = s->next) {
        const fl_node *assign = s->kind == FL_NODE_expression ? fl_node_child(s, 0) : NULL;
        bool gives = assign && assign->kind == FL_NODE_assign && fl_node_child(assign, 0)->kind == FL_NODE_name && fl_node_child(assign, 0)->sym == value->sym;
        if (gives) behind = s->next;
        else if (behind && (s->kind == FL_NODE_label || is_tested(s, value->sym))) return;
        else if (s->kind != FL_NODE_let && fl_mentions(s, value->sym) && !gives) behind = NULL;
    }
    if (!behind || behind == site->statement) return;
    fl_place first = *place;
    fl_site found;
    first.node = behind;
    if (!fl_site_find(&found, job, &first) || found.shape != FL_SITE_OWN_LINES) return;
    found.place = place;
    *site = found;
}

/** Who is not known is refused before anything else is looked at; and what breaks behind the answer, before it is given. */
static void move_to_top(fl_job *job, const fl_place *place, fl_site *site)
{
    const fl_node *body = place->function ? fl_node_child(place->function, 2) : NULL, *root = place->value;
    while (root->kind == FL_NODE_member || root->kind == FL_NODE_index || root->kind == FL_NODE_cast) root = fl_node_child(root, 0);
    unsigned index;
    if (!body || body->kind != FL_NODE_block || site->statement->parent != body || site->shape != FL_SITE_OWN_LINES || !place->is_handler ||
        root->kind != FL_NODE_name || !fl_param_named(place->function, root->sym, &index))
        return;
    for (const fl_node *s = body->first; s && s != site->statement; s = s->next) {
        if (is_tested(s, root->sym) && fl_str_find(fl_text_of(place, s), place->checked) >= 0) return;   /* it is asked about */
    }
    fl_place first = *place;
    fl_site found;
    first.node = body->first;
    if (!fl_site_find(&found, job, &first) || found.shape != FL_SITE_OWN_LINES) return;
    found.place = place;
    *site = found;
}

/** `environ["SHOP_URL"]` is read once, where a missing key gives nothing: shop_url = environ.get("SHOP_URL"). */
static fl_str read_setting(fl_job *job, const fl_place *place, fl_str *name)
{
    const fl_node *key = place->value->kind == FL_NODE_index ? fl_node_child(place->value, 1) : NULL;
    fl_str object = FL_S("");
    if (job->spot->kind != FL_WS_missing_setting || place->path.len || !key || key->kind != FL_NODE_string || !fl_has_own_keys(place)) return object;
    object = fl_checked_text(job, place, fl_node_child(place->value, 0));
    if (!object.len) return object;
    *name = fl_str_lower(job->arena, fl_sym_str(key->sym));
    return fl_spell(job->arena, place->spelling, "index_if_present", (fl_hole[]){ { "x", object }, { "index", fl_text_of(place, key) }, { 0 } });
}

/** `c.req.query("q")` is q: what is asked of a request is called as it is there. */
static fl_str field_name(fl_job *job, const fl_place *place)
{
    fl_str name = fl_name_for_value(job->arena, place->value), field = fl_pointer_name(&job->spot->pointer);
    const fl_node *call = place->value;
    while (call->kind == FL_NODE_cast) call = fl_node_child(call, 0);
    const fl_node *argument = call->kind == FL_NODE_call && !place->path.len ? fl_node_child(call, 1) : NULL;
    bool is_plain = field.len && (field.ptr[0] == '_' || (field.ptr[0] | 32) >= 'a');
    for (size_t i = 0; i < field.len; i++) is_plain = is_plain && (field.ptr[i] == '_' || (field.ptr[i] >= '0' && field.ptr[i] <= '9') || ((field.ptr[i] | 32) >= 'a' && (field.ptr[i] | 32) <= 'z'));
    return is_plain && argument && argument->kind == FL_NODE_string && fl_str_eq(fl_sym_str(argument->sym), field) ? field : name;
}

/*
 * Where an index or key that is not there throws, what holds it is bound and asked:
 *     + parts = request.headers.get("Authorization").split()
 *     + if len(parts) < 2: …
 *     - token = request.headers.get("Authorization").split()[1]
 *     + token = parts[1]
 * false: it is no such value.
 */
static bool refuse_holder(fl_job *job, const fl_place *place, fl_round round)
{
    const fl_node *value = place->value, *holder = value->kind == FL_NODE_index && !place->path.len && !place->element.len ? fl_node_child(value, 0) : NULL;
    const fl_node *key = holder ? fl_node_child(value, 1) : NULL;
    bool is_key = key && key->kind == FL_NODE_string && job->spot->kind == FL_WS_missing_field && fl_has_calls(holder);
    bool is_number = key && (key->kind == FL_NODE_number || key->kind == FL_NODE_unary) && (job->spot->kind == FL_WS_missing_match || job->spot->kind == FL_WS_missing_lookup);
    if (!holder || !fl_has_own_keys(place) || !fl_spelling_row(place->spelling, "index_error").len || !(is_key || is_number)) return false;
    fl_site site;
    fl_str reach, before = FL_S(""), name = FL_S(""), text = fl_checked_text(job, place, holder);
    if (!fl_site_find(&site, job, place) || is_declared_by(&site, holder) || is_per_element(holder, holder)) return true;
    if (!fl_site_reach(job, &site, fl_node_within(holder, site.statement) ? holder : place->node, &reach) || (reach.len && !text.len)) return true;
    if (!text.len) {
        if (!fl_site_can_hoist(&site, holder)) return true;
        text = name = fl_name_free(job->arena, place->spelling, place->node, is_key ? FL_S("data") : FL_S("parts"), FL_S("found"));
        before = fl_spell(job->arena, place->spelling, "bind", (fl_hole[]){ { "name", name }, { "value", fl_text_of(place, holder) }, { 0 } });
        before = fl_str_format(job->arena, FL_STR_FMT "%c", FL_STR_ARG(fl_terminated(job, place, before)), FL_NEWLINE);
    }
    unsigned types = job->spot->expected_types & ~(unsigned)(FL_JSON_NULL | FL_JSON_BINARY);
    fl_str condition = is_key ? not_with_key(job, place, text, fl_text_of(place, key), types) : fl_short_check(job, place, text, key);
    if (!condition.len) return true;
    if (reach.len) condition = joined(job, place, "and", reach, grouped(job, place, condition));
    fl_refusings refusals = { 0 };
    fl_refusals_at(job, place, round, &refusals);
    for (size_t i = 0; i < refusals.count && i < 2; i++) {
        fl_edits edits = { 0 };
        fl_edits_append(job, &edits, &refusals.items[i].imports);
        fl_str guard = fl_guard_text(job, place, condition, refusals.items[i].statement);
        fl_site_insert(job, &site, fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(before), FL_STR_ARG(guard)), &edits);
        if (name.len) fl_edit_expression(job, &edits, place, holder, name);
        fl_job_add(job, "early-refusal", &edits, refusals.items[i].refusal);
    }
    return true;
}

static void refuse_at(fl_job *job, const fl_place *place, fl_round round)
{
    fl_site site;
    if (!place->value || place->is_call || !fl_site_find(&site, job, place)) return;
    if (fl_throws_by_itself(job)) return;                            /* there is no value to ask about then */
    if (refuse_holder(job, place, round)) return;
    if (place->value->kind == FL_NODE_pair || (place->value->kind == FL_NODE_dict && (place->value->flags & FL_FLAG_NAMED))) return;    /* an argument by name is no value */
    if (is_declared_by(&site, place->value) || is_per_element(place->value, place->value)) return;
    fl_str reach, before = FL_S(""), name = FL_S(""), checked = place->checked;
    const fl_node *first = place->is_hoisted ? place->node : place->value;
    if (!fl_site_reach(job, &site, fl_node_within(first, site.statement) ? first : place->node, &reach)) return;
    fl_place named = *place;
    fl_str setting = FL_S(""), read = read_setting(job, place, &setting);
    if (!checked.len || read.len) {
        if (!read.len && !fl_site_can_hoist(&site, place->value)) return;
        fl_str wanted = read.len ? setting : place->name_hint.len ? place->name_hint : field_name(job, place);
        const fl_node *bound = place->value;
        while (bound->kind == FL_NODE_cast && bound->flags & FL_FLAG_NON_NULL && !place->path.len) bound = fl_node_child(bound, 0);   /* the guard makes the claim superfluous */
        name = fl_name_free(job->arena, place->spelling, place->node, wanted, FL_S("found"));
        before = fl_spell(job->arena, place->spelling, "bind",
                          (fl_hole[]){ { "name", name }, { "value", read.len ? read : read_if_there(job, place, bound) }, { "type", fl_result_text(job, place, place->value) }, { 0 } });
        bool wants_type = fl_str_starts(fl_spelling_row(place->spelling, "bind"), FL_S("${type}"));
        if (fl_str_find(before, FL_S("${")) >= 0 || (wants_type && !fl_str_find(before, name))) return;
        before = fl_str_format(job->arena, FL_STR_FMT "%c", FL_STR_ARG(fl_terminated(job, place, before)), FL_NEWLINE);
        checked = fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(name), FL_STR_ARG(place->path));
        if (!named.name_hint.len) named.name_hint = wanted.len ? wanted : name;
    }
    fl_str condition = fl_check_text(job, place, bear_absence(job, place, place->element.len ? place->of_element : checked));
    if (!condition.len) return;
    if (place->element.len)
        condition = fl_spell(job->arena, place->spelling, "any_element",
                             (fl_hole[]){ { "list", checked }, { "element", place->element }, { "condition", condition }, { 0 } });
    if (reach.len) condition = joined(job, place, "and", reach, grouped(job, place, condition));
    if (!reach.len && !name.len) {
        if (job->spot->kind == FL_WS_missing_identity || job->spot->is_after) move_to_top(job, place, &site);
        else if (job->spot->kind == FL_WS_missing_lookup) {
            move_to_first_use(job, place, &site);
            move_behind_assignment(job, place, &site);
        } else move_to_first_use(job, place, &site);
    }
    fl_refusings refusals = { 0 };
    fl_refusals_at(job, &named, round, &refusals);
    for (size_t i = 0; i < refusals.count && i < 2; i++) {
        fl_edits edits = { 0 };
        fl_edits_append(job, &edits, &refusals.items[i].imports);
        fl_str guard = fl_guard_text(job, place, condition, refusals.items[i].statement);
        fl_site_insert(job, &site, fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(before), FL_STR_ARG(guard)), &edits);
        drop_claim(job, place, &edits);
        if (name.len) fl_edit_expression(job, &edits, place, place->value, name);
        fl_job_add(job, "early-refusal", &edits, refusals.items[i].refusal);
    }
}

void fl_template_early_refusal(fl_job *job, fl_round round)
{
    /* a file that refuses like this already is a better place than one that never did */
    for (unsigned pass = 0; pass < 2; pass++) for (size_t i = 0; i < job->places.count; i++) {
        const fl_place *place = &job->places.items[i];
        if (fl_refuses_alike(job, place) != (pass == 0)) continue;
        /* once, before the callback, is better than inside it */
        if (i + 1 < job->places.count && place[1].is_hoisted) refuse_at(job, place + 1, round);
        refuse_at(job, place, round);
    }
    if (job->spot->kind == FL_WS_missing_field && !job->asks_for_key && job->places.count && fl_has_own_keys(&job->places.items[0])) {
        job->asks_for_key = true;   /* and whether what it is asked of has keys at all */
        fl_template_early_refusal(job, round);
        job->asks_for_key = false;
    }
    bool has_range = job->spot->hint == FL_HINT_CHECK_RANGE && !job->takes_no_number && job->spot->low > -1e15 && job->spot->high < 1e15;
    if (!has_range || !job->places.count || !fl_spelling_row(job->places.items[0].spelling, "outside_number").len) return;
    job->takes_no_number = true;   /* where valid requests leave the number out */
    fl_template_early_refusal(job, round);
    job->takes_no_number = false;
}
