/* What must not be printed or stored: values that the user gave us to get in. Texts that we made up are no secrets. */
#include <string.h>
#include "cli/config.h"

enum { SHORTEST_SECRET = 6 }; /* replacing shorter texts everywhere would make a report unreadable */

static void add_value(fl_secrets *secrets, fl_str value)
{
    if (value.len < SHORTEST_SECRET)
        return;
    fl_vec_push(secrets->arena, &secrets->values, value);
    /* "Bearer abc" also hides a bare abc */
    ptrdiff_t space = fl_str_rfind_char(value, ' ');
    if (space > 0 && value.len - (size_t)space - 1 >= SHORTEST_SECRET)
        fl_vec_push(secrets->arena, &secrets->values, fl_str_sub(value, (size_t)space + 1, value.len));
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
        add_value(secrets, node->text);
    for (const fl_data *child = node->first; child != NULL; child = child->next)
        add_body(secrets, child);
}

void fl_secrets_init(fl_secrets *secrets, fl_arena *arena, const fl_config *config)
{
    *secrets = (fl_secrets){.arena = arena};
    for (size_t i = 0; i < config->env.count; i++) {
        fl_str name, value = config->env.items[i];
        if (fl_str_split(&value, '=', &name) && fl_secrets_is_name(name))
            add_value(secrets, value);
    }
    if (config->auth == NULL)
        return;
    if (fl_data_get_c(config->auth, "operation") != NULL) {
        fl_str header = fl_data_get_str(config->auth, "header");
        fl_vec_push(arena, &secrets->headers, header.len > 0 ? header : FL_S("authorization"));
        const fl_data *body = fl_data_get_c(config->auth, "body");
        if (body != NULL)
            add_body(secrets, body);
        return;
    }
    for (const fl_data *header = config->auth->first; header != NULL; header = header->next) {
        fl_vec_push(arena, &secrets->headers, header->key);
        add_value(secrets, header->text);
    }
}

bool fl_secrets_is_header(const fl_secrets *secrets, fl_str header)
{
    for (size_t i = 0; i < secrets->headers.count; i++)
        if (fl_str_eq_nocase(secrets->headers.items[i], header))
            return true;
    return false;
}

fl_str fl_secrets_redact(const fl_secrets *secrets, fl_arena *arena, fl_str text)
{
    for (size_t i = 0; i < secrets->values.count; i++) {
        fl_str value = secrets->values.items[i], rest = text;
        ptrdiff_t at = fl_str_find(rest, value);
        if (at < 0)
            continue;
        fl_buf out;
        fl_buf_init(&out, 0);
        for (; at >= 0; at = fl_str_find(rest, value)) {
            fl_buf_add(&out, fl_str_sub(rest, 0, (size_t)at));
            fl_buf_add_c(&out, "***");
            rest = fl_str_sub(rest, (size_t)at + value.len, rest.len);
        }
        fl_buf_add(&out, rest);
        text = fl_str_copy(arena, fl_buf_str(&out));
        fl_buf_release(&out);
    }
    return text;
}

void fl_secrets_redact_data(const fl_secrets *secrets, fl_arena *arena, fl_data *node)
{
    if (secrets->values.count == 0)
        return;
    if (node->kind == FL_DATA_STRING)
        node->text = fl_secrets_redact(secrets, arena, node->text);
    for (fl_data *child = node->first; child != NULL; child = child->next)
        fl_secrets_redact_data(secrets, arena, child);
}
