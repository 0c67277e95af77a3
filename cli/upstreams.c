/*
 * Which services the one under test calls, where nobody said it: variables of its environment that hold a URL, those for which its
 * source has one, and addresses in the source itself. Ours stands in their place: one on this machine is asked by ours while all is well; nobody else is: of another machine
 * ours answers an empty object, so that nothing that is tested leaves this one.
 */
#include "cli/cli.h"

static bool is_url(fl_str text) { return fl_str_starts(text, FL_S("http://")) || fl_str_starts(text, FL_S("https://")); }

typedef struct seeker { const fl_cli *cli; const fl_api *api; fl_service_plan *plan; fl_data *found; uint16_t own; } seeker;

static void add(seeker *s, fl_str name, fl_str url, fl_str where)
{
    bool is_here = fl_cli_is_here(url);
    if (fl_data_get(s->found, name) != NULL || (is_here && s->own != 0 && fl_url_parts(url).port == s->own))
        return; /* its own address */
    bool is_asked = is_here && fl_str_starts(url, FL_S("http://"));
    fl_data_set(s->cli->arena, s->found, fl_str_copy(s->cli->arena, name), is_asked ? fl_data_string(s->cli->arena, url) : fl_data_map(s->cli->arena));
    fl_vec_push(s->cli->arena, &s->plan->because, fl_str_format(s->cli->arena, "upstreams: " FL_STR_FMT " (" FL_STR_FMT ")%s", FL_STR_ARG(name), FL_STR_ARG(where),
                is_asked ? "" : "; an empty object stands for its answers"));
}

static fl_str value_of(const fl_service_plan *plan, fl_str variable)
{
    fl_str name, value;
    for (size_t i = plan->env.count; i > 0; i--)
        if (value = plan->env.items[i - 1], fl_str_split(&value, '=', &name) && fl_str_eq(name, variable))
            return value;
    return (fl_str){0};
}

/* Where it listens when it is not told: of an address with that port it speaks of itself. */
static uint16_t own_port(const fl_api *api, const fl_service_plan *plan)
{
    int64_t n;
    fl_str said = plan->port_variable.len > 0 ? value_of(plan, plan->port_variable) : (fl_str){0};
    if (plan->port != 0)
        return plan->port;
    return fl_str_to_int(said, &n) && n > 0 && n < 65536 ? (uint16_t)n : api->listen.port;
}

static void tell(const fl_cli *cli, const fl_data *found)
{
    fl_str written = {0};
    for (const fl_data *each = found->first; each != NULL; each = each->next)
        if (fl_str_find(each->key, FL_S("://")) >= 0)
            written = fl_str_format(cli->arena, FL_STR_FMT "%s" FL_STR_FMT, FL_STR_ARG(written), written.len ? ", " : "", FL_STR_ARG(each->key));
        else
            fl_log(FL_LOG_INFO, "upstream: ours stands where " FL_STR_FMT " leads, and answers %s (`upstreams` of faultline.yaml says otherwise)", FL_STR_ARG(each->key),
                   each->kind == FL_DATA_STRING ? "what the real one does" : "{}");
    if (written.len != 0)
        fl_log(FL_LOG_INFO, "upstream: ours stands where addresses in the code lead: " FL_STR_FMT, FL_STR_ARG(written));
}

const fl_data *fl_cli_upstreams(const fl_cli *cli, const fl_api *api, fl_service_plan *plan)
{
    seeker s = {cli, api, plan, fl_data_map(cli->arena), own_port(api, plan)};
    if (plan->start.len == 0)
        return NULL; /* what runs already has its environment */
    for (size_t i = 0; i < plan->env.count; i++) {
        fl_str name, value = plan->env.items[i];
        if (fl_str_split(&value, '=', &name) && is_url(value))
            add(&s, name, value, FL_S("its environment"));
    }
    for (size_t i = 0; i < api->called.count; i++) {
        const fl_called_service *c = &api->called.items[i];
        fl_file *file = fl_project_file(api->project, c->span.file);
        if (value_of(plan, c->name).len == 0)
            add(&s, c->name, c->url, fl_str_format(cli->arena, FL_STR_FMT ":%u", FL_STR_ARG(file->path), fl_file_line(file, c->span.start_byte) + 1));
    }
    if (cli->loudness != FL_QUIET && cli->args->command->id == FL_CMD_test)
        tell(cli, s.found);
    return s.found->count > 0 ? s.found : NULL;
}
