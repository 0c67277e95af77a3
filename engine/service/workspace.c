/*
 * Where a service is built. Read fl_workspace_open (a copy of the project, when the run time's model wants one) and
 * fl_workspace_build. A runtime model's `compile` says:
 *   path        folders below our data folder that go before PATH while it builds
 *   variants    in order, the first that builds counts
 *     name        for people
 *     sanitizes   the user may refuse it (`sanitize: false`)
 *     hook        what it builds has the hook in it
 *     prepare     command before the build; it must succeed, too
 *     env         settings of the build; ${data}, ${scratch}, ${folder}, ${build}
 *     append      those of them that go behind a value which is set already
 * Without `compile` the build is run as it is.
 *
 * In a copy the name of the variant that was built stands in a file beside it: the next build there is the incremental one, in
 * the same variant, whoever asks for it.
 */
#include "base/fs.h"
#include "engine/service/service_p.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    CLOCK_TICK_MS = 12,   /* of a file system: what was copied must be older than what is built */
    LOOK_MS = 100,        /* how often a build is looked at */
    RUNS_MS = 1000,       /* a program that its build runs for so long is no test */
};

static const char *const skipped[] = {".git", ".hg", ".svn", "faultline-out", NULL};

/* Packages that lie beside a folder above the project (workspaces) are found from the copy too. */
static void link_from_above(fl_arena *arena, fl_str folder, fl_str name, fl_str parent)
{
    if (fl_fs_exists(fl_str_c(arena, fl_fs_join(arena, folder, name))))
        return;
    for (fl_str at = fl_fs_dirname(folder); at.len > 1; at = fl_fs_dirname(at)) {
        const char *found = fl_str_c(arena, fl_fs_join(arena, at, name));
        if (!fl_fs_is_dir(found))
            continue;
        if (symlink(found, fl_str_c(arena, fl_fs_join(arena, parent, name))) != 0)
            fl_log(FL_LOG_VERBOSE, "'%s': cannot be linked into the copy", found);
        return;
    }
}

/* The folder's tree as `copy`, which is not there. */
static fl_status copy_project(fl_arena *arena, fl_str folder, const char *copy, const fl_folder_names *names, fl_err *err)
{
    FL_VEC(const char *) links = {0};
    for (size_t i = 0; i < names->count; i++)
        fl_vec_push(arena, &links, fl_str_c(arena, names->items[i]));
    fl_vec_push(arena, &links, NULL);
    return fl_fs_copy_tree(fl_str_c(arena, folder), copy, skipped, links.items, err);
}

fl_status fl_scratch_copy(fl_arena *arena, fl_str folder, fl_str *parent, fl_str *copy, fl_err *err)
{
    fl_folder_names names = {0};
    fl_runtime_linked(arena, &names);
    fl_status status = fl_fs_temp_dir_for(arena, "faultline", folder, parent, err);   /* compilers write paths into what they make */
    if (status)
        return status;
    fl_str name = fl_fs_basename(folder);
    *copy = fl_str_copy(arena, fl_fs_join(arena, *parent, name.len ? name : FL_S("project")));
    status = copy_project(arena, folder, copy->ptr, &names, err);
    for (size_t i = 0; i < names.count && !status; i++)
        link_from_above(arena, folder, names.items[i], *parent);
    return status;
}

/* What is compiled is worth a copy when there is something to build; all others write what they write into it. */
static bool wants_copy(fl_arena *arena, const fl_service_plan *plan)
{
    const fl_data *model = NULL;
    bool is_compiled = plan->runtime.len && fl_runtime_read(arena, plan->runtime, &model, NULL) == FL_OK &&
                       fl_str_eq(fl_data_get_str(model, "in_copy"), FL_S("built"));
    return plan->in_copy && (plan->build.len || !is_compiled);
}

fl_status fl_workspace_open(fl_workspace *workspace, fl_arena *arena, fl_service_plan *plan, fl_err *err)
{
    *workspace = (fl_workspace){.is_hooked = true, .is_plain = true};
    if (wants_copy(arena, plan)) {
        fl_str real, copy;
        fl_status status = fl_scratch_copy(arena, plan->folder, &workspace->owned, &copy, err);
        if (!status)
            status = fl_fs_real(arena, copy.ptr, &real, err);
        if (!status)
            status = fl_fs_real(arena, workspace->owned.ptr, &plan->scratch, err);
        if (status)
            return status;
        plan->original = plan->folder;
        plan->folder = real;
    }
    if (plan->scratch.len)
        workspace->build = fl_fs_join(arena, plan->scratch, FL_S("build"));
    return FL_OK;
}

void fl_workspace_close(fl_workspace *workspace)
{
    fl_err err;
    if (workspace->owned.len && fl_fs_remove_tree(workspace->owned.ptr, &err))
        fl_log(FL_LOG_WARN, "%s", err.text);
    *workspace = (fl_workspace){0};
}

/* ---- building ---- */

struct builder {
    fl_workspace *workspace;
    fl_arena *arena;
    const fl_service_plan *plan;
    const fl_service_env *env;      /* of the service; not ended with NULL */
    const fl_data *compile;
    fl_runtime_variable variables[5];
};

/* The environment of one variant's build. */
static fl_service_env build_env(const struct builder *builder, const fl_data *variant)
{
    fl_arena *arena = builder->arena;
    fl_service_env env = {0};
    fl_str path = {0};
    const char *ours = getenv("PATH");
    for (size_t i = 0; i < builder->env->count; i++) {
        fl_vec_push(arena, &env, builder->env->items[i]);
        if (fl_str_starts(fl_str_from(builder->env->items[i]), FL_S("PATH=")))
            ours = builder->env->items[i] + 5;
    }
    const fl_data *folders = fl_data_get_c(builder->compile, "path"), *settings = fl_data_get_c(variant, "env");
    for (const fl_data *each = folders ? folders->first : NULL; each; each = each->next)
        path = fl_str_format(arena, FL_STR_FMT FL_STR_FMT ":", FL_STR_ARG(path),
                             FL_STR_ARG(fl_fs_join(arena, builder->variables[0].value, fl_data_str(each, (fl_str){0}))));
    if (path.len)
        fl_vec_push(arena, &env, fl_str_format(arena, "PATH=" FL_STR_FMT "%s", FL_STR_ARG(path), ours ? ours : "/usr/local/bin:/usr/bin:/bin").ptr);
    for (const fl_data *each = settings ? settings->first : NULL; each; each = each->next) {
        fl_str value = fl_runtime_fill(arena, fl_data_str(each, (fl_str){0}), builder->variables);
        fl_str old = fl_service_env_get(arena, builder->env, each->key);
        if (old.len && fl_runtime_lists(fl_data_get_c(variant, "append"), each->key))
            value = fl_str_format(arena, FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(old), FL_STR_ARG(value));
        fl_vec_push(arena, &env, fl_str_format(arena, FL_STR_FMT "=" FL_STR_FMT, FL_STR_ARG(each->key), FL_STR_ARG(value)).ptr);
    }
    fl_vec_push(arena, &env, NULL);
    return env;
}

static fl_status run(const struct builder *builder, const char *what, fl_str command, const fl_service_env *env, fl_err *err)
{
    const fl_proc_options options = {.command = fl_str_c(builder->arena, fl_runtime_fill(builder->arena, command, builder->variables)),
                                     .folder = fl_str_c(builder->arena, builder->plan->folder), .env = env->items};
    return fl_service_run_step(builder->arena, what, &options, FL_LIMIT_BUILD_MS, err);
}

/* `make` of some projects ends with running what it built: it is through, then. What it does behind a program that has ended, such as
 * building more after a test, must still end well. */
static fl_status run_build(const struct builder *builder, fl_str command, const fl_service_env *env, fl_err *err)
{
    fl_arena *arena = builder->arena;
    const fl_proc_options options = {.command = fl_str_c(arena, fl_runtime_fill(arena, command, builder->variables)),
                                     .folder = fl_str_c(arena, builder->plan->folder), .env = env->items};
    fl_proc *proc;
    fl_status status = fl_proc_start(&proc, &options, err);
    if (status)
        return status;
    fl_proc_exit end;
    bool runs = false;
    uint64_t now_ms = fl_clock_ms(), until_ms = now_ms + FL_LIMIT_BUILD_MS, looked_ms = now_ms, heard_ms = now_ms, seen_ms = 0, heard_byte = 0, byte;
    while ((end = fl_proc_poll(proc)).is_running && now_ms < until_ms && now_ms - heard_ms < FL_LIMIT_BUILD_SILENT_MS &&
           (seen_ms == 0 || now_ms - seen_ms < RUNS_MS)) {
        fl_clock_sleep_ms(5);
        now_ms = fl_clock_ms();
        if (now_ms - looked_ms < LOOK_MS)
            continue;
        looked_ms = now_ms;
        (void)fl_proc_output(proc, heard_byte, &byte);
        if (byte != heard_byte)
            heard_ms = now_ms;
        heard_byte = byte;
        runs = fl_program_is_running(arena, builder->plan, builder->workspace->build, fl_proc_pid(proc));
        seen_ms = !runs ? 0 : seen_ms ? seen_ms : now_ms;
    }
    if (runs)
        fl_log(FL_LOG_VERBOSE, "the build went on to run the program, and was ended there");
    else if (end.is_running && now_ms < until_ms)
        status = fl_fail(err, FL_E_ENV, "build '%s' said nothing for %u s", options.command, FL_LIMIT_BUILD_SILENT_MS / 1000);
    else if (end.is_running)
        status = fl_fail(err, FL_E_ENV, "build '%s' did not end within %u s", options.command, FL_LIMIT_BUILD_MS / 1000);
    else
        status = fl_service_check_step(arena, "build", options.command, end.signal ? 128 + end.signal : end.code, fl_proc_output(proc, 0, NULL), err);
    fl_proc_stop(proc, RUNS_MS);
    fl_proc_free(proc);
    return status;
}

static fl_status build_variant(const struct builder *builder, const fl_data *variant, fl_str command, fl_err *err)
{
    fl_service_env env = build_env(builder, variant);
    fl_str prepare = fl_data_get_str(variant, "prepare");
    fl_status status = prepare.len ? run(builder, "preparing the build", prepare, &env, err) : FL_OK;
    if (!status)
        status = run_build(builder, command, &env, err);
    builder->workspace->is_hooked = fl_data_get_bool(variant, "hook", false);
    builder->workspace->is_plain = !fl_data_get_bool(variant, "sanitizes", false);
    return status;
}

static fl_str built_file(const struct builder *builder)
{
    return fl_fs_join(builder->arena, builder->plan->scratch, FL_S("built"));
}

/* It was built here before: in this variant. */
static const fl_data *variant_there(const struct builder *builder, const fl_data *variants)
{
    fl_str name;
    if (builder->plan->scratch.len == 0 || fl_fs_read(builder->arena, built_file(builder).ptr, FL_LIMIT_DATA_BYTES, &name, NULL))
        return NULL;
    for (const fl_data *each = variants->first; each; each = each->next)
        if (fl_str_eq(fl_data_get_str(each, "name"), name))
            return each;
    return NULL;
}

/* What a variant that failed left behind would be taken for built: objects with its flags, sources it generated. Copies that are
 * somebody else's keep what is in them, but for ${build}. */
static fl_status start_over(const struct builder *builder, fl_err *err)
{
    const fl_workspace *workspace = builder->workspace;
    const fl_service_plan *plan = builder->plan;
    fl_status status = workspace->build.len ? fl_fs_remove_tree(workspace->build.ptr, err) : FL_OK;
    if (status || workspace->owned.len == 0 || plan->original.len == 0)
        return status;
    fl_folder_names names = {0};
    fl_runtime_linked(builder->arena, &names);
    const char *copy = fl_str_c(builder->arena, plan->folder);
    status = fl_fs_remove_tree(copy, err);
    return status ? status : copy_project(builder->arena, plan->original, copy, &names, err);
}

static fl_status build_first(const struct builder *builder, const fl_data *variants, fl_err *err)
{
    fl_status status = FL_OK;
    fl_str sanitizers = {0};
    fl_err first = {0};
    for (const fl_data *each = variants->first; each; each = each->next) {
        fl_str name = fl_data_get_str(each, "name");
        if (fl_data_get_bool(each, "sanitizes", false)) {
            if (builder->plan->refuses_sanitizers)
                continue;
            sanitizers = name;
        }
        status = build_variant(builder, each, builder->plan->build, err);
        if (!status) {
            if (first.status)
                fl_log(FL_LOG_WARN, "%s", first.text);
            if (sanitizers.len && builder->workspace->is_plain)
                fl_log(FL_LOG_WARN, "it builds only with '" FL_STR_FMT "', without '" FL_STR_FMT
                       "': wrong memory use that does not end the process stays unseen, and so do leaks", FL_STR_ARG(name), FL_STR_ARG(sanitizers));
            return builder->plan->scratch.len ? fl_fs_write(built_file(builder).ptr, name, err) : FL_OK;
        }
        if (!first.status)
            first = *err;
        fl_err why;
        if (start_over(builder, &why)) {
            *err = why;
            return why.status;
        }
    }
    return status;
}

static fl_status init(struct builder *builder, fl_workspace *workspace, fl_arena *arena, const fl_service_plan *plan, const fl_service_env *env, fl_err *err)
{
    const fl_data *model = NULL;
    fl_str data = {0};
    fl_status status = plan->runtime.len ? fl_runtime_read(arena, plan->runtime, &model, err) : FL_OK;
    if (!status && fl_data_get_c(model, "compile"))
        status = fl_fs_real(arena, fl_fs_data_dir(arena).ptr, &data, err);
    *builder = (struct builder){.workspace = workspace, .arena = arena, .plan = plan, .env = env, .compile = fl_data_get_c(model, "compile"),
                                .variables = {{"data", data}, {"scratch", plan->scratch}, {"folder", plan->folder}, {"build", workspace->build}}};
    return status;
}

fl_status fl_service_run_beside(fl_arena *arena, const fl_service_plan *plan, const char *command, uint32_t limit_ms, fl_str *output, int *code,
                                fl_err *err)
{
    fl_workspace workspace = {0};
    fl_service_env none = {0};
    struct builder builder;
    if (plan->scratch.len)
        workspace.build = fl_fs_join(arena, plan->scratch, FL_S("build"));
    fl_status status = init(&builder, &workspace, arena, plan, &none, err);
    if (status)
        return status;
    const fl_data *variants = fl_data_get_c(builder.compile, "variants");
    const fl_data *there = variants ? variant_there(&builder, variants) : NULL;
    fl_service_env env = {0};
    for (size_t i = 0; i < plan->env.count && !there; i++)           /* its interpreter and settings, but for what only a running service has */
        if (fl_str_find(plan->env.items[i], FL_S("${port}")) < 0)
            fl_vec_push(arena, &env, fl_runtime_fill(arena, plan->env.items[i], builder.variables).ptr);
    fl_vec_push(arena, &env, NULL);
    if (there)
        env = build_env(&builder, there);
    const fl_proc_options options = {.command = fl_str_c(arena, fl_runtime_fill(arena, fl_str_from(command), builder.variables)),
                                     .folder = fl_str_c(arena, plan->folder), .env = env.items};
    return fl_proc_run(arena, &options, limit_ms, output, code, err);
}

fl_status fl_workspace_build(fl_workspace *workspace, fl_arena *arena, const fl_service_plan *plan, const fl_service_env *env, fl_err *err)
{
    struct builder builder;
    fl_status status = plan->build.len ? init(&builder, workspace, arena, plan, env, err) : FL_OK;
    if (status || plan->build.len == 0)
        return status;
    const fl_data *variants = fl_data_get_c(builder.compile, "variants");
    if (!variants || !variants->first) {
        fl_service_env plain = build_env(&builder, NULL);
        return run_build(&builder, plan->build, &plain, err);
    }
    if (plan->scratch.len && !fl_fs_exists(fl_program_since_file(arena, plan).ptr)) {
        fl_clock_sleep_ms(CLOCK_TICK_MS);
        status = fl_fs_write(fl_program_since_file(arena, plan).ptr, FL_S(""), err);
    }
    if (status)
        return status;
    const fl_data *there = variant_there(&builder, variants);
    return there ? build_variant(&builder, there, plan->rebuild.len ? plan->rebuild : plan->build, err) : build_first(&builder, variants, err);
}
