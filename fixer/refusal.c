/*
 * How to say no here: which of the project's refusals can be written at a place, and with which words. A refusal is a
 * statement with holes that the extractor mined; it fits where the names it needs are in scope and where leaving the
 * function ends the request. Its other uses in the project show how messages are worded: capital, full stop, a bare
 * entity ("Note" where the helper adds "not found"), a code ("not_found"), or a sentence that is always the same.
 */
#include <stdlib.h>
#include <string.h>
#include "fixer/fixer_p.h"

/* ---- the wording of the project ---- */

#define WORDING_LIMIT 64u

typedef struct wording {
    unsigned capital, small, stopped, open_ended;
    unsigned code, upper_code, entity_only;
    unsigned no_such;                      /**< "no such book" of this status */
    unsigned spoken;                       /**< messages of this status */
    fl_str texts[WORDING_LIMIT]; unsigned uses[WORDING_LIMIT]; size_t count;  /**< whole messages of this status */
} wording;

static const fl_node *first_text(const fl_node *node)
{
    if (node->kind == FL_NODE_string) return node;
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *found = first_text(child);
        if (found) return found;
    }
    return NULL;
}

/** The first text of a statement that reads like a sentence. */
static const fl_node *first_sentence(const fl_node *node)
{
    if (node->kind == FL_NODE_template) return node;
    if (node->kind == FL_NODE_string && (!node->parent || node->parent->kind != FL_NODE_index) && fl_str_find_char(fl_sym_str(node->sym), ' ') > 0) return node;
    if (node->kind == FL_NODE_string || node->kind == FL_NODE_function) return NULL;
    for (const fl_node *child = node->first; child; child = child->next) {
        if (node->kind == FL_NODE_call && child == node->first && child->kind != FL_NODE_member) continue;
        const fl_node *found = first_sentence(child);
        if (found) return found;
    }
    return NULL;
}

static const fl_node *first_text_of(const fl_node *node);

/** The first text of a statement: a sentence, else any string, or a template with holes. */
static const fl_node *first_message(const fl_node *node)
{
    const fl_node *sentence = first_sentence(node);
    return sentence ? sentence : first_text_of(node);
}

static const fl_node *first_text_of(const fl_node *node)
{
    if (node->kind == FL_NODE_string && node->parent && node->parent->kind != FL_NODE_index && fl_sym_str(node->sym).len > 2) return node;
    if (node->kind == FL_NODE_template) return node;
    if (node->kind == FL_NODE_string || node->kind == FL_NODE_function) return NULL;
    for (const fl_node *child = node->first; child; child = child->next) {
        if (node->kind == FL_NODE_call && child == node->first && child->kind != FL_NODE_member) continue;
        const fl_node *found = first_text_of(child);
        if (found) return found;
    }
    return NULL;
}

/** 404 of HTTP_404_NOT_FOUND; 0. */
static unsigned status_in_name(const fl_node *node)
{
    fl_str name = fl_sym_str(node->sym);
    for (size_t i = 0; i + 5 <= name.len; i++) {
        int64_t n;
        if (name.ptr[i] == '_' && name.ptr[i + 4] == '_' && fl_str_to_int(fl_str_sub(name, i + 1, i + 4), &n) && n >= 400 && n <= 599) return (unsigned)n;
    }
    return 0;
}

unsigned fl_error_status_in(const fl_node *node)
{
    if (node->kind == FL_NODE_name || node->kind == FL_NODE_member) {
        unsigned named = status_in_name(node);
        if (named) return named;
    }
    if (node->kind == FL_NODE_number) {
        int64_t n;
        if (fl_str_to_int(fl_sym_str(node->sym), &n) && n >= 400 && n <= 599) return (unsigned)n;
    }
    for (const fl_node *child = node->first; child; child = child->next) {
        unsigned found = fl_error_status_in(child);
        if (found) return found;
    }
    return 0;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/** "email is required": begins with a field, which keeps its own spelling and says nothing about sentences. */
static bool is_about_field(fl_str text)
{
    static const char *const verbs[] = { "is", "must", "should", "may", "are", "needs", "cannot", "can", "has", "was", "and", "or" };
    fl_str word, rest = text;
    if (!fl_str_split(&rest, ' ', &word) || !fl_str_split(&rest, ' ', &word)) return false;
    for (size_t i = 0; i < FL_COUNT(verbs); i++)
        if (fl_str_eq_c(word, verbs[i])) return true;
    return false;
}

static void hear(wording *w, fl_str text, bool same_status)
{
    if (!text.len || !is_letter(text.ptr[0])) return;
    bool has_space = memchr(text.ptr, ' ', text.len) != NULL, has_underscore = memchr(text.ptr, '_', text.len) != NULL;
    bool is_capital = text.ptr[0] < 'a';
    if (!has_space && has_underscore) {
        w->code++;
        if (is_capital) w->upper_code++;
    } else if (has_space) {
        if (is_capital) w->capital++; else if (!is_about_field(text)) w->small++;
        if (text.ptr[text.len - 1] == '.') w->stopped++; else w->open_ended++;
    }
    if (!same_status) return;
    w->spoken++;
    if (fl_str_starts(text, FL_S("no such ")) || fl_str_starts(text, FL_S("No such "))) w->no_such++;
    if (!has_space && !has_underscore) w->entity_only++;
    size_t i = 0;
    while (i < w->count && !fl_str_eq(w->texts[i], text)) i++;
    if (i == WORDING_LIMIT) return;
    if (i == w->count) w->texts[w->count++] = text;
    w->uses[i]++;
}

/** The call around the message that the refusal is recognised by: HttpError of `throw new HttpError(404, '…')`. */
static const fl_node *speaking_call(const fl_node *message)
{
    return fl_node_enclosing(message, FL_NODE_call);
}

static void listen(fl_job *job, const fl_node *tree, fl_sym callee, const fl_refusal *refusal, unsigned status, wording *w)
{
    if (tree->kind == FL_NODE_call && fl_callee_name(tree) == callee) {
        const fl_node *message = first_message(tree);
        unsigned its = fl_error_status_in(tree);
        if (message && message->kind == FL_NODE_string && speaking_call(message) == tree)
            hear(w, fl_sym_str(message->sym), its == status || (!its && refusal->status == status));
    }
    for (const fl_node *child = tree->first; child; child = child->next) listen(job, child, callee, refusal, status, w);
}

static void hear_project(fl_job *job, const fl_refusal *refusal, unsigned status, wording *w)
{
    *w = (wording){ 0 };
    const fl_project *project = job->shop->api->project;
    if (refusal->file >= project->file_count || refusal->sample.file >= project->file_count) return;
    const fl_file *file = project->files[refusal->sample.file];
    if (!file->root || refusal->sample.end_byte > file->text.len) return;
    const fl_node *sample = fl_node_at(file->root, refusal->sample.start_byte, refusal->sample.end_byte);
    const fl_node *message = sample ? first_message(sample) : NULL;
    if (!message || message->start_byte < refusal->sample.start_byte) return;
    const fl_node *call = speaking_call(message);
    fl_sym callee = call ? fl_callee_name(call) : FL_SYM_NONE;
    if (!callee) {
        if (message->kind != FL_NODE_string) return;
        hear(w, fl_sym_str(message->sym), refusal->status == status);
        return;
    }
    for (uint32_t i = 0; i < project->file_count; i++)
        if (project->files[i]->root) listen(job, project->files[i]->root, callee, refusal, status, w);
}

/* ---- the message ---- */

static fl_str type_words(fl_arena *arena, unsigned types)
{
    static const struct { unsigned type; const char *words; } rows[] = {
        { FL_JSON_STRING, "a string" }, { FL_JSON_INTEGER, "a whole number" }, { FL_JSON_NUMBER, "a number" },
        { FL_JSON_BOOLEAN, "a boolean" }, { FL_JSON_ARRAY, "an array" }, { FL_JSON_OBJECT, "an object" },
    };
    fl_str words = FL_S("");
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        if (!(types & rows[i].type) || (rows[i].type == FL_JSON_INTEGER && (types & FL_JSON_NUMBER))) continue;
        words = words.len ? fl_str_format(arena, FL_STR_FMT " or %s", FL_STR_ARG(words), rows[i].words) : fl_str_from(rows[i].words);
    }
    return words;
}

static fl_str malformed_of(const fl_weak_spot *spot)
{
    if (!spot->conditions.count) return FL_S("");
    const fl_condition *trigger = &spot->conditions.items[spot->conditions.count - 1];
    return trigger->kind == FL_COND_MALFORMED ? fl_data_str(trigger->value, FL_S("")) : FL_S("");
}

static fl_str path_entity(fl_arena *arena, const fl_operation *operation)
{
    fl_str rest = operation ? operation->path : FL_S(""), part, last = FL_S("");
    while (fl_str_split(&rest, '/', &part)) {
        if (part.len && part.ptr[0] == '{') break;
        if (part.len) last = part;
    }
    return fl_singular(arena, last);
}

static bool is_vague(fl_str name)
{
    static const char *const words[] = { "result", "results", "row", "found", "data", "doc", "document", "value", "item", "record", "entry",
                                         "obj", "object", "res", "r", "x", "it", "existing", "match", "first", "one", "undefined",
                                         "latest", "last", "current", "newest", "next", "previous", "entity", "model" };
    for (size_t i = 0; i < FL_COUNT(words); i++)
        if (fl_str_eq_c(name, words[i])) return true;
    return name.len < 2;
}

/** What was looked for: "order". By the name of the value, else of what it was made from, else by the route; may be empty. */
static fl_str entity_words(fl_job *job, const fl_place *place)
{
    const fl_node *value = place->value;
    fl_str name = place->name_hint;
    if (!name.len && value) name = fl_name_for_value(job->arena, value);
    if (!is_vague(name)) return fl_words(job->arena, name);
    const fl_node *declaration = value && value->kind == FL_NODE_name ? fl_declaration_of(value, value->sym) : NULL;
    if (declaration && declaration->kind == FL_NODE_let) name = fl_name_for_value(job->arena, fl_node_child(declaration, 1));
    if (is_vague(name)) name = path_entity(job->arena, job->operation);
    return is_vague(name) ? FL_S("") : fl_words(job->arena, name);
}

/** What the project says already when it misses this entity: "Order not found", "no such order". */
static fl_str said_of(fl_arena *arena, const wording *w, fl_str entity)
{
    static const char *const behind[] = { " not found", " was not found", " does not exist", " is unknown", " could not be found" };
    static const char *const before[] = { "no such ", "no ", "unknown ", "cannot find ", "could not find " };
    fl_str best = FL_S("");
    unsigned uses = 0;
    for (size_t i = 0; i < w->count && entity.len; i++) {
        fl_str words = fl_words(arena, w->texts[i]);
        while (words.len && (words.ptr[words.len - 1] == ' ' || words.ptr[words.len - 1] == '!')) words.len--;   /* the stop became a space */
        bool says = false;
        for (size_t k = 0; k < FL_COUNT(behind); k++) says |= fl_str_eq(words, fl_str_format(arena, FL_STR_FMT "%s", FL_STR_ARG(entity), behind[k]));
        for (size_t k = 0; k < FL_COUNT(before); k++) says |= fl_str_eq(words, fl_str_format(arena, "%s" FL_STR_FMT, before[k], FL_STR_ARG(entity)));
        if (!says || w->uses[i] <= uses || !memchr(w->texts[i].ptr, ' ', w->texts[i].len)) continue;
        best = w->texts[i];
        uses = w->uses[i];
    }
    return best;
}

static fl_str message_for(fl_job *job, const fl_place *place, unsigned status, const wording *w)
{
    fl_arena *arena = job->arena;
    const fl_weak_spot *spot = job->spot;
    fl_str field = fl_pointer_name(&spot->pointer);
    fl_str last = fl_str_sub(spot->pointer.pointer, (size_t)(fl_str_rfind_char(spot->pointer.pointer, '/') + 1), spot->pointer.pointer.len);
    bool is_element = fl_str_eq_c(last, "*") || (fl_has_digits_only(last) && last.len < spot->pointer.pointer.len - 1);
    if (is_element && !fl_str_eq_c(last, "*"))                       /* /tags/0 is a tag */
        field = fl_pointer_name(&(fl_request_pointer){ spot->pointer.in, fl_str_sub(spot->pointer.pointer, 0, spot->pointer.pointer.len - last.len - 1) });
    if (is_element) field = fl_singular(arena, field);
    bool is_about_entity = false;
    fl_str text;
    if (!field.len && place->value) field = fl_name_for_value(arena, place->value);
    if (!field.len) field = FL_S("request");
    if (status == 404) {
        text = entity_words(job, place);
        is_about_entity = true;
        fl_str said = said_of(arena, w, text);
        if (said.len) return said;
        if (!text.len) {                                             /* a general word is the right one when the project says it so */
            fl_str words = place->value && place->value->kind == FL_NODE_name ? fl_words(arena, fl_sym_str(place->value->sym)) : FL_S("");
            said = said_of(arena, w, words);
            if (!said.len) said = said_of(arena, w, fl_words(arena, path_entity(arena, job->operation)));
            if (said.len) return said;
        }
        bool is_told_entity = w->entity_only && w->entity_only * 2 >= w->spoken;
        if (is_told_entity && !text.len) text = fl_words(arena, path_entity(arena, job->operation));
        if (!is_told_entity && text.len && w->no_such * 2 > w->spoken) text = fl_str_format(arena, "no such " FL_STR_FMT, FL_STR_ARG(text));
        else if (!is_told_entity) text = fl_str_format(arena, FL_STR_FMT "%snot found", FL_STR_ARG(text), text.len ? " " : "");
    } else if (status == 401 || spot->kind == FL_WS_missing_identity) {
        size_t best = 0;                                             /* one sentence serves all who are not known */
        for (size_t i = 1; i < w->count; i++)
            if (w->uses[i] > w->uses[best]) best = i;
        if (w->count && (w->uses[best] > 1 || w->count == 1)) return w->texts[best];
        text = FL_S("authentication required");
        is_about_entity = true;
    } else if (spot->kind == FL_WS_missing_body) {
        for (size_t i = 0; i < w->count; i++)
            if (fl_str_find(w->texts[i], FL_S("body")) >= 0 && fl_str_find(w->texts[i], FL_S(" ")) >= 0) return w->texts[i];
        text = FL_S("request body is required");
        is_about_entity = true;
    } else if (spot->kind == FL_WS_missing_setting) {
        const fl_node *name = place->value ? first_text(place->value) : NULL;
        text = fl_str_format(arena, FL_STR_FMT " is not set", FL_STR_ARG(name ? fl_sym_str(name->sym) : FL_S("a setting")));
    } else if (spot->kind == FL_WS_buffer_overflow) {
        text = fl_str_format(arena, FL_STR_FMT " is too long", FL_STR_ARG(field));
    } else if (spot->kind == FL_WS_division_by_zero) {
        text = fl_str_format(arena, FL_STR_FMT " must not be 0", FL_STR_ARG(field));
    } else if (job->checked_types && type_words(arena, job->checked_types).len) {
        text = fl_str_format(arena, FL_STR_FMT " must be " FL_STR_FMT, FL_STR_ARG(field), FL_STR_ARG(type_words(arena, job->checked_types)));
    } else if (spot->hint == FL_HINT_CHECK_TYPE && type_words(arena, spot->expected_types).len) {
        text = fl_str_format(arena, FL_STR_FMT " must be " FL_STR_FMT, FL_STR_ARG(field), FL_STR_ARG(type_words(arena, spot->expected_types)));
    } else if (spot->hint == FL_HINT_CHECK_PRESENT && spot->kind == FL_WS_missing_field && (spot->expected_types & FL_JSON_ARRAY)) {
        text = fl_str_format(arena, FL_STR_FMT " must be " FL_STR_FMT, FL_STR_ARG(field), FL_STR_ARG(type_words(arena, spot->expected_types)));
    } else if (spot->hint == FL_HINT_CHECK_RANGE && spot->low > -1e15 && spot->high < 1e15) {
        text = fl_str_format(arena, FL_STR_FMT " must be between %.15g and %.15g", FL_STR_ARG(field), spot->low, spot->high);
    } else if (spot->hint == FL_HINT_CHECK_RANGE) {
        text = fl_str_format(arena, FL_STR_FMT " is out of range", FL_STR_ARG(field));
    } else if (spot->hint == FL_HINT_CHECK_NOT_EMPTY) {
        text = fl_str_format(arena, FL_STR_FMT " must not be empty", FL_STR_ARG(field));
    } else if (fl_str_eq_c(malformed_of(spot), "json")) {
        text = fl_str_format(arena, FL_STR_FMT " is not valid JSON", FL_STR_ARG(field));
    } else if (spot->kind == FL_WS_parse_throws || spot->kind == FL_WS_missing_match || spot->kind == FL_WS_bad_id || spot->kind == FL_WS_out_of_bounds_index || spot->hint == FL_HINT_CATCH) {
        text = fl_str_format(arena, FL_STR_FMT " is not valid", FL_STR_ARG(field));
    } else {
        text = fl_str_format(arena, FL_STR_FMT " is required", FL_STR_ARG(field));
    }
    char *bytes = fl_str_c(arena, text);
    size_t len = text.len;
    if (w->code > w->capital + w->small) {                           /* messages are codes here */
        for (size_t i = 0; i < len; i++) {
            if (!is_letter(bytes[i]) && !(bytes[i] >= '0' && bytes[i] <= '9')) bytes[i] = '_';
            else if (w->upper_code * 2 > w->code && bytes[i] >= 'a' && bytes[i] <= 'z') bytes[i] = (char)(bytes[i] - 32);
        }
        return (fl_str){ bytes, len };
    }
    /* a field keeps its own spelling; a sentence that begins with a word follows the project's */
    bool is_bare_word = status == 404 && w->entity_only && w->entity_only * 2 >= w->spoken && w->count;
    if (is_bare_word && w->texts[0].ptr[0] >= 'a') return (fl_str){ bytes, len };
    if (len && is_about_entity && bytes[0] >= 'a' && (w->capital > w->small || (w->capital + w->small == 0) || (status == 404 && w->entity_only && w->count && w->texts[0].ptr[0] < 'a')))
        bytes[0] = (char)(bytes[0] - 32);
    text = (fl_str){ bytes, len };
    return w->stopped > w->open_ended ? fl_str_format(arena, FL_STR_FMT ".", FL_STR_ARG(text)) : text;
}

/* ---- does it fit here? ---- */

static fl_sym sample_role_name(fl_job *job, const fl_refusal *refusal, int role)
{
    const fl_project *project = job->shop->api->project;
    if (role < 0 || refusal->sample.file >= project->file_count || !refusal->sample.end_byte) return FL_SYM_NONE;
    const fl_file *file = project->files[refusal->sample.file];
    if (!file->root || refusal->sample.end_byte > file->text.len) return FL_SYM_NONE;
    const fl_node *function = fl_function_of(fl_node_at(file->root, refusal->sample.start_byte, refusal->sample.end_byte));
    return function ? fl_param_name(function, (unsigned)role) : FL_SYM_NONE;
}

static const fl_node *sample_node(fl_job *job, const fl_refusal *refusal)
{
    const fl_project *project = job->shop->api->project;
    if (refusal->sample.file >= project->file_count || !refusal->sample.end_byte) return NULL;
    const fl_file *file = project->files[refusal->sample.file];
    if (!file->root || refusal->sample.end_byte > file->text.len) return NULL;
    const fl_node *node = fl_node_at(file->root, refusal->sample.start_byte, refusal->sample.end_byte);
    if (node && (node->kind == FL_NODE_block || node->kind == FL_NODE_case_))
        for (const fl_node *s = node->first; s; s = s->next)         /* with its terminator: the statement */
            if (s->start_byte >= refusal->sample.start_byte && s->end_byte <= refusal->sample.end_byte) return s;
    bool is_whole = node && node->parent && node->parent->kind == FL_NODE_expression && node->parent->end_byte == node->end_byte;
    return is_whole ? node->parent : node;
}

/** The parameter here that plays the part which `name` plays in the function of the sample: of that type, by preference of that name. */
static fl_sym same_part(fl_job *job, const fl_place *place, const fl_refusal *refusal, fl_sym name)
{
    const fl_node *sample = sample_node(job, refusal), *theirs = sample ? fl_function_of(sample) : NULL;
    unsigned index;
    const fl_node *param = theirs ? fl_param_named(theirs, name, &index) : NULL;
    if (!param || !place->function) return FL_SYM_NONE;
    const fl_node *type = fl_node_child(param, 2), *params = fl_node_child(place->function, 0);
    const fl_node *same = fl_param_named(place->function, name, &index);
    if (same) return name;
    if (fl_node_is_absent(type) || type->kind != FL_NODE_type_name) return FL_SYM_NONE;
    for (const fl_node *p = params ? params->first : NULL; p; p = p->next) {
        const fl_node *its = p->kind == FL_NODE_param ? fl_node_child(p, 2) : NULL;
        if (!fl_node_is_absent(its) && its->kind == FL_NODE_type_name && its->sym == type->sym && p->sym) return p->sym;
    }
    return FL_SYM_NONE;
}

/** What stands in the sample where the text has its hole for the response. */
static fl_sym sample_response(fl_job *job, const fl_refusal *refusal)
{
    const fl_node *sample = sample_node(job, refusal);
    fl_str hole = FL_S("${response}"), before = fl_str_sub(refusal->text, 0, refusal->text.len);
    ptrdiff_t at = fl_str_find(refusal->text, hole);
    if (!sample || at < 0) return FL_SYM_NONE;
    before = fl_str_sub(before, 0, (size_t)at);
    for (ptrdiff_t cut; (cut = fl_str_find_char(before, ' ')) >= 0;) before = fl_str_sub(before, (size_t)cut + 1, before.len);
    fl_str text = fl_node_text(job->shop->api->project->files[refusal->sample.file], sample);
    ptrdiff_t found = fl_str_find(text, before);
    if (found < 0) return FL_SYM_NONE;
    size_t start = (size_t)found + before.len, end = start;
    if (!before.len)                                                 /* it begins there: behind `return`, if that is written */
        for (ptrdiff_t space; (space = fl_str_find_char(fl_str_sub(text, start, text.len), ' ')) >= 0 && fl_str_eq_c(fl_str_sub(text, start, start + (size_t)space), "return");)
            start = end = start + (size_t)space + 1;
    while (end < text.len && (text.ptr[end] == '_' || (text.ptr[end] >= '0' && text.ptr[end] <= '9') || (text.ptr[end] | 32) >= 'a')) end++;
    return end > start ? fl_sym_of(fl_str_sub(text, start, end)) : FL_SYM_NONE;
}

/** The name of a handler's parameter here: by position in a handler, and by name too in what handlers call. */
static fl_sym role_name(fl_job *job, const fl_place *place, const fl_refusal *refusal, const char *role_text)
{
    int role = fl_workshop_role(job->shop, job->operation, role_text);
    if (role < 0 || !place->function) return FL_SYM_NONE;
    fl_sym name = fl_param_name(place->function, (unsigned)role);
    if (place->is_handler || !name) return name;
    fl_sym usual = sample_role_name(job, refusal, role);
    return usual ? (usual == name ? name : FL_SYM_NONE) : (fl_str_eq_c(fl_sym_str(name), role_text) ? name : FL_SYM_NONE);
}

/** `async (request) => …` answers by what it returns, and was written without the response: `async (request, reply) => …`, named as the
 *  sample's function names it. Where the function is registered as it stands, its parameters are typed by that. */
static fl_sym add_role(fl_job *job, const fl_place *place, const fl_refusal *refusal, fl_edits *edits)
{
    int role = fl_workshop_role(job->shop, job->operation, "response");
    const fl_node *function = place->function, *params = function ? fl_node_child(function, 0) : NULL, *last = NULL;
    if (role <= 0 || !place->is_handler || !params || !function->parent || function->parent->kind != FL_NODE_call || fl_node_child(function->parent, 0) == function) return FL_SYM_NONE;
    int count = 0;
    for (const fl_node *p = params->first; p; p = p->next, count++) {
        if (p->kind != FL_NODE_param || p->flags & FL_FLAG_REST) return FL_SYM_NONE;
        last = p;
    }
    fl_str text = place->file->text, added = FL_S("");
    size_t at = last ? last->end_byte : function->start_byte, end = at;
    if (!last) {
        ptrdiff_t open = fl_str_find(fl_str_sub(text, at, fl_node_child(function, 2)->start_byte), FL_S("("));
        if (open < 0) return FL_SYM_NONE;
        at = end = at + (size_t)open + 1;
    }
    while (end < text.len && (text.ptr[end] == ' ' || text.ptr[end] == '\n' || text.ptr[end] == '\r' || text.ptr[end] == '\t')) end++;
    if (count > role || end >= text.len || text.ptr[end] != ')') return FL_SYM_NONE;
    for (int i = count; i <= role; i++) {
        fl_sym name = sample_role_name(job, refusal, i);
        unsigned index;
        if (!name || (!last && i < role && fl_str_eq_c(fl_sym_str(name), "_")) || fl_param_named(function, name, &index) || fl_is_known(job, place, name)) return FL_SYM_NONE;
        added = fl_str_format(job->arena, FL_STR_FMT "%s" FL_STR_FMT, FL_STR_ARG(added), i ? ", " : "", FL_STR_ARG(fl_sym_str(name)));
    }
    fl_edit_push(job, edits, place, (uint32_t)at, (uint32_t)at, added);
    return sample_role_name(job, refusal, role);
}

static bool is_void(const fl_place *place)
{
    const fl_node *type = place->function ? fl_node_child(place->function, 1) : NULL;
    fl_str word = fl_spelling_row(place->spelling, "void_type");
    if (fl_exits_matter(place)) return fl_is_void_function(place->function);
    return !fl_node_is_absent(type) && word.len && fl_str_find(fl_text_of(place, type), word) >= 0;
}

/** Does it return a value itself, functions inside left out? */
static bool returns_value(const fl_node *node)
{
    if (node->kind == FL_NODE_return_) return node->first && !fl_node_is_absent(node->first);
    for (const fl_node *child = node->first; child; child = child->next)
        if (child->kind != FL_NODE_function && returns_value(child)) return true;
    return false;
}

/** Types are written here, but not that of the result, and no value is returned: then none may be, its inferred type is checked too. */
static bool is_void_by_inference(const fl_place *place)
{
    const fl_node *function = place->function, *body = function ? fl_node_child(function, 2) : NULL;
    if (!function || !fl_node_is_absent(fl_node_child(function, 1)) || fl_node_is_absent(body) || body->kind != FL_NODE_block || returns_value(body)) return false;
    for (const fl_node *param = function->first->first; param; param = param->next)
        if (param->kind == FL_NODE_param && !fl_node_is_absent(fl_node_child(param, 2))) return true;
    return false;
}

bool fl_returns_no_value(const fl_place *place)
{
    return is_void(place) || is_void_by_inference(place);
}

/** A text of another status is a message, whatever it looks like; and a helper that is told only what is missing
 *  (notFound('Note')) has that word for its message. */
static fl_str open_message(fl_job *job, const fl_refusal *refusal, unsigned status)
{
    const fl_node *sample = sample_node(job, refusal), *message = sample ? first_message(sample) : NULL;
    unsigned its = refusal->status ? refusal->status : sample ? fl_error_status_in(sample) : 0;
    bool is_foreign = its && its != status;
    if ((refusal->status != 404 && !is_foreign) || !message || message->kind != FL_NODE_string || fl_str_find(refusal->text, FL_S("${message}")) >= 0) return refusal->text;
    fl_str word = fl_sym_str(message->sym), written = fl_node_text(job->shop->api->project->files[refusal->sample.file], message);
    const fl_node *told = speaking_call(message);                    /* NotFound("book") */
    bool is_told = told && fl_callee_name(told) && fl_str_find(fl_words(job->arena, fl_sym_str(fl_callee_name(told))), FL_S("not found")) >= 0;
    bool is_word = word.len > 1 && (is_told || (word.ptr[0] >= 'A' && word.ptr[0] <= 'Z')) && fl_str_find(fl_words(job->arena, word), FL_S("not found")) < 0;
    for (size_t i = 0; i < word.len; i++)
        if (!is_letter(word.ptr[i])) is_word = false;
    ptrdiff_t at = fl_str_find(refusal->text, written);
    if ((!is_word && !is_foreign) || at < 0) return refusal->text;
    return fl_str_format(job->arena, FL_STR_FMT "${message}" FL_STR_FMT, FL_STR_ARG(fl_str_sub(refusal->text, 0, (size_t)at)),
                         FL_STR_ARG(fl_str_sub(refusal->text, (size_t)at + written.len, refusal->text.len)));
}

/** The sample's status may be repeated in its body: { code: 404, … }. */
static fl_str restate(fl_job *job, fl_str text, unsigned from, unsigned to)
{
    if (!from || from == to) return text;
    fl_str number = fl_str_format(job->arena, "%u", from);
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < text.len;) {
        bool is_start = i == 0 || !(text.ptr[i - 1] >= '0' && text.ptr[i - 1] <= '9');
        bool is_end = i + number.len >= text.len || !(text.ptr[i + number.len] >= '0' && text.ptr[i + number.len] <= '9');
        if (is_start && is_end && fl_str_starts(fl_str_sub(text, i, text.len), number)) {
            fl_buf_format(&out, "%u", to);
            i += number.len;
        } else {
            fl_buf_add_char(&out, text.ptr[i++]);
        }
    }
    fl_str result = fl_str_copy(job->arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return result;
}

/** What a refusal says through a variable is about its own status: `json({ error: message })`. */
static bool speaks_by_name(const fl_refusal *refusal, const fl_node *sample, fl_sym response)
{
    for (size_t i = 0; i < refusal->needs.count; i++) {
        fl_sym name = refusal->needs.items[i];
        if (name == response || fl_sym_str(name).ptr[0] < 'a') continue;
        bool is_called = false;
        for (const fl_node *call = sample; call; call = call->first)
            if (call->kind == FL_NODE_call && fl_node_child(call, 0)->kind == FL_NODE_name && fl_node_child(call, 0)->sym == name) is_called = true;
        if (!is_called) return true;
    }
    return false;
}

static const fl_node *number_named(const fl_project *project, const fl_file *file, const fl_node *node, fl_str front, unsigned value)
{
    int64_t n;
    if (node->kind == FL_NODE_number && fl_str_to_int(fl_sym_str(node->sym), &n) && n == (int64_t)value && fl_str_starts(fl_node_text(file, node), front)) return node;
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *found = number_named(project, file, child, front, value);
        if (found) return found;
    }
    return NULL;
}

static const fl_node *status_node(const fl_node *node)
{
    if (node->kind == FL_NODE_number) return fl_error_status_in(node) ? node : NULL;
    if ((node->kind == FL_NODE_name || node->kind == FL_NODE_member) && status_in_name(node)) return node;
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *found = status_node(child);
        if (found) return found;
    }
    return NULL;
}

/** In digits, or by the name of its constant where the project writes those: MHD_HTTP_NOT_FOUND. */
static fl_str status_text(fl_job *job, const fl_place *place, const fl_node *sample, unsigned status)
{
    const fl_project *project = job->shop->api->project;
    const fl_node *theirs = sample ? status_node(sample) : NULL;
    fl_str name = theirs ? fl_node_text(project->files[fl_node_file(sample)], theirs) : FL_S(""), digits = fl_str_format(job->arena, "%u", status);
    if (!name.len || !is_letter(name.ptr[0])) return digits;
    if (fl_error_status_in(theirs) == status) return name;
    for (ptrdiff_t cut; (cut = fl_str_rfind_char(name, '_')) > 0;) { /* HTTP_NOT_FOUND: HTTP_NOT_…, then HTTP_… */
        fl_str front = fl_str_sub(name, 0, (size_t)cut + 1);
        name = fl_str_sub(name, 0, (size_t)cut);
        for (unsigned pass = 0; pass < 2; pass++)
            for (uint32_t i = 0; i < project->file_count; i++) {
                if ((pass == 0) != (i == place->file->id) || !project->files[i]->root) continue;
                const fl_node *found = number_named(project, project->files[i], project->files[i]->root, front, status);
                if (found) return fl_node_text(project->files[i], found);
            }
        const fl_data *names = fl_data_get(fl_data_get_c(place->spelling->data, "status_names"), front);
        fl_str known = names ? fl_data_str(fl_data_get(names, digits), FL_S("")) : FL_S("");
        if (known.len) return fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(front), FL_STR_ARG(known));
    }
    return digits;
}

/** A whole identifier, wherever it stands in the text. */
static fl_str renamed_in(fl_arena *arena, fl_str text, fl_str from, fl_str to)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    for (size_t i = 0; i < text.len;) {
        size_t end = i;
        while (end < text.len && (is_letter(text.ptr[end]) || text.ptr[end] == '_' || (end > i && text.ptr[end] >= '0' && text.ptr[end] <= '9'))) end++;
        fl_str word = fl_str_sub(text, i, end > i ? end : i + 1);
        fl_buf_add(&out, fl_str_eq(word, from) ? to : word);
        i += word.len;
    }
    fl_str result = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return result;
}

static bool has_word(fl_str text, fl_str word)
{
    for (size_t i = 0; i + word.len <= text.len; i++) {
        bool is_start = i == 0 || !is_letter(text.ptr[i - 1]), is_end = i + word.len == text.len || !is_letter(text.ptr[i + word.len]);
        if (is_start && is_end && fl_str_eq(fl_str_sub(text, i, i + word.len), word)) return true;
    }
    return false;
}

/** A text beside the message that the message speaks of. */
static const fl_node *field_named(const fl_node *node, const fl_node *message, fl_str sentence)
{
    if (node->kind == FL_NODE_string && node != message && fl_sym_str(node->sym).len > 1 && has_word(sentence, fl_sym_str(node->sym))) return node;
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *found = field_named(child, message, sentence);
        if (found) return found;
    }
    return NULL;
}

static fl_str replace_first(fl_job *job, fl_str text, fl_str from, fl_str to)
{
    ptrdiff_t at = fl_str_find(text, from);
    if (at < 0) return text;
    return fl_str_format(job->arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(fl_str_sub(text, 0, (size_t)at)), FL_STR_ARG(to),
                         FL_STR_ARG(fl_str_sub(text, (size_t)at + from.len, text.len)));
}

/** {"isbn": "this is needed"}: the message of one field, by its name. */
static bool names_field_by_key(const fl_node *message)
{
    static const char *const general[] = { "error", "errors", "message", "msg", "detail", "details", "reason", "title", "description", "code", "status", "info" };
    const fl_node *pair = message->parent;
    if (!pair || pair->kind != FL_NODE_pair || !pair->sym || pair->next || pair->parent->first != pair || (pair->parent->flags & FL_FLAG_NAMED)) return false;
    for (size_t i = 0; i < FL_COUNT(general); i++)
        if (fl_str_eq_c(fl_sym_str(pair->sym), general[i])) return false;
    return true;
}

/** A sample about another field names it beside its message: ApiError(400, "isbn is needed", {"field": "isbn"}), or as the message's key:
 *  ValidationError({"isbn": "this is needed"}). Here it is this field. */
static fl_str refit_field(fl_job *job, const fl_place *place, const fl_node *sample, fl_str text)
{
    const fl_node *message = first_sentence(sample), *pair = message ? message->parent : NULL;
    const fl_file *file = job->shop->api->project->files[fl_node_file(sample)];
    fl_str field = fl_pointer_name(&job->spot->pointer);
    if (!message || !field.len) return text;
    fl_str quoted = fl_quote(job->arena, place->style->quote, field);
    if (message->kind == FL_NODE_string && fl_str_find(text, FL_S("${message}")) >= 0) {
        const fl_node *named = field_named(sample, message, fl_sym_str(message->sym));
        if (named) return replace_first(job, text, fl_node_text(file, named), quoted);
    }
    if (!names_field_by_key(message)) return text;
    fl_str written = fl_str_trim(fl_str_sub(file->text, pair->start_byte, message->start_byte));
    ptrdiff_t end = written.len && (written.ptr[0] == '"' || written.ptr[0] == '\'') ? fl_str_find_char(fl_str_sub(written, 1, written.len), written.ptr[0]) : -1;
    return end < 0 ? text : replace_first(job, text, fl_str_sub(written, 0, (size_t)end + 2), quoted);
}

static bool refuse(fl_job *job, const fl_place *place, const fl_refusal *refusal, fl_round round, fl_refusing *out)
{
    fl_edits imports = { 0 };
    fl_sym renamed = FL_SYM_NONE;
    fl_arena *arena = job->arena;
    unsigned status = job->spot->expected_status ? job->spot->expected_status : 400;
    bool takes_status = fl_str_find(refusal->text, FL_S("${status}")) >= 0;
    if (!takes_status && refusal->status != status) return false;
    fl_sym response = FL_SYM_NONE, next = FL_SYM_NONE;
    if (refusal->how == FL_REFUSE_RESPOND) {
        bool has_role = fl_workshop_role(job->shop, job->operation, "response") >= 0;
        bool is_asked = fl_str_find(refusal->text, FL_S("${response}")) >= 0 || (!fl_exits_matter(place) && has_role);
        if (!is_asked && !fl_exits_matter(place) && !place->is_handler) return false;    /* what is returned there is no answer */
        response = role_name(job, place, refusal, "response");
        if (is_asked && (!response || fl_exits_matter(place))) {
            fl_sym usual = sample_response(job, refusal), same = usual ? same_part(job, place, refusal, usual) : FL_SYM_NONE;
            if (same) response = same;
        }
        if (is_asked && !response) response = add_role(job, place, refusal, &imports);
        if (is_asked && !response) return false;
    }
    size_t own_edits = imports.count;
    if (refusal->how == FL_REFUSE_NEXT) {
        next = role_name(job, place, refusal, "next");
        if (!next) return false;
    }
    for (size_t i = 0; i < refusal->needs.count; i++) {
        fl_sym name = refusal->needs.items[i];
        if (name == response || name == next) continue;
        if (refusal->how == FL_REFUSE_RESPOND && name == sample_role_name(job, refusal, fl_workshop_role(job->shop, job->operation, "response"))) continue;
        if (fl_is_known(job, place, name)) continue;
        if (same_part(job, place, refusal, name)) {
            renamed = name;
            continue;
        }
        if (refusal->from.len && round == FL_ROUND_FRAMEWORK) {
            if (!fl_import_from(job, place, refusal->from, name, &imports)) return false;
            continue;
        }
        if (round != FL_ROUND_IMPORT || refusal->sample.file >= job->shop->api->project->file_count) return false;
        if (!fl_import_like(job, place, job->shop->api->project->files[refusal->sample.file], name, &imports)) return false;
    }
    wording w;
    hear_project(job, refusal, status, &w);
    fl_str message = fl_quote(arena, place->style->quote, message_for(job, place, status, &w));
    const fl_node *sample = sample_node(job, refusal);
    fl_str text = fl_str_trim(open_message(job, refusal, status)), terminator = fl_spelling_row(place->spelling, "terminator");
    if (terminator.len && fl_str_ends(text, terminator)) text = fl_str_sub(text, 0, text.len - terminator.len);
    bool is_foreign = sample && fl_error_status_in(sample) && fl_error_status_in(sample) != status;
    if (is_foreign && fl_str_find(text, FL_S("${message}")) < 0 && refusal->how == FL_REFUSE_RESPOND && speaks_by_name(refusal, sample, response)) return false;
    if (takes_status && sample) text = restate(job, text, fl_error_status_in(sample), status);
    if (sample) text = refit_field(job, place, sample, text);
    if (renamed) text = renamed_in(arena, text, fl_sym_str(renamed), fl_sym_str(same_part(job, place, refusal, renamed)));
    text = fl_fill(arena, text, (fl_hole[]){ { "status", status_text(job, place, sample, status) }, { "message", message },
                                             { "response", fl_sym_str(response) }, { "next", fl_sym_str(next) }, { 0 } });
    if (fl_str_find(text, FL_S("${")) >= 0) return false;
    fl_str back = fl_spelling_row(place->spelling, "return");
    if (refusal->how != FL_REFUSE_THROW && fl_exits_matter(place)) {
        bool is_returned = fl_str_starts(text, back) && text.len > back.len && text.ptr[back.len] == ' ';
        char *bytes = fl_str_c(arena, is_returned ? fl_str_trim(fl_str_sub(text, back.len, text.len)) : text);
        for (char *c = bytes; *c; c++) if (*c == '\n') *c = FL_NEWLINE;
        if (!fl_leave(job, place, sample, fl_str_from(bytes), &text, &imports)) return false;
    } else if (refusal->how != FL_REFUSE_THROW && fl_str_starts(text, back)) {
        fl_str rest = fl_str_trim(fl_str_sub(text, back.len, text.len));
        if (rest.len && rest.ptr != text.ptr + back.len && (is_void(place) || (refusal->file == UINT32_MAX && is_void_by_inference(place))))
            text = fl_str_format(arena, FL_STR_FMT "%c%c" FL_STR_FMT, FL_STR_ARG(fl_terminated(job, place, rest)), FL_NEWLINE, FL_INDENT, FL_STR_ARG(back));
    } else if (refusal->how != FL_REFUSE_THROW) {
        text = fl_str_format(arena, FL_STR_FMT "%c%c" FL_STR_FMT, FL_STR_ARG(fl_terminated(job, place, text)), FL_NEWLINE, FL_INDENT, FL_STR_ARG(back));
    }
    if (round == FL_ROUND_IMPORT && (imports.count == own_edits || fl_exits_matter(place))) return false;    /* that was the first round's */
    *out = (fl_refusing){ refusal, text, imports };
    return true;
}

/** How often this file refuses in that manner. */
static unsigned habit(const fl_api *api, const fl_place *place, int how)
{
    unsigned seen = 0;
    for (size_t i = 0; i < api->refusals.count; i++)
        if (api->refusals.items[i].file == place->file->id && (int)api->refusals.items[i].how == how) seen += api->refusals.items[i].seen_count;
    return seen;
}

static const fl_node *other_text(const fl_node *node, const fl_node *message)
{
    if (node->kind == FL_NODE_string && node != message && node->parent->kind != FL_NODE_index) return node;
    for (const fl_node *child = node->first; child; child = child->next) {
        const fl_node *found = child == message ? NULL : other_text(child, message);
        if (found) return found;
    }
    return NULL;
}

static bool answers_status(const fl_node *tree, fl_sym callee, unsigned status)
{
    if (tree->kind == FL_NODE_call && fl_callee_name(tree) == callee && fl_error_status_in(tree) == status) return true;
    for (const fl_node *child = tree->first; child; child = child->next)
        if (answers_status(child, callee, status)) return true;
    return false;
}

bool fl_refuses_alike(fl_job *job, const fl_place *place)
{
    const fl_api *api = job->shop->api;
    unsigned status = job->spot->expected_status ? job->spot->expected_status : 400;
    for (size_t i = 0; i < api->refusals.count; i++) {
        const fl_refusal *refusal = &api->refusals.items[i];
        if (refusal->file != place->file->id) continue;
        if (refusal->status == status) return true;
        const fl_node *sample = sample_node(job, refusal), *message = sample ? first_message(sample) : NULL;
        const fl_node *call = message ? speaking_call(message) : NULL;
        if (call && fl_callee_name(call) && answers_status(place->file->root, fl_callee_name(call), status)) return true;
    }
    return false;
}

/** It was written for another status, and has words for that beside its message: fail(409, "none_left", "every copy is on loan"); or it
 *  names a field, and here it is about none. */
static bool says_more(fl_job *job, const fl_refusal *refusal)
{
    unsigned status = job->spot->expected_status ? job->spot->expected_status : 400;
    const fl_node *sample = refusal->file == UINT32_MAX ? NULL : sample_node(job, refusal), *message = sample ? first_sentence(sample) : NULL;
    if (!message || (!other_text(sample, message) && !names_field_by_key(message))) return false;
    if (!fl_pointer_name(&job->spot->pointer).len && names_field_by_key(message)) return true;
    if (message->kind == FL_NODE_string && !fl_pointer_name(&job->spot->pointer).len && field_named(sample, message, fl_sym_str(message->sym))) return true;
    return fl_error_status_in(sample) && fl_error_status_in(sample) != status;
}

static bool speaks_of(const fl_node *node, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count && node->kind == FL_NODE_string; i++)
        if (fl_str_find(fl_sym_str(node->sym), fl_str_from(words[i])) >= 0) return true;
    for (const fl_node *child = node->first; child; child = child->next)
        if (speaks_of(child, words, count)) return true;
    return false;
}

/** Of those that have a code of their own, the ones about such input go first: fail(400, "bad_payload", "an object is expected") for a
 *  body, fail(400, "bad_field", "isbn is needed", {"field": "isbn"}) for a field. */
static bool is_about_other(fl_job *job, const fl_refusal *refusal)
{
    static const char *const body[] = { "body", "payload", "JSON", "json", "object" };
    const fl_node *sample = refusal->file == UINT32_MAX ? NULL : sample_node(job, refusal), *message = sample ? first_sentence(sample) : NULL;
    if (!message || message->kind != FL_NODE_string || !other_text(sample, message)) return false;
    if (job->spot->kind == FL_WS_missing_body) return !speaks_of(sample, body, FL_COUNT(body));
    return fl_pointer_name(&job->spot->pointer).len && job->spot->expected_status != 404 && !field_named(sample, message, fl_sym_str(message->sym));
}

/** A model's words for files that use its package: those of an extension go before those of what it extends. */
static bool speaks_here(const fl_place *place, const fl_refusal *refusal)
{
    fl_str from = refusal->from;
    ptrdiff_t dot = fl_str_find_char(from, '.');
    return from.len && fl_mentions(place->file->root, fl_sym_of(fl_str_sub(from, 0, dot < 0 ? from.len : (size_t)dot)));
}

void fl_refusals_at(fl_job *job, const fl_place *place, fl_round round, fl_refusings *out)
{
    const fl_api *api = job->shop->api;
    /* three rounds keep the order of use inside each: same file in its usual manner, same file, elsewhere; and then again those that say
     * more than fits here */
    int usual = FL_REFUSE_RESPOND;
    for (int how = FL_REFUSE_RESPOND; how <= FL_REFUSE_NEXT; how++)
        if (habit(api, place, how) > habit(api, place, usual)) usual = how;
    for (unsigned order = 0; order < 12; order++) {
        unsigned nearness = order / 2;
        for (size_t i = 0; i < api->refusals.count; i++) {
            const fl_refusal *refusal = &api->refusals.items[i];
            if (says_more(job, refusal) != (nearness >= 3) || is_about_other(job, refusal) != (order % 2 == 1)) continue;
            bool is_project = refusal->file != UINT32_MAX, is_near = refusal->file == place->file->id;
            unsigned its = is_near ? ((int)refusal->how == usual ? 0 : 1) : !is_project && speaks_here(place, refusal) ? 1 : 2;
            fl_refusing found;
            if (is_project == (round != FL_ROUND_FRAMEWORK) && its == nearness % 3 && refuse(job, place, refusal, round, &found)) fl_vec_push(job->arena, out, found);
        }
    }
}

fl_str fl_guard_text(fl_job *job, const fl_place *place, fl_str condition, fl_str refusal)
{
    static const char *const rows[] = { "guard_block", "guard_line", "guard_block_line", "guard_block_below", "guard_line_below" };
    fl_guard_form form = place->style->guard;
    bool is_split = refusal.len && memchr(refusal.ptr, FL_NEWLINE, refusal.len);
    fl_hole holes[] = { { "condition", condition }, { "statement", fl_terminated(job, place, refusal) }, { 0 } };
    if (is_split && form != FL_GUARD_BLOCK_BELOW) form = place->style->long_guard;
    fl_str text = fl_spell(job->arena, place->spelling, rows[form], holes);
    if ((form == FL_GUARD_LINE || form == FL_GUARD_BLOCK_LINE) && text.len + fl_line_indent(place->file, place->node->start_byte).len > place->style->line_limit)
        text = fl_spell(job->arena, place->spelling, rows[FL_GUARD_BLOCK], holes);
    return text;
}
