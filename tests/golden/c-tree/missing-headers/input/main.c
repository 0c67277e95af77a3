#include <no/such/header.h>
struct service { conn_t *connection; const char *name; };
static reply_t *answer(struct service *s, body_t *body)
{
    value_t *v = get_value(body, "name"), *w;
    if (v == NOTHING || !(w = v->next)) return send_status(s->connection, STATUS_BAD);
    if (v->type == KIND_TEXT && v->text[0]) s->name = v->text;
    const other_t o = { .size = 3 };
    return (reply_t *)make_reply(s, sizeof(value_t), &o.size);
}
