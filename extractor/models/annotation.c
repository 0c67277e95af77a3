/*
 * What the type names of external code mean in annotations: `annotations:` of a model.
 *     Partial: {schema: {of: 0, partial: true}}                              a type function, in schema words
 *     Request: {type: request, arguments: {0: path, 2: body, 3: query}}      claims about the request by type argument
 */
#include "extractor/models/model_p.h"

static bool check_place(fl_model_compiler *c, const fl_data *d)
{
    static const char *const places[] = { "body", "query", "path", "header", "cookie", "file", "identity" };
    for (size_t i = 0; i < FL_COUNT(places); i++)
        if (fl_str_eq_c(fl_data_str(d, FL_S("")), places[i])) return true;
    (void)fl_model_fail(c, d, "\"" FL_STR_FMT "\" is no place of a request", FL_STR_ARG(fl_data_str(d, FL_S(""))));
    return false;
}

static bool check_arguments(fl_model_compiler *c, const fl_data *map)
{
    if (map->kind != FL_DATA_MAP) { (void)fl_model_fail(c, map, "arguments must be a map: number of the type argument to place"); return false; }
    for (const fl_data *d = map->first; d; d = d->next) {
        int64_t n;
        if (!fl_str_to_int(d->key, &n) || n < 0 || n >= 20) { (void)fl_model_fail(c, d, "\"" FL_STR_FMT "\" is no number of a type argument", FL_STR_ARG(d->key)); return false; }
        if (d->kind != FL_DATA_MAP && !check_place(c, d)) return false;
        for (const fl_data *m = d->kind == FL_DATA_MAP ? d->first : NULL; m; m = m->next)
            if (!check_place(c, m)) return false;
    }
    return true;
}

static bool check_class(fl_model_compiler *c, const fl_data *d)
{
    static const char *const keys[] = { "holds", "parameters", "settings", "closed", "alias", "null_is_default", "partial", NULL };
    if (!fl_model_keys(c, d, keys)) return false;
    fl_str holds = fl_data_get_str(d, "holds");
    if (!holds.len || fl_str_eq_c(holds, "fields") || fl_str_eq_c(holds, "values")) return true;
    (void)fl_model_fail(c, d, "a class holds \"fields\" or \"values\"");
    return false;
}

static fl_annotation *compile(fl_model_compiler *c, const fl_data *d)
{
    static const char *const keys[] = { "schema", "type", "arguments", "class", NULL };
    if (!fl_model_keys(c, d, keys)) return NULL;
    fl_annotation *a = FL_NEW(c->arena, fl_annotation);
    a->schema = fl_data_get_c(d, "schema");
    a->arguments = fl_data_get_c(d, "arguments");
    a->class_ = fl_data_get_c(d, "class");
    if (a->class_ && !check_class(c, a->class_)) return NULL;
    fl_str type = fl_data_get_str(d, "type");
    if (type.len) a->type = fl_model_type_name(c, type);
    if (a->schema && !fl_schema_words_check(c, a->schema)) return NULL;
    return a->arguments && !check_arguments(c, a->arguments) ? NULL : a;
}

bool fl_annotations_compile(fl_model_compiler *c, const fl_data *map)
{
    if (!map) return true;
    if (map->kind != FL_DATA_MAP) { (void)fl_model_fail(c, map, "annotations must be a map: type name to what it means"); return false; }
    for (const fl_data *d = map->first; d; d = d->next) {
        fl_annotation *a = compile(c, d);
        if (!a) return false;
        fl_str rest = d->key, name;
        while (fl_str_split(&rest, ',', &name))
            if (name.len) fl_map_put(&c->model->annotations, fl_sym_of(fl_str_trim(name)), a);
    }
    return true;
}

const fl_annotation *fl_model_annotation(const fl_model *model, fl_sym dotted_name) { return fl_map_get(&model->annotations, dotted_name); }

bool fl_model_is_itself(const fl_model *model, fl_sym export_name)
{
    for (size_t i = 0; i < model->itself.count; i++)
        if (model->itself.items[i] == export_name) return true;
    return false;
}
