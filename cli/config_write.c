/* Writes faultline.yaml: what was inferred as it is, with the reason above it; the rest as examples behind a '#'. */
#include <string.h>
#include "cli/config.h"

static void add_value(fl_buf *out, fl_str text)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_yaml_write(out, fl_data_string(&arena, text)); /* quotes where YAML needs them */
    while (out->len > 0 && out->ptr[out->len - 1] == '\n')
        out->len--;
    fl_buf_add_char(out, '\n');
    fl_arena_release(&arena);
}

/* The reasons that speak of this key: "start: …". */
static void add_reasons(fl_buf *out, const fl_service_plan *plan, const char *key)
{
    for (size_t i = 0; i < plan->because.count; i++) {
        fl_str line = plan->because.items[i];
        ptrdiff_t colon = fl_str_find_char(line, ':');
        if (colon > 0 && fl_str_eq_c(fl_str_sub(line, 0, (size_t)colon), key))
            fl_buf_format(out, "# inferred " FL_STR_FMT "\n", FL_STR_ARG(line));
    }
}

static void add_text(fl_buf *out, const fl_service_plan *plan, const char *key, fl_str value, const char *what, const char *example)
{
    fl_buf_format(out, "# %s\n", what);
    add_reasons(out, plan, key);
    if (value.len == 0) {
        fl_buf_format(out, "# %s: %s\n\n", key, example);
        return;
    }
    fl_buf_format(out, "%s: ", key);
    add_value(out, value);
    fl_buf_add_char(out, '\n');
}

/* Where this machine has its programs is nothing to write down: it is inferred again. */
static bool is_of_machine(fl_str variable)
{
    return fl_str_starts(variable, FL_S("PATH="));
}

static void add_env(fl_buf *out, const fl_service_plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->env.count; i++)
        count += !is_of_machine(plan->env.items[i]);
    fl_buf_add_c(out, "# Variables of its environment.\n");
    add_reasons(out, plan, "env");
    if (count == 0) {
        fl_buf_add_c(out, "# env:\n#   NODE_ENV: test\n\n");
        return;
    }
    fl_buf_add_c(out, "env:\n");
    for (size_t i = 0; i < plan->env.count; i++) {
        fl_str name, value = plan->env.items[i];
        if (is_of_machine(value) || !fl_str_split(&value, '=', &name))
            continue;
        fl_buf_format(out, "  " FL_STR_FMT ": ", FL_STR_ARG(name));
        add_value(out, value);
    }
    fl_buf_add_char(out, '\n');
}

void fl_config_write(fl_buf *out, const fl_service_plan *plan, fl_str doubt)
{
    fl_buf_add_c(out, "# What Faultline should know of this service. Every key may be left out; what is here goes before what is inferred.\n\n");
    if (doubt.len > 0)
        fl_buf_format(out, "# Nothing was inferred: " FL_STR_FMT "\n\n", FL_STR_ARG(doubt));
    add_text(out, plan, "start", plan->start, "How it starts, run in this folder.", "node server.js");
    add_text(out, plan, "build", plan->build, "What is run once before.", "npm run build");
    if (plan->can_sanitize)
        fl_buf_add_c(out, "# It is built in a copy with sanitizers, which see wrong memory use; false refuses them.\n# sanitize: true\n\n");
    fl_buf_add_c(out, "# The port it listens on; left out, a free one is chosen");
    if (plan->port_variable.len > 0)
        fl_buf_format(out, " and passed in " FL_STR_FMT, FL_STR_ARG(plan->port_variable));
    fl_buf_add_c(out, ".\n");
    add_reasons(out, plan, "port");
    if (plan->port != 0)
        fl_buf_format(out, "port: %u\n\n", plan->port);
    else
        fl_buf_add_c(out, "# port: 3000\n\n");
    add_env(out, plan);
    fl_buf_add_c(out, "# Services that it calls over HTTP: for `faultline test` ours stands in their place. The variable that says where one is, or its address in the code, and its URL or what is answered.\n");
    add_reasons(out, plan, "upstreams");
    fl_buf_add_c(out, "# upstreams:\n#   RATES_URL: {rate: 2}\n\n");
    add_text(out, plan, "ready", plan->ready, "A path that answers when it is ready; left out, accepting a connection is enough.", "/health");
    add_text(out, plan, "reset", plan->reset, "What resets its state before each start; left out, restarting is the reset.", "npm run seed");
    add_text(out, plan, "url", plan->url, "A service that runs already, instead of starting one.", "http://127.0.0.1:3000");
    fl_buf_add_c(out,
        "# Its own tests: a patch is proven only when they still pass.\n# test: npm test\n\n"
        "# Who is calling: headers sent with every request…\n# auth:\n#   header: {authorization: Bearer secret}\n"
        "# …or a login whose answer holds a token.\n# auth:\n#   operation: POST /login\n#   body: {email: a@example.com, password: secret}\n"
        "#   token: /token\n#   header: authorization\n#   format: Bearer ${token}\n\n"
        "# What is never sent (* stands for any text), and files that are not read (as in .gitignore).\n"
        "# exclude:\n#   requests: [POST /shutdown, DELETE /admin/*]\n#   files: [legacy/]\n\n"
        "# limits:\n");
    const struct { const char *key; unsigned most; const char *what; } limits[] = {
        {"requests", FL_LIMIT_CASES, "at most, in all"}, {"request_ms", FL_LIMIT_REQUEST_MS, "one request"},
        {"ready_ms", FL_LIMIT_READY_MS, "until it is ready"},
    };
    for (size_t i = 0; i < FL_COUNT(limits); i++)
        fl_buf_format(out, "#   %s: %-*u # %s\n", limits[i].key, (int)(18 - strlen(limits[i].key)), limits[i].most, limits[i].what);
}
