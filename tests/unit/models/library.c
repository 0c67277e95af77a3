/* The model files that are shipped: each checks, and says of a few calls what the library really does. */
#include "tests/support/unit.h"
#include "base/fs.h"
#include <stdio.h>
#include "extractor/models/model.h"

static void folder_checks(fl_arena *arena, fl_str folder)
{
    fl_fs_entries entries = { 0 };
    fl_err err = { 0 };
    fl_row_ok("models", fl_fs_list(arena, fl_str_c(arena, folder), &entries, &err), err);
    size_t files = 0;
    for (size_t i = 0; i < entries.count; i++) {
        fl_str path = fl_fs_join(arena, folder, entries.items[i].name), text;
        const char *c_path = fl_str_c(arena, path);
        if (!entries.items[i].is_file) continue;
        fl_row_ok(c_path, fl_fs_read(arena, c_path, FL_LIMIT_DATA_BYTES, &text, &err), err);
        fl_row_ok(c_path, fl_model_check(arena, text, c_path, &err), err);
        if (fl_str_find(text, FL_S("\nlanguage: ")) < 0) fail_msg("%s: no line \"language: …\" at the left edge, by which shipped models are chosen", c_path);
        files++;
    }
    assert_true(files > 0);
}

static void shipped_models_check(void **state)
{
    (void)state;
    static const char *const folders[] = { "models/libraries", "models/frameworks", "models/languages" };
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(folders); i++)
        folder_checks(&arena, fl_fs_join(&arena, fl_fs_data_dir(&arena), fl_str_from(folders[i])));
    fl_arena_release(&arena);
}

/* Every type that a result, a read or a chain names must be there: a typing error would make the model silently weaker. */
static void result_is_known(const fl_models *models, const fl_model *model, fl_sym member, const fl_result *result)
{
    for (; result; result = result->of) {
        bool names_type = result->kind == FL_RESULT_TYPE || (result->kind == FL_RESULT_PROMISE_OF && result->type);
        if (names_type && !fl_models_type(models, result->type))
            fail_msg("model " FL_STR_FMT ": \"%s\" gives \"%s\", which is no type", FL_STR_ARG(model->name), fl_sym_c(member), fl_sym_c(result->type));
    }
}

static void members_are_known(const fl_models *models, const fl_model *model, const fl_map *members, const fl_data *names)
{
    for (const fl_data *d = names ? names->first : NULL; d; d = d->next) {
        fl_str rest = d->key, name;
        while (fl_str_split(&rest, ',', &name)) {
            fl_sym sym = fl_sym_of(fl_str_trim(name));
            const fl_member *member = fl_map_get(members, sym);
            if (!member) fail_msg("model " FL_STR_FMT ": \"%s\" was not read", FL_STR_ARG(model->name), fl_sym_c(sym));
            const fl_effect *effects[] = { member->call, member->get, member->new_ };
            for (size_t i = 0; i < FL_COUNT(effects); i++)
                for (const fl_effect *e = effects[i]; e; e = e->otherwise) result_is_known(models, model, sym, &e->returns);
        }
    }
}

static void results_are_types(void **state)
{
    (void)state;
    fl_models models;
    fl_err err = { 0 };
    fl_row_ok("load", fl_models_load(&models, NULL, &err), err);
    for (size_t i = 0; i < models.all.count; i++) {
        const fl_model *model = models.all.items[i];
        members_are_known(&models, model, &model->exports, fl_data_get_c(model->data, "exports"));
        members_are_known(&models, model, &model->globals, fl_data_get_c(model->data, "globals"));
        for (size_t t = 0; t < model->type_list.count; t++) {
            const fl_model_type *type = model->type_list.items[t];
            members_are_known(&models, model, &type->members, fl_data_get_c(type->data, "members"));
            if (type->call) result_is_known(&models, model, type->name, &type->call->returns);
        }
    }
    fl_models_release(&models);
}

static void packages_have_one_model(void **state)
{
    (void)state;
    fl_models models;
    fl_err err = { 0 };
    fl_row_ok("load", fl_models_load(&models, NULL, &err), err);
    for (size_t i = 0; i < models.all.count; i++)
        for (size_t p = 0; p < models.all.items[i]->packages.count; p++) {
            fl_sym package = models.all.items[i]->packages.items[p];
            fl_row_true(fl_sym_c(package), fl_models_import(&models, models.all.items[i]->language, fl_sym_str(package), NULL) == models.all.items[i]);
        }
    fl_models_release(&models);
}

/* Follows "export" or "export>member>member" through the types that calls give. */
static const fl_effect *effect_at(const fl_models *models, const char *package, fl_str path, size_t args)
{
    const fl_model *model = fl_models_package(models, fl_sym_of_c(package));
    if (!model) return NULL;
    fl_str part;
    const fl_effect *effect = NULL;
    bool is_first = true;
    while (fl_str_split(&path, '>', &part)) {
        const fl_member *member = NULL;
        if (is_first) member = fl_model_export(model, fl_sym_of(part));
        else {
            const fl_result *r = &effect->returns;
            const fl_model_type *type = r->type ? fl_models_type(models, r->type) : NULL;
            if (type && part.len == 2 && fl_str_eq_c(part, "()")) { effect = fl_effect_for(type->call, args); continue; }
            member = type ? fl_model_type_member(type, fl_sym_of(part)) : NULL;
        }
        is_first = false;
        if (!member) return NULL;
        const fl_effect *first = member->call ? member->call : member->get ? member->get : member->new_;
        effect = path.len ? first : fl_effect_for(first, args);
        if (!effect) return NULL;
    }
    return effect;
}

static void says_what_happens(void **state)
{
    (void)state;
    enum { MISSES = 1, FINDS = 2, THROWS = 4, WANTS = 8, QUIET = 16, PROVIDES = 32, VALIDATES = 64 };
    static const struct { const char *package, *path; size_t args; int what; unsigned nullish; } rows[] = {
        { "mongoose", "model>findById", 1, MISSES | THROWS, FL_T_NULL },
        { "mongoose", "model>findById>populate", 1, FINDS, 0 },
        { "mongoose", "model>findById>orFail", 0, FINDS, 0 },
        { "mongoose", "model>find", 1, FINDS, 0 },
        { "mongoose", "model>create", 1, FINDS, 0 },
        { "mongodb", "ObjectId", 1, THROWS, 0 },
        { "mongodb", "ObjectId", 0, FINDS, 0 },
        { "sequelize", "Sequelize>define>findByPk", 1, MISSES, FL_T_NULL },
        { "sequelize", "Sequelize>define>findAll", 1, FINDS, 0 },
        { "@prisma/client", "PrismaClient>user>findUnique", 1, MISSES, FL_T_NULL },
        { "@prisma/client", "PrismaClient>user>findUniqueOrThrow", 1, FINDS, 0 },
        { "@prisma/client", "PrismaClient>user>findMany", 0, FINDS, 0 },
        { "typeorm", "getRepository>findOneBy", 1, MISSES, FL_T_NULL },
        { "typeorm", "getRepository>findOneOrFail", 1, FINDS, 0 },
        { "knex", ">()>where", 1, MISSES, 0 },
        { "knex", ">()>where", 2, MISSES | WANTS, 0 },
        { "knex", ">()>first", 0, MISSES, FL_T_UNDEFINED },
        { "pg", "Pool>query", 2, MISSES, 0 },
        { "pg", "Pool>query", 3, FINDS, 0 },
        { "mysql2/promise", "createPool>query", 2, MISSES, 0 },
        { "better-sqlite3", ">prepare>get", 1, MISSES | WANTS, FL_T_UNDEFINED },
        { "better-sqlite3", ">prepare>all", 1, MISSES | WANTS, 0 },
        { "multer", ">single", 1, FINDS, 0 },
        { "path", "join", 2, WANTS, 0 },
        { "node:path", "basename", 1, WANTS, 0 },
        { "fs", "existsSync", 1, FINDS, 0 },
        { "fs", "readFileSync", 2, WANTS, 0 },
        { "fs/promises", "readFile", 1, WANTS, 0 },
        { "crypto", "createHash>update", 1, WANTS, 0 },
        { "url", "URL", 1, THROWS, 0 },
        { "querystring", "parse", 1, FINDS, 0 },
        { "jsonwebtoken", "verify", 2, THROWS, 0 },
        { "jsonwebtoken", "verify", 3, FINDS, 0 },
        { "jsonwebtoken", "decode", 1, MISSES, FL_T_NULL },
        { "bcrypt", "compare", 2, WANTS, 0 },
        { "validator", "isEmail", 1, WANTS, 0 },
        { "dayjs", ">toISOString", 0, THROWS, 0 },
        { "dayjs", ">format", 0, FINDS, 0 },
        { "moment", ">toISOString", 0, FINDS, 0 },
        { "date-fns", "format", 2, THROWS, 0 },
        { "lodash", "find", 2, MISSES, FL_T_UNDEFINED },
        { "lodash", "map", 2, FINDS, 0 },
        { "axios", "get", 1, FINDS, 0 },
        { "uuid", "parse", 1, THROWS, 0 },
        { "uuid", "validate", 1, FINDS, 0 },
        { "mongoose", "Model.findById", 1, MISSES | THROWS, FL_T_NULL },
        { "pg-promise", ">()>oneOrNone", 2, MISSES, FL_T_NULL },
        { "pg-promise", ">()>one", 2, FINDS, 0 },
    };
    fl_models models;
    fl_err err = { 0 };
    fl_row_ok("load", fl_models_load(&models, NULL, &err), err);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        char row[200];
        snprintf(row, sizeof row, "%s %s/%zu", rows[i].package, rows[i].path, rows[i].args);
        const fl_effect *e = effect_at(&models, rows[i].package, fl_str_from(rows[i].path), rows[i].args);
        fl_row_true(row, e != NULL);
        int what = (e->miss.is_set ? MISSES : 0) | (e->throws.is_set ? THROWS : 0) | (e->wants.count ? WANTS : 0) | (e->validate.is_set ? VALIDATES : 0);
        fl_row_int(row, what ? what : FINDS, rows[i].what);
        unsigned nullish = 0;
        for (const fl_result *r = &e->returns; r; r = r->of) nullish |= r->or_types;
        fl_row_int(row, e->miss.is_set ? nullish : 0u, rows[i].nullish);
    }
    fl_models_release(&models);
}

FL_UNIT(library, cmocka_unit_test(shipped_models_check), cmocka_unit_test(results_are_types), cmocka_unit_test(packages_have_one_model),
        cmocka_unit_test(says_what_happens))
