/*
 * Who calls: from the configuration, else tokens that the sources hold, else what the API itself hands out to those who
 * log in or register. Read fl_auth_init and fl_auth_harvest; fl_auth_apply puts one into a request.
 */
#include "engine/engine_p.h"

enum { CREDENTIAL_LIMIT = 24, GUESS_LIMIT = 10, TOKEN_DEPTH = 4 };

static void add_credential(fl_engine *engine, fl_credential credential)
{
    if (engine->credentials.count >= CREDENTIAL_LIMIT)
        return;
    for (size_t i = 0; i < engine->credentials.count; i++)
        if (fl_str_eq(engine->credentials.items[i].value, credential.value) && engine->credentials.items[i].in == credential.in)
            return;
    fl_vec_push(engine->arena, &engine->credentials, credential);
}

static bool is_password(fl_str name) { return fl_name_contains(name, "password") || fl_name_contains(name, "passwd"); }

/* ---- configuration ---- */

/** The operation written as "POST /login". */
static bool find_operation(const fl_engine *engine, fl_str text, uint32_t *index)
{
    fl_str method;
    if (!fl_str_split(&text, ' ', &method))
        return false;
    for (size_t i = 0; i < engine->api->operations.count; i++)
        if (fl_str_eq_nocase(engine->api->operations.items[i].method, method) &&
            fl_str_eq(engine->api->operations.items[i].path, fl_str_trim(text))) {
            *index = (uint32_t)i;
            return true;
        }
    return false;
}

static void take(fl_engine *engine, bool is_other, fl_credential credential)
{
    if (is_other)
        fl_vec_push(engine->arena, &engine->others, credential);
    else
        add_credential(engine, credential);
}

static void use_config(fl_engine *engine, const fl_data *auth, bool is_other)
{
    fl_arena *arena = engine->arena;
    const fl_data *fixed = fl_data_get_c(auth, "header");
    if (fixed != NULL && fixed->kind == FL_DATA_MAP)
        for (const fl_data *each = fixed->first; each; each = each->next)
            take(engine, is_other, (fl_credential){.in = FL_IN_HEADER, .name = each->key, .value = fl_data_str(each, FL_S("")), .is_complete = true});
    uint32_t operation;
    if (!find_operation(engine, fl_data_get_str(auth, "operation"), &operation))
        return;
    fl_case login = {.operation = operation, .has_body = true, .content_type = FL_S("application/json")};
    login.path = fl_data_map(arena);
    login.query = fl_data_map(arena);
    login.header = fl_data_map(arena);
    login.cookie = fl_data_map(arena);
    const fl_data *body = fl_data_get_c(auth, "body");
    login.body = body ? fl_data_copy(arena, body) : fl_data_map(arena);
    uint32_t number = fl_engine_add_extra(engine, &login);
    fl_str header = fl_data_get_str(auth, "header"), format = fl_data_get_str(auth, "format");
    fl_str pointer = fl_data_get_str(auth, "token"), reference = fl_reference_text(arena, number, pointer.len ? pointer : FL_S("/token"));
    ptrdiff_t hole = fl_str_find(format, FL_S("${token}"));
    if (hole >= 0)
        reference = fl_str_format(arena, FL_STR_FMT FL_STR_FMT FL_STR_FMT, (int)hole, format.ptr, FL_STR_ARG(reference),
                                  FL_STR_ARG(fl_str_sub(format, (size_t)hole + 8, format.len)));
    take(engine, is_other, (fl_credential){.in = FL_IN_HEADER, .name = header, .value = reference, .is_complete = hole >= 0});
}

static bool wants_basic(const fl_api *api)
{
    for (size_t i = 0; i < api->operations.count; i++)
        for (size_t j = 0; j < api->operations.items[i].security.count; j++) {
            const fl_security *security = &api->operations.items[i].security.items[j];
            if (fl_str_eq_nocase(security->name, FL_S("basic")) || fl_str_eq_nocase(security->format, FL_S("basic")) ||
                fl_str_find(security->scheme, FL_S("asic")) >= 0)
                return true;
        }
    return false;
}

/** Rows of the sources that have a name and a password. */
static void add_basic(fl_engine *engine)
{
    for (size_t i = 0; i < engine->mined.groups.count; i++) {
        fl_str name = {NULL, 0}, password = {NULL, 0};
        for (const fl_data *each = engine->mined.groups.items[i]->first; each; each = each->next) {
            if (fl_name_contains(each->key, "password") || fl_name_eq(each->key, FL_S("pass")))
                password = each->text;
            else if (name.len == 0 && (fl_name_contains(each->key, "user") || fl_name_contains(each->key, "login") ||
                                       fl_name_contains(each->key, "name") || fl_name_contains(each->key, "email")))
                name = each->text;
        }
        if (name.len == 0 || password.len == 0)
            continue;
        fl_str pair = fl_str_format(engine->arena, FL_STR_FMT ":" FL_STR_FMT, FL_STR_ARG(name), FL_STR_ARG(password));
        fl_str value = fl_str_format(engine->arena, "Basic " FL_STR_FMT, FL_STR_ARG(fl_base64(engine->arena, pair)));
        add_credential(engine, (fl_credential){.in = FL_IN_HEADER, .name = FL_S("authorization"), .value = value, .is_complete = true});
    }
}

/** Behind "Bearer", or the word that the sources use in place of it. */
static void add_token(fl_engine *engine, fl_str value, bool is_complete)
{
    add_credential(engine, (fl_credential){.in = FL_IN_IDENTITY, .value = value, .is_complete = is_complete});
    if (!is_complete)
        add_credential(engine, (fl_credential){.in = FL_IN_HEADER, .name = FL_S("authorization"), .value = value, .is_complete = true});
    for (size_t i = 0; i < engine->mined.schemes.count && !is_complete; i++)
        add_credential(engine, (fl_credential){.in = FL_IN_IDENTITY, .is_complete = true,
            .value = fl_str_format(engine->arena, FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(engine->mined.schemes.items[i]), FL_STR_ARG(value))});
}

/** Who was made known to the service before it started: in a header, and where it asks for a name and a password. */
static void use_account(fl_engine *engine)
{
    fl_str name = engine->options->plan.account, password = engine->options->plan.password;
    fl_arena *arena = engine->arena;
    if (name.len == 0 || engine->service == NULL || !fl_service_is_managed(engine->service))
        return;
    fl_data *group = fl_data_map(arena);
    fl_data_set_c(arena, group, "username", fl_data_string(arena, name));
    fl_data_set_c(arena, group, "email", fl_data_string(arena, name));
    fl_data_set_c(arena, group, "password", fl_data_string(arena, password));
    fl_vec_push(arena, &engine->mined.groups, group);
    fl_str pair = fl_base64(arena, fl_str_format(arena, FL_STR_FMT ":" FL_STR_FMT, FL_STR_ARG(name), FL_STR_ARG(password)));
    add_credential(engine, (fl_credential){.in = FL_IN_HEADER, .name = FL_S("authorization"), .is_complete = true,
                                           .value = fl_str_format(arena, "Basic " FL_STR_FMT, FL_STR_ARG(pair))});
}

/** Keys that the code says it knows. */
static void add_known_keys(fl_engine *engine)
{
    for (size_t i = 0; i < engine->api->operations.count; i++)
        for (size_t j = 0; j < engine->api->operations.items[i].security.count; j++) {
            const fl_security *security = &engine->api->operations.items[i].security.items[j];
            fl_location in = fl_str_eq_c(security->in, "query") ? FL_IN_QUERY : fl_str_eq_c(security->in, "cookie") ? FL_IN_COOKIE : FL_IN_HEADER;
            fl_str value = fl_data_str(security->example, FL_S(""));
            if (value.len != 0 && fl_str_eq_c(security->type, "http"))
                add_token(engine, value, fl_str_find_char(value, ' ') >= 0);
            else if (value.len != 0 && security->name.len != 0)
                add_credential(engine, (fl_credential){.in = in, .name = security->name, .value = value, .is_complete = true});
        }
}

/** Is it where the operation asks for one? A key in a header of its own tells another nothing. */
static bool suits(const fl_operation *operation, const fl_credential *credential)
{
    bool is_asked = credential->name.len == 0;
    for (size_t i = 0; i < operation->security.count && !is_asked; i++) {
        const fl_security *security = &operation->security.items[i];
        is_asked = fl_str_eq_nocase(fl_str_eq_c(security->type, "http") ? FL_S("authorization") : security->name, credential->name);
    }
    return is_asked;
}

size_t fl_auth_first(const fl_engine *engine, const fl_operation *operation)
{
    size_t first = engine->good_credential;
    for (size_t i = 0; i < engine->credentials.count && !suits(operation, &engine->credentials.items[first]); i++)
        if (suits(operation, &engine->credentials.items[i]))
            first = i;
    return first;
}

void fl_auth_init(fl_engine *engine)
{
    if (engine->options->auth != NULL)
        use_config(engine, engine->options->auth, false);
    if (engine->options->other_auth != NULL)
        use_config(engine, engine->options->other_auth, true);
    use_account(engine);
    if (wants_basic(engine->api))
        add_basic(engine);
    add_known_keys(engine);
    for (size_t i = 0; i < engine->mined.tokens.count && engine->credentials.count < GUESS_LIMIT; i++) /* room is left for what the API hands out */
        add_token(engine, engine->mined.tokens.items[i], false);
}

/* ---- what the API hands out ---- */

static bool asks_for_password(const fl_schema *schema, unsigned depth)
{
    for (size_t i = 0; schema && depth < 3 && i < schema->properties.count; i++) {
        const fl_property *p = &schema->properties.items[i];
        if (is_password(p->name) || asks_for_password(p->schema, depth + 1))
            return true;
    }
    return false;
}

bool fl_auth_is_login(const fl_engine *engine, uint32_t index)
{
    const fl_operation *operation = &engine->api->operations.items[index];
    if (fl_operation_is_safe(operation) || fl_operation_is_destructive(operation) || fl_str_find_char(operation->path, '{') >= 0)
        return false;
    for (size_t i = 0; i < operation->body.count; i++) {
        if (asks_for_password(operation->body.items[i].schema, 0))
            return true;
    }
    return false;
}

static bool has_security(const fl_api *api)
{
    for (size_t i = 0; i < api->operations.count; i++)
        if (api->operations.items[i].security.count != 0)
            return true;
    return false;
}

/** Whoever registered, or logged in, with a name and a password: the same in a header. It holds once that request was answered. */
static void add_basic_of(fl_engine *engine, uint32_t number, const fl_case *request)
{
    static const char *const names[] = {"username", "login", "email", "user", "name"};
    fl_case sent;
    if (!has_security(engine->api) || !request->has_body || !fl_references_resolve_case(engine->arena, request, fl_engine_resolve, engine, &sent))
        return;
    fl_str name = {NULL, 0}, password = {NULL, 0};
    for (const fl_data *each = sent.body && sent.body->kind == FL_DATA_MAP ? sent.body->first : NULL; each; each = each->next)
        if (each->kind == FL_DATA_STRING && password.len == 0 && is_password(each->key))
            password = each->text;
    for (size_t i = 0; i < FL_COUNT(names) && password.len != 0 && name.len == 0; i++)
        name = fl_data_get_str(sent.body, names[i]);
    if (name.len == 0)
        return;
    fl_str pair = fl_base64(engine->arena, fl_str_format(engine->arena, FL_STR_FMT ":" FL_STR_FMT, FL_STR_ARG(name), FL_STR_ARG(password)));
    add_credential(engine, (fl_credential){.in = FL_IN_HEADER, .name = FL_S("authorization"), .is_complete = true, .is_after = true, .after = number,
                                           .value = fl_str_format(engine->arena, "Basic " FL_STR_FMT, FL_STR_ARG(pair))});
}

static bool is_token_name(fl_str name)
{
    return (fl_name_contains(name, "token") || fl_name_contains(name, "jwt") || fl_name_contains(name, "apikey") ||
            fl_name_eq(name, FL_S("bearer"))) && !fl_name_contains(name, "refresh") && !fl_name_contains(name, "type");
}

static void find_tokens(fl_engine *engine, uint32_t number, const fl_data *value, fl_str pointer, unsigned depth)
{
    for (const fl_data *each = value->kind == FL_DATA_MAP && depth < TOKEN_DEPTH ? value->first : NULL; each; each = each->next) {
        fl_str at = fl_str_format(engine->arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(pointer), FL_STR_ARG(each->key));
        if (each->kind == FL_DATA_STRING && each->text.len >= 6 && is_token_name(each->key)) {
            bool is_complete = fl_str_starts(each->text, FL_S("Bearer "));
            add_token(engine, fl_reference_text(engine->arena, number, at), is_complete);
        }
        find_tokens(engine, number, each, at, depth + 1);
    }
}

void fl_auth_harvest(fl_engine *engine, uint32_t number)
{
    static const char *const names[] = {"sess", "sid", "token", "auth", "jwt", "user", "login"};
    const fl_baseline *from = fl_engine_case(engine, number);
    size_t known = engine->credentials.count;
    if (fl_auth_is_login(engine, from->request.operation))
        add_basic_of(engine, number, &from->request);
    if (from->answer != NULL)
        find_tokens(engine, number, from->answer, (fl_str){NULL, 0}, 0);
    for (const fl_data *cookie = from->cookies ? from->cookies->first : NULL; cookie; cookie = cookie->next) {
        bool is_session = false;
        for (size_t i = 0; i < FL_COUNT(names); i++)
            is_session = is_session || fl_name_contains(cookie->key, names[i]);
        if (is_session && cookie->text.len != 0)
            add_credential(engine, (fl_credential){.in = FL_IN_COOKIE, .name = cookie->key, .is_complete = true,
                .value = fl_reference_text(engine->arena, number, fl_str_format(engine->arena, "cookie=" FL_STR_FMT, FL_STR_ARG(cookie->key)))});
    }
    if (engine->credentials.count > known && !engine->has_harvested) { /* before all that is only guessed */
        engine->has_harvested = true;
        engine->good_credential = known;
    }
}

/* ---- into a request ---- */

static fl_data **map_for(fl_case *request, fl_location in)
{
    return in == FL_IN_QUERY ? &request->query : in == FL_IN_COOKIE ? &request->cookie : &request->header;
}

static void put(fl_engine *engine, fl_case *request, fl_location in, fl_str name, fl_str value)
{
    fl_data **map = map_for(request, in);
    if (*map == NULL)
        *map = fl_data_map(engine->arena);
    for (const fl_data *each = (*map)->first; each; each = each->next)
        if (fl_str_eq_nocase(each->key, name)) {
            name = each->key;
            break;
        }
    fl_data_set(engine->arena, *map, name, fl_data_string(engine->arena, value));
}

/** Does the code say what it compares the header with? Then the request holds that. */
static bool is_compared(const fl_operation *operation, fl_location in, fl_str name)
{
    for (size_t i = 0; i < operation->reach.count; i++) {
        const fl_condition *condition = &operation->reach.items[i];
        fl_str key = condition->at.pointer;
        bool is_it = condition->at.in == in && key.len > 1 && fl_str_eq_nocase(fl_str_sub(key, 1, key.len), name);
        if (is_it && condition->kind == FL_COND_EQUALS)
            return true;
    }
    return false;
}

void fl_auth_apply(fl_engine *engine, size_t index, fl_case *request)
{
    if (index < engine->credentials.count)
        fl_auth_apply_one(engine, &engine->credentials.items[index], request);
}

void fl_auth_apply_one(fl_engine *engine, const fl_credential *credential, fl_case *request)
{
    const fl_operation *operation = &engine->api->operations.items[request->operation];
    if (credential->is_after)
        fl_vec_push(engine->arena, &request->before, credential->after);
    if (credential->in != FL_IN_IDENTITY && credential->name.len != 0) {
        put(engine, request, credential->in, credential->name, credential->value);
        return;
    }
    fl_str bearer = credential->is_complete ? credential->value
                                            : fl_str_format(engine->arena, "Bearer " FL_STR_FMT, FL_STR_ARG(credential->value));
    for (size_t i = 0; i < operation->security.count; i++) {
        const fl_security *security = &operation->security.items[i];
        if (!fl_str_eq_c(security->type, "apiKey") || security->name.len == 0 || fl_str_eq_nocase(security->name, FL_S("authorization")))
            continue;
        fl_location in = fl_str_eq_c(security->in, "query") ? FL_IN_QUERY : fl_str_eq_c(security->in, "cookie") ? FL_IN_COOKIE : FL_IN_HEADER;
        if (!is_compared(operation, in, security->name))
            put(engine, request, in, security->name, credential->value);
        return;
    }
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const fl_parameter *p = &operation->parameters.items[i];
        if ((p->in == FL_IN_HEADER || p->in == FL_IN_QUERY) && is_token_name(p->name)) {
            put(engine, request, p->in, p->name, credential->value);
            return;
        }
    }
    put(engine, request, FL_IN_HEADER, FL_S("authorization"), bearer);
}
