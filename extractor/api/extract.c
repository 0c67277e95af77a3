/*
 * The extractor's stages in order, and the assembly of their results: models, values, routes, one interpretation per route on all
 * cores, then numbering and sorting, so that the same repository gives the same model on any number of threads. Routes that write run
 * first: what they put into lists and maps is what the routes that read will find.
 */
#include "extractor/api/keep.h"
#include "extractor/api/route.h"
#include <stdlib.h>
#include <string.h>

typedef struct job { fl_route *route; fl_operation operation; fl_route_result result; fl_element_store elements; bool is_reader; } job;
typedef struct worker { fl_arena scratch, results, funcs_arena; fl_keeper keeper; fl_func_cache funcs; fl_prefix prefix; bool is_ready; } worker;
typedef struct run { fl_api *api; fl_values *values; job *jobs, **order; /* as they are run */ size_t first, end; /* of those that are run now */ worker *workers; fl_map elements; size_t count; unsigned threads; bool keeps_values; } run;

/* ---- versions of packages ---- */

/* A config file that holds for some source file, with the keys under which its language keeps dependencies. */
typedef struct dependency_list { const fl_data *config; const char *const *keys; } dependency_list;
typedef struct dependencies { FL_VEC(dependency_list) lists; } dependencies;

static void add_dependency_list(fl_arena *arena, dependencies *d, const fl_data *config, const char *const *keys)
{
    for (size_t i = 0; i < d->lists.count; i++)
        if (d->lists.items[i].config == config) return;
    dependency_list list = { config, keys };
    fl_vec_push(arena, &d->lists, list);
}

static void find_dependencies(fl_project *project, fl_arena *arena, dependencies *out)
{
    fl_str last = { 0 };
    for (uint32_t i = 0; i < project->file_count; i++) {
        const fl_file *file = fl_project_file(project, i);
        ptrdiff_t slash = fl_str_rfind_char(file->path, '/');
        fl_str folder = slash < 0 ? FL_S("") : fl_str_sub(file->path, 0, (size_t)slash);
        if (i && fl_str_eq(folder, last)) continue;
        last = folder;
        for (const char *const *name = file->language->config_files; name && *name && file->language->dependency_keys; name++) {
            fl_str where;
            const fl_data *config = fl_project_config(project, folder, *name, &where);
            if (config) add_dependency_list(arena, out, config, file->language->dependency_keys);
        }
    }
}

/* Names of the languages that the project's files are in, NULL-terminated. */
static const char *const *languages_of(fl_project *project, fl_arena *arena)
{
    FL_VEC(const char *) names = { 0 };
    for (const fl_language *const *language = fl_languages; *language; language++)
        for (uint32_t i = 0; i < project->file_count; i++)
            if (fl_project_file(project, i)->language == *language) {
                fl_vec_push(arena, &names, (*language)->name);
                break;
            }
    fl_vec_push(arena, &names, NULL);
    return names.items;
}

static fl_str version_of(void *context, fl_str package)
{
    const dependencies *d = context;
    for (size_t i = 0; i < d->lists.count; i++)
        for (const char *const *key = d->lists.items[i].keys; *key; key++) {
            fl_str version = fl_data_str(fl_data_get(fl_data_get_c(d->lists.items[i].config, *key), package), FL_S(""));
            if (version.len) return version;
        }
    return FL_S("");
}

/* ---- one route ---- */

static fl_span registration_span(const fl_node *call)
{
    fl_span span = fl_node_span(call);
    const fl_node *callee = call->first;
    if (callee && callee->kind == FL_NODE_member) {   /* in a chain, the line of its own link */
        uint32_t length = (uint32_t)fl_sym_str(callee->sym).len;
        if (callee->end_byte >= length) span.start_byte = callee->end_byte - length;
    }
    return span;
}

static void run_job(void *context, size_t index, unsigned worker_index)
{
    run *r = context;
    size_t at = r->first + index;
    job *j = r->order[at], *next = at + r->threads < r->end ? r->order[at + r->threads] : NULL;   /* what this thread runs next, most likely */
    worker *w = &r->workers[worker_index];
    if (!w->is_ready) {
        fl_arena_init(&w->scratch);
        fl_arena_init(&w->results);
        fl_keeper_init(&w->keeper, &w->results);
        fl_arena_init(&w->funcs_arena);
        fl_map_init(&w->funcs.map);
        w->funcs.arena = &w->funcs_arena;
        fl_arena_init(&w->funcs.scratch);
        fl_prefix_init(&w->prefix);
        w->is_ready = true;
    }
    j->operation.method = j->route->method;
    j->operation.path = j->route->path;
    j->operation.certainty = j->route->certainty;
    j->operation.doubt = j->route->doubt;
    j->operation.registration = registration_span(j->route->registration);
    j->operation.framework = j->route->framework->name;
    j->elements.read = r->elements;
    fl_exec_route(j->route, next ? next->route : NULL, r->values, &w->funcs, &w->prefix, &j->elements, &w->scratch, &j->operation, &j->result);
    fl_keep_operation(&w->keeper, &j->operation);
    fl_keep_result(&w->keeper, &j->result);
    fl_keep_elements(&w->keeper, &j->elements);
    fl_arena_clear(&w->scratch);
    if (fl_arena_used(&w->funcs_arena) > FL_LIMIT_FLOW_CACHE_BYTES) {   /* most functions are one handler's and not asked for again */
        fl_map_release(&w->funcs.map);
        fl_map_init(&w->funcs.map);
        fl_arena_clear(&w->funcs_arena);
        fl_prefix_clear(&w->prefix);
    }
}

/* Routes that write come first; within each group those of a method stand together that begin with the same handlers (extractor/flow/prefix.c). */
static int compare_chains(const void *a, const void *b)
{
    const job *x = *(job *const *)a, *y = *(job *const *)b;
    if (x->is_reader != y->is_reader) return x->is_reader ? 1 : -1;
    int order = fl_str_cmp(x->route->method, y->route->method);
    if (order) return order;
    for (size_t i = 0; i < x->route->chain.count && i < y->route->chain.count; i++) {
        uint32_t left = x->route->chain.items[i]->id, right = y->route->chain.items[i]->id;
        if (left != right) return left < right ? -1 : 1;
    }
    return x < y ? -1 : 1;
}

static void run_phase(run *r, size_t first, size_t end)
{
    r->first = first;
    r->end = end;
    fl_pool_run(r->threads, end - first, run_job, r);
    for (unsigned i = 0; i < r->threads; i++) if (r->workers[i].is_ready) fl_prefix_clear(&r->workers[i].prefix);
}

static void merge_elements(run *r, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < r->jobs[i].elements.gained.count; k++) {
            const struct fl_gained *g = &r->jobs[i].elements.gained.items[k];
            fl_schema *old = fl_map_get(&r->elements, g->value_id + 1u);
            fl_map_put(&r->elements, g->value_id + 1u, old ? fl_schema_join(&r->api->arena, old, g->schema) : g->schema);
        }
}

/* ---- assembly ---- */

static int compare_jobs(const void *a, const void *b)
{
    const job *const *x = a, *const *y = b;
    int order = fl_str_cmp((*x)->operation.path, (*y)->operation.path);
    if (!order) order = fl_str_cmp((*x)->operation.method, (*y)->operation.method);
    if (!order) order = (int)(*x)->operation.certainty - (int)(*y)->operation.certainty;
    return order ? order : (*x < *y ? -1 : 1);
}

static fl_str operation_id(fl_arena *arena, const fl_operation *op)
{
    fl_buf b;
    fl_buf_init(&b, 1024);
    for (size_t i = 0; i < op->method.len; i++) fl_buf_add_char(&b, (char)(op->method.ptr[i] + 32));
    bool upper = true;
    for (size_t i = 0; i < op->path.len; i++) {
        char c = op->path.ptr[i];
        bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (c == '{') { if (i + 1 < op->path.len) fl_buf_add_c(&b, "By"); upper = true; continue; }
        if (!is_word) { upper = true; continue; }
        fl_buf_add_char(&b, upper && c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
        upper = false;
    }
    fl_str id = fl_str_copy(arena, fl_buf_str(&b));
    fl_buf_release(&b);
    return id;
}

static void unique_id(fl_api *api, fl_map *taken, fl_operation *op)
{
    fl_str base = op->id;
    for (unsigned n = 2;; n++) {
        uint64_t key = fl_sym_of(op->id);
        if (!fl_map_get(taken, key)) {
            fl_map_put(taken, key, api);
            return;
        }
        op->id = fl_str_format(&api->arena, FL_STR_FMT "%u", FL_STR_ARG(base), n);
    }
}

static fl_str first_segment(fl_str path)
{
    fl_str rest = path, part, tag = FL_S("");
    while (fl_str_split(&rest, '/', &part))
        if (part.len && part.ptr[0] != '{' && !fl_str_eq_c(part, "api") && !(part.len <= 3 && part.ptr[0] == 'v')) { tag = part; break; }
    return tag;
}

static int compare_spots(const void *a, const void *b)
{
    const fl_weak_spot *x = a, *y = b;
    if (x->span.file != y->span.file) return x->span.file < y->span.file ? -1 : 1;
    if (x->span.start_byte != y->span.start_byte) return x->span.start_byte < y->span.start_byte ? -1 : 1;
    if (x->operation != y->operation) return x->operation < y->operation ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

/* Refusals are the same when file, status and text are; `seen` remembers those and the places they were seen at. */
static uint64_t refusal_key(fl_arena *arena, const fl_refusal *r)
{
    return fl_sym_of(fl_str_format(arena, "%u %u " FL_STR_FMT, r->file, r->status, FL_STR_ARG(r->text)));
}

static void add_refusals(fl_api *api, fl_map *seen, const fl_file_refusals *from)
{
    for (size_t i = 0; i < from->items.count; i++) {
        const fl_refusal *r = &from->items.items[i];
        uint64_t place = 1ull << 63 | (uint64_t)r->sample.file << 32 | r->sample.start_byte, key = refusal_key(&api->arena, r);
        bool is_seen = fl_map_get(seen, place) != NULL;
        uintptr_t index = (uintptr_t)fl_map_get(seen, key);
        if (index) api->refusals.items[index - 1].seen_count += !is_seen;
        else {
            fl_vec_push(&api->arena, &api->refusals, *r);
            fl_map_put(seen, key, (void *)(uintptr_t)api->refusals.count);
        }
        fl_map_put(seen, place, api);
    }
}

static int compare_refusals(const void *a, const void *b)
{
    const fl_refusal *x = a, *y = b;
    if (x->seen_count != y->seen_count) return x->seen_count > y->seen_count ? -1 : 1;
    if (x->file != y->file) return x->file < y->file ? -1 : 1;
    if (x->sample.start_byte != y->sample.start_byte) return x->sample.start_byte < y->sample.start_byte ? -1 : 1;
    return fl_str_cmp(x->text, y->text);
}

static void add_model_refusals(fl_api *api, const fl_model *model)
{
    for (const fl_data *d = model->refusals ? model->refusals->first : NULL; d; d = d->next) {
        fl_refusal r = { .text = fl_str_copy(&api->arena, fl_data_get_str(d, "text")), .file = UINT32_MAX, .how = FL_REFUSE_RESPOND };
        r.sample.file = UINT32_MAX;
        if (fl_str_eq_c(fl_data_get_str(d, "how"), "throw")) r.how = FL_REFUSE_THROW;
        if (fl_str_eq_c(fl_data_get_str(d, "how"), "next")) r.how = FL_REFUSE_NEXT;
        r.status = (uint16_t)fl_data_get_int(d, "status", 0);
        r.from = fl_str_copy(&api->arena, fl_data_get_str(d, "from"));
        if (fl_data_get_str(d, "name").len) fl_vec_push(&api->arena, &r.needs, fl_sym_of(fl_data_get_str(d, "name")));
        fl_vec_push(&api->arena, &api->refusals, r);
    }
}

static bool same_call(const fl_sibling *a, const fl_sibling *b) { return a->call.file == b->call.file && a->call.start_byte == b->call.start_byte; }

/* n - 1 of n handlers check the same look-up: the one that does not is worth a look. */
static void find_siblings(fl_api *api, job *jobs, size_t count)
{
    FL_VEC(const fl_sibling *) all = { 0 };
    FL_VEC(job *) owners = { 0 };
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < jobs[i].result.siblings.count; k++) {
            const fl_sibling *s = &jobs[i].result.siblings.items[k];
            bool is_new = true;
            for (size_t n = 0; n < all.count && is_new; n++) is_new = !same_call(all.items[n], s);
            if (!is_new) continue;
            fl_vec_push(&api->arena, &all, s);
            fl_vec_push(&api->arena, &owners, &jobs[i]);
        }
    for (size_t i = 0; i < all.count && all.count < 4000; i++) {
        unsigned checked = 0, unchecked = 0;
        if (all.items[i]->is_checked || !all.items[i]->spot.because) continue;
        for (size_t k = 0; k < all.count; k++) {
            if (all.items[k]->key != all.items[i]->key) continue;
            checked += all.items[k]->is_checked;
            unchecked += !all.items[k]->is_checked;
        }
        if (unchecked == 1 && checked >= 2) fl_vec_push(&api->arena, &owners.items[i]->result.spots, all.items[i]->spot);
    }
}

/* One statement of an error handler answers in one shape, whatever the operation: its schemas are joined and shared. */
static void share_error_shapes(fl_api *api)
{
    FL_VEC(fl_span) places = { 0 };
    FL_VEC(fl_schema *) shapes = { 0 };
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < api->operations.count; i++)
            for (size_t k = 0; k < api->operations.items[i].responses.count; k++) {
                fl_response *r = &api->operations.items[i].responses.items[k];
                if (!r->is_from_error_handler || r->content.count != 1 || !r->content.items[0].schema || !r->content.items[0].schema->name.len) continue;
                size_t n = 0;
                while (n < places.count && !(places.items[n].file == r->source.file && places.items[n].start_byte == r->source.start_byte)) n++;
                if (n == places.count) {
                    fl_vec_push(&api->arena, &places, r->source);
                    fl_vec_push(&api->arena, &shapes, r->content.items[0].schema);
                } else if (pass == 0) {
                    fl_str name = shapes.items[n]->name;
                    if (fl_schema_eq(shapes.items[n], r->content.items[0].schema)) continue;
                    shapes.items[n] = fl_schema_copy(&api->arena, fl_schema_join(&api->arena, shapes.items[n], r->content.items[0].schema));
                    shapes.items[n]->name = name;
                } else r->content.items[0].schema = shapes.items[n];
            }
}

static bool is_duplicate(const job *a, const job *b)
{
    return fl_str_eq(a->operation.path, b->operation.path) && fl_str_eq(a->operation.method, b->operation.method);
}

static void assemble(fl_api *api, job *jobs, size_t count)
{
    job **sorted = FL_NEW_ARRAY(&api->arena, job *, count ? count : 1);
    api->operations.items = fl_arena_alloc(&api->arena, count * sizeof *api->operations.items);   /* at most; not grown, which would leave as much behind */
    api->operations.capacity = (uint32_t)count;
    size_t n = 0;
    for (size_t i = 0; i < count; i++) if (!jobs[i].result.only_hands_on) sorted[n++] = &jobs[i];
    if (n) qsort(sorted, n, sizeof *sorted, compare_jobs);
    fl_map ids, refusals;
    fl_map_init(&ids);
    fl_map_init(&refusals);
    for (size_t i = 0; i < n; i++) {
        if (i && is_duplicate(sorted[i - 1], sorted[i])) { sorted[i] = sorted[i - 1]; continue; }
        fl_operation op = sorted[i]->operation;
        op.id = operation_id(&api->arena, &op);
        op.tag = first_segment(op.path);
        unique_id(api, &ids, &op);
        for (size_t k = 0; k < sorted[i]->result.spots.count; k++) {
            fl_weak_spot spot = sorted[i]->result.spots.items[k];
            spot.operation = (uint32_t)api->operations.count;
            fl_vec_push(&api->arena, &api->weak_spots, spot);
        }
        add_refusals(api, &refusals, &sorted[i]->result.refusals);
        fl_vec_push(&api->arena, &api->operations, op);
    }
    share_error_shapes(api);
    fl_map_release(&ids);
    fl_map_release(&refusals);
    if (api->weak_spots.count) qsort(api->weak_spots.items, api->weak_spots.count, sizeof *api->weak_spots.items, compare_spots);
    for (size_t i = 0; i < api->weak_spots.count; i++) {
        api->weak_spots.items[i].id = (uint32_t)i + 1;
        fl_vec_push(&api->arena, &api->operations.items[api->weak_spots.items[i].operation].weak_spots, (uint32_t)i + 1);
    }
    if (api->refusals.count) qsort(api->refusals.items, api->refusals.count, sizeof *api->refusals.items, compare_refusals);
}

static void describe_project(fl_api *api, fl_values *values)
{
    fl_project *project = api->project;
    for (uint32_t i = 0; i < project->file_count && !api->title.len; i++)
        for (const char *const *name = fl_project_file(project, i)->language->config_files; name && *name && !api->title.len; name++) {
            fl_str where;
            const fl_data *config = fl_project_config(project, FL_S(""), *name, &where);
            api->title = fl_str_copy(&api->arena, fl_data_get_str(config, "name"));
            api->version = fl_str_copy(&api->arena, fl_data_get_str(config, "version"));
            api->description = fl_str_copy(&api->arena, fl_data_get_str(config, "description"));
        }
    if (!api->title.len) {
        ptrdiff_t slash = fl_str_rfind_char(project->root, '/');
        api->title = fl_str_copy(&api->arena, fl_str_sub(project->root, (size_t)(slash + 1), project->root.len));
    }
    const fl_value *port = values->listen.port;
    int64_t n;
    fl_str text;
    if (port && fl_value_as_text(port, &text) && fl_str_to_int(text, &n) && n > 0 && n < 65536) api->listen.port = (uint16_t)n;
    if (port && port->is_environment) api->listen.port_variable = fl_str_copy(&api->arena, fl_sym_str(port->kind == FL_V_UNKNOWN ? port->text : port->package));
    if (values->listen.node) api->listen.span = fl_node_span(values->listen.node);
    for (size_t i = 0; i < values->listening.count; i++) fl_vec_push(&api->arena, &api->starts, values->listening.items[i]->file->path);
    for (size_t i = 0; i < values->environment.count; i++) {
        size_t at = api->environment.count;
        fl_str name = fl_sym_str(values->environment.items[i]);
        fl_vec_push(&api->arena, &api->environment, name);
        while (at > 0 && fl_str_cmp(api->environment.items[at - 1], name) > 0) { api->environment.items[at] = api->environment.items[at - 1]; at--; }
        api->environment.items[at] = name;
    }
}

static void note_framework(fl_api *api, const fl_model *model)
{
    fl_str name = model->version.len ? fl_str_format(&api->arena, FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(model->name), FL_STR_ARG(model->version)) : model->name;
    for (size_t i = 0; i < api->frameworks.count; i++) if (fl_str_eq(api->frameworks.items[i], name)) return;
    fl_vec_push(&api->arena, &api->frameworks, name);
    add_model_refusals(api, model);
}

/* Packages that change how another one behaves just by being imported. */
static void apply_patches(fl_values *values)
{
    for (uint32_t i = 0; i < values->project->file_count; i++)
        for (size_t p = 0; p < values->modules[i].packages.count; p++) {
            const fl_model *model = fl_models_package(values->models, values->modules[i].packages.items[p]);
            for (const fl_data *d = model && model->patches ? model->patches->first : NULL; d; d = d->next)
                for (size_t m = 0; m < values->models->all.count; m++) {
                    fl_model *patched = values->models->all.items[m];
                    if (fl_str_eq(patched->name, d->key) && fl_str_eq_c(fl_data_get_str(d, "async_errors"), "handler")) patched->async_errors = FL_ASYNC_TO_HANDLER;
                }
        }
}

static int by_text(const void *a, const void *b)
{
    return fl_str_cmp(*(const fl_str *)a, *(const fl_str *)b);
}

/* Does the file import a package for which sources of ours stand? Only what its top level says. */
static bool imports(const fl_file *file, fl_str package)
{
    for (const fl_node *s = file->root ? file->root->first : NULL; s; s = s->next) {
        fl_str from = s->kind == FL_NODE_import && s->first ? fl_sym_str(s->first->sym) : FL_S("");
        if (fl_str_starts(from, package) && (from.len == package.len || from.ptr[package.len] == '.')) return true;
    }
    return false;
}

static bool is_imported(const fl_project *project, const fl_language *language, fl_str package)
{
    for (uint32_t id = 0; id < project->file_count; id++)
        if (project->files[id]->language == language && imports(project->files[id], package)) return true;
    return false;
}

/* Other people's packages that sources of a language import: the first part of their names. */
static void note_packages(fl_api *api, const fl_values *values, const fl_language *language)
{
    FL_VEC(fl_str) all = { 0 };
    for (uint32_t i = 0; i < values->project->file_count; i++) {
        if (!language || values->modules[i].file->language != language) continue;
        for (size_t p = 0; p < values->modules[i].packages.count; p++) {
            fl_str name = fl_sym_str(values->modules[i].packages.items[p]);
            ptrdiff_t dot = fl_str_find_char(name, '.');
            fl_vec_push(&api->arena, &all, fl_str_sub(name, 0, dot < 0 ? name.len : (size_t)dot));
        }
    }
    fl_str last = { 0 };
    for (uint32_t id = values->project->file_count; id < values->project->file_count + values->project->library_count; id++) {
        fl_str path = values->project->files[id]->path, below = fl_str_sub(path, sizeof FL_LIBRARY_FOLDER, path.len), name = { 0 };
        if (!fl_str_split(&below, '/', &name) || fl_str_eq(name, last)) continue;
        last = name;
        if (is_imported(values->project, values->project->files[id]->language, name)) fl_vec_push(&api->arena, &all, fl_str_copy(&api->arena, name));
    }
    if (all.count > 1) qsort(all.items, all.count, sizeof *all.items, by_text);
    for (size_t i = 0; i < all.count; i++)
        if (i == 0 || !fl_str_eq(all.items[i], all.items[i - 1])) fl_vec_push(&api->arena, &api->packages, all.items[i]);
}

/* What other routes call the parameter behind the same path; else it is an id. */
static fl_str name_elsewhere(const fl_route_list *routes, fl_str prefix)
{
    for (size_t i = 0; i < routes->count; i++) {
        fl_str path = routes->items[i]->path;
        if (!fl_str_starts(path, prefix) || path.len <= prefix.len + 1) continue;
        fl_str rest = fl_str_sub(path, prefix.len, path.len);
        ptrdiff_t end = fl_str_find_char(rest, '}');
        if (end > 0 && !(rest.ptr[0] >= '0' && rest.ptr[0] <= '9')) return fl_str_sub(rest, 0, (size_t)end);
    }
    return FL_S("id");
}

static void name_left_over(fl_arena *arena, const fl_route_list *routes, fl_route *route)
{
    for (size_t k = 0; k < route->path_names.count; k++) {
        fl_str old = route->path_names.items[k];
        int64_t n;
        fl_str hole = fl_str_format(arena, "{" FL_STR_FMT "}", FL_STR_ARG(old));
        ptrdiff_t at = fl_str_find(route->path, hole);
        if (!fl_str_to_int(old, &n) || at < 0) continue;
        fl_str front = fl_str_sub(route->path, 0, (size_t)at + 1), name = name_elsewhere(routes, front);
        for (size_t i = 0; i < k; i++) if (fl_str_eq(route->path_names.items[i], name)) name = fl_str_format(arena, FL_STR_FMT "%zu", FL_STR_ARG(name), k + 1);
        route->path = fl_str_format(arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, FL_STR_ARG(front), FL_STR_ARG(name), FL_STR_ARG(fl_str_sub(route->path, (size_t)at + hole.len - 1, route->path.len)));
        route->path_names.items[k] = name;
        fl_vec_push(arena, &route->aliases, (fl_alias){ fl_sym_of(old), fl_sym_of(name) });
    }
}

/* Routes whose handler tells methods and paths apart by itself become one for each; path parameters without a name get one. */
static void expand_routes(fl_api *api, fl_values *values, fl_routes *routes)
{
    fl_arena scratch, lowered;
    fl_arena_init(&scratch);
    fl_arena_init(&lowered);
    fl_func_cache funcs = { .arena = &lowered };
    fl_arena_init(&funcs.scratch);
    fl_map_init(&funcs.map);
    fl_route_list out = { 0 };
    for (size_t i = 0; i < routes->items.count; i++) {
        fl_route *route = routes->items.items[i];
        if (!route->dispatches) {
            if (route->framework->path_syntax == fl_sym_of(FL_S("regex"))) fl_exec_name_path(route, values, &funcs, &scratch, &api->arena);
            fl_vec_push(&api->arena, &out, route);
        } else fl_exec_dispatch(route, values, &api->arena, &out);
    }
    routes->items.count = 0;
    for (size_t i = 0; i < out.count; i++) if (out.items[i]->framework->path_syntax == fl_sym_of(FL_S("regex"))) name_left_over(&api->arena, &out, out.items[i]);
    for (size_t i = 0; i < out.count; i++) fl_vec_push(&api->arena, &routes->items, out.items[i]);
    fl_map_release(&funcs.map);
    fl_arena_release(&funcs.scratch);
    fl_arena_release(&lowered);
    fl_arena_release(&scratch);
}

/* What was kept is put together while what it was made from is given back. */
enum { FINISH_ASSEMBLE, FINISH_VALUES, FINISH_WORKERS, FINISH_COUNT };
static void finish(void *context, size_t part, unsigned thread)
{
    run *r = context;
    (void)thread;
    if (part == FINISH_ASSEMBLE) {
        find_siblings(r->api, r->jobs, r->count);
        assemble(r->api, r->jobs, r->count);
    } else if (part == FINISH_VALUES && !r->keeps_values) fl_values_release(r->values);
    for (unsigned i = 0; part == FINISH_WORKERS && i < fl_pool_threads(); i++) {
        worker *w = &r->workers[i];
        if (!w->is_ready) continue;
        fl_keeper_release(&w->keeper);
        fl_map_release(&w->funcs.map);
        fl_arena_release(&w->funcs_arena);
        fl_arena_release(&w->funcs.scratch);
        fl_arena_release(&w->scratch);
        fl_prefix_release(&w->prefix);
    }
    if (part == FINISH_WORKERS) fl_map_release(&r->elements);
}

fl_status fl_api_extract(fl_api *api, fl_project *project, const fl_extract_options *options, fl_err *err)
{
    *api = (fl_api){ .project = project };
    fl_arena_init(&api->arena);
    api->stages = FL_NEW(&api->arena, fl_api_stages);
    dependencies packages = { 0 };
    find_dependencies(project, &api->arena, &packages);
    fl_models_options mo = { .dirs = options ? options->model_dirs : NULL, .languages = languages_of(project, &api->arena), .version_of = version_of, .context = &packages };
    fl_status status = fl_models_load(&api->stages->models, &mo, err);
    if (status != FL_OK) return status;
    uint64_t start = fl_clock_us();
    fl_values *values = &api->stages->values;
    status = fl_values_run(values, project, &api->stages->models, err);
    if (status != FL_OK) return status;
    apply_patches(values);
    fl_routes routes = { 0 };
    fl_routes_collect(&api->arena, values, &routes);
    expand_routes(api, values, &routes);
    api->values_us = fl_clock_us() - start;
    start = fl_clock_us();
    run r = { .api = api, .values = values, .jobs = FL_NEW_ARRAY(&api->arena, job, routes.items.count + 1), .order = FL_NEW_ARRAY(&api->arena, job *, routes.items.count + 1) };
    unsigned threads = fl_pool_threads();
    r.threads = threads;
    r.workers = FL_NEW_ARRAY(&api->arena, worker, threads);
    fl_map_init(&r.elements);
    size_t writers = 0;
    for (size_t i = 0; i < routes.items.count; i++) {
        r.order[i] = &r.jobs[i];
        r.jobs[i].route = routes.items.items[i];
        r.jobs[i].is_reader = fl_str_eq_c(r.jobs[i].route->method, "GET") || fl_str_eq_c(r.jobs[i].route->method, "HEAD") || fl_str_eq_c(r.jobs[i].route->method, "DELETE");
        writers += !r.jobs[i].is_reader;
    }
    if (routes.items.count) qsort(r.order, routes.items.count, sizeof *r.order, compare_chains);
    run_phase(&r, 0, writers);
    merge_elements(&r, routes.items.count);
    run_phase(&r, writers, routes.items.count);
    for (size_t i = 0; i < routes.items.count; i++) note_framework(api, routes.items.items[i]->framework);
    fl_address_list called = options && options->finds_called ? fl_values_addresses(values) : (fl_address_list){ 0 };
    describe_project(api, values);
    fl_applications_find(&api->arena, values, api);
    for (size_t i = 0; i < called.count; i++) {
        fl_called_service one = { fl_str_copy(&api->arena, called.items[i].name), fl_str_copy(&api->arena, called.items[i].url), called.items[i].span };
        fl_vec_push(&api->arena, &api->called, one);
    }
    note_packages(api, values, routes.items.count ? fl_project_file(project, fl_node_span(routes.items.items[0]->registration).file)->language : NULL);
    for (unsigned i = 0; i < threads; i++)
        if (r.workers[i].is_ready) fl_vec_push(&api->arena, &api->stages->results, r.workers[i].results);
    r.count = routes.items.count;
    r.keeps_values = options && options->keeps_values;
    fl_pool_run(threads, FINISH_COUNT, finish, &r);
    api->flow_us = fl_clock_us() - start;
    return FL_OK;
}

static void release_part(void *context, size_t index, unsigned thread)
{
    fl_api_stages *stages = context;
    (void)thread;
    if (index == 0) fl_values_release(&stages->values);
    else if (index == 1) fl_models_release(&stages->models);
    else fl_arena_release(&stages->results.items[index - 2]);
}

void fl_api_release(fl_api *api)
{
    if (api->stages) fl_pool_run(0, api->stages->results.count + 2u, release_part, api->stages);
    fl_arena_release(&api->arena);
    *api = (fl_api){ 0 };
}
