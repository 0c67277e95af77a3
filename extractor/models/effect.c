/*
 * Compiles one effect of a model file: what a call, construction or member read of external code means.
 * The keys are documented in docs/adding-a-framework.md; a wrong key is an error that names the nearest known one.
 * Read fl_effect_compile first; each key has its own small function in the table at the end.
 */
#include "extractor/models/model_p.h"
#include <stdio.h>
#include <string.h>

static const struct { const char *word; unsigned types; } basic_words[] = {
    { "undefined", FL_T_UNDEFINED }, { "null", FL_T_NULL }, { "boolean", FL_T_BOOLEAN }, { "number", FL_T_NUMBER },
    { "string", FL_T_STRING }, { "list", FL_T_LIST }, { "dict", FL_T_DICT }, { "function", FL_T_FUNCTION },
    { "other", FL_T_OTHER }, { "nullish", FL_T_NULLISH },
};

unsigned fl_types_of_word(fl_str word)
{
    for (size_t i = 0; i < FL_COUNT(basic_words); i++)
        if (fl_str_eq_c(word, basic_words[i].word)) return basic_words[i].types;
    return 0;
}

static bool take_prefix(fl_str *text, const char *prefix)
{
    fl_str p = fl_str_from(prefix);
    if (!fl_str_starts(*text, p)) return false;
    *text = fl_str_sub(*text, p.len, text->len);
    return true;
}

bool fl_result_parse(fl_model_compiler *c, fl_str text, const fl_data *at, fl_result *out)
{
    *out = (fl_result){ 0 };
    for (;;) {
        if (fl_str_ends(text, FL_S(" or undefined"))) { out->or_types |= FL_T_UNDEFINED; text.len -= strlen(" or undefined"); }
        else if (fl_str_ends(text, FL_S(" or null"))) { out->or_types |= FL_T_NULL; text.len -= strlen(" or null"); }
        else break;
    }
    static const struct { const char *prefix; int kind; } wrappers[] = {
        { "list of ", FL_RESULT_LIST_OF }, { "promise of ", FL_RESULT_PROMISE_OF }, { "dict of ", FL_RESULT_DICT_OF } };
    for (size_t i = 0; i < FL_COUNT(wrappers); i++) {
        if (!take_prefix(&text, wrappers[i].prefix)) continue;
        fl_result *of = FL_NEW(c->arena, fl_result);
        if (!fl_result_parse(c, text, at, of)) return false;
        /* "promise of x or undefined": the promise is there, what it gives may be missing */
        of->or_types |= out->or_types;
        out->or_types = 0;
        out->kind = (int)wrappers[i].kind;
        out->of = of;
        return true;
    }
    bool is_element = take_prefix(&text, "element of arg "), is_instance = !is_element && take_prefix(&text, "instance of arg ");
    if (is_element || is_instance || take_prefix(&text, "arg ")) {
        int64_t n = 0;
        if (!fl_str_to_int(text, &n) || n < 0 || n > 20) { (void)fl_model_fail(c, at, "\"arg\" wants a number from 0"); return false; }
        if (is_element) out->kind = FL_RESULT_ELEMENT_OF_ARG; else if (is_instance) out->kind = FL_RESULT_INSTANCE_OF_ARG; else out->kind = FL_RESULT_ARG;
        out->arg = (unsigned)n;
        return true;
    }
    if (take_prefix(&text, "member ")) { out->kind = FL_RESULT_MEMBER; out->type = fl_sym_of(text); return true; }
    static const struct { const char *word; int kind; } words[] = {
        { "unknown", FL_RESULT_UNKNOWN }, { "this", FL_RESULT_THIS }, { "element", FL_RESULT_ELEMENT },
        { "callback", FL_RESULT_CALLBACK }, { "plain", FL_RESULT_PLAIN }, { "row", FL_RESULT_ROW }, { "instance", FL_RESULT_INSTANCE } };
    for (size_t i = 0; i < FL_COUNT(words); i++)
        if (fl_str_eq_c(text, words[i].word)) { out->kind = (int)words[i].kind; return true; }
    unsigned types = fl_types_of_word(text);
    if (types) { out->kind = FL_RESULT_BASIC; out->types = types; return true; }
    /* "query of document or null": something of type query that can be awaited */
    ptrdiff_t of_at = fl_str_find(text, FL_S(" of "));
    if (of_at > 0) {
        fl_result *of = FL_NEW(c->arena, fl_result);
        if (!fl_result_parse(c, fl_str_sub(text, (size_t)of_at + 4, text.len), at, of)) return false;
        of->or_types |= out->or_types;
        out->or_types = 0;
        out->kind = FL_RESULT_PROMISE_OF;
        out->type = fl_model_type_name(c, fl_str_sub(text, 0, (size_t)of_at));
        out->of = of;
        return true;
    }
    out->kind = FL_RESULT_TYPE;
    out->type = fl_model_type_name(c, text);
    return true;
}

static bool read_arg(fl_model_compiler *c, const fl_data *at, int *out)
{
    fl_str text = fl_data_str(at, FL_S(""));
    int64_t n = 0;
    if (fl_str_eq_c(text, "this")) { *out = FL_ARG_THIS; return true; }
    if (fl_str_eq_c(text, "bound")) { *out = FL_ARG_BOUND; return true; }
    if (fl_str_eq_c(text, "none")) { *out = FL_ARG_NONE; return true; }
    if (fl_str_to_int(text, &n) && n >= 0 && n < 20) { *out = (int)n; return true; }
    (void)fl_model_fail(c, at, "\"" FL_STR_FMT "\" is no argument: write its number from 0, \"this\", \"bound\" or \"none\"", FL_STR_ARG(text));
    return false;
}

/* Reads map[key] as an argument when present. */
static bool opt_arg(fl_model_compiler *c, const fl_data *map, const char *key, int *out)
{
    const fl_data *d = fl_data_get_c(map, key);
    return !d || read_arg(c, d, out);
}

static unsigned read_types(const fl_data *d)
{
    if (!d) return 0;
    if (d->kind == FL_DATA_NULL) return FL_T_NULL;   /* null without quotes */
    if (d->kind != FL_DATA_LIST) return fl_types_of_word(fl_data_str(d, FL_S("")));
    unsigned types = 0;
    for (const fl_data *i = d->first; i; i = i->next) types |= read_types(i);
    return types;
}

#define KEYS(...) (const char *const[]){ __VA_ARGS__, NULL }
static fl_sym get_sym(const fl_data *map, const char *key) { return fl_sym_of(fl_data_get_str(map, key)); }

static bool key_returns(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; return fl_result_parse(c, fl_data_str(d, FL_S("unknown")), d, &e->returns); }

static bool key_intrinsic(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    static const char *const names[] = {
#define FL_INTRINSIC(id) #id,
#include "extractor/models/intrinsic.def"
#undef FL_INTRINSIC
    };
    fl_str want = fl_data_str(d, FL_S(""));
    for (size_t i = 0; i < FL_COUNT(names); i++)
        if (fl_str_eq_c(want, names[i])) { e->intrinsic = (fl_intrinsic)i; return true; }
    (void)fl_model_fail(c, d, "\"" FL_STR_FMT "\" is no intrinsic (see intrinsic.def)", FL_STR_ARG(want));
    return false;
}

static bool key_min_args(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->min_args = (int)fl_data_num(d, 0); return true; }
static bool key_max_args(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->max_args = (int)fl_data_num(d, -1); return true; }

/* get: a list of GET alone. */
static fl_data *method_of_name(fl_model_compiler *c, fl_str member)
{
    fl_data *list = fl_data_list(c->arena);
    fl_str up = fl_str_copy(c->arena, member);
    for (size_t i = 0; i < up.len; i++)
        if (up.ptr[i] >= 'a' && up.ptr[i] <= 'z') ((char *)(uintptr_t)up.ptr)[i] = (char)(up.ptr[i] - 32);
    fl_data_push(list, fl_data_string(c->arena, up));
    return list;
}

static bool key_route(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    if (!fl_model_keys(c, d, KEYS("methods", "method", "path", "handlers", "handler", "on", "from", "dispatch", "below", "at", "class_methods", "class_decorators", "all", "answers", "status"))) return false;
    e->route.is_set = true;
    e->route.path = e->route.handlers = e->route.from = e->route.at = e->route.answers = e->route.status = FL_ARG_NONE;
    e->route.on = FL_ARG_THIS;
    const fl_data *dispatch = fl_data_get_c(d, "dispatch");
    e->route.tells_methods = dispatch && fl_str_eq_c(fl_data_str(dispatch, FL_S("")), "method");
    e->route.dispatches = e->route.tells_methods || fl_data_get_bool(d, "dispatch", false);
    e->route.has_below = fl_data_get_bool(d, "below", false);
    e->route.method = fl_data_get_c(d, "method");
    e->route.handler = fl_data_get_c(d, "handler");
    e->route.takes_all = fl_data_get_bool(d, "all", false);
    e->route.class_methods = fl_data_get_c(d, "class_methods");
    e->route.class_decorators = fl_data_get_c(d, "class_decorators");
    if (!opt_arg(c, d, "on", &e->route.on) || !opt_arg(c, d, "from", &e->route.from) || !opt_arg(c, d, "at", &e->route.at) || !opt_arg(c, d, "answers", &e->route.answers) || !opt_arg(c, d, "status", &e->route.status)) return false;
    const fl_data *methods = fl_data_get_c(d, "methods"), *path = fl_data_get_c(d, "path");
    if (path && (path->kind == FL_DATA_LIST || e->route.from != FL_ARG_NONE)) e->route.paths = path;
    fl_str word = methods && methods->kind == FL_DATA_STRING ? methods->text : FL_S("");
    if (fl_str_eq_c(word, "any")) e->route.any_method = true;
    else if (fl_str_eq_c(word, "name")) {
        e->route.methods = method_of_name(c, member);
    } else e->route.methods = methods;
    return (e->route.paths || opt_arg(c, d, "path", &e->route.path)) && opt_arg(c, d, "handlers", &e->route.handlers);
}

static bool key_mount(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_keys(c, d, KEYS("path", "optional", "handlers", "handler", "early", "everywhere", "uses", "apart", "answers", "shown", "dispatch"))) return false;
    e->mount.is_set = true;
    e->mount.path = e->mount.handlers = e->mount.only = e->mount.uses = e->mount.answers = e->mount.shown = FL_ARG_NONE;
    e->mount.path_is_optional = fl_data_get_bool(d, "optional", false);
    e->mount.is_apart = fl_data_get_bool(d, "apart", false);
    e->mount.dispatches = fl_data_get_bool(d, "dispatch", false);
    e->mount.is_early = fl_data_get_bool(d, "early", false);
    e->mount.is_everywhere = fl_data_get_bool(d, "everywhere", false);
    return opt_arg(c, d, "path", &e->mount.path) && opt_arg(c, d, "handlers", &e->mount.handlers) && opt_arg(c, d, "handler", &e->mount.only) && opt_arg(c, d, "answers", &e->mount.answers) && opt_arg(c, d, "shown", &e->mount.shown) && opt_arg(c, d, "uses", &e->mount.uses);
}

static bool key_joins(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->joins.is_set = true;
    e->joins.router = e->joins.path = FL_ARG_NONE;
    return fl_model_keys(c, d, KEYS("router", "path")) && opt_arg(c, d, "router", &e->joins.router) && opt_arg(c, d, "path", &e->joins.path);
}

static bool key_handles(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->handles.is_set = true;
    e->handles.error = e->handles.handler = FL_ARG_NONE;
    e->handles.is_everywhere = fl_data_get_bool(d, "everywhere", false);
    return fl_model_keys(c, d, KEYS("error", "handler", "everywhere")) && opt_arg(c, d, "error", &e->handles.error) && opt_arg(c, d, "handler", &e->handles.handler);
}

static bool key_param_hook(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->param_hook.is_set = true;
    e->param_hook.name = e->param_hook.handler = FL_ARG_NONE;
    return fl_model_keys(c, d, KEYS("name", "handler")) && opt_arg(c, d, "name", &e->param_hook.name) && opt_arg(c, d, "handler", &e->param_hook.handler);
}
static bool key_bind(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    e->bind.is_set = true;
    e->bind.path = e->bind.methods = e->bind.status = e->bind.result = e->bind.uses = e->bind.response = e->bind.answers = e->bind.shown = FL_ARG_NONE;
    const fl_data *usual = fl_data_get_c(d, "usual");
    e->bind.usual = usual && usual->kind == FL_DATA_STRING && fl_str_eq_c(usual->text, "name") ? method_of_name(c, member) : usual;
    e->bind.takes_all = fl_data_get_bool(d, "all", false);
    return fl_model_keys(c, d, KEYS("path", "methods", "usual", "status", "uses", "response", "all", "answers", "shown")) && opt_arg(c, d, "answers", &e->bind.answers) && opt_arg(c, d, "shown", &e->bind.shown) && opt_arg(c, d, "uses", &e->bind.uses) && opt_arg(c, d, "response", &e->bind.response) && opt_arg(c, d, "status", &e->bind.status) && opt_arg(c, d, "path", &e->bind.path) && opt_arg(c, d, "methods", &e->bind.methods);
}
static bool key_parameter(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->parameter = fl_sym_of(fl_data_str(d, FL_S(""))); return true; }
static bool key_runs(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->runs.is_set = true; return read_arg(c, d, &e->runs.handler); }
static bool key_embeds(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->embeds.is_set = true;
    e->embeds.arg = FL_ARG_NONE;
    return d->kind == FL_DATA_BOOL || read_arg(c, d, &e->embeds.arg);
}
static bool key_credential(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->credential = d; return fl_model_keys(c, d, KEYS("scheme", "type", "in", "name", "format", "status", "optional", "gives", "flows", "url")); }
static bool key_params(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->params = d; return true; }
static bool key_listen(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->listen.is_set = true; e->listen.port = FL_ARG_NONE; return fl_model_keys(c, d, KEYS("port")) && opt_arg(c, d, "port", &e->listen.port); }
static bool key_serve(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->serve.is_set = true; return read_arg(c, d, &e->serve.handler); }
static bool key_callbacks(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->ignores_callbacks = fl_str_eq_c(fl_data_str(d, FL_S("")), "ignored"); return true; }
static bool key_reads_environment(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->reads_environment = d->boolean; return true; }
static bool key_ends_process(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->ends_process = d->boolean; return true; }
static bool key_throws_when_empty(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->throws_when_empty = d->kind != FL_DATA_BOOL || d->boolean; e->empty = FL_ARG_THIS; return d->kind == FL_DATA_BOOL || read_arg(c, d, &e->empty); }
static bool key_as(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->stands_in = fl_sym_of(fl_data_str(d, FL_S(""))); return true; }
static bool key_listed(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->is_listed = d->boolean; return true; }
static bool key_checks(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->checks = d; return fl_model_keys(c, d, KEYS("mode", "before", "errors", "whole")); }
static bool key_class_fields(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->class_fields = d->boolean; return true; }
static bool key_schema(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->schema = d; return fl_schema_words_check(c, d); }

static bool key_request(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_keys(c, d, KEYS("in", "part", "name", "types", "by", "or_path", "asks", "lenient", "absent", "absent_error", "media"))) return false;
    e->request.is_set = true;
    e->request.in = get_sym(d, "in");
    e->request.part = get_sym(d, "part");
    e->request.by = fl_data_get_c(d, "by");
    e->request.asks = fl_data_get_bool(d, "asks", false);
    e->request.or_path = fl_data_get_bool(d, "or_path", false);
    e->request.name = e->request.lenient = FL_ARG_NONE;
    e->request.absent_error = get_sym(d, "absent_error");
    e->request.absent_status = (uint16_t)fl_data_get_int(d, "absent", 0);
    e->request.media = fl_data_get_c(d, "media");
    e->request.types = read_types(fl_data_get_c(d, "types"));
    return opt_arg(c, d, "lenient", &e->request.lenient) && opt_arg(c, d, "name", &e->request.name);
}

static bool is_one_of(fl_model_compiler *c, const fl_data *d, fl_str word, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) if (fl_str_eq_c(word, words[i])) return true;
    (void)fl_model_fail(c, d, "\"" FL_STR_FMT "\" is not known here", FL_STR_ARG(word));
    return false;
}

static bool key_dispatch(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->dispatch = fl_sym_of(fl_data_str(d, FL_S("")));
    return is_one_of(c, d, fl_sym_str(e->dispatch), KEYS("method", "url", "url_below"));
}

static bool key_fills(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->fills.is_set = true; return read_arg(c, d, &e->fills.arg); }

static bool key_compares(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_keys(c, d, KEYS("arg", "with", "length", "how", "ignores_case", "equal", "else"))) return false;
    e->compares.is_set = true;
    e->compares.arg = e->compares.with = e->compares.length = FL_ARG_NONE;
    e->compares.how = get_sym(d, "how");
    e->compares.ignores_case = fl_data_get_bool(d, "ignores_case", false);
    const fl_data *equal = fl_data_get_c(d, "equal");
    e->compares.gives_zero = equal && equal->kind == FL_DATA_NUMBER && fl_str_eq_c(equal->text, "0");
    const fl_data *otherwise = fl_data_get_c(d, "else");
    e->compares.otherwise = otherwise && otherwise->kind == FL_DATA_NUMBER ? fl_sym_of(otherwise->text) : 0;
    return is_one_of(c, d, fl_sym_str(e->compares.how), KEYS("equal", "prefix", "suffix", "contains", "pattern", "regex"))
        && opt_arg(c, d, "arg", &e->compares.arg) && opt_arg(c, d, "with", &e->compares.with) && opt_arg(c, d, "length", &e->compares.length);
}

static bool key_respond(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_keys(c, d, KEYS("status", "status_arg", "body", "media", "media_arg", "again", "line", "goes_on", "number"))) return false;
    e->respond.is_set = true;
    e->respond.status = e->respond.body = e->respond.media_arg = e->respond.line = FL_ARG_NONE;
    e->respond.fixed_status = (uint16_t)fl_data_get_int(d, "status", 0);
    e->respond.media = fl_data_get_str(d, "media");
    e->respond.again = fl_data_get_str(d, "again");
    e->respond.body_by_type = fl_str_eq_c(e->respond.media, "auto");
    e->respond.number_is_status = fl_str_eq_c(fl_data_get_str(d, "number"), "status");
    e->respond.goes_on = fl_data_get_bool(d, "goes_on", false);
    if (!opt_arg(c, d, "line", &e->respond.line)) return false;
    e->respond.has_line = e->respond.line != FL_ARG_NONE;
    return opt_arg(c, d, "status_arg", &e->respond.status) && opt_arg(c, d, "body", &e->respond.body) && opt_arg(c, d, "media_arg", &e->respond.media_arg);
}

static bool key_status(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->status.is_set = true;
    if (d->kind != FL_DATA_MAP) return read_arg(c, d, &e->status.arg);
    e->status.arg = FL_ARG_NONE;
    e->status.usual = (uint16_t)fl_data_get_int(d, "usual", 0);
    return fl_model_keys(c, d, KEYS("arg", "usual")) && opt_arg(c, d, "arg", &e->status.arg);
}
static bool key_content(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->content.is_set = true; return read_arg(c, d, &e->content.arg); }
static bool key_next(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->next.is_set = true;
    e->next.error = FL_ARG_NONE;
    e->next.skip_values = fl_data_get_c(d, "skip");
    return fl_model_keys(c, d, KEYS("error", "skip")) && opt_arg(c, d, "error", &e->next.error);
}

static bool key_throws(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_keys(c, d, KEYS("arg", "malformed", "kind", "status", "error", "overflow"))) return false;
    e->throws.is_set = true;
    e->throws.arg = FL_ARG_NONE;
    e->throws.malformed = get_sym(d, "malformed");
    e->throws.weak_spot = get_sym(d, "kind");
    e->throws.status = (uint16_t)fl_data_get_int(d, "status", 400);
    e->throws.error_type = get_sym(d, "error");
    e->throws.overflow = get_sym(d, "overflow");
    return opt_arg(c, d, "arg", &e->throws.arg);
}

static bool add_range(fl_model_compiler *c, fl_effect *e, const fl_data *d)
{
    fl_range r = { .arg = FL_ARG_NONE, .low = fl_data_num(fl_data_get_c(d, "low"), -1e308), .high = fl_data_num(fl_data_get_c(d, "high"), 1e308), .error_type = get_sym(d, "error") };
    if (!fl_model_keys(c, d, KEYS("arg", "low", "high", "error")) || !opt_arg(c, d, "arg", &r.arg)) return false;
    fl_vec_push(c->arena, &e->ranges, r);
    return true;
}

static bool key_range(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (d->kind != FL_DATA_LIST) return add_range(c, e, d);
    for (const fl_data *i = d->first; i; i = i->next) if (!add_range(c, e, i)) return false;
    return true;
}

static bool key_miss(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->miss.is_set = true;
    e->miss.arg = FL_ARG_NONE;
    e->miss.by = get_sym(d, "by");
    e->miss.error = get_sym(d, "error");
    return fl_model_keys(c, d, KEYS("arg", "by", "error")) && opt_arg(c, d, "arg", &e->miss.arg);
}

static bool key_columns(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->columns.is_set = true;
    e->columns.arg = e->columns.of = FL_ARG_NONE;
    e->columns.error = get_sym(d, "error");
    return fl_model_keys(c, d, KEYS("arg", "of", "error")) && opt_arg(c, d, "arg", &e->columns.arg) && opt_arg(c, d, "of", &e->columns.of);
}
static bool key_stands_for(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->stands_for.is_set = true; return read_arg(c, d, &e->stands_for.arg); }
static bool key_shaped(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->shaped.is_set = true; return read_arg(c, d, &e->shaped.arg); }

static bool key_stores(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->stores.is_set = true;
    e->stores.value = e->stores.schema = FL_ARG_NONE;
    return fl_model_keys(c, d, KEYS("value", "schema", "partial", "inside")) && opt_arg(c, d, "value", &e->stores.value) && opt_arg(c, d, "schema", &e->stores.schema);
}
static bool key_row(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    int arg;
    (void)member;
    (void)e;
    return fl_model_keys(c, d, KEYS("arg", "only", "more", "without")) && opt_arg(c, d, "arg", &arg);
}
static bool key_describes(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->describes = d->boolean; return true; }

static bool key_predicate(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_keys(c, d, KEYS("arg", "is", "format", "integer", "not", "finite", "matches", "has_key"))) return false;
    e->predicate.is_set = true;
    e->predicate.arg = FL_ARG_NONE;
    e->predicate.types = read_types(fl_data_get_c(d, "is"));
    e->predicate.format = get_sym(d, "format");
    e->predicate.is_integer = fl_data_get_bool(d, "integer", false);
    e->predicate.is_negated = fl_data_get_bool(d, "not", false);
    e->predicate.is_finite = fl_data_get_bool(d, "finite", false);
    return opt_arg(c, d, "arg", &e->predicate.arg);
}

static bool key_coerces(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_keys(c, d, KEYS("arg", "to", "integer"))) return false;
    e->coerces.is_set = true;
    e->coerces.arg = FL_ARG_NONE;
    e->coerces.to = read_types(fl_data_get_c(d, "to"));
    e->coerces.is_integer = fl_data_get_bool(d, "integer", false);
    return opt_arg(c, d, "arg", &e->coerces.arg);
}

static bool key_calls(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_keys(c, d, KEYS("callback", "params", "later"))) return false;
    e->calls.is_set = true;
    e->calls.callback = FL_ARG_NONE;
    e->calls.params = fl_data_get_c(d, "params");
    e->calls.runs_later = fl_data_get_bool(d, "later", false);
    return opt_arg(c, d, "callback", &e->calls.callback);
}

static bool key_validate(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_keys(c, d, KEYS("value", "schema", "segments", "failure", "in", "result", "error"))) return false;
    e->validate.is_set = true;
    e->validate.value = e->validate.schema = FL_ARG_NONE;
    e->validate.failure = get_sym(d, "failure");
    e->validate.in = get_sym(d, "in");
    return opt_arg(c, d, "value", &e->validate.value) && opt_arg(c, d, "schema", &e->validate.schema);
}

static bool key_value(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->value = d; return true; }
static bool key_wants(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_each_has_keys(c, d, KEYS("arg", "types", "also", "error"))) return false;
    for (const fl_data *i = d->first; i; i = i->next) {
        const fl_data *also = fl_data_get_c(i, "also");
        fl_wanted wanted = { .types = read_types(fl_data_get_c(i, "types")), .also = also ? read_types(also) : 0, .error = get_sym(i, "error") };
        if (!opt_arg(c, i, "arg", &wanted.arg)) return false;
        if (!wanted.types) { (void)fl_model_fail(c, i, "\"types\" names no type"); return false; }
        fl_vec_push(c->arena, &e->wants, wanted);
    }
    return true;
}
static bool key_provides(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->provides = d; return fl_model_each_has_keys(c, d, KEYS("member", "in", "name", "returns")); }
static bool key_error(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_keys(c, d, KEYS("status", "status_arg", "type"))) return false;
    e->error.is_set = true;
    e->error.status = FL_ARG_NONE;
    e->error.fixed_status = (uint16_t)fl_data_get_int(d, "status", 0);
    return opt_arg(c, d, "status_arg", &e->error.status);
}

static bool key_raises(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    fl_str word = fl_data_str(d, FL_S(""));
    e->raises = fl_str_eq_c(word, "always") ? FL_RAISES_ALWAYS : fl_str_eq_c(word, "unless") ? FL_RAISES_UNLESS : FL_RAISES_MAYBE;
    return is_one_of(c, d, word, KEYS("always", "maybe", "unless"));
}

/* One argument, or a list of them. */
static bool read_args(fl_model_compiler *c, const fl_data *d, int *into, size_t *count, size_t room)
{
    const fl_data *first = d->kind == FL_DATA_LIST ? d->first : d;
    for (const fl_data *i = first; i && *count < room; i = d->kind == FL_DATA_LIST ? i->next : NULL)
        if (!read_arg(c, i, &into[(*count)++])) return false;
    return true;
}
#define READ_ARGS(vec)                                                                                    \
    do {                                                                                                  \
        int list[8];                                                                                      \
        size_t count = 0;                                                                                 \
        if (!read_args(c, d, list, &count, FL_COUNT(list))) return false;                                  \
        for (size_t i = 0; i < count; i++) fl_vec_push(c->arena, &(vec), list[i]);                         \
    } while (0)

static bool key_needs(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member) { (void)member; READ_ARGS(e->needs); return true; }
static bool key_frees(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member) { (void)member; READ_ARGS(e->frees); return true; }
static bool key_keeps(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member) { (void)member; e->borrows = true; READ_ARGS(e->keeps); return true; }
static bool key_allocates(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)c; (void)member; e->allocates = d->boolean; return true; }
static bool key_measures(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->measures.is_set = true;
    e->measures.of = FL_T_STRING;
    if (d->kind != FL_DATA_MAP) return read_arg(c, d, &e->measures.arg);
    e->measures.of = read_types(fl_data_get_c(d, "of"));
    return fl_model_keys(c, d, KEYS("arg", "of")) && opt_arg(c, d, "arg", &e->measures.arg);
}
static bool key_binds(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->binds.is_set = true;
    e->binds.to = e->binds.value = FL_ARG_NONE;
    return fl_model_keys(c, d, KEYS("to", "value")) && opt_arg(c, d, "to", &e->binds.to) && opt_arg(c, d, "value", &e->binds.value);
}
static bool key_finds(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->finds.is_set = true; return read_arg(c, d, &e->finds.arg); }
static bool key_parses(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->parses.is_set = true; return read_arg(c, d, &e->parses.arg); }

static bool key_decodes(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->decodes.is_set = true; return read_arg(c, d, &e->decodes.arg); }
static bool key_child(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->child.is_set = true;
    e->child.of = e->child.key = FL_ARG_NONE;
    const fl_data *otherwise = fl_data_get_c(d, "else");
    fl_str word = fl_data_str(otherwise, FL_S(""));
    if (otherwise && otherwise->kind == FL_DATA_BOOL) e->child.otherwise = FL_CHILD_ASKS;
    else if (fl_str_eq_c(word, "throws")) e->child.otherwise = FL_CHILD_THROWS;
    else if (fl_str_eq_c(word, "default")) e->child.otherwise = FL_CHILD_DEFAULT;
    else if (otherwise) { (void)fl_model_fail(c, otherwise, "\"else\" is throws, default or false"); return false; }
    e->child.fallback = FL_ARG_NONE;
    return fl_model_keys(c, d, KEYS("of", "key", "else", "default")) && opt_arg(c, d, "of", &e->child.of) && opt_arg(c, d, "key", &e->child.key) &&
           opt_arg(c, d, "default", &e->child.fallback);
}
static bool key_reads(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_keys(c, d, KEYS("arg", "as", "integer", "else"))) return false;
    e->reads.is_set = true;
    e->reads.arg = FL_ARG_NONE;
    e->reads.as = read_types(fl_data_get_c(d, "as"));
    e->reads.is_integer = fl_data_get_bool(d, "integer", false);
    const fl_data *otherwise = fl_data_get_c(d, "else");
    e->reads.throws = fl_str_eq_c(fl_data_str(otherwise, FL_S("")), "throws");
    e->reads.or_null = e->reads.throws || (otherwise && (otherwise->kind == FL_DATA_NULL || fl_str_eq_c(fl_data_str(otherwise, FL_S("")), "null")));
    return opt_arg(c, d, "arg", &e->reads.arg);
}
static bool key_unpacks(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->unpacks.is_set = true;
    e->unpacks.of = e->unpacks.format = FL_ARG_NONE;
    return fl_model_keys(c, d, KEYS("of", "format")) && opt_arg(c, d, "of", &e->unpacks.of) && opt_arg(c, d, "format", &e->unpacks.format);
}
static bool key_tags(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->tags.is_set = true;
    e->tags.arg = e->tags.is = FL_ARG_NONE;
    e->tags.values = fl_data_get_c(d, "values");
    return fl_model_keys(c, d, KEYS("arg", "values", "is")) && opt_arg(c, d, "arg", &e->tags.arg) && opt_arg(c, d, "is", &e->tags.is);
}
static bool key_writes(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    if (!fl_model_keys(c, d, KEYS("to", "from", "size", "format", "appends"))) return false;
    e->writes.is_set = true;
    e->writes.to = e->writes.from = e->writes.size = e->writes.format = FL_ARG_NONE;
    e->writes.appends = fl_data_get_bool(d, "appends", false);
    return opt_arg(c, d, "to", &e->writes.to) && opt_arg(c, d, "from", &e->writes.from) && opt_arg(c, d, "size", &e->writes.size) && opt_arg(c, d, "format", &e->writes.format);
}
static bool key_puts(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{
    (void)member;
    e->puts.is_set = true;
    e->puts.into = e->puts.key = e->puts.value = FL_ARG_NONE;
    e->puts.as = read_types(fl_data_get_c(d, "as"));
    return fl_model_keys(c, d, KEYS("into", "key", "value", "as")) && opt_arg(c, d, "into", &e->puts.into) && opt_arg(c, d, "key", &e->puts.key) && opt_arg(c, d, "value", &e->puts.value);
}

static bool key_adds_element(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->adds_element.is_set = true; return read_arg(c, d, &e->adds_element.arg); }
static bool key_forwards_rejections(fl_model_compiler *c, fl_effect *e, const fl_data *d, fl_str member)
{ (void)member; e->forwards_rejections.is_set = true; return read_arg(c, d, &e->forwards_rejections.handler); }

#define KEY(name) { { #name, sizeof #name - 1 }, key_##name }
static const struct { fl_str key; bool (*read)(fl_model_compiler *, fl_effect *, const fl_data *, fl_str); } effect_keys[] = {
    KEY(returns), KEY(intrinsic), KEY(min_args), KEY(max_args),
    KEY(route), KEY(mount), KEY(bind), KEY(param_hook), KEY(handles), KEY(joins), KEY(listen), KEY(serve),
    KEY(callbacks), KEY(request), KEY(respond),
    KEY(status), KEY(content), KEY(next), KEY(ends_process),
    KEY(throws), KEY(range), KEY(miss), KEY(columns), KEY(shaped), KEY(stores), KEY(row), KEY(describes), KEY(stands_for), KEY(parses), KEY(throws_when_empty),
    KEY(class_fields), KEY(listed), KEY(as), KEY(checks),
    KEY(predicate), KEY(coerces), KEY(calls), KEY(validate),
    KEY(schema), KEY(adds_element), KEY(forwards_rejections),
    KEY(reads_environment), KEY(value), KEY(wants), KEY(provides),
    KEY(error), KEY(raises), KEY(dispatch), KEY(compares),
    KEY(needs), KEY(measures), KEY(decodes), KEY(child), KEY(reads),
    KEY(tags), KEY(unpacks), KEY(binds), KEY(finds),
    KEY(writes), KEY(puts), KEY(allocates), KEY(frees), KEY(keeps),
    KEY(fills), KEY(params), KEY(parameter), KEY(runs), KEY(embeds), KEY(credential),
};
#undef KEY

/* False: it is no map, or has a key that is none. */
static bool find_keys(const fl_data *data, const fl_data **given)
{
    bool is_known = data && data->kind == FL_DATA_MAP;
    for (const fl_data *d = is_known ? data->first : NULL; d && is_known; d = d->next) {
        size_t i = 0;
        while (i < FL_COUNT(effect_keys) && !fl_str_eq(d->key, effect_keys[i].key)) i++;
        if ((is_known = i < FL_COUNT(effect_keys))) given[i] = d;
    }
    return is_known;
}

static const fl_effect *compile_one(fl_model_compiler *c, const fl_data *data, fl_str member)
{
    const fl_data *given[FL_COUNT(effect_keys)] = { 0 };   /* read in the order of the table */
    if (!find_keys(data, given)) {
        const char *names[FL_COUNT(effect_keys) + 1];
        for (size_t i = 0; i < FL_COUNT(effect_keys); i++) names[i] = effect_keys[i].key.ptr;
        names[FL_COUNT(effect_keys)] = NULL;
        if (!fl_model_keys(c, data, names)) return NULL;
    }
    fl_effect *e = FL_NEW(c->arena, fl_effect);
    e->data = data;
    e->max_args = -1;
    for (size_t i = 0; i < FL_COUNT(effect_keys); i++)
        if (given[i] && !effect_keys[i].read(c, e, given[i], member)) return NULL;
    return e;
}

const fl_effect *fl_effect_compile(fl_model_compiler *c, const fl_data *data, fl_str member)
{
    if (!data || data->kind != FL_DATA_LIST) return compile_one(c, data, member);
    const fl_effect *first = NULL;
    fl_effect *last = NULL;
    for (const fl_data *d = data->first; d; d = d->next) {
        fl_effect *e = (fl_effect *)(uintptr_t)compile_one(c, d, member);
        if (!e) return NULL;
        if (last) last->otherwise = e; else first = e;
        last = e;
    }
    if (!first) (void)fl_model_fail(c, data, "an empty list of effects");
    return first;
}

const fl_effect *fl_effect_for(const fl_effect *effect, size_t arg_count)
{
    for (; effect; effect = effect->otherwise)
        if ((int)arg_count >= effect->min_args && (effect->max_args < 0 || (int)arg_count <= effect->max_args)) return effect;
    return NULL;
}
