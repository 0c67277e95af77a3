/* 401 where the document asks for no caller. Not of what logs in, which answers so, too: it is called so, or its body holds a secret. */
#include "engine/checks/checks.h"
#include "engine/plan/plan.h"

static bool has_word(fl_str name, const char *const *words)
{
    bool found = false;
    for (; *words && !found; words++)
        found = fl_name_contains(name, *words);
    return found;
}

static bool holds_secret(const fl_schema *schema, unsigned depth)
{
    static const char *const secrets[] = {"pass", "pwd", "secret", "token", "code", "otp", "key", "credential", "signature", "assertion", NULL};
    bool found = schema == NULL || (schema->types & FL_JSON_STRING); /* nobody says what is in it */
    for (size_t i = 0; schema != NULL && depth < 4 && i < schema->properties.count && !found; i++) {
        const fl_property *p = &schema->properties.items[i];
        found = has_word(p->name, secrets) || (p->schema != NULL && p->schema->properties.count != 0 && holds_secret(p->schema, depth + 1));
    }
    return found;
}

static bool may_log_in(const fl_operation *operation)
{
    static const char *const places[] = {"login", "signin", "/auth", "oauth", "session", "token", "verify", "2fa", "mfa", NULL};
    bool may = has_word(operation->path, places);
    for (size_t i = 0; i < operation->body.count && !may; i++)
        may = holds_secret(operation->body.items[i].schema, 0);
    return may;
}

fl_str fl_check_unauthorized_unasked(const fl_exchange *exchange);
fl_str fl_check_unauthorized_unasked(const fl_exchange *exchange)
{
    const fl_operation *operation = exchange->operation;
    bool has_body = operation->body.count != 0 || exchange->sent->has_body;
    bool is_asked = operation->security.count != 0 || operation->optional_security.count != 0 || (has_body && may_log_in(operation));
    return exchange->response->status == 401 && exchange->is_contract && !is_asked ? FL_S("401, and the document has no security for it") : (fl_str){0};
}
