/*
 * What later stages ask of a project: imports, config files, folder listings. Everything is cached, guarded by the
 * project's lock, and may be asked from any thread. Inside the lock nothing here calls the public functions.
 */
#include "extractor/source/project_p.h"
#include "base/fs.h"
#include <string.h>

static const fl_span no_span = { .file = UINT32_MAX };

typedef struct parsed_config { fl_str path; const fl_data *data; } parsed_config;
typedef struct nearest { fl_str key, found_in; const fl_data *data; } nearest;
typedef struct cached_import { fl_str key; fl_import import; bool is_lost; /* and nobody has said so yet */ } cached_import;

/* ---- config files ---- */

/* Comments and commas before a closing bracket, as tsconfig.json may have them, become blanks: lines stay the same. */
static fl_str without_comments(fl_arena *arena, fl_str text)
{
    fl_str copy = fl_str_copy(arena, text);
    char *bytes = (char *)(uintptr_t)copy.ptr;
    size_t comma = SIZE_MAX;
    for (size_t i = 0; i < copy.len; i++) {
        if (bytes[i] == '"') {
            for (i++; i < copy.len && bytes[i] != '"'; i++)
                if (bytes[i] == '\\') i++;
            comma = SIZE_MAX;
        } else if (bytes[i] == '/' && i + 1 < copy.len && bytes[i + 1] == '/') {
            while (i < copy.len && bytes[i] != '\n') bytes[i++] = ' ';
        } else if (bytes[i] == '/' && i + 1 < copy.len && bytes[i + 1] == '*') {
            fl_str rest = fl_str_sub(copy, i + 2, copy.len);
            ptrdiff_t end = fl_str_find(rest, FL_S("*/"));
            size_t stop = end < 0 ? copy.len : i + 2 + (size_t)end + 2;
            for (; i < stop; i++)
                if (bytes[i] != '\n') bytes[i] = ' ';
            i--;
        } else if (bytes[i] == ',') {
            comma = i;
        } else if (bytes[i] == '}' || bytes[i] == ']') {
            if (comma != SIZE_MAX) bytes[comma] = ' ';
            comma = SIZE_MAX;
        } else if ((unsigned char)bytes[i] > ' ') {
            comma = SIZE_MAX;
        }
    }
    return copy;
}

static const fl_data *read_config(fl_project *project, fl_str path, fl_err *err)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    fl_data *data = NULL;
    fl_str text;
    const char *full = fl_source_full_path(project, &scratch, fl_source_real_path(project, &scratch, path));
    fl_status status = FL_OK;
    if (fl_fs_exists(full)) {
        status = fl_fs_read(&scratch, full, FL_LIMIT_DATA_BYTES, &text, err);
        if (status == FL_OK && fl_str_starts(text, FL_S("\xEF\xBB\xBF"))) text = fl_str_sub(text, 3, text.len);
        if (status == FL_OK && fl_str_ends(path, FL_S(".json")))
            status = fl_json_parse(&project->arena, without_comments(&project->arena, text), &data, err);
        else if (status == FL_OK)
            status = fl_yaml_parse(&project->arena, fl_str_copy(&project->arena, text), full, &data, err);
    }
    fl_arena_release(&scratch);
    return status == FL_OK ? data : NULL;
}

/* Text put together on the stack, since most look-ups are of something known. */
typedef struct key_text { char bytes[2 * FL_LIMIT_PATH_BYTES + 64]; size_t len; } key_text;

static void add_text(key_text *key, fl_str text)
{
    size_t room = sizeof key->bytes - key->len, len = text.len < room ? text.len : room;
    if (len) memcpy(key->bytes + key->len, text.ptr, len);
    key->len += len;
}

static fl_str key_of(const key_text *key) { return (fl_str){ key->bytes, key->len }; }

/* Exactly this file. Diagnostics are for the caller, since the lock is held. */
const fl_data *fl_source_config_at(fl_project *project, fl_str folder, const char *name, fl_err *err)
{
    key_text path;
    path.len = 0;
    add_text(&path, folder);
    if (folder.len) add_text(&path, FL_S("/"));
    add_text(&path, fl_str_from(name));
    uint64_t hash = fl_str_hash(key_of(&path));
    parsed_config *cached = fl_map_get(&project->index->parsed_configs, hash);
    if (cached && fl_str_eq(cached->path, key_of(&path))) return cached->data;
    cached = FL_NEW(&project->arena, parsed_config);
    cached->path = fl_str_copy(&project->arena, key_of(&path));
    cached->data = read_config(project, cached->path, err);
    fl_map_put(&project->index->parsed_configs, hash, cached);
    return cached->data;
}

static fl_str parent_of(fl_str folder)
{
    ptrdiff_t slash = fl_str_rfind_char(folder, '/');
    return slash < 0 ? FL_S("") : fl_str_sub(folder, 0, (size_t)slash);
}

/* What holds for a folder is asked for each import in it. */
static const fl_data *nearest_config(fl_project *project, fl_str folder, const char *name, fl_str *found_in, fl_err *err)
{
    key_text key;
    key.len = 0;
    add_text(&key, folder);
    add_text(&key, FL_S("\n"));
    add_text(&key, fl_str_from(name));
    uint64_t hash = fl_str_hash(key_of(&key));
    nearest *known = fl_map_get(&project->index->nearest_configs, hash);
    if (!known || !fl_str_eq(known->key, key_of(&key))) {
        known = FL_NEW(&project->arena, nearest);
        known->key = fl_str_copy(&project->arena, key_of(&key));
        fl_str at = fl_str_sub(known->key, 0, folder.len);
        while (!(known->data = fl_source_config_at(project, at, name, err)) && at.len) at = parent_of(at);
        known->found_in = at;
        fl_map_put(&project->index->nearest_configs, hash, known);
    }
    *found_in = known->found_in;
    return known->data;
}

const fl_data *fl_project_config(fl_project *project, fl_str folder, const char *name, fl_str *found_in)
{
    fl_err err = { 0 };
    fl_str found = FL_S("");
    pthread_mutex_lock(&project->index->lock);
    const fl_data *data = nearest_config(project, folder, name, &found, &err);
    if (data && found_in) *found_in = fl_str_copy(&project->arena, found);
    pthread_mutex_unlock(&project->index->lock);
    if (err.status != FL_OK) fl_project_diagnose(project, FL_DIAG_WARN, no_span, "bad-config", "%s", err.text);
    return data;
}

/* ---- imports ---- */

typedef struct known_path { fl_str path; bool is_there; } known_path;
typedef struct context { fl_project *project; fl_err err; } context;

static bool find(void *data, fl_str path, uint32_t *file) { return fl_project_find(((context *)data)->project, path, file); }

/* The resolvers ask for the same few files again and again: whether a folder is a package, in each folder above an import. */
static bool exists(void *data, fl_str path)
{
    fl_project *project = ((context *)data)->project;
    struct fl_project_index *index = project->index;
    uint32_t file;
    if (fl_project_find(project, path, &file)) return file < project->file_count;   /* the others stand for packages */
    uint64_t hash = fl_str_hash(path);
    pthread_mutex_lock(&index->lock);
    const known_path *known = fl_map_get(&index->known_paths, hash);
    pthread_mutex_unlock(&index->lock);
    if (known && fl_str_eq(known->path, path)) return known->is_there;
    fl_arena scratch;
    fl_arena_init(&scratch);
    bool is_there = fl_fs_exists(fl_source_full_path(project, &scratch, path));
    fl_arena_release(&scratch);
    pthread_mutex_lock(&index->lock);
    known_path *fresh = FL_NEW(&project->arena, known_path);
    *fresh = (known_path){ fl_str_copy(&project->arena, path), is_there };
    fl_map_put(&index->known_paths, hash, fresh);
    pthread_mutex_unlock(&index->lock);
    return is_there;
}

static const fl_data *config(void *data, fl_str folder, const char *name, fl_str *found_in)
{
    context *c = data;
    pthread_mutex_lock(&c->project->index->lock);
    const fl_data *found = nearest_config(c->project, folder, name, found_in, &c->err);
    pthread_mutex_unlock(&c->project->index->lock);
    return found;
}

static void key_of_text(key_text *key, const char *name, const char *member, fl_str value)
{
    key->len = 0;
    add_text(key, fl_str_from(name));
    add_text(key, FL_S("\n"));
    add_text(key, fl_str_from(member));
    add_text(key, FL_S("\n"));
    add_text(key, value);
}

/* Puts the config files of one name into the index by what they say at `member`; the first of several stays. */
static void index_configs(context *c, const char *name, const char *member)
{
    struct fl_project_index *index = c->project->index;
    key_text key;
    key_of_text(&key, name, member, FL_S("\n"));   /* no text of a config file: marks that this was done */
    uint64_t done = fl_str_hash(key_of(&key));
    if (fl_map_get(&index->configs_by_text, done)) return;
    fl_map_put(&index->configs_by_text, done, index);
    for (size_t i = 0; i < index->configs.count; i++) {
        fl_source_config *found = &index->configs.items[i];
        if (strcmp(found->name, name) != 0) continue;
        found->data = fl_source_config_at(c->project, found->folder, name, &c->err);
        fl_str text = fl_data_get_str(found->data, member);
        if (!text.len) continue;
        key_of_text(&key, name, member, text);
        uint64_t hash = fl_str_hash(key_of(&key));
        if (!fl_map_get(&index->configs_by_text, hash)) fl_map_put(&index->configs_by_text, hash, found);
    }
}

static const fl_data *config_with(void *data, const char *name, const char *member, fl_str value, fl_str *found_in)
{
    context *c = data;
    key_text key;
    pthread_mutex_lock(&c->project->index->lock);
    index_configs(c, name, member);
    key_of_text(&key, name, member, value);
    const fl_source_config *found = fl_map_get(&c->project->index->configs_by_text, fl_str_hash(key_of(&key)));
    pthread_mutex_unlock(&c->project->index->lock);
    if (!found || !value.len || !fl_str_eq(fl_data_get_str(found->data, member), value)) return NULL;
    *found_in = found->folder;
    return found->data;
}

/* Imports of one folder resolve alike, whatever file they stand in, but for the language and kind of source. */
static void import_key(key_text *key, const fl_file *from, fl_str specifier)
{
    key->len = 0;
    add_text(key, parent_of(from->path));
    add_text(key, FL_S("\n"));
    add_text(key, fl_fs_extension(from->path));
    add_text(key, FL_S("\n"));
    add_text(key, specifier);
}

/* Something that no language reads: a style sheet, or a test that was left out. */
static bool is_asset(context *c, const fl_file *from, fl_str specifier)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    fl_str path = fl_fs_normalize(&scratch, fl_fs_join(&scratch, parent_of(from->path), specifier));
    bool is_inside = path.ptr[0] != '/' && !fl_str_starts(path, FL_S(".."));
    bool is_there = is_inside && exists(c, path);
    fl_arena_release(&scratch);
    return is_there;
}

void fl_project_alias(fl_project *project, fl_str prefix, fl_str folder)
{
    fl_source_alias alias = { fl_str_copy(&project->arena, prefix), fl_str_copy(&project->arena, folder) };
    fl_vec_push(&project->arena, &project->index->import_aliases, alias);
}

/* Tools set up aliases in files that they generate. */
static fl_import aliased(const fl_resolver *resolver, const fl_project *project, const fl_file *from, fl_str specifier, fl_import found)
{
    for (size_t i = 0; i < project->index->import_aliases.count && (found.kind == FL_IMPORT_NONE || found.kind == FL_IMPORT_PACKAGE); i++) {
        const fl_source_alias *alias = &project->index->import_aliases.items[i];
        if (!fl_str_starts(specifier, alias->link) || (specifier.len > alias->link.len && specifier.ptr[alias->link.len] != '/')) continue;
        fl_str root = FL_S(""), rest = fl_str_sub(specifier, alias->link.len, specifier.len), folder = parent_of(from->path);
        for (const char *const *name = from->language->config_files; *name && from->language->dependency_keys; name++)
            if (resolver->config(resolver->context, folder, *name, &root)) break;
        fl_buf up;
        fl_buf_init(&up, FL_LIMIT_PATH_BYTES);
        fl_buf_add(&up, FL_S("./"));
        for (fl_str at = folder; at.len > root.len; at = parent_of(at)) fl_buf_add(&up, FL_S("../"));
        fl_buf_add(&up, alias->target);
        fl_buf_add(&up, rest);
        fl_import better = from->language->resolve(resolver, from, fl_str_copy(resolver->arena, fl_buf_str(&up)));
        fl_buf_release(&up);
        if (better.kind == FL_IMPORT_FILE || better.kind == FL_IMPORT_DATA) return better;
    }
    return found;
}

static cached_import *known_import(fl_project *project, uint64_t hash, const key_text *key)
{
    cached_import *cached = fl_map_get(&project->index->imports, hash);
    return cached && fl_str_eq(cached->key, key_of(key)) ? cached : NULL;
}

/* The search holds no lock; two threads that look for the same thing find the same. */
static cached_import *seek_import(fl_project *project, const fl_file *from, fl_str specifier, uint64_t hash, const key_text *key)
{
    context c = { .project = project };
    fl_arena scratch;
    fl_arena_init(&scratch);
    fl_resolver resolver = { .arena = &scratch, .context = &c, .find = find, .exists = exists, .config = config, .config_with = config_with };
    fl_import found = aliased(&resolver, project, from, specifier, from->language->resolve(&resolver, from, specifier));
    bool is_lost = found.kind == FL_IMPORT_NONE && !is_asset(&c, from, specifier);
    pthread_mutex_lock(&project->index->lock);
    cached_import *cached = known_import(project, hash, key);
    if (!cached) {
        cached = FL_NEW(&project->arena, cached_import);
        *cached = (cached_import){ fl_str_copy(&project->arena, key_of(key)), found, is_lost };
        cached->import.package = fl_str_copy(&project->arena, found.package);
        fl_map_put(&project->index->imports, hash, cached);
    }
    pthread_mutex_unlock(&project->index->lock);
    fl_arena_release(&scratch);
    if (c.err.status != FL_OK) fl_project_diagnose(project, FL_DIAG_WARN, no_span, "bad-config", "%s", c.err.text);
    return cached;
}

static cached_import *find_import(fl_project *project, const fl_file *from, fl_str specifier)
{
    key_text key;
    import_key(&key, from, specifier);
    uint64_t hash = fl_str_hash(key_of(&key));
    pthread_mutex_lock(&project->index->lock);
    cached_import *cached = known_import(project, hash, &key);
    pthread_mutex_unlock(&project->index->lock);
    return cached ? cached : seek_import(project, from, specifier, hash, &key);
}

fl_import fl_project_resolve_early(fl_project *project, const fl_file *from, fl_str specifier)
{
    return find_import(project, from, specifier)->import;
}

fl_import fl_project_resolve(fl_project *project, const fl_file *from, fl_str specifier)
{
    cached_import *cached = find_import(project, from, specifier);
    pthread_mutex_lock(&project->index->lock);
    bool is_lost = cached->is_lost;
    cached->is_lost = false;
    pthread_mutex_unlock(&project->index->lock);
    if (is_lost)
        fl_project_diagnose(project, FL_DIAG_NOTE, (fl_span){ .file = from->id }, "unresolved-import", "\"" FL_STR_FMT "\" leads to no file",
                            FL_STR_ARG(specifier));
    return cached->import;
}

/* ---- listings ---- */

fl_status fl_project_list(fl_project *project, fl_str folder, fl_arena *arena, fl_str_list *out)
{
    *out = (fl_str_list){ 0 };
    fl_str path = fl_fs_normalize(arena, folder.len ? folder : FL_S("."));
    if (fl_str_eq_c(path, ".")) path = FL_S("");
    if (fl_str_starts(path, FL_S("..")) || fl_str_starts(path, FL_S("/")))
        return fl_fail(NULL, FL_E_USAGE, "\"" FL_STR_FMT "\" is not inside the project", FL_STR_ARG(folder));
    fl_fs_entries entries;
    fl_status status = fl_fs_list(arena, fl_source_full_path(project, arena, fl_source_real_path(project, arena, path)), &entries, NULL);
    if (status != FL_OK) return status;
    out->items = FL_NEW_ARRAY(arena, fl_str, entries.count + 1);
    for (size_t i = 0; i < entries.count; i++) out->items[out->count++] = entries.items[i].name;
    return FL_OK;
}
