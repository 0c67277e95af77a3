/* What must not be printed or stored: values that the user gave us to get in. Texts that we made up are no secrets. */
#include <string.h>
#include "cli/config.h"

enum { SHORTEST_SECRET = 6 }; /* replacing shorter texts everywhere would make a report unreadable */

static void add_value(fl_secrets *secrets, fl_str name, fl_str value)
{
    if (value.len < SHORTEST_SECRET)
        return;
    fl_vec_push(secrets->arena, &secrets->all, (fl_secret){name, value});
    /* "Bearer abc" also hides a bare abc */
    ptrdiff_t space = fl_str_rfind_char(value, ' ');
    if (space > 0 && value.len - (size_t)space - 1 >= SHORTEST_SECRET)
        fl_vec_push(secrets->arena, &secrets->all,
                    (fl_secret){fl_str_format(secrets->arena, FL_STR_FMT "_word", FL_STR_ARG(name)),
                                fl_str_sub(value, (size_t)space + 1, value.len)});
}

static bool contains_nocase(fl_str text, const char *word)
{
    size_t len = strlen(word);
    for (size_t i = 0; i + len <= text.len; i++)
        if (fl_str_eq_nocase(fl_str_sub(text, i, i + len), fl_str_from(word)))
            return true;
    return false;
}

bool fl_secrets_is_name(fl_str name)
{
    static const char *const words[] = {"secret", "token", "password", "passwd", "passphrase", "key", "credential"};
    for (size_t i = 0; i < FL_COUNT(words); i++)
        if (contains_nocase(name, words[i]))
            return true;
    return false;
}

static void add_body(fl_secrets *secrets, const fl_data *node)
{
    if (node->kind == FL_DATA_STRING && fl_secrets_is_name(node->key))
        add_value(secrets, node->key, node->text);
    for (const fl_data *child = node->first; child != NULL; child = child->next)
        add_body(secrets, child);
}

void fl_secrets_init(fl_secrets *secrets, fl_arena *arena, const fl_config *config)
{
    *secrets = (fl_secrets){.arena = arena};
    for (size_t i = 0; i < config->env.count; i++) {
        fl_str name, value = config->env.items[i];
        if (fl_str_split(&value, '=', &name) && fl_secrets_is_name(name))
            add_value(secrets, name, value);
    }
    const fl_data *const callers[] = {config->auth, config->other_auth};
    for (size_t i = 0; i < FL_COUNT(callers); i++) {
        const fl_data *headers = fl_data_get_c(callers[i], "header"), *body = fl_data_get_c(callers[i], "body");
        for (const fl_data *header = headers != NULL ? headers->first : NULL; header != NULL; header = header->next)
            add_value(secrets, i == 0 ? header->key : fl_str_format(arena, "other_" FL_STR_FMT, FL_STR_ARG(header->key)), header->text);
        if (body != NULL)
            add_body(secrets, body);
    }
}

static fl_str placeholder(fl_arena *arena, const fl_secret *secret)
{
    return fl_str_format(arena, "***" FL_STR_FMT "***", FL_STR_ARG(secret->name));
}

fl_str fl_secrets_redact(const fl_secrets *secrets, fl_arena *arena, fl_str text)
{
    for (size_t i = 0; i < secrets->all.count; i++)
        text = fl_str_replace(arena, text, secrets->all.items[i].value, placeholder(arena, &secrets->all.items[i]));
    return text;
}

fl_str fl_secrets_restore(const fl_secrets *secrets, fl_arena *arena, fl_str text)
{
    for (size_t i = 0; i < secrets->all.count; i++)
        text = fl_str_replace(arena, text, placeholder(arena, &secrets->all.items[i]), secrets->all.items[i].value);
    return text;
}

void fl_secrets_redact_data(const fl_secrets *secrets, fl_arena *arena, fl_data *node)
{
    if (secrets->all.count == 0)
        return;
    if (fl_str_eq_c(node->key, "diff") || fl_str_eq_c(node->key, "source")) /* the user's own files, as they are */
        return;
    if (node->kind == FL_DATA_STRING)
        node->text = fl_secrets_redact(secrets, arena, node->text);
    for (fl_data *child = node->first; child != NULL; child = child->next)
        fl_secrets_redact_data(secrets, arena, child);
}

fl_str fl_secrets_redact_shell(const fl_secrets *secrets, fl_arena *arena, fl_str command)
{
    for (size_t i = 0; i < secrets->all.count; i++) {
        char *variable = fl_str_c(arena, secrets->all.items[i].name);
        for (char *c = variable; *c != '\0'; c++)
            *c = (char)((*c >= 'a' && *c <= 'z') ? *c - 'a' + 'A' : (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ? *c : '_');
        command = fl_str_replace(arena, command, secrets->all.items[i].value, fl_str_format(arena, "'\"$%s\"'", variable));
    }
    return command;
}
