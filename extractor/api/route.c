/*
 * Registrations → routes. Read fl_routes_collect, then walk: a router's registrations in order, each mount going down with its prefix and
 * the middleware before it. Routers that no application reaches are walked too; what they hold is only possible.
 */
#include "extractor/api/route.h"
#include "extractor/api/path.h"

typedef struct link { const fl_path *at; fl_value *value; } link_t;
typedef FL_VEC(link_t) link_list;
typedef struct taker { fl_value *handler, *error; } taker;   /* error: of that class, or with that status; NULL: any */
typedef FL_VEC(taker) taker_list;
typedef struct walk_state {
    fl_arena *arena;
    fl_values *values;
    fl_routes *out;
    const char *doubt;
    FL_VEC(const fl_value *) answers;
    bool is_hidden;
    fl_value *stack[32];
    unsigned depth;
} walk_state;

/* Whose handlers its routes have: another framework's, where the router belongs to an extension of that. */
static const fl_model *framework_of(const fl_models *models, const fl_value *router)
{
    const fl_model *own = router->type->model;
    for (size_t i = 0; own->uses.len && i < models->all.count; i++) if (fl_str_eq(models->all.items[i]->name, own->uses)) return models->all.items[i];
    return own;
}

static fl_sym syntax_of(const walk_state *w, const fl_value *router) { return framework_of(w->values->models, router)->path_syntax; }

/* /^\/foo\/(\d+)$/ → /foo/{0}; false when it is more than that. */
static bool path_of_regex(fl_arena *arena, fl_str source, fl_str *out)
{
    fl_buf b;
    fl_buf_init(&b, FL_LIMIT_PATH_BYTES);
    unsigned groups = 0;
    bool is_plain = source.len && source.ptr[0] == '^';
    for (size_t i = 1; i < source.len && is_plain; i++) {
        char c = source.ptr[i];
        if (c == '\\' && i + 1 < source.len && (source.ptr[i + 1] == '/' || source.ptr[i + 1] == '.' || source.ptr[i + 1] == '-')) { fl_buf_add_char(&b, source.ptr[++i]); continue; }
        if (c == '$' && i + 1 == source.len) continue;
        if (c == '(') {
            unsigned depth = 0;
            for (; i < source.len; i++) { if (source.ptr[i] == '\\') { i++; continue; } if (source.ptr[i] == '(') depth++; if (source.ptr[i] == ')' && --depth == 0) break; }
            fl_buf_format(&b, ":%u", groups++);
            continue;
        }
        is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '/';
        fl_buf_add_char(&b, c);
    }
    *out = fl_str_copy(arena, fl_buf_str(&b));
    fl_buf_release(&b);
    return is_plain;
}

/* The texts a path value may have; parts that are not known become parameters and the route a possible one. */
static void path_texts(walk_state *w, const fl_value *value, fl_sym syntax, fl_path_list *out, const char **doubt)
{
    fl_str text;
    if (!value) { fl_vec_push(w->arena, out, (fl_path){ .text = FL_S("/") }); return; }
    switch ((fl_value_kind)value->kind) {
    case FL_V_STRING: fl_path_expand(w->arena, fl_sym_str(value->text), syntax, out); return;
    case FL_V_LIST: for (size_t i = 0; i < value->items.count; i++) path_texts(w, value->items.items[i], syntax, out, doubt); return;
    case FL_V_REGEX:
        if (path_of_regex(w->arena, fl_sym_str(value->text), &text)) { fl_path_expand(w->arena, text, syntax, out); return; }
        break;
    case FL_V_TEMPLATE: {
        fl_buf b;
        fl_buf_init(&b, FL_LIMIT_PATH_BYTES);
        for (size_t i = 0; i < value->items.count; i++) {
            if (fl_value_as_text(value->items.items[i], &text)) fl_buf_add(&b, text);
            else if (!value->items.items[i]->is_environment) *doubt = "a part of its path is not known";
        }
        fl_path_expand(w->arena, fl_str_copy(w->arena, fl_buf_str(&b)), syntax, out);
        fl_buf_release(&b);
        return;
    }
    default: break;
    }
    if (value->kind == FL_V_UNKNOWN && value->is_environment) { fl_vec_push(w->arena, out, (fl_path){ .text = FL_S("/") }); return; }
    fl_project_diagnose(w->values->project, FL_DIAG_NOTE, value->node ? fl_node_span(value->node) : (fl_span){ UINT32_MAX, 0, 0 }, "unknown-path", "the path of a registration is not known");
}

/* Does a handler below `at` run for `path`? */
static bool covers(const fl_path *at, fl_str path)
{
    if (!at || at->text.len <= 1 || at->is_wildcard_only) return true;
    fl_str rest = at->text;
    if (rest.ptr[rest.len - 1] == '}') { ptrdiff_t brace = fl_str_rfind_char(rest, '{'); rest.len = (size_t)brace; while (rest.len > 1 && rest.ptr[rest.len - 1] == '/') rest.len--; }
    return fl_str_starts(path, rest) && (path.len == rest.len || path.ptr[rest.len] == '/');
}

static bool handles_errors(const fl_value *v, const fl_model *model)
{
    return v->kind == FL_V_FUNCTION && !v->text && !model->calls_by_name && !model->errors_by_class && !model->errors_by_registration && model->error_params.count && fl_node_count(v->node->first) == model->error_params.count;
}

static void add_route(walk_state *w, const fl_registration *r, const fl_value *router, const fl_path *path, const link_list *chain, const taker_list *errors, fl_str method, const char *doubt)
{
    fl_route *route = FL_NEW(w->arena, fl_route);
    route->method = method;
    route->path = path->text;
    route->framework = framework_of(w->values->models, router);
    route->registration = r->node;
    fl_str status;
    int64_t code;
    if (r->status && fl_value_as_text(r->status, &status) && fl_str_to_int(status, &code) && code >= 100 && code < 600) route->status = (uint16_t)code;
    route->dispatches = r->effect && r->effect->route.dispatches;
    route->tells_methods = r->effect && r->effect->route.tells_methods;
    route->has_below = r->effect && r->effect->route.has_below;
    for (size_t i = 0; i < path->names.count; i++) { fl_vec_push(w->arena, &route->path_names, path->names.items[i]); fl_vec_push(w->arena, &route->path_schemas, path->schemas.items[i]); }
    for (size_t i = 0; i < chain->count; i++) {
        fl_value *v = chain->items[i].value;
        bool has_param = !(v->kind == FL_V_FUNCTION && v->text);
        for (size_t k = 0; k < path->names.count; k++) has_param |= v->kind == FL_V_FUNCTION && fl_str_eq(path->names.items[k], fl_sym_str(v->text));
        if (has_param && covers(chain->items[i].at, path->text)) fl_vec_push(w->arena, &route->chain, v);
    }
    route->response = r->response;
    for (size_t i = 0; i < w->answers.count; i++) fl_vec_push(w->arena, &route->answers, w->answers.items[i]);
    if (r->answers) fl_vec_push(w->arena, &route->answers, r->answers);
    route->is_hidden = w->is_hidden || r->is_hidden;
    route->response_module = r->response_module;
    for (size_t i = 0; i < r->before.count; i++) fl_vec_push(w->arena, &route->chain, r->before.items[i]);
    for (size_t i = 0; i < r->handlers.count; i++) fl_vec_push(w->arena, &route->chain, r->handlers.items[i]);
    for (size_t i = 0; i < errors->count; i++) {
        fl_vec_push(w->arena, &route->error_handlers, errors->items[i].handler);
        fl_vec_push(w->arena, &route->error_classes, errors->items[i].error);
    }
    if (!doubt) doubt = r->doubt ? r->doubt : w->doubt;
    route->certainty = doubt ? FL_POSSIBLE : FL_CERTAIN;
    route->doubt = fl_str_from(doubt);
    fl_vec_push(w->arena, &w->out->items, route);
}

/* app.use("/items", f): f may answer by itself, and tell methods and paths apart for that. */
static void add_mounted(walk_state *w, const fl_registration *r, const fl_value *router, const fl_path *at, fl_value *h, const link_list *chain, const taker_list *errors)
{
    if (!r->effect || !r->effect->mount.dispatches || h->kind != FL_V_FUNCTION || h->text || at->is_wildcard_only || at->is_wildcard_end) return;
    fl_registration *one = FL_NEW(w->arena, fl_registration);
    *one = *r;
    one->handlers.items = NULL;
    one->handlers.count = one->handlers.capacity = 0;
    fl_vec_push(w->arena, &one->handlers, h);
    add_route(w, one, router, at, chain, errors, FL_S("ALL"), NULL);
    fl_route *route = w->out->items.items[w->out->items.count - 1];
    route->is_mount = route->dispatches = route->has_below = true;
    route->mount_path = at->text;
}

static void walk(walk_state *w, fl_value *router, const fl_path *prefix, const link_list *before, const taker_list *outer_errors);

/* Below the router's prefix, and one that the registration has. */
static fl_path joined(walk_state *w, const fl_registration *r, const fl_value *router, const fl_path *prefix, const fl_path *path)
{
    fl_path_list own = { 0 };
    const char *doubt = NULL;
    if (r->prefix) path_texts(w, r->prefix, syntax_of(w, router), &own, &doubt);
    fl_path outer = own.count ? fl_path_join(w->arena, prefix, &own.items[0]) : *prefix;
    return fl_path_join(w->arena, &outer, path);
}

static void walk_mount(walk_state *w, const fl_registration *r, const fl_value *router, const fl_path *prefix, link_list *chain, const taker_list *errors)
{
    fl_path_list paths = { 0 };
    const char *doubt = NULL;
    path_texts(w, r->path, syntax_of(w, router), &paths, &doubt);
    bool has_router = false;
    for (size_t i = 0; i < r->handlers.count; i++) has_router |= r->handlers.items[i]->kind == FL_V_TYPED && r->handlers.items[i]->type->is_router;
    if (!paths.count && has_router) {   /* below a prefix that comes from settings */
        fl_vec_push(w->arena, &paths, (fl_path){ .text = FL_S("/") });
        doubt = "a part of its path is not known";
    }
    for (size_t p = 0; p < paths.count; p++) {
        fl_path *at = FL_NEW(w->arena, fl_path);
        *at = joined(w, r, router, prefix, &paths.items[p]);
        for (size_t i = 0; i < r->handlers.count; i++) {
            fl_value *h = r->handlers.items[i];
            if (handles_errors(h, framework_of(w->values->models, router))) continue;
            bool is_router = h->kind == FL_V_TYPED && h->type->is_router;
            if (is_router) {
                const char *old = w->doubt;
                if (doubt || r->doubt) w->doubt = doubt ? doubt : r->doubt;
                link_list inner = { 0 };
                for (size_t k = 0; !(r->effect && r->effect->mount.is_apart) && k < chain->count; k++) fl_vec_push(w->arena, &inner, chain->items[k]);
                for (size_t k = 0; k < r->before.count; k++) fl_vec_push(w->arena, &inner, ((link_t){ at, r->before.items[k] }));
                uint32_t count = w->answers.count;
                bool was_hidden = w->is_hidden;
                if (r->answers) fl_vec_push(w->arena, &w->answers, r->answers);
                w->is_hidden |= r->is_hidden;
                walk(w, h, at, &inner, r->effect && r->effect->mount.is_apart ? &(const taker_list){ 0 } : errors);
                w->doubt = old;
                w->answers.count = count;
                w->is_hidden = was_hidden;
            } else {
                add_mounted(w, r, router, at, h, chain, errors);
                fl_vec_push(w->arena, chain, (link_t){ at, h });
            }
        }
    }
}

/* app.all("/api*", check): everything below passes handlers that can hand on. */
static bool is_gate(const walk_state *w, const fl_registration *r, const fl_value *router, const fl_path *path)
{
    const fl_model *model = framework_of(w->values->models, router);
    if (r->methods.count || model->calls_by_name || !r->handlers.count || !path->is_wildcard_end) return false;
    for (size_t i = 0; i < r->handlers.count; i++) {
        const fl_value *h = r->handlers.items[i];
        if (h->kind == FL_V_FUNCTION && fl_node_count(h->node->first) < model->handler_params.count) return false;
    }
    return true;
}

/* Is the same path registered for methods of its own too? */
static bool has_methods(const fl_registration *r, const fl_value *router)
{
    fl_str a, b;
    for (size_t i = 0; i < router->registrations.count; i++) {
        const fl_registration *other = router->registrations.items[i];
        if (other->methods.count && r->path && other->path && fl_value_as_text(r->path, &a) && fl_value_as_text(other->path, &b) && fl_str_eq(a, b)) return true;
    }
    return false;
}

static void walk_route(walk_state *w, const fl_registration *r, const fl_value *router, const fl_path *prefix, link_list *chain, const taker_list *errors)
{
    fl_path_list paths = { 0 };
    const char *doubt = NULL;
    path_texts(w, r->path, syntax_of(w, router), &paths, &doubt);
    for (size_t p = 0; p < paths.count; p++) {
        fl_path path = joined(w, r, router, prefix, &paths.items[p]);
        if (is_gate(w, r, router, &paths.items[p]) || (!r->methods.count && r->effect && r->effect->route.method && has_methods(r, router))) {   /* it looks at requests that others answer */
            fl_path *at = FL_NEW(w->arena, fl_path);
            *at = path;
            for (size_t i = 0; i < r->handlers.count; i++) fl_vec_push(w->arena, chain, (link_t){ at, r->handlers.items[i] });
            continue;
        }
        if (paths.items[p].is_wildcard_only && !r->methods.count) continue;   /* app.all('*'): what is left over */
        if (!r->methods.count) add_route(w, r, router, &path, chain, errors, FL_S("ALL"), doubt);
        for (size_t m = 0; m < r->methods.count; m++) add_route(w, r, router, &path, chain, errors, fl_sym_str(r->methods.items[m]), doubt);
    }
}

/* What holds for all routes of a router, whenever it was said: hooks, and handlers of errors. The outermost has what others say of the application. */
static void add_early(walk_state *w, fl_value *router, const fl_path *prefix, bool is_outermost, link_list *chain, taker_list *errors)
{
    for (size_t k = 0; k < (is_outermost ? w->values->routers.count : 1); k++) {
        const fl_value *from = is_outermost ? w->values->routers.items[k] : router;
        for (size_t i = 0; i < from->registrations.count; i++) {
            const fl_registration *r = from->registrations.items[i];
            bool is_everywhere = r->effect && (r->effect->mount.is_everywhere || r->effect->handles.is_everywhere);
            if (from != router ? !is_everywhere : is_everywhere && !is_outermost) continue;
            for (size_t h = 0; h < r->handlers.count; h++) {
                if (r->error) fl_vec_push(w->arena, errors, ((taker){ r->handlers.items[h], r->error }));
                else if (handles_errors(r->handlers.items[h], framework_of(w->values->models, router))) fl_vec_push(w->arena, errors, ((taker){ r->handlers.items[h], NULL }));
                else if (r->is_mount && r->effect && r->effect->mount.is_early) {
                    fl_path *at = FL_NEW(w->arena, fl_path);
                    *at = *prefix;
                    fl_vec_push(w->arena, chain, ((link_t){ at, r->handlers.items[h] }));
                }
            }
        }
    }
}

/* An argument of the call that made a router, by what its type says of it. */
static const fl_value *made_with(const fl_value *router, const char *key)
{
    int64_t n = fl_data_get_int(fl_data_get_c(router->type->data, key), "arg", -1);
    return n >= 0 && (size_t)n < router->items.count ? router->items.items[n] : NULL;
}

static void walk(walk_state *w, fl_value *router, const fl_path *prefix, const link_list *before, const taker_list *outer_errors)
{
    for (unsigned i = 0; i < w->depth; i++) if (w->stack[i] == router) return;
    if (w->depth >= FL_COUNT(w->stack)) return;
    w->stack[w->depth++] = router;
    link_list chain = { 0 };
    for (size_t i = 0; i < before->count; i++) fl_vec_push(w->arena, &chain, before->items[i]);
    const fl_value *used = made_with(router, "uses");   /* what its construction says runs before all of its routes */
    for (size_t i = 0; used && used->kind == FL_V_LIST && i < used->items.count; i++) fl_vec_push(w->arena, &chain, ((link_t){ prefix, used->items.items[i] }));
    uint32_t answers = w->answers.count;
    bool was_hidden = w->is_hidden;
    const fl_value *said = made_with(router, "answers"), *shown = made_with(router, "shown");
    if (said) fl_vec_push(w->arena, &w->answers, said);
    w->is_hidden |= shown && shown->kind == FL_V_BOOLEAN && !shown->boolean;
    taker_list errors = { 0 };
    add_early(w, router, prefix, w->depth == 1, &chain, &errors);
    for (size_t i = 0; i < outer_errors->count; i++) fl_vec_push(w->arena, &errors, outer_errors->items[i]);
    for (size_t i = 0; i < router->registrations.count; i++) {
        const fl_registration *r = router->registrations.items[i];
        if (r->error || (r->is_mount && r->effect && r->effect->mount.is_early)) continue;
        if (r->is_mount) walk_mount(w, r, router, prefix, &chain, &errors);
        else walk_route(w, r, router, prefix, &chain, &errors);
    }
    w->answers.count = answers;
    w->is_hidden = was_hidden;
    w->depth--;
}

/* ---- what start-up code registers again ---- */

enum { REPEAT_DEPTH = 4 };   /* wrappers around wrappers */

/* Made by the same code: values of two runs of a function that builds an application. */
static bool is_same_code(const fl_value *a, const fl_value *b, unsigned depth)
{
    if (a == b) return true;
    if (!a || !b || depth > REPEAT_DEPTH || a->kind != b->kind || a->node != b->node || a->type != b->type || a->effect != b->effect || a->text != b->text || a->items.count != b->items.count) return false;
    if (!a->node || (a->self && b->self ? a->self->node != b->self->node : a->self != b->self)) return false;
    for (size_t i = 0; i < a->items.count; i++) if (!is_same_code(a->items.items[i], b->items.items[i], depth + 1)) return false;
    return true;
}

static bool is_repeat(const fl_route *a, const fl_route *b)
{
    if (a->framework != b->framework || a->registration != b->registration || !fl_str_eq(a->method, b->method) || !fl_str_eq(a->path, b->path)) return false;
    if (a->chain.count != b->chain.count || a->error_handlers.count != b->error_handlers.count || a->path_names.count != b->path_names.count || a->answers.count != b->answers.count) return false;
    for (size_t i = 0; i < a->answers.count; i++) if (!is_same_code(a->answers.items[i], b->answers.items[i], 0)) return false;
    for (size_t i = 0; i < a->chain.count; i++) if (!is_same_code(a->chain.items[i], b->chain.items[i], 0)) return false;
    for (size_t i = 0; i < a->error_handlers.count; i++)
        if (!is_same_code(a->error_handlers.items[i], b->error_handlers.items[i], 0) || !is_same_code(a->error_classes.items[i], b->error_classes.items[i], 0)) return false;
    return true;
}

static uint64_t repeat_key(const fl_route *r)
{
    return ((uint64_t)(uintptr_t)r->registration * 31 + fl_str_hash(r->path)) * 31 + fl_str_hash(r->method);
}

/* Start-up code that builds its application more than once (for a server, for a command line, for tests) registers each route as often.
 * Of those the first that is certain, else the first, is the operation: the others are not even interpreted. */
static void drop_repeats(fl_routes *routes)
{
    fl_map first;
    size_t kept = 0;
    fl_map_init(&first);
    for (size_t i = 0; i < routes->items.count; i++) {
        fl_route *route = routes->items.items[i], **known = NULL;
        uintptr_t at = (uintptr_t)fl_map_get(&first, repeat_key(route));
        if (at && routes->items.items[at - 1] && is_repeat(routes->items.items[at - 1], route)) known = &routes->items.items[at - 1];
        if (known && (*known)->certainty <= route->certainty) { routes->items.items[i] = NULL; continue; }
        if (known) *known = NULL;
        fl_map_put(&first, repeat_key(route), (void *)(uintptr_t)(i + 1));
    }
    for (size_t i = 0; i < routes->items.count; i++) if (routes->items.items[i]) routes->items.items[kept++] = routes->items.items[i];
    routes->items.count = (uint32_t)kept;
    fl_map_release(&first);
}

void fl_routes_collect(fl_arena *arena, fl_values *values, fl_routes *out)
{
    walk_state w = { .arena = arena, .values = values, .out = out };
    const fl_path root = { .text = FL_S("/") };
    const link_list none = { 0 };
    const taker_list no_errors = { 0 };
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < values->routers.count; i++) {
            fl_value *router = values->routers.items[i];
            bool is_application = (router->type->is_root || router->is_served) && router->node && router->node->kind == FL_NODE_call;
            if (router->is_mounted || router->target || is_application != (pass == 0)) continue;
            w.doubt = is_application ? NULL : "no application mounts its router";
            walk(&w, router, &root, &none, &no_errors);
        }
    drop_repeats(out);
}
