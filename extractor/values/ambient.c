/*
 * Names that files of a project have without an import, as build tools put them there: what packages export, and files of certain folders. A
 * scope around those of the modules has them. What a project declares itself goes first.
 */
#include "extractor/values/value_p.h"
#include "base/pattern.h"

static fl_module *library_module(fl_values *v, fl_str package)
{
    fl_str folder = fl_str_format(&v->arena, FL_LIBRARY_FOLDER "/" FL_STR_FMT "/index.", FL_STR_ARG(package));
    for (uint32_t i = v->project->file_count; i < fl_values_module_count(v); i++)
        if (fl_str_starts(v->modules[i].file->path, folder)) return &v->modules[i];
    return NULL;
}

static void declare(fl_values *v, fl_sym name, fl_module *from)
{
    if (name == FL_SYM_default_ || fl_map_get(v->ambient->index, name)) return;
    fl_cell *cell = fl_scope_declare(v, v->ambient, name, NULL, NULL);
    cell->is_const = true;
    cell->import_from = from;
    cell->import_name = name;
}

static void add_module(fl_values *v, fl_module *from)
{
    fl_module_run(v, from);
    for (size_t i = 0; from->exports && i < from->exports->slots.count; i++) declare(v, from->exports->slots.items[i].key, from);
}

/* What the model of the package says that it exports. */
static void add_exports(fl_values *v, fl_str language, fl_str package)
{
    fl_sym name = FL_SYM_NONE;
    const fl_model *model = fl_models_import(v->models, language, package, &name);
    const fl_data *exports = model ? fl_data_get_c(model->data, "exports") : NULL;
    for (const fl_data *d = exports ? exports->first : NULL; d; d = d->next) {
        fl_str rest = d->key, one;
        while (fl_str_split(&rest, ',', &one)) {
            fl_sym export = fl_sym_of(fl_str_trim(one));
            if (!fl_str_trim(one).len || fl_map_get(v->ambient->index, export)) continue;
            fl_value *external = fl_value_new(v, FL_V_EXTERNAL, NULL);
            external->model = model;
            external->package = name;
            external->text = export;
            fl_scope_declare(v, v->ambient, export, external, NULL)->is_const = true;
        }
    }
}

static void add_files(fl_values *v, fl_str ecma)
{
    fl_pattern *pattern;
    if (fl_pattern_new(&pattern, ecma, NULL) != FL_OK) return;
    for (uint32_t i = 0; i < v->project->file_count; i++)
        if (fl_pattern_matches(pattern, v->modules[i].file->path)) add_module(v, &v->modules[i]);
    fl_pattern_free(pattern);
}

void fl_ambient_open(fl_values *v)
{
    for (size_t i = 0; i < v->models->all.count; i++) {
        const fl_model *model = v->models->all.items[i];
        const fl_data *names = model->is_depended ? fl_data_get_c(model->data, "ambient") : NULL;
        if (names && !v->ambient) {
            v->ambient = fl_scope_new(v, NULL, &v->modules[0]);
            v->ambient->index = FL_NEW(&v->arena, fl_map);
            fl_map_init(v->ambient->index);
        }
        for (const fl_data *d = names ? names->first : NULL; d; d = d->next) {
            fl_str files = fl_data_get_str(d, "files");
            if (files.len) { add_files(v, files); continue; }
            fl_module *module = library_module(v, fl_data_str(d, FL_S("")));
            if (module) add_module(v, module);
            add_exports(v, model->language, fl_data_str(d, FL_S("")));
        }
    }
}
