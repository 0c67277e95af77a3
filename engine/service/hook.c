/*
 * The hook in the run time of the service. A runtime model's `hook` says:
 *   file             ours, below the data folder; when it is not there, there is no hook
 *   env              settings that load it; ${data} is our data folder, ${folder} the project
 *   append           those of them that go behind a value which is set already
 *   prepend          those that go before it, with a colon between: folders to look into
 *   report_variable  what tells the hook the file it appends its JSON lines to
 *   request_header   a request with this header has a number, which the hook reports; it takes the header off
 *   flush_header     a request with this header makes it report the lines that ran
 *   control_variable what tells the hook the pipe it reads questions from, a line each: `begin`, `lines`, `leaks` and `leaks-again`,
 *                    with a number that its answer repeats, {"type":"done","ask":3,"ok":true}
 *   lines            command that prints which lines ran, in the hook's form, after `lines` was asked; FAULTLINE_REQUEST is the number
 *   forget_lines     command that forgets what was counted before the service starts
 */
#include "base/fs.h"
#include "engine/service/service_p.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

fl_str fl_service_env_get(fl_arena *arena, const fl_service_env *env, fl_str name)
{
    for (size_t i = env->count; i-- > 0;) {
        fl_str entry = fl_str_from(env->items[i]);
        if (fl_str_starts(entry, name) && entry.len > name.len && entry.ptr[name.len] == '=')
            return fl_str_sub(entry, name.len + 1, entry.len);
    }
    return fl_str_from(getenv(fl_str_c(arena, name)));
}

bool fl_runtime_lists(const fl_data *list, fl_str name)
{
    for (const fl_data *each = list ? list->first : NULL; each; each = each->next)
        if (fl_str_eq(fl_data_str(each, (fl_str){0}), name))
            return true;
    return false;
}

static void set(fl_arena *arena, fl_service_env *env, fl_str name, fl_str value)
{
    fl_vec_push(arena, env, fl_str_format(arena, FL_STR_FMT "=" FL_STR_FMT, FL_STR_ARG(name), FL_STR_ARG(value)).ptr);
}

/* A pipe beside the report. Without it the hook reports what it can by itself. */
static void open_control(fl_hook *hook, fl_arena *arena, fl_str variable, fl_service_env *env)
{
    hook->control = fl_fs_join(arena, hook->folder, FL_S("control"));
    if (mkfifo(hook->control.ptr, 0600) != 0)
        hook->control = (fl_str){0};
    else
        set(arena, env, variable, hook->control);
}

fl_status fl_hook_open(fl_hook *hook, fl_arena *arena, const fl_service_plan *plan, fl_str build, fl_service_env *env, fl_err *err)
{
    *hook = (fl_hook){0};
    fl_buf_init(&hook->shown, FL_LIMIT_HOOK_BYTES);
    if (plan->runtime.len == 0)
        return FL_OK;
    const fl_data *model;
    fl_str data;
    fl_status status = fl_runtime_read(arena, plan->runtime, &model, err);
    if (!status)
        status = fl_fs_real(arena, fl_fs_data_dir(arena).ptr, &data, err);
    if (status)
        return status;
    const fl_data *described = fl_data_get_c(model, "hook"), *settings = fl_data_get_c(described, "env");
    fl_str file = fl_fs_join(arena, data, fl_data_get_str(described, "file"));
    if (!described || !fl_fs_exists(file.ptr)) {
        fl_log(FL_LOG_WARN, "'%s' is not there: errors that the service swallows stay unseen", file.ptr);
        return FL_OK;
    }
    status = fl_fs_temp_dir(arena, "faultline-hook", &hook->folder, err);
    if (status)
        return status;
    const fl_runtime_variable variables[] = {{"data", data}, {"folder", plan->folder}, {"build", build}, {NULL, {0}}};
    for (const fl_data *each = settings ? settings->first : NULL; each; each = each->next) {
        fl_str value = fl_runtime_fill(arena, fl_data_str(each, (fl_str){0}), variables);
        fl_str old = fl_service_env_get(arena, env, each->key);
        if (old.len && fl_runtime_lists(fl_data_get_c(described, "append"), each->key))
            value = fl_str_format(arena, FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(old), FL_STR_ARG(value));
        if (old.len && fl_runtime_lists(fl_data_get_c(described, "prepend"), each->key))
            value = fl_str_format(arena, FL_STR_FMT ":" FL_STR_FMT, FL_STR_ARG(value), FL_STR_ARG(old));
        set(arena, env, each->key, value);
    }
    hook->report = fl_fs_join(arena, hook->folder, FL_S("report.jsonl"));
    hook->flush_header = fl_data_get_str(described, "flush_header");
    hook->request_header = fl_data_get_str(described, "request_header");
    hook->lines = fl_runtime_fill(arena, fl_data_get_str(described, "lines"), variables);
    hook->forget_lines = fl_runtime_fill(arena, fl_data_get_str(described, "forget_lines"), variables);
    if (fl_data_get_str(described, "control_variable").len)
        open_control(hook, arena, fl_data_get_str(described, "control_variable"), env);
    set(arena, env, fl_data_get_str(described, "report_variable"), hook->report);
    return FL_OK;
}

fl_str fl_hook_read(fl_hook *hook, uint64_t from_byte, uint64_t *next)
{
    fl_buf *shown = &hook->shown;
    fl_buf_clear(shown);
    *next = from_byte;
    int fd = hook->report.len ? open(hook->report.ptr, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (fd < 0)
        return (fl_str){0};
    char piece[16 * 1024];
    ssize_t got;
    while (shown->len + sizeof piece <= shown->limit &&
           (got = pread(fd, piece, sizeof piece, (off_t)(from_byte + shown->len))) > 0)
        fl_buf_add(shown, (fl_str){piece, (size_t)got});
    close(fd);
    fl_str text = fl_buf_str(shown);
    ptrdiff_t last = fl_str_rfind_char(text, '\n');
    text = fl_str_sub(text, 0, (size_t)(last + 1)); /* a line that is being written waits */
    *next = from_byte + text.len;
    return text;
}

unsigned fl_hook_put(fl_hook *hook, const char *what)
{
    int fd = hook->control.len ? open(hook->control.ptr, O_WRONLY | O_NONBLOCK | O_CLOEXEC) : -1;
    if (fd < 0)
        return 0;
    bool is_put = dprintf(fd, "%s %u\n", what, ++hook->asked) > 0;
    close(fd);
    return is_put ? hook->asked : 0;
}

int fl_hook_answer(fl_hook *hook, uint64_t from_byte, unsigned ask)
{
    uint64_t next;
    int answer = -1;
    fl_str text = fl_hook_read(hook, from_byte, &next), line;
    fl_arena arena;
    fl_arena_init(&arena);
    while (answer < 0 && fl_str_split(&text, '\n', &line)) {
        fl_data *event;
        if (fl_str_find(line, FL_S("\"done\"")) < 0 || fl_json_parse(&arena, line, &event, NULL))
            continue;
        if (fl_str_eq_c(fl_data_get_str(event, "type"), "done") && fl_data_get_int(event, "ask", 0) == (int64_t)ask)
            answer = fl_data_get_bool(event, "ok", false);
    }
    fl_arena_release(&arena);
    return answer;
}

void fl_hook_append(fl_hook *hook, fl_str lines)
{
    int fd = hook->report.len ? open(hook->report.ptr, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW) : -1;
    while (fd >= 0 && lines.len) {
        ssize_t put = write(fd, lines.ptr, lines.len);
        if (put <= 0)
            break;
        lines = fl_str_sub(lines, (size_t)put, lines.len);
    }
    if (fd >= 0)
        close(fd);
}

bool fl_hook_is_loaded(fl_hook *hook, uint64_t from_byte)
{
    uint64_t next;
    return fl_str_find(fl_hook_read(hook, from_byte, &next), FL_S("\"hello\"")) >= 0;
}

size_t fl_hook_listening(fl_hook *hook, uint64_t from_byte, uint16_t *ports, size_t capacity)
{
    uint64_t next;
    size_t count = 0;
    fl_str text = fl_hook_read(hook, from_byte, &next), line;
    fl_arena arena;
    fl_arena_init(&arena);
    while (count < capacity && fl_str_split(&text, '\n', &line)) {
        fl_data *event;
        if (fl_str_find(line, FL_S("\"listening\"")) < 0 || fl_json_parse(&arena, line, &event, NULL))
            continue;
        int64_t number = fl_data_get_int(event, "port", 0);
        if (fl_str_eq_c(fl_data_get_str(event, "type"), "listening") && number > 0 && number <= UINT16_MAX)
            ports[count++] = (uint16_t)number;
    }
    fl_arena_release(&arena);
    return count;
}

void fl_hook_close(fl_hook *hook)
{
    if (hook->folder.len && fl_fs_remove_tree(hook->folder.ptr, NULL))
        fl_log(FL_LOG_WARN, "'%s' cannot be removed", hook->folder.ptr);
    fl_buf_release(&hook->shown);
    *hook = (fl_hook){0};
}
