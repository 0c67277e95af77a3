/*
 * What later stages ask of a project: imports, config files, folder listings. Everything is cached, guarded by the
 * project's lock, and may be asked from any thread. Inside the lock nothing here calls the public functions.
 */
#include "extractor/source/project_p.h"
#include "base/fs.h"
#include <string.h>

static const fl_span no_span = { .file = UINT32_MAX };

typedef struct parsed_config { fl_str path; const fl_data *data; } parsed_config;
typedef struct cached_import { fl_str key; fl_import import; } cached_import;

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
static const fl_data *config_at(fl_project *project, fl_str folder, const char *name, fl_err *err)
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

static const fl_data *nearest_config(fl_project *project, fl_str folder, const char *name, fl_str *found_in, fl_err *err)
{
    for (;; folder = parent_of(folder)) {
        const fl_data *data = config_at(project, folder, name, err);
        if (data) {
            *found_in = folder;
            return data;
        }
        if (folder.len == 0) return NULL;
    }
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

typedef struct context { fl_project *project; fl_err err; } context;

static bool find(void *data, fl_str path, uint32_t *file) { return fl_project_find(((context *)data)->project, path, file); }

static bool exists(void *data, fl_str path)
{
    fl_project *project = ((context *)data)->project;
    fl_arena scratch;
    fl_arena_init(&scratch);
    bool is_there = fl_fs_exists(fl_source_full_path(project, &scratch, path));
    fl_arena_release(&scratch);
    return is_there;
}

static const fl_data *config(void *data, fl_str folder, const char *name)
{
    context *c = data;
    fl_str found_in;
    return nearest_config(c->project, folder, name, &found_in, &c->err);
}

static fl_str config_folder(void *data, fl_str folder, const char *name)
{
    context *c = data;
    fl_str found_in = FL_S("");
    (void)nearest_config(c->project, folder, name, &found_in, &c->err);
    return found_in;
}

static bool config_nth(void *data, const char *name, size_t nth, fl_str *folder, const fl_data **parsed)
{
    context *c = data;
    struct fl_project_index *index = c->project->index;
    for (size_t i = 0; i < index->configs.count; i++) {
        fl_source_config *config = &index->configs.items[i];
        if (strcmp(config->name, name) != 0 || nth-- != 0) continue;
        if (!config->is_read) config->data = config_at(c->project, config->folder, name, &c->err);
        config->is_read = true;
        *folder = config->folder;
        *parsed = config->data;
        return true;
    }
    return false;
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

fl_import fl_project_resolve(fl_project *project, const fl_file *from, fl_str specifier)
{
    context c = { .project = project };
    fl_resolver resolver = { .arena = &project->arena, .context = &c, .find = find, .exists = exists, .config = config,
                             .config_folder = config_folder, .config_nth = config_nth };
    key_text key;
    import_key(&key, from, specifier);
    uint64_t hash = fl_str_hash(key_of(&key));
    bool is_lost = false;
    pthread_mutex_lock(&project->index->lock);
    cached_import *cached = fl_map_get(&project->index->imports, hash);
    if (!cached || !fl_str_eq(cached->key, key_of(&key))) {
        cached = FL_NEW(&project->arena, cached_import);
        cached->key = fl_str_copy(&project->arena, key_of(&key));
        cached->import = from->language->resolve(&resolver, from, specifier);
        fl_map_put(&project->index->imports, hash, cached);
        is_lost = cached->import.kind == FL_IMPORT_NONE && !is_asset(&c, from, specifier);
    }
    fl_import found = cached->import;
    pthread_mutex_unlock(&project->index->lock);
    if (c.err.status != FL_OK) fl_project_diagnose(project, FL_DIAG_WARN, no_span, "bad-config", "%s", c.err.text);
    if (is_lost)
        fl_project_diagnose(project, FL_DIAG_NOTE, (fl_span){ .file = from->id }, "unresolved-import", "\"" FL_STR_FMT "\" leads to no file",
                            FL_STR_ARG(specifier));
    return found;
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
