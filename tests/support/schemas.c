/* See schemas.h. */
#include "tests/support/schemas.h"
#include "base/fs.h"

static fl_str version_of(void *context, fl_str package)
{
    const fl_data *config = fl_project_config(context, FL_S(""), "package.json", NULL);
    return fl_data_str(fl_data_get(fl_data_get_c(config, "dependencies"), package), FL_S(""));
}

fl_status fl_test_program_open(fl_test_program *p, const char *path, fl_err *err)
{
    *p = (fl_test_program){ 0 };
    fl_arena_init(&p->arena);
    fl_status status = fl_project_open(&p->project, path, NULL, err);
    if (status != FL_OK) return status;
    fl_str own = fl_fs_join(&p->arena, fl_str_from(path), FL_S("models"));
    const char *const dirs[] = { own.ptr, NULL };
    fl_models_options options = { .dirs = fl_fs_exists(own.ptr) ? dirs : NULL, .version_of = version_of, .context = &p->project };
    status = fl_models_load(&p->models, &options, err);
    if (status == FL_OK) status = fl_values_run(&p->values, &p->project, &p->models, err);
    return status;
}

void fl_test_program_release(fl_test_program *p)
{
    fl_values_release(&p->values);
    fl_models_release(&p->models);
    fl_project_release(&p->project);
    fl_arena_release(&p->arena);
}

void fl_test_schema_line(fl_buf *out, fl_arena *arena, const fl_schema *schema)
{
    if (!schema) { fl_buf_add_c(out, "nothing"); return; }
    fl_schema *top = fl_schema_copy(arena, schema);
    if (top->name.len) fl_buf_format(out, FL_STR_FMT " ", FL_STR_ARG(top->name));
    top->name = FL_S("");
    fl_json_write(out, fl_schema_to_data(arena, top, true, NULL), false);
}

static void dump_values(fl_buf *out, fl_test_program *p, const fl_module *m)
{
    for (size_t i = 0; m->scope && i < m->scope->cells.count; i++) {
        const fl_cell *cell = m->scope->cells.items[i];
        if (!cell->value || cell->value->kind != FL_V_TYPED || !cell->value->effect || !cell->value->effect->schema || cell->import_from) continue;
        fl_schema *in = fl_schema_of_value(&p->arena, &p->models, cell->value, 0), *handed_on = fl_schema_of_output(&p->arena, &p->models, cell->value);
        fl_buf_format(out, FL_STR_FMT " %s = ", FL_STR_ARG(m->file->path), fl_sym_c(cell->name));
        fl_test_schema_line(out, &p->arena, in);
        fl_buf_format(out, "\n" FL_STR_FMT " %s → ", FL_STR_ARG(m->file->path), fl_sym_c(cell->name));
        fl_test_schema_line(out, &p->arena, handed_on);
        fl_buf_add_c(out, "\n");
    }
}

static fl_sym declared_name(const fl_node *s)
{
    if (s->kind == FL_NODE_export && s->first) s = s->first;
    bool is_type = s->kind == FL_NODE_interface || s->kind == FL_NODE_type_alias || s->kind == FL_NODE_class_ || s->kind == FL_NODE_enum_;
    return is_type ? s->sym : FL_SYM_NONE;
}

/* A type that names the declaration, made for the occasion; stands at the declaration. */
static const fl_node *reference(fl_test_program *p, const fl_node *declaration)
{
    fl_node *name = FL_NEW(&p->arena, fl_node);
    name->kind = FL_NODE_type_name;
    name->sym = declared_name(declaration);
    name->parent = declaration;
    return name;
}

static void dump_types(fl_buf *out, fl_test_program *p, const fl_module *m)
{
    for (const fl_node *s = m->file->root ? m->file->root->first : NULL; s; s = s->next) {
        if (!declared_name(s)) continue;
        fl_buf_format(out, FL_STR_FMT " type %s = ", FL_STR_ARG(m->file->path), fl_sym_c(declared_name(s)));
        fl_test_schema_line(out, &p->arena, fl_schema_of_type(&p->arena, &p->values, m, reference(p, s), 0));
        fl_buf_add_c(out, "\n");
    }
}

static void dump_requests(fl_buf *out, fl_test_program *p, const fl_module *m, const fl_node *node)
{
    static const char *const parts[] = { "path", "query", "header", "cookie", "body" };
    const fl_node *param = node->kind == FL_NODE_function ? node->first->first : NULL;
    for (size_t i = 0; param && i < FL_COUNT(parts); i++) {
        fl_schema *schema = fl_schema_of_request_type(&p->arena, &p->values, m, fl_node_child(param, 2), fl_sym_of_c(parts[i]));
        if (!schema) continue;
        fl_buf_format(out, FL_STR_FMT " %s %s = ", FL_STR_ARG(m->file->path), node->sym ? fl_sym_c(node->sym) : "function", parts[i]);
        fl_test_schema_line(out, &p->arena, schema);
        fl_buf_add_c(out, "\n");
    }
    for (const fl_node *c = node->first; c; c = c->next) dump_requests(out, p, m, c);
}

void fl_test_program_dump(fl_buf *out, fl_test_program *p)
{
    for (uint32_t i = 0; i < p->project.file_count; i++) {
        const fl_module *m = &p->values.modules[i];
        dump_values(out, p, m);
        dump_types(out, p, m);
        if (m->file->root) dump_requests(out, p, m, m->file->root);
    }
}
