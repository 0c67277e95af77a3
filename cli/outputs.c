/* What `check` leaves behind. The folder may hold other files: only what an earlier check wrote is removed. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/fs.h"
#include "cli/report.h"

static fl_str in_folder(fl_arena *arena, const char *folder, const char *name)
{
    return fl_fs_join(arena, fl_str_from(folder), fl_str_from(name));
}

static fl_status write_data(fl_arena *arena, const char *folder, const char *name, const fl_data *node, bool is_yaml, fl_err *err)
{
    fl_buf text;
    fl_buf_init(&text, 0);
    if (is_yaml) {
        fl_yaml_write(&text, node);
    } else {
        fl_json_write(&text, node, true);
        if (text.len > 0 && text.ptr[text.len - 1] != '\n')
            fl_buf_add_char(&text, '\n');
    }
    fl_status status = fl_fs_write(in_folder(arena, folder, name).ptr, fl_buf_str(&text), err);
    fl_buf_release(&text);
    return status;
}

/* Files like 0001-….patch or 0001.sh in DIR/name: ours, of an earlier check. */
static fl_status remove_numbered(fl_arena *arena, const char *folder, const char *name, fl_str suffix, fl_err *err)
{
    fl_str path = in_folder(arena, folder, name);
    if (!fl_fs_is_dir(path.ptr))
        return FL_OK;
    fl_fs_entries entries = {0};
    fl_status status = fl_fs_list(arena, path.ptr, &entries, err);
    for (size_t i = 0; status == FL_OK && i < entries.count; i++) {
        fl_str entry = entries.items[i].name;
        bool is_ours = entries.items[i].is_file && entry.len > 4 && fl_str_ends(entry, suffix);
        for (size_t k = 0; is_ours && k < 4; k++)
            is_ours = entry.ptr[k] >= '0' && entry.ptr[k] <= '9';
        const char *file = fl_str_c(arena, fl_fs_join(arena, path, entry));
        if (is_ours && unlink(file) != 0)
            status = fl_fail(err, FL_E_ENV, "'%s' cannot be removed: %s", file, strerror(errno));
    }
    return status;
}

static fl_status write_patches(fl_arena *arena, const char *folder, const fl_data *report, fl_err *err)
{
    fl_status status = remove_numbered(arena, folder, "patches", FL_S(".patch"), err);
    for (const fl_data *patch = fl_data_first(report, "patches"); status == FL_OK && patch != NULL; patch = patch->next)
        status = fl_fs_write(fl_str_c(arena, fl_fs_join(arena, fl_str_from(folder), fl_data_get_str(patch, "file"))),
                             fl_data_get_str(patch, "diff"), err);
    return status;
}

/* One line of a comment: nothing may end it. */
static void add_comment(fl_buf *out, fl_str text)
{
    for (size_t i = 0; i < text.len; i++)
        fl_buf_add_char(out, (unsigned char)text.ptr[i] < 0x20 ? ' ' : text.ptr[i]);
}

/* Secrets are shell variables in the command line ("$AUTHORIZATION"): without them the script must not run. */
static void add_wanted_variables(fl_buf *out, fl_str command)
{
    fl_sym seen[16];
    size_t count = 0;
    for (ptrdiff_t at; (at = fl_str_find(command, FL_S("\"$"))) >= 0;) {
        command = fl_str_sub(command, (size_t)at + 2, command.len);
        size_t len = 0;
        while (len < command.len && ((command.ptr[len] >= 'A' && command.ptr[len] <= 'Z') || command.ptr[len] == '_' ||
                                     (len > 0 && command.ptr[len] >= '0' && command.ptr[len] <= '9')))
            len++;
        fl_str name = fl_str_sub(command, 0, len);
        bool is_known = len == 0 || fl_str_eq_c(name, "BASE") || count == FL_COUNT(seen);
        for (size_t i = 0; i < count; i++)
            is_known = is_known || seen[i] == fl_sym_of(name);
        if (is_known)
            continue;
        seen[count++] = fl_sym_of(name);
        fl_buf_format(out, ": \"${" FL_STR_FMT ":?set it to what faultline.yaml says}\"\n", FL_STR_ARG(name));
    }
}

static void repro_script(fl_arena *arena, fl_buf *out, const fl_data *report, const fl_data *fault)
{
    fl_buf_format(out, "#!/bin/bash\n# Fault %lld: ", (long long)fl_data_get_int(fault, "id", 0));
    add_comment(out, fl_data_get_str(fault, "title"));
    fl_buf_add_c(out, ", ");
    add_comment(out, fl_data_get_str(fault, "operation"));
    if (fl_data_get_str(fault, "file").len > 0) {
        fl_buf_add_c(out, ", ");
        add_comment(out, fl_data_get_str(fault, "file"));
        fl_buf_format(out, ":%lld", (long long)fl_data_get_int(fault, "line", 0));
    }
    fl_buf_format(out, "\n# Start the service, then: BASE=http://127.0.0.1:PORT %04lld.sh\n", (long long)fl_data_get_int(fault, "id", 0));
    fl_str base = fl_report_base(arena, report);
    fl_buf_format(out, "BASE=${BASE:-" FL_STR_FMT "}\n", FL_STR_ARG(base));
    add_wanted_variables(out, fl_data_get_str(fault, "curl"));
    fl_buf_format(out, "\n" FL_STR_FMT "\n", FL_STR_ARG(fl_data_get_str(fault, "curl")));
}

static fl_status write_repros(fl_arena *arena, const char *folder, const fl_data *report, fl_err *err)
{
    fl_status status = remove_numbered(arena, folder, "repro", FL_S(".sh"), err);
    for (const fl_data *fault = fl_data_first(report, "faults"); status == FL_OK && fault != NULL; fault = fault->next) {
        fl_str path = fl_str_format(arena, "%s/repro/%04lld.sh", folder, (long long)fl_data_get_int(fault, "id", 0));
        fl_buf script;
        fl_buf_init(&script, 0);
        repro_script(arena, &script, report, fault);
        status = fl_fs_write(path.ptr, fl_buf_str(&script), err);
        fl_buf_release(&script);
        if (status == FL_OK && chmod(path.ptr, 0755) != 0)
            status = fl_fail(err, FL_E_ENV, "'%s' cannot be made executable: %s", path.ptr, strerror(errno));
    }
    return status;
}

/* The first part of the path that is there and no folder; false when there is none. *part has the path, cut behind it. */
static bool is_barred(char *part)
{
    for (size_t i = 1, len = strlen(part); i <= len; i++) {
        if (part[i] != '/' && part[i] != '\0')
            continue;
        char kept = part[i];
        part[i] = '\0';
        if (fl_fs_exists(part) && !fl_fs_is_dir(part))
            return true;
        part[i] = kept;
    }
    return false;
}

fl_status fl_outputs_prepare(const char *folder, bool *is_new, fl_err *err)
{
    fl_arena arena;
    fl_arena_init(&arena);
    char *part = fl_str_c(&arena, fl_str_from(folder));
    *is_new = !fl_fs_exists(folder);
    fl_status status = FL_OK;
    if (is_barred(part))
        status = fl_fail(err, FL_E_USAGE, "'%s': '%s' is a file; --out wants a folder", folder, part);
    else
        status = fl_fs_mkdirs(folder, err);
    if (status == FL_OK && access(folder, W_OK | X_OK) != 0)
        status = fl_fail(err, FL_E_ENV, "'%s' cannot be written to: %s; choose another folder with --out", folder, strerror(errno));
    fl_arena_release(&arena);
    return status;
}

/* Appended, since the file is of the whole job. */
static void add_to_job_summary(const fl_data *report)
{
    const char *path = getenv("GITHUB_STEP_SUMMARY");
    FILE *file = path != NULL && *path != '\0' ? fopen(path, "ae") : NULL;
    if (file == NULL)
        return;
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_markdown_write(&text, report);
    fwrite(text.ptr, 1, text.len, file);
    if (fclose(file) != 0)
        fl_log(FL_LOG_WARN, "'%s' was not written: %s", path, strerror(errno));
    fl_buf_release(&text);
}

typedef void text_writer(fl_buf *out, const fl_data *report);
typedef fl_data *data_builder(fl_arena *arena, const fl_data *report);

fl_status fl_outputs_write(const char *folder, fl_data *report, const fl_data *openapi, fl_err *err)
{
    static const struct { const char *name; text_writer *write; data_builder *build; } outputs[] = {
        {"report.sarif", NULL, fl_sarif_build},          {"report.junit.xml", fl_junit_write, NULL},
        {"report.html", fl_html_write, NULL},            {"report.har", NULL, fl_har_build},
        {"report.postman.json", NULL, fl_postman_build}, {"report.gitlab.json", NULL, fl_gitlab_build},
    };
    fl_arena arena;
    fl_arena_init(&arena);
    fl_status status = fl_fs_mkdirs(folder, err);
    if (status == FL_OK)
        status = write_data(&arena, folder, "openapi.yaml", openapi, true, err);
    if (status == FL_OK)
        status = write_data(&arena, folder, "report.json", report, false, err);
    for (size_t i = 0; i < FL_COUNT(outputs) && status == FL_OK; i++) {
        fl_buf text;
        fl_buf_init(&text, 0);
        if (outputs[i].write != NULL) {
            outputs[i].write(&text, report);
            status = fl_fs_write(in_folder(&arena, folder, outputs[i].name).ptr, fl_buf_str(&text), err);
        } else {
            status = write_data(&arena, folder, outputs[i].name, outputs[i].build(&arena, report), false, err);
        }
        fl_buf_release(&text);
    }
    if (status == FL_OK)
        status = write_patches(&arena, folder, report, err);
    if (status == FL_OK)
        status = write_repros(&arena, folder, report, err);
    if (status == FL_OK)
        add_to_job_summary(report);
    fl_arena_release(&arena);
    return status;
}
