/*
 * Loads and checks model files: YAML text → types, exports and effects that the evaluator and the flow stage look up.
 * Read fl_models_load, then compile_model. by_version is settled before anything else is read, so the rest sees one version.
 */
#include "extractor/models/model_p.h"
#include "extractor/models/pack.h"
#include "base/fs.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

fl_status fl_model_fail(fl_model_compiler *c, const fl_data *at, const char *format, ...)
{
    char text[384];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return fl_fail(c->err, FL_E_USAGE, "model " FL_STR_FMT ":%u: %s", FL_STR_ARG(c->model->source), at ? at->line + 1 : 1, text);
}

bool fl_model_keys(fl_model_compiler *c, const fl_data *map, const char *const *known)
{
    if (!map || map->kind != FL_DATA_MAP) { (void)fl_model_fail(c, map, "a map is wanted here"); return false; }
    for (const fl_data *d = map->first; d; d = d->next) {
        bool found = false;
        for (size_t i = 0; known[i] && !found; i++) found = fl_str_eq_c(d->key, known[i]);
        if (found) continue;
        const char *nearest = known[0];
        size_t best = SIZE_MAX;
        for (size_t i = 0; known[i]; i++) {
            size_t distance = fl_str_distance(d->key, fl_str_from(known[i]));
            if (distance < best) { best = distance; nearest = known[i]; }
        }
        (void)fl_model_fail(c, d, "unknown key \"" FL_STR_FMT "\", did you mean \"%s\"?", FL_STR_ARG(d->key), nearest);
        return false;
    }
    return true;
}

bool fl_model_each_has_keys(fl_model_compiler *c, const fl_data *list, const char *const *known)
{
    if (list->kind != FL_DATA_LIST) { (void)fl_model_fail(c, list, "a list is wanted here"); return false; }
    for (const fl_data *d = list->first; d; d = d->next) if (!fl_model_keys(c, d, known)) return false;
    return true;
}

fl_sym fl_model_type_name(const fl_model_compiler *c, fl_str word)
{
    if (fl_str_find_char(word, '.') >= 0 || fl_str_eq_c(c->model->kind, "builtins")) return fl_sym_of(word);
    return fl_sym_of(fl_str_format(c->arena, FL_STR_FMT "." FL_STR_FMT, FL_STR_ARG(c->model->name), FL_STR_ARG(word)));
}

/* ---- versions ---- */

typedef struct version { long part[3]; int count; } version;

static version read_version(fl_str s, bool *is_any)
{
    version v = { { 0, 0, 0 }, 0 };
    *is_any = false;
    size_t i = 0;
    while (i < s.len && (s.ptr[i] == 'v' || s.ptr[i] == '=')) i++;
    while (i < s.len && v.count < 3) {
        if (s.ptr[i] == 'x' || s.ptr[i] == '*' || s.ptr[i] == 'X') { *is_any = v.count == 0; break; }
        if (s.ptr[i] < '0' || s.ptr[i] > '9') break;
        long n = 0;
        while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9' && n < 1000000) n = n * 10 + (s.ptr[i++] - '0');
        v.part[v.count++] = n;
        if (i < s.len && s.ptr[i] == '.') i++; else break;
    }
    return v;
}

static int compare_versions(const version *a, const version *b)
{
    for (int i = 0; i < 3; i++)
        if (a->part[i] != b->part[i]) return a->part[i] < b->part[i] ? -1 : 1;
    return 0;
}

static bool fits_one(const version *v, fl_str term)
{
    static const char *const ops[] = { ">=", "<=", ">", "<", "^", "~", "=" };
    size_t op = FL_COUNT(ops);
    for (size_t i = 0; i < FL_COUNT(ops); i++)
        if (fl_str_starts(term, fl_str_from(ops[i]))) { op = i; term = fl_str_sub(term, strlen(ops[i]), term.len); break; }
    bool is_any;
    version t = read_version(fl_str_trim(term), &is_any);
    if (is_any || t.count == 0) return true;
    int order = compare_versions(v, &t);
    switch (op) {
    case 0: return order >= 0;
    case 1: return order <= 0;
    case 2: return order > 0;
    case 3: return order < 0;
    case 4: return order >= 0 && v->part[0] == t.part[0] && (t.part[0] > 0 || v->part[1] == t.part[1]);
    case 5: return order >= 0 && v->part[0] == t.part[0] && (t.count < 2 || v->part[1] == t.part[1]);
    default:
        for (int i = 0; i < t.count; i++) if (v->part[i] != t.part[i]) return false;
        return true;
    }
}

bool fl_version_fits(fl_str text, fl_str range)
{
    text = fl_str_trim(text);
    /* a range such as "^4.18.0" stands for the version it begins with */
    while (text.len && (text.ptr[0] < '0' || text.ptr[0] > '9')) text = fl_str_sub(text, 1, text.len);
    bool is_any;
    version v = read_version(text, &is_any);
    if (v.count == 0) v = (version){ { 999999, 0, 0 }, 1 };   /* unknown: the newest */
    fl_str part;
    while (fl_str_split(&range, ' ', &part))
        if (part.len && !fits_one(&v, part)) return false;
    return true;
}

/* Replaces every {by_version: {range: x, …}} by the x that fits. */
static void settle_versions(fl_data *node, fl_str version_text, unsigned depth)
{
    const fl_data *choice = depth < 64 ? fl_data_get_c(node, "by_version") : NULL;
    if (!choice) {
        for (fl_data *d = node->first; d; d = d->next) settle_versions(d, version_text, depth + 1);
        return;
    }
    fl_data settled = { .kind = FL_DATA_NULL };
    for (fl_data *d = choice->first; d; d = d->next)
        if (fl_version_fits(version_text, d->key)) {
            settle_versions(d, version_text, depth + 1);
            settled = *d;
            break;
        }
    settled.key = node->key;
    settled.next = node->next;
    *node = settled;
}

/* ---- types and members ---- */

static bool add_member(fl_model_compiler *c, fl_map *members, fl_str name, const fl_data *data)
{
    static const char *const keys[] = { "call", "get", "new", "set", NULL };
    if (!fl_model_keys(c, data, keys)) return false;
    fl_member *m = FL_NEW(c->arena, fl_member);
    m->name = fl_sym_of(name);
    const struct { const char *key; const fl_effect **to; } parts[] = { { "call", &m->call }, { "get", &m->get }, { "new", &m->new_ }, { "set", &m->set } };
    for (size_t i = 0; i < FL_COUNT(parts); i++) {
        const fl_data *d = fl_data_get_c(data, parts[i].key);
        if (d && !(*parts[i].to = fl_effect_compile(c, d, name))) return false;
    }
    fl_map_put(members, m->name, m);
    ptrdiff_t dot = fl_str_find_char(name, '.');
    if (members == &c->model->exports) fl_map_put(&c->model->roots, dot < 0 ? m->name : fl_sym_of(fl_str_sub(name, 0, (size_t)dot)), c->model);
    return true;
}

/* Keys may list several names: "get, head, post". */
static bool add_members(fl_model_compiler *c, fl_map *members, const fl_data *map)
{
    if (!map) return true;
    if (map->kind != FL_DATA_MAP) { (void)fl_model_fail(c, map, "members must be a map"); return false; }
    for (const fl_data *d = map->first; d; d = d->next) {
        fl_str rest = d->key, name;
        if (rest.len == 0 && !add_member(c, members, rest, d)) return false;
        while (fl_str_split(&rest, ',', &name))
            if (name.len && !add_member(c, members, fl_str_trim(name), d)) return false;
    }
    return true;
}

static bool declare_type(fl_model_compiler *c, const fl_data *d)
{
    static const char *const keys[] = { "is", "root", "router", "role", "members", "call", "middleware", "parses", "schema", "prefix", "media", "uses", "answers", "shown", "table", "catches", "parsed", NULL };
    if (!fl_model_keys(c, d, keys)) return false;
    fl_model_type *t = FL_NEW(c->arena, fl_model_type);
    t->name = fl_model_type_name(c, d->key);
    t->model = c->model;
    t->data = d;
    t->is_root = fl_data_get_bool(d, "root", false);
    t->is_router = fl_data_get_bool(d, "router", false) || t->is_root;
    t->role = fl_sym_of(fl_data_get_str(d, "role"));
    t->schema = fl_data_get_c(d, "schema");
    t->body_parser = fl_data_get_c(d, "parses");
    if (fl_data_get_c(d, "parsed")) t->parsed = fl_model_type_name(c, fl_data_get_str(d, "parsed"));
    fl_map_init(&t->members);
    fl_map_put(&c->model->types, t->name, t);
    fl_vec_push(c->arena, &c->model->type_list, t);
    return true;
}

static bool define_type(fl_model_compiler *c, fl_model_type *t)
{
    fl_str base = fl_data_get_str(t->data, "is");
    if (base.len) {
        t->is = fl_map_get(&c->model->types, fl_model_type_name(c, base));
        if (!t->is) { (void)fl_model_fail(c, t->data, "type \"" FL_STR_FMT "\" is not defined in this model", FL_STR_ARG(base)); return false; }
        for (const fl_model_type *up = t->is; up; up = up->is)
            if (up == t) { (void)fl_model_fail(c, t->data, "type is its own base"); return false; }
        if (!t->role) t->role = t->is->role;
        t->is_router |= t->is->is_router;
        if (!t->schema) t->schema = t->is->schema;
    }
    const fl_data *call = fl_data_get_c(t->data, "call"), *middleware = fl_data_get_c(t->data, "middleware");
    if (call && !(t->call = fl_effect_compile(c, call, FL_S("")))) return false;
    if (middleware && !(t->middleware = fl_effect_compile(c, middleware, FL_S("")))) return false;
    return add_members(c, &t->members, fl_data_get_c(t->data, "members"));
}

/* ---- one model ---- */

static bool read_roles(fl_model_compiler *c, const fl_data *list, const char *what)
{
    for (const fl_data *d = list ? list->first : NULL; d; d = d->next) {
        fl_sym role = fl_sym_of(fl_data_str(d, FL_S("")));
        if (*what == 'h') fl_vec_push(c->arena, &c->model->handler_params, role);
        else fl_vec_push(c->arena, &c->model->error_params, role);
    }
    return true;
}

static bool read_handler(fl_model_compiler *c, const fl_data *h)
{
    if (!h) return true;
    static const char *const keys[] = { "params", "error_params", "async_errors", "async_shows", "error_status_members", "default_error_status", "default_status", "body_absent_unparsed", "calls_by_name", "converts_path", "returns_answer", "parses_body", "reads_signature", "error_media", "errors_by", "status_members", "own_error", "error_schema", "refusal", "hands_on", "answers_errors", "onion", "answer_model", "answers_are_said", "status_until_end", NULL };
    if (!fl_model_keys(c, h, keys)) return false;
    fl_model *m = c->model;
    read_roles(c, fl_data_get_c(h, "params"), "handler");
    read_roles(c, fl_data_get_c(h, "error_params"), "error");
    m->async_errors = fl_str_eq_c(fl_data_get_str(h, "async_errors"), "nobody") ? FL_ASYNC_TO_NOBODY : FL_ASYNC_TO_HANDLER;
    m->async_shows = fl_data_get_str(h, "async_shows");
    const fl_data *names = fl_data_get_c(h, "error_status_members");
    for (const fl_data *d = names ? names->first : NULL; d; d = d->next)
        fl_vec_push(c->arena, &m->error_status_members, fl_sym_of(fl_data_str(d, FL_S(""))));
    names = fl_data_get_c(h, "status_members");
    for (const fl_data *d = names ? names->first : NULL; d; d = d->next)
        fl_vec_push(c->arena, &m->status_members, fl_sym_of(fl_data_str(d, FL_S(""))));
    m->status_until_end = fl_data_get_bool(h, "status_until_end", false);
    m->default_error_status = (uint16_t)fl_data_get_int(h, "default_error_status", 500);
    m->default_status = (uint16_t)fl_data_get_int(h, "default_status", 0);
    m->converts_path = fl_data_get_bool(h, "converts_path", false);
    m->calls_by_name = fl_data_get_bool(h, "calls_by_name", false);
    fl_str own = fl_data_get_str(h, "own_error");
    if (own.len) m->own_error = fl_model_type_name(c, own);
    m->errors_by_registration = fl_str_eq_c(fl_data_get_str(h, "errors_by"), "registration");
    m->errors_by_class = fl_str_eq_c(fl_data_get_str(h, "errors_by"), "class");
    m->returns_answer = fl_data_get_bool(h, "returns_answer", false);
    const fl_data *onion = fl_data_get_c(h, "onion");
    m->rest_is_quiet = onion && fl_str_eq_c(fl_data_str(onion, FL_S("")), "quiet");
    m->is_onion = m->rest_is_quiet || fl_data_get_bool(h, "onion", false);
    m->answers_errors = fl_data_get_bool(h, "answers_errors", false);
    m->hands_on_by_returning = fl_str_eq_c(fl_data_get_str(h, "hands_on"), "returning");
    m->error_media = fl_data_get_str(h, "error_media");
    m->answers_are_said = fl_data_get_bool(h, "answers_are_said", false);
    if (fl_data_get_str(h, "answer_model").len) m->answer_model = fl_sym_of(fl_data_get_str(h, "answer_model"));
    m->reads_signature = fl_data_get_bool(h, "reads_signature", false);
    m->parses_body = fl_data_get_bool(h, "parses_body", false);
    m->body_absent_unparsed = fl_data_get_bool(h, "body_absent_unparsed", false);
    return true;
}

/* How a framework refuses bad input, and what a package changes in another model. */
static bool check_refusals_and_patches(fl_model_compiler *c)
{
    static const char *const refusal_keys[] = { "text", "how", "name", "from", "status", NULL }, *const hows[] = { "respond", "throw", "next", NULL };
    static const char *const patch_keys[] = { "async_errors", NULL };
    const fl_data *refusals = c->model->refusals, *patches = c->model->patches;
    if (refusals && !fl_model_each_has_keys(c, refusals, refusal_keys)) return false;
    for (const fl_data *d = refusals ? refusals->first : NULL; d; d = d->next) {
        fl_str how = fl_data_get_str(d, "how");
        bool is_known = false;
        for (size_t i = 0; hows[i] && !is_known; i++) is_known = fl_str_eq_c(how, hows[i]);
        if (!is_known) { (void)fl_model_fail(c, d, "\"how\" of a refusal is respond, throw or next"); return false; }
        if (!fl_data_get_str(d, "text").len) { (void)fl_model_fail(c, d, "a refusal wants \"text\""); return false; }
    }
    if (patches && patches->kind != FL_DATA_MAP) { (void)fl_model_fail(c, patches, "a map of models is wanted here"); return false; }
    for (const fl_data *d = patches ? patches->first : NULL; d; d = d->next) {
        if (!fl_model_keys(c, d, patch_keys)) return false;
        if (!fl_str_eq_c(fl_data_get_str(d, "async_errors"), "handler")) { (void)fl_model_fail(c, d, "\"async_errors\" can only be patched to handler"); return false; }
    }
    return true;
}

static bool compile_model(fl_model_compiler *c, const fl_data *data)
{
    static const char *const keys[] = { "model", "kind", "language", "packages", "path_syntax", "handler", "refusals", "exports", "globals", "types", "module", "function_classes", "type_names", "patches", "annotations", "itself", "entry", "linkage", "memory", "includes", "missing_key", "missing_index", "missing_part", "zero_divisor", "wrong_operand", "errors", "defaults", "uses", "special", "any_error", "operators", "aliases", "ambient", NULL };
    fl_model *m = c->model;
    if (!fl_model_keys(c, data, keys)) return false;
    m->data = data;
    m->name = fl_data_get_str(data, "model");
    m->kind = fl_data_get_str(data, "kind");
    m->language = fl_data_get_str(data, "language");
    m->path_syntax = fl_sym_of(fl_data_get_str(data, "path_syntax"));
    m->refusals = fl_data_get_c(data, "refusals");
    m->patches = fl_data_get_c(data, "patches");
    const fl_data *module = fl_data_get_c(data, "module");
    m->open_module = module && fl_str_eq_c(fl_data_get_str(module, "names"), "all") ? module : NULL;
    const fl_data *linkage = fl_data_get_c(data, "linkage"), *entry = fl_data_get_c(data, "entry");
    if (linkage && !fl_str_eq_c(fl_data_str(linkage, FL_S("")), "program")) { (void)fl_model_fail(c, linkage, "\"linkage\" can only be program"); return false; }
    const fl_data *memory = fl_data_get_c(data, "memory");
    if (memory && !fl_str_eq_c(fl_data_str(memory, FL_S("")), "raw")) { (void)fl_model_fail(c, memory, "\"memory\" can only be raw"); return false; }
    m->has_raw_memory = memory != NULL;
    m->any_error = fl_data_get_c(data, "any_error");
    const fl_data *special = fl_data_get_c(data, "special");
    static const char *const special_keys[] = { "attribute", "elements", "derived", "subscript", NULL };
    if (special && !fl_model_keys(c, special, special_keys)) return false;
    m->special.attribute = fl_sym_of(fl_data_get_str(special, "attribute"));
    m->special.elements = fl_sym_of(fl_data_get_str(special, "elements"));
    m->special.derived = fl_sym_of(fl_data_get_str(special, "derived"));
    m->special.subscript = fl_sym_of(fl_data_get_str(special, "subscript"));
    m->missing_key = fl_data_get_str(data, "missing_key");
    m->uses = fl_data_get_str(data, "uses");
    m->missing_index = fl_data_get_str(data, "missing_index");
    m->missing_part = fl_data_get_str(data, "missing_part");
    m->zero_divisor = fl_data_get_str(data, "zero_divisor");
    m->wrong_operand = fl_data_get_str(data, "wrong_operand");
    if (entry && entry->kind != FL_DATA_LIST) { (void)fl_model_fail(c, entry, "\"entry\" is a list of names of functions"); return false; }
    if (!check_refusals_and_patches(c)) return false;
    if (!m->name.len || !m->language.len) { (void)fl_model_fail(c, data, "\"model\" and \"language\" must be set"); return false; }
    fl_map_init(&m->exports);
    fl_map_init(&m->roots);
    fl_map_init(&m->globals);
    fl_map_init(&m->types);
    fl_map_init(&m->annotations);
    const fl_data *packages = fl_data_get_c(data, "packages");
    for (const fl_data *d = packages ? packages->first : NULL; d; d = d->next)
        fl_vec_push(c->arena, &m->packages, fl_sym_of(fl_data_str(d, FL_S(""))));
    const fl_data *itself = fl_data_get_c(data, "itself");
    for (const fl_data *d = itself ? itself->first : NULL; d; d = d->next)
        fl_vec_push(c->arena, &m->itself, fl_sym_of(fl_data_str(d, FL_S(""))));
    if (!read_handler(c, fl_data_get_c(data, "handler"))) return false;
    const fl_data *types = fl_data_get_c(data, "types");
    for (const fl_data *d = types ? types->first : NULL; d; d = d->next)
        if (!declare_type(c, d)) return false;
    for (size_t i = 0; i < m->type_list.count; i++)
        if (!define_type(c, (fl_model_type *)(uintptr_t)m->type_list.items[i])) return false;
    return add_members(c, &m->exports, fl_data_get_c(data, "exports")) && add_members(c, &m->globals, fl_data_get_c(data, "globals")) &&
           fl_annotations_compile(c, fl_data_get_c(data, "annotations"));
}

static fl_str peek_package(const fl_data *data)
{
    return fl_data_str(fl_data_at(fl_data_get_c(data, "packages"), 0), FL_S(""));
}

/* A model file: read, parsed and compiled by any thread, then entered by one, in order. */
typedef struct source { fl_arena arena; const char *path; bool is_shipped; fl_model *model; fl_status status; fl_err err; } source;
typedef struct source_list { FL_VEC(source *) items; const fl_models_options *options; fl_model_pack pack; } source_list;

static bool is_spoken(const fl_models_options *options, fl_str language)
{
    bool is_any = !options || !options->languages;
    for (size_t i = 0; !is_any && options->languages[i]; i++) is_any = fl_str_eq_c(language, options->languages[i]);
    return is_any;
}

/* The language of a shipped model, from its line at the left edge: most files of a run are of other languages, and reading YAML is slow. */
static fl_str peek_language(fl_str text)
{
    fl_str line;
    while (fl_str_split(&text, '\n', &line))
        if (fl_str_starts(line, FL_S("language: "))) return fl_str_trim(fl_str_sub(line, 10, line.len));
    return FL_S("");
}

/* `pack` may have a shipped model's tree; NULL for others. *out is set as soon as there is something to release, even in a model that is refused. */
static fl_status compile_text(fl_arena *arena, fl_str text, const char *name, const fl_model_pack *pack, const fl_models_options *options, fl_model **out, fl_err *err)
{
    if (pack && !is_spoken(options, peek_language(text))) return FL_OK;
    fl_data *raw = pack ? fl_model_pack_get(pack, arena, text) : NULL;
    fl_status status = raw ? FL_OK : fl_yaml_parse(arena, text, name, &raw, err);
    if (status != FL_OK) return status;
    fl_model *m = FL_NEW(arena, fl_model);
    m->source = fl_str_copy(arena, fl_str_from(name));
    fl_model_compiler c = { arena, m, err };
    if (raw->kind != FL_DATA_MAP) return fl_model_fail(&c, raw, "a model is a map that begins with \"model: NAME\"");
    fl_str package = peek_package(raw);
    if (options && options->version_of && package.len) m->version = options->version_of(options->context, package);
    const fl_data *packages = fl_data_get_c(raw, "packages");
    for (const fl_data *d = options && options->version_of && packages ? packages->first : NULL; d && !m->is_depended; d = d->next)
        m->is_depended = options->version_of(options->context, fl_data_str(d, FL_S(""))).len != 0;
    *out = m;
    settle_versions(raw, m->version, 0);
    return compile_model(&c, raw) ? FL_OK : err->status;
}

static void compile_source(void *context, size_t index, unsigned worker)
{
    (void)worker;
    const source_list *all = context;
    source *s = all->items.items[index];
    fl_str text;
    s->status = fl_fs_read(&s->arena, s->path, FL_LIMIT_DATA_BYTES, &text, &s->err);
    if (s->status == FL_OK) s->status = compile_text(&s->arena, text, s->path, s->is_shipped ? &all->pack : NULL, all->options, &s->model, &s->err);
}

/* "python:uuid" */
static fl_sym in_language(fl_str language, fl_sym package)
{
    char text[256];
    int n = snprintf(text, sizeof text, FL_STR_FMT ":%s", FL_STR_ARG(language), fl_sym_c(package));
    return fl_sym_of((fl_str){ text, n > 0 && (size_t)n < sizeof text ? (size_t)n : 0 });
}

static void enter_model(fl_models *models, fl_model *m)
{
    for (size_t i = 0; i < m->packages.count; i++) {   /* languages may have packages of the same name */
        fl_map_put(&models->by_package, m->packages.items[i], m);
        fl_map_put(&models->by_package, in_language(m->language, m->packages.items[i]), m);
    }
    for (size_t i = 0; i < m->type_list.count; i++) fl_map_put(&models->by_type, m->type_list.items[i]->name, (void *)(uintptr_t)m->type_list.items[i]);
    if (fl_str_eq_c(m->kind, "builtins")) fl_map_put(&models->by_language, fl_sym_of(m->language), m);
}

static fl_status list_folder(fl_models *models, fl_str folder, source_list *out, fl_err *err)
{
    fl_fs_entries entries = { 0 };
    fl_status status = fl_fs_list(&models->arena, fl_str_c(&models->arena, folder), &entries, err);
    for (size_t i = 0; status == FL_OK && i < entries.count; i++) {
        fl_fs_entry *e = &entries.items[i];
        fl_str path = fl_fs_join(&models->arena, folder, e->name);
        if (e->is_dir && !fl_str_eq_c(e->name, "runtimes") && !fl_str_eq_c(e->name, "spelling")) status = list_folder(models, path, out, err);
        else if (e->is_file && fl_str_ends(e->name, FL_S(".yaml"))) {
            source *s = FL_NEW(&models->arena, source);
            fl_arena_init(&s->arena);
            s->path = fl_str_c(&models->arena, path);
            fl_vec_push(&models->arena, &out->items, s);
        }
    }
    return status;
}

static const char *models_pack_path(fl_models *models) { return fl_fs_join(&models->arena, fl_fs_data_dir(&models->arena), FL_S("models.pack")).ptr; }

static fl_status load_sources(fl_models *models, source_list *sources, fl_err *err)
{
    const source *refused = NULL;
    fl_model_pack_open(&sources->pack, models_pack_path(models));
    fl_pool_run(0, sources->items.count, compile_source, sources);
    fl_map_release(&sources->pack.trees);
    fl_arena_adopt(&models->arena, &sources->pack.arena);   /* models borrow its strings */
    for (size_t i = 0; i < sources->items.count; i++) {
        source *s = sources->items.items[i];
        if (s->model) {
            fl_arena_adopt(&models->arena, &s->arena);
            fl_vec_push(&models->arena, &models->all, s->model);
            if (s->status == FL_OK) enter_model(models, s->model);
        } else fl_arena_release(&s->arena);
        if (s->status != FL_OK && !refused) refused = s;
    }
    if (!refused) return FL_OK;
    if (err) *err = refused->err;
    return refused->status;
}

static int by_name(const void *a, const void *b)
{
    const fl_model *const *x = a, *const *y = b;
    int order = fl_str_cmp((*x)->name, (*y)->name);
    return order ? order : fl_str_cmp((*x)->source, (*y)->source);
}

static void release_maps(fl_models *models)
{
    for (size_t i = 0; i < models->all.count; i++) {
        fl_model *m = models->all.items[i];
        for (size_t t = 0; t < m->type_list.count; t++) fl_map_release(&((fl_model_type *)(uintptr_t)m->type_list.items[t])->members);
        fl_map_release(&m->exports);
        fl_map_release(&m->roots);
        fl_map_release(&m->globals);
        fl_map_release(&m->types);
        fl_map_release(&m->annotations);
    }
    fl_map_release(&models->by_package);
    fl_map_release(&models->by_type);
    fl_map_release(&models->by_language);
}

fl_status fl_models_load(fl_models *models, const fl_models_options *options, fl_err *err)
{
    *models = (fl_models){ 0 };
    fl_arena_init(&models->arena);
    fl_map_init(&models->by_package);
    fl_map_init(&models->by_type);
    fl_map_init(&models->by_language);
    fl_str shipped = fl_fs_join(&models->arena, fl_fs_data_dir(&models->arena), FL_S("models"));
    source_list sources = { .options = options };
    fl_status status = list_folder(models, shipped, &sources, err);
    for (size_t i = 0; i < sources.items.count; i++) sources.items.items[i]->is_shipped = true;
    for (size_t i = 0; status == FL_OK && options && options->dirs && options->dirs[i]; i++)
        status = list_folder(models, fl_str_from(options->dirs[i]), &sources, err);
    if (status == FL_OK) status = load_sources(models, &sources, err);
    if (models->all.count) qsort(models->all.items, models->all.count, sizeof *models->all.items, by_name);
    if (status != FL_OK) fl_models_release(models);
    return status;
}

void fl_models_release(fl_models *models)
{
    release_maps(models);
    fl_arena_release(&models->arena);
    *models = (fl_models){ 0 };
}

fl_status fl_model_check(fl_arena *arena, fl_str text, const char *name, fl_err *err)
{
    (void)arena;
    fl_models models = { 0 };
    fl_arena_init(&models.arena);
    fl_map_init(&models.by_package);
    fl_map_init(&models.by_type);
    fl_map_init(&models.by_language);
    fl_model *model = NULL;
    fl_err own;
    fl_status status = compile_text(&models.arena, text, name, NULL, NULL, &model, err ? err : &own);
    if (model) fl_vec_push(&models.arena, &models.all, model);
    fl_models_release(&models);
    return status;
}

/* ---- look-ups ---- */

const fl_model *fl_models_package(const fl_models *models, fl_sym package) { return fl_map_get(&models->by_package, package); }

/* "@scope/name/sub" → "@scope/name"; "name/sub" → "name" */
static fl_str package_root(fl_str name)
{
    ptrdiff_t slash = fl_str_find_char(name, '/');
    if (slash > 0 && name.len && name.ptr[0] == '@') {
        ptrdiff_t second = fl_str_find_char(fl_str_sub(name, (size_t)slash + 1, name.len), '/');
        if (second < 0) return name;
        slash += second + 1;
    }
    return slash > 0 ? fl_str_sub(name, 0, (size_t)slash) : name;
}

const fl_model *fl_models_import(const fl_models *models, fl_str language, fl_str specifier, fl_sym *package)
{
    fl_sym root = fl_sym_of(package_root(specifier)), whole = fl_sym_of(specifier);
    if (package) *package = root;
    const fl_model *model = fl_models_package(models, in_language(language, whole));
    if (!model) model = fl_models_package(models, in_language(language, root));
    if (!model) model = fl_models_package(models, whole);
    return model ? model : fl_models_package(models, root);
}

const fl_model *fl_models_builtins(const fl_models *models, fl_str language) { return fl_map_get(&models->by_language, fl_sym_of(language)); }

const fl_model_type *fl_models_type(const fl_models *models, fl_sym full_name)
{
    return fl_map_get(&models->by_type, full_name);
}

const fl_member *fl_model_type_member(const fl_model_type *type, fl_sym name)
{
    for (const fl_model_type *t = type; t; t = t->is) {
        const fl_member *m = fl_map_get(&t->members, name);
        if (m) return m;
    }
    for (const fl_model_type *t = type; t; t = t->is) {
        const fl_member *m = fl_map_get(&t->members, FL_SYM_star);
        if (m) return m;
    }
    return NULL;
}

bool fl_model_type_is(const fl_model_type *type, const fl_model_type *base)
{
    for (; type; type = type->is) if (type == base) return true;
    return false;
}

const fl_member *fl_model_export(const fl_model *model, fl_sym dotted_path) { return fl_map_get(&model->exports, dotted_path); }

const fl_model_type *fl_model_basic(const fl_model *builtins, unsigned one_type)
{
    static const struct { unsigned type; fl_sym name; } names[] = {
        { FL_T_STRING, FL_SYM_string_ }, { FL_T_NUMBER, FL_SYM_number_ }, { FL_T_BOOLEAN, FL_SYM_boolean_ }, { FL_T_LIST, FL_SYM_list_ },
        { FL_T_DICT, FL_SYM_dict_ }, { FL_T_FUNCTION, FL_SYM_function_ } };
    for (size_t i = 0; builtins && i < FL_COUNT(names); i++)
        if (names[i].type == one_type) return fl_map_get(&builtins->types, names[i].name);
    return NULL;
}
