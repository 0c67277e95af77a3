/*
 * Names for what had none: a temporary for the value of a call, the word for an entity in a message. Names follow the
 * call: users.findById(id), userRepository.get(id) and loadUser(id) all give "user". English, but no language of code.
 */
#include <ctype.h>
#include <string.h>
#include "fixer/fixer_p.h"

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static char lower(char c) { return is_upper(c) ? (char)(c + 32) : c; }

/** orders → order, categories → category, boxes → box, address → address. */
fl_str fl_singular(fl_arena *arena, fl_str word)
{
    if (word.len > 3 && fl_str_ends(word, FL_S("ies")))
        return fl_str_format(arena, FL_STR_FMT "y", FL_STR_ARG(fl_str_sub(word, 0, word.len - 3)));
    static const char *const es[] = { "sses", "xes", "ches", "shes", "zes" };
    for (size_t i = 0; i < FL_COUNT(es); i++)
        if (fl_str_ends(word, fl_str_from(es[i]))) return fl_str_sub(word, 0, word.len - 2);
    if (word.len > 2 && fl_str_ends(word, FL_S("s")) && !fl_str_ends(word, FL_S("ss")) && !fl_str_ends(word, FL_S("us")) &&
        !fl_str_ends(word, FL_S("is")))
        return fl_str_sub(word, 0, word.len - 1);
    return word;
}

/** Without a first word of asking and a last word of place: findUserById → User, orderRepository → order. */
static fl_str entity(fl_arena *arena, fl_str name)
{
    static const char *const verbs[] = { "find", "get", "load", "fetch", "lookup", "lookUp", "read", "query", "select", "show", "parse", "decode",
                                         "to", "by", "filter", "sort", "slice", "splice", "at", "pop", "shift", "map", "reverse", "search" };
    static const char *const places[] = { "repository", "repo", "service", "model", "store", "controller", "dao", "collection",
                                          "table", "list", "map", "cache", "manager", "db", "index", "by", "entity", "schema", "client", "data",
                                          "one", "unique", "first", "last", "all", "many", "single", "id", "pk", "value", "values" };
    while (name.len && (name.ptr[0] == '_' || name.ptr[0] == '#' || name.ptr[0] == '$')) name = fl_str_sub(name, 1, name.len);
    while (name.len > 1 && name.ptr[name.len - 1] == '_') name.len--;                     /* a field of a class: rooms_ */
    for (size_t i = 0; i < 7; i++) {                                 /* store_find_note: behind the module's name */
        fl_str verb = fl_str_format(arena, "_%s_", verbs[i]);
        ptrdiff_t at = fl_str_find(name, verb);
        if (at > 0) name = fl_str_sub(name, (size_t)at + verb.len, name.len);
        size_t behind = verb.len - 1;                                 /* parcel_find: in front of the verb */
        if (name.len > behind && fl_str_eq(fl_str_sub(name, name.len - behind, name.len), fl_str_sub(verb, 0, behind))) name = fl_str_sub(name, 0, name.len - behind);
    }
    for (size_t i = 0; i < FL_COUNT(verbs); i++) {
        size_t n = strlen(verbs[i]);
        if (name.len > n && fl_str_starts(name, fl_str_from(verbs[i])) && (is_upper(name.ptr[n]) || name.ptr[n] == '_')) {
            name = fl_str_sub(name, n + (name.ptr[n] == '_'), name.len);
            break;
        }
        if (fl_str_eq_c(name, verbs[i])) return FL_S("");
    }
    static const char *const cuts[] = { "By", "_by_", "Of", "_of", "For", "_for_", "With", "Or", "From", "Async" };
    for (size_t i = 0; i < FL_COUNT(cuts); i++) {
        ptrdiff_t at = fl_str_find(name, fl_str_from(cuts[i]));
        if (at < 0) continue;
        size_t behind = (size_t)at + strlen(cuts[i]);
        if (behind < name.len && !is_upper(name.ptr[behind]) && cuts[i][0] != '_') continue;   /* Order is no "Or" */
        name = fl_str_sub(name, 0, (size_t)at);
    }
    for (size_t i = 0; i < FL_COUNT(places); i++) {
        size_t n = strlen(places[i]);
        if (fl_str_eq_nocase(name, fl_str_from(places[i]))) return FL_S("");
        if (name.len > n && fl_str_eq_nocase(fl_str_sub(name, name.len - n, name.len), fl_str_from(places[i])) &&
            (is_upper(name.ptr[name.len - n]) || name.ptr[name.len - n - 1] == '_')) {
            name = fl_str_sub(name, 0, name.len - n - (name.ptr[name.len - n - 1] == '_'));
            break;
        }
    }
    return fl_singular(arena, name);
}

static fl_str lower_first(fl_arena *arena, fl_str name)
{
    if (!name.len) return name;
    char *copy = fl_str_c(arena, name);
    for (size_t i = 0; i < name.len && is_upper(copy[i]); i++) {     /* URL → url, HTTPClient → httpClient */
        if (i && i + 1 < name.len && !is_upper(name.ptr[i + 1])) break;
        copy[i] = lower(copy[i]);
    }
    return (fl_str){ copy, name.len };
}

fl_str fl_name_for_value(fl_arena *arena, const fl_node *value)
{
    while (value && (value->kind == FL_NODE_await || value->kind == FL_NODE_cast)) value = fl_node_child(value, 0);
    if (!value) return FL_S("");
    fl_str name = FL_S("");
    switch ((fl_node_kind)value->kind) {
    case FL_NODE_name: name = fl_sym_str(value->sym); break;
    case FL_NODE_member:
        name = entity(arena, fl_sym_str(value->sym));
        if (!name.len) name = fl_sym_str(value->sym);
        break;
    case FL_NODE_index: {                                            /* orders[0] is an order; queue[0] is not a queue */
        const fl_node *list = fl_node_child(value, 0);
        fl_str whole = list->kind == FL_NODE_name || list->kind == FL_NODE_member ? fl_sym_str(list->sym) : FL_S("");
        name = fl_name_for_value(arena, list);
        if (whole.len && fl_str_eq(fl_singular(arena, whole), whole) && !fl_sym_str(fl_key_of(value)).len) return FL_S("");
        if (!whole.len && list->kind == FL_NODE_call) {              /* and splice() of a queue is no queue either */
            const fl_node *callee = fl_node_child(list, 0), *receiver = callee->kind == FL_NODE_member ? fl_node_child(callee, 0) : NULL;
            fl_str of = receiver && (receiver->kind == FL_NODE_name || receiver->kind == FL_NODE_member) ? fl_sym_str(receiver->sym) : FL_S("");
            if (of.len && fl_str_eq(name, of) && fl_str_eq(fl_singular(arena, of), of)) return FL_S("");
        }
        return name;
    }
    case FL_NODE_call: {
        name = entity(arena, fl_sym_str(fl_callee_name(value)));
        const fl_node *callee = fl_node_child(value, 0);
        /* find(), findById(): the receiver says of what; also through a chain: rows.filter(f).find(g) */
        if (!name.len && callee && (callee->kind == FL_NODE_member)) {
            const fl_node *receiver = fl_node_child(callee, 0);
            name = fl_name_for_value(arena, receiver);
            name = entity(arena, name);
        }
        break;
    }
    default: break;
    }
    return lower_first(arena, fl_singular(arena, name));
}

static bool collides(const fl_node *at, fl_sym name)
{
    const fl_node *function = at->kind == FL_NODE_function ? at : fl_function_of(at), *outer = at;
    while (outer->parent && outer->parent->kind != FL_NODE_module) outer = outer->parent;
    return fl_mentions(function ? function : outer, name) || fl_is_visible(at, name);
}

static bool is_identifier(fl_str name)
{
    if (!name.len || isdigit((unsigned char)name.ptr[0])) return false;
    for (size_t i = 0; i < name.len; i++)
        if (!isalnum((unsigned char)name.ptr[i]) && name.ptr[i] != '_' && name.ptr[i] != '$') return false;
    return true;
}

fl_str fl_name_free(fl_arena *arena, const fl_spelling *spelling, const fl_node *at, fl_str wanted, fl_str fallback)
{
    static const char *const reserved[] = { "new", "delete", "class", "default", "function", "return", "case", "import", "export",
                                            "package", "interface", "in", "of", "for", "if", "do", "with", "enum", "this", "null", "from", "is",
                                            "and", "as", "def", "except", "finally", "global", "lambda", "not", "or", "pass", "raise", "try", "while", "yield" };
    fl_str name = is_identifier(wanted) ? wanted : fallback;
    for (size_t i = 0; i < FL_COUNT(reserved); i++)
        if (fl_str_eq_c(name, reserved[i])) name = fallback;
    if (!collides(at, fl_sym_of(name))) return name;
    char *capital = fl_str_c(arena, name);
    if (capital[0] >= 'a' && capital[0] <= 'z') capital[0] = (char)(capital[0] - 32);
    bool has_joiner = memchr(name.ptr, '_', name.len) || fl_str_eq_c(fl_spelling_row(spelling, "joiner"), "_");
    fl_str found = has_joiner ? fl_str_format(arena, "found_" FL_STR_FMT, FL_STR_ARG(name))
                                                   : fl_str_format(arena, "found%s", capital);
    for (unsigned i = 2; collides(at, fl_sym_of(found)); i++) found = fl_str_format(arena, FL_STR_FMT "%u", FL_STR_ARG(name), i);
    return found;
}

fl_str fl_words(fl_arena *arena, fl_str identifier)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < identifier.len; i++) {
        char c = identifier.ptr[i];
        if (c == '_' || c == '-' || c == '.') {
            fl_buf_add_char(&out, ' ');
        } else {
            if (i && is_upper(c) && !is_upper(identifier.ptr[i - 1]) && identifier.ptr[i - 1] != '_') fl_buf_add_char(&out, ' ');
            fl_buf_add_char(&out, lower(c));
        }
    }
    fl_str result = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return result;
}

fl_str fl_pointer_name(const fl_request_pointer *pointer)
{
    fl_str rest = pointer->pointer, part, last = FL_S("");
    while (fl_str_split(&rest, '/', &part))
        if (part.len && !fl_str_eq_c(part, "*")) last = part;
    return last;
}
