/*
 * The matrix: from the valid request of each operation, each of its places changed in turn, the same ones every time; then for each two
 * places a pair of changes, which the seed chooses (not the product of all). Read fl_matrix_run, then `add_site` (which places) and `values_of` (what is put there).
 * Where the code makes sure of a place (fl_checked), one row that it refuses for each reason is sent; when it is refused, the others are left out and told of.
 */
#include "engine/engine_p.h"
#include "engine/plan/payload.h"
#include <math.h>

enum { SITES = 60, CHANGES = 260, PAIRS = 60, DEPTH = 4, LONG_BYTES = 9000, LONG_HEADER = 6000, HANGS = 2, NESTING = 2000 };

typedef struct site { fl_request_pointer at; const fl_schema *schema; } site;
typedef struct change {
    enum { CHANGE_SET, CHANGE_DROP, CHANGE_RAW, CHANGE_TYPE, CHANGE_NO_TYPE, CHANGE_HEADER } kind;
    fl_request_pointer at;
    fl_data *value;
    fl_str text;                           /**< RAW: the body; TYPE: its media type; HEADER: the value */
    fl_str name;                           /**< RAW: its media type, empty: as it was; HEADER: its name */
    bool is_refuted;
} change;
/** What is known of the rows that break one rule at one place. */
typedef struct rule { fl_request_pointer at; fl_skip_rule what; uint16_t status; /* of the one that was sent, when it was refused; 0: it was not */ unsigned rows; } rule;
typedef struct matrix {
    fl_engine *engine;
    fl_arena arena;                        /**< of this operation */
    fl_sampler sampler;
    uint32_t index;
    const fl_case *valid;
    FL_VEC(site) sites;
    FL_VEC(change) changes;
    FL_VEC(rule) rules;
    bool fits;                             /**< the valid request is one that the code says is valid */
    unsigned hangs;
} matrix;

/* ---- places ---- */

static void add_site(matrix *m, fl_location in, fl_str pointer, const fl_schema *schema, unsigned depth);

/** The fields that a client may send. */
static void add_properties(matrix *m, fl_location in, fl_str pointer, const fl_schema *of, unsigned depth)
{
    for (size_t i = 0; i < of->properties.count; i++) {
        const fl_property *p = &of->properties.items[i];
        if (p->schema == NULL || !p->schema->is_read_only)
            add_site(m, in, fl_str_format(&m->arena, FL_STR_FMT "/" FL_STR_FMT, FL_STR_ARG(pointer), FL_STR_ARG(fl_data_pointer_key(&m->arena, p->name))),
                     p->schema, depth + 1);
    }
}

static void add_site(matrix *m, fl_location in, fl_str pointer, const fl_schema *schema, unsigned depth)
{
    if (m->sites.count >= SITES || depth > DEPTH)
        return;
    fl_vec_push(&m->arena, &m->sites, (site){{in, pointer}, schema});
    if (schema != NULL)
        add_properties(m, in, pointer, schema, depth);
    for (size_t i = 0; schema != NULL && i < schema->all_of.count; i++)
        add_properties(m, in, pointer, schema->all_of.items[i], depth);
    if (schema != NULL && schema->items != NULL)
        add_site(m, in, fl_str_format(&m->arena, FL_STR_FMT "/*", FL_STR_ARG(pointer)), schema->items, depth + 1);
}

static void find_sites(matrix *m)
{
    const fl_operation *operation = &m->engine->api->operations.items[m->index];
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const fl_parameter *p = &operation->parameters.items[i];
        if (p->in <= FL_IN_COOKIE && !(p->in == FL_IN_HEADER && fl_header_is_transport(p->name)))
            fl_vec_push(&m->arena, &m->sites, (site){{p->in, fl_str_format(&m->arena, "/" FL_STR_FMT, FL_STR_ARG(fl_data_pointer_key(&m->arena, p->name)))}, p->schema});
    }
    if (m->valid->has_body && m->valid->body != NULL)
        add_site(m, FL_IN_BODY, (fl_str){NULL, 0}, operation->body.count ? operation->body.items[0].schema : NULL, 0);
}

/* ---- values ---- */

static void add(matrix *m, const site *s, fl_data *value)
{
    fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_SET, .at = s->at, .value = value});
}

static void add_text(matrix *m, const site *s, const char *text)
{
    add(m, s, fl_data_string_c(&m->arena, text));
}

static void add_number(matrix *m, const site *s, const char *literal)
{
    add(m, s, fl_data_number_text(&m->arena, fl_str_from(literal)));
}

static void add_integer(matrix *m, const site *s, double number)
{
    if (fabs(number) < 9e15 && number == floor(number))
        add(m, s, fl_data_int(&m->arena, (int64_t)number));
    else
        add(m, s, fl_data_double(&m->arena, number));
}

static void add_length(matrix *m, const site *s, char letter, int64_t length)
{
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_buf_add_repeat(&text, letter, length < 0 ? 0 : length > LONG_BYTES ? LONG_BYTES : (size_t)length);
    add(m, s, fl_data_string(&m->arena, fl_buf_str(&text)));
    fl_buf_release(&text);
}

static void add_items(matrix *m, const site *s, int64_t count)
{
    const fl_strategy strategy = {.all = false};
    fl_data *list = fl_data_list(&m->arena);
    for (int64_t i = 0; i < count && i < 1000; i++)
        fl_data_push(list, s->schema && s->schema->items ? fl_sample_value(&m->sampler, s->schema->items, (fl_str){NULL, 0}, &strategy) : fl_data_int(&m->arena, i));
    add(m, s, list);
}

static void values_of_text(matrix *m, const site *s)
{
    static const char *const odd[] = {
        " ", "null", "undefined", "Z\xcd\xa7\xcc\x91\xcc\x93\xcd\xa4\xcd\x94\x61\xcc\x88\xcc\x88", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80", "a\xe2\x80\x8b" "b",
        "\xe2\x80\xae" "txt.exe", "\xc4\xb0\xef\xac\x81", "a\x07" "b", "\xef\xbc\xbb\xef\xbc\xbd", "\xe3\x85\xa4", "0", "-1", "1e309", "__proto__", "constructor",
    };
    static const char *const injections[] = {
        "' OR '1'='1", "'\"`", "{\"$ne\":null}", "*)(uid=*", FL_PAYLOAD_MARKUP, FL_PAYLOAD_TEMPLATE, FL_PAYLOAD_COMMAND, FL_PAYLOAD_FILE, FL_PAYLOAD_LINE_END, "%00", "%s%n",
    };
    const fl_schema *schema = s->schema;
    if (s->at.in != FL_IN_PATH) /* there it would be another path */
        add_text(m, s, "");
    if (schema != NULL && schema->has_min_length) {
        if (schema->min_length > 1 || s->at.in != FL_IN_PATH)
            add_length(m, s, 'a', schema->min_length - 1);
        add_length(m, s, 'a', schema->min_length);
    }
    if (schema != NULL && schema->has_max_length) {
        add_length(m, s, 'a', schema->max_length);
        add_length(m, s, 'a', schema->max_length + 1);
    }
    if (schema != NULL && (schema->format.len || schema->pattern.len)) {
        add_text(m, s, "no such form");
        add_text(m, s, "2025-13-45");
        add_text(m, s, "2025-02-30");
        add_text(m, s, "user@");
        add_text(m, s, "http://");
    }
    for (size_t i = 0; i < FL_COUNT(odd); i++)
        add_text(m, s, odd[i]);
    for (size_t i = 0; i < FL_COUNT(injections); i++)
        add_text(m, s, injections[i]);
    if (s->at.in == FL_IN_BODY)
        add(m, s, fl_data_string(&m->arena, (fl_str){"a\0b", 3}));
    add_length(m, s, 'a', s->at.in == FL_IN_BODY ? LONG_BYTES : 2000);
}

static void values_of_number(matrix *m, const site *s)
{
    static const char *const extremes[] = {"0", "-1", "1", "2147483648", "-2147483649", "9007199254740993", "18446744073709551616", "1e308", "-1e308", "0.5", "1e-9"};
    static const char *const texts[] = {"NaN", "Infinity", "0x10", "1,5", "007", "1 ", "no number"};
    const fl_schema *schema = s->schema;
    if (schema != NULL && schema->has_minimum) {
        add_integer(m, s, schema->minimum - 1);
        add_integer(m, s, schema->minimum);
    }
    if (schema != NULL && schema->has_maximum) {
        add_integer(m, s, schema->maximum);
        add_integer(m, s, schema->maximum + 1);
    }
    if (schema != NULL && schema->multiple_of > 1)
        add_integer(m, s, schema->multiple_of + 1);
    for (size_t i = 0; i < FL_COUNT(extremes); i++)
        add_number(m, s, extremes[i]);
    for (size_t i = 0; i < FL_COUNT(texts); i++)
        add_text(m, s, texts[i]);
}

static void values_of_enumeration(matrix *m, const site *s)
{
    const fl_data *first = s->schema->enumeration.items[0];
    for (size_t i = 0; i < s->schema->enumeration.count && i < 12; i++)
        add(m, s, fl_data_copy(&m->arena, s->schema->enumeration.items[i]));
    add_text(m, s, "no-such-value");
    if (first->kind == FL_DATA_STRING && first->text.len != 0) {
        fl_str upper = fl_str_upper(&m->arena, first->text);
        add(m, s, fl_data_string(&m->arena, fl_str_eq(upper, first->text) ? fl_str_lower(&m->arena, first->text) : upper));
        add(m, s, fl_data_string(&m->arena, fl_str_format(&m->arena, FL_STR_FMT " ", FL_STR_ARG(first->text))));
    }
}

/** One value of each type; those that the schema wants among them do no harm. */
static void values_of_types(matrix *m, const site *s)
{
    if (s->at.in != FL_IN_BODY) {
        if (s->at.in == FL_IN_QUERY) { /* twice, and as a part */
            fl_data *twice = fl_data_push(fl_data_list(&m->arena), fl_data_string_c(&m->arena, "a")), *list = fl_data_list(&m->arena), *map = fl_data_map(&m->arena);
            fl_data_push(list, fl_data_copy(&m->arena, twice));
            fl_data_push(list, fl_data_string_c(&m->arena, "b"));
            add(m, s, list);
            fl_data_set_c(&m->arena, map, "x", fl_data_string_c(&m->arena, "1"));
            add(m, s, map);
            fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_SET, .at = s->at, .value = fl_data_null(&m->arena)});
        }
        return;
    }
    add(m, s, fl_data_null(&m->arena));
    add_text(m, s, "text");
    add_number(m, s, "5");
    add(m, s, fl_data_bool(&m->arena, true));
    add(m, s, fl_data_list(&m->arena));
    add(m, s, fl_data_map(&m->arena));
    fl_data *nested = fl_data_map(&m->arena);
    fl_data_set_c(&m->arena, nested, "x", fl_data_list(&m->arena));
    add(m, s, nested);
}

static void values_of(matrix *m, const site *s)
{
    unsigned types = s->schema ? s->schema->types : 0;
    if (s->at.in != FL_IN_PATH && s->at.pointer.len != 0 && !fl_str_ends(s->at.pointer, FL_S("/*")))
        fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_DROP, .at = s->at});
    values_of_types(m, s);
    if (s->schema != NULL && s->schema->enumeration.count != 0)
        values_of_enumeration(m, s);
    else if (types & (FL_JSON_INTEGER | FL_JSON_NUMBER))
        values_of_number(m, s);
    else if ((types & FL_JSON_STRING) || (types == 0 && s->at.in != FL_IN_BODY))
        values_of_text(m, s);
    else if (types & FL_JSON_BOOLEAN) {
        add(m, s, fl_data_bool(&m->arena, false));
        add(m, s, fl_data_bool(&m->arena, true));
        add_text(m, s, "maybe");
    } else if (types & FL_JSON_ARRAY) {
        if (s->schema->has_min_items)
            add_items(m, s, s->schema->min_items - 1);
        if (s->schema->has_max_items)
            add_items(m, s, s->schema->max_items + 1);
        add_items(m, s, 200);
    }
    if ((types & FL_JSON_OBJECT) && s->at.in == FL_IN_BODY) {
        fl_request_pointer more = {FL_IN_BODY, fl_str_format(&m->arena, FL_STR_FMT "/faultlineExtra", FL_STR_ARG(s->at.pointer))};
        fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_SET, .at = more, .value = fl_data_int(&m->arena, 1)});
    }
}

static void add_raw(matrix *m, const char *type, const char *body)
{
    fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_RAW, .name = fl_str_from(type), .text = fl_str_from(body)});
}

/** The first rows of each go to operations that take something else, too: what parses by the header alone parses them. */
static void change_form(matrix *m)
{
    static const struct { const char *sort, *type; const char *bodies[7]; } rows[] = {
        {"xml", "application/xml", {"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", "<a></b>", "<a", "<a b=1/>", "\xff<a/>", "<a>&none;</a>",
         "<!DOCTYPE a [<!ENTITY b \"0123456789\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\">]><a>&e;</a>"}},
        {"multipart", "multipart/form-data; boundary=x", {"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1", "--x\r\n\r\n1\r\n--x--\r\n", "--x--\r\n",
         "--y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--y--\r\n", "--x\r\nContent-Disposition: form-data; name=\"__proto__\"; filename=\"../../x\"\r\n\r\n\x01\r\n--x--\r\n", "no part"}},
        {"multipart", "multipart/form-data;", {"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n"}},
        {"urlencoded", "application/x-www-form-urlencoded", {"a[[[[=1&a=%zz", "%", "=&=&&", "__proto__[x]=1", "a=1&a=2&a[b]=3"}},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        bool is_own = fl_str_find(m->valid->content_type, fl_str_from(rows[i].sort)) >= 0;
        for (size_t k = 0; k < FL_COUNT(rows[i].bodies) && rows[i].bodies[k] != NULL && (is_own || k == 0); k++)
            add_raw(m, rows[i].type, rows[i].bodies[k]);
    }
}

/** The valid body itself: cut short, and as XML with entities in the places of its texts. */
static void change_own_form(matrix *m)
{
    static const struct { const char *before, *leaf; } rows[] = {
        {"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "&x;"}, {"", "&none;"}, {"", "<b>"}, {"", "<![CDATA[x]]><!-- x -->"}, {"", "<x:y/>"},
        {"<!DOCTYPE a [<!ENTITY b \"0123456789\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\">]>", "&e;"},
    };
    const fl_operation *operation = &m->engine->api->operations.items[m->index];
    bool is_xml = fl_xml_is(m->valid->content_type), is_json = fl_str_find(m->valid->content_type, FL_S("json")) >= 0;
    fl_http_request sent;
    if (is_json || m->valid->content_type.len == 0 || m->valid->raw_body.ptr != NULL)
        return;
    fl_buf text;
    fl_buf_init(&text, 0);
    for (size_t i = 0; is_xml && i < FL_COUNT(rows); i++) {
        fl_buf_clear(&text);
        fl_buf_add_c(&text, rows[i].before);
        fl_xml_write(&text, fl_xml_root(operation), m->valid->body, rows[i].leaf);
        fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_RAW, .text = fl_str_copy(&m->arena, fl_buf_str(&text))});
    }
    fl_case_render(&m->arena, m->engine->api, m->valid, (fl_str){NULL, 0}, &sent);
    fl_str type = m->valid->content_type;
    for (size_t i = 0; i < sent.headers.count; i++)
        type = fl_str_eq_c(sent.headers.items[i].name, "content-type") ? sent.headers.items[i].value : type;
    if (sent.body.len > 1)
        fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_RAW, .name = type, .text = fl_str_sub(sent.body, 0, sent.body.len / 2)});
    if (is_xml && sent.body.len > 1)
        fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_RAW, .text = fl_str_format(&m->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(sent.body), FL_STR_ARG(sent.body))});
    fl_buf_release(&text);
}

/** Headers that every service gets from somebody. None of them asks for another answer than the usual one, or 4xx. */
static void change_headers(matrix *m)
{
    static const struct { const char *name, *value; } rows[] = {
        {"accept", "x/y"}, {"accept", "application/json;q=2, ;,"}, {"accept-language", "xx-YY;q=nan"}, {"accept-charset", "nonsense"}, {"x-forwarded-for", "127.0.0.1, <x>"},
        {"x-forwarded-host", "example.com"}, {"if-modified-since", "no date"}, {"if-match", "\"x"}, {"origin", "null"}, {"referer", "::"}, {"cookie", "a=%00; =; b"}, {"x-odd", "\xc3\xa9\xe2\x80\x8b"},
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_HEADER, .name = fl_str_from(rows[i].name), .text = fl_str_from(rows[i].value)});
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_buf_add_repeat(&text, 'a', LONG_HEADER);
    fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_HEADER, .name = FL_S("x-long"), .text = fl_str_copy(&m->arena, fl_buf_str(&text))});
    fl_buf_release(&text);
}

/** Bodies as a whole: no JSON, the same key twice, none, of another type. */
static void change_body(matrix *m)
{
    static const char *const raw[] = {"", "{", "[1,", "{\"a\":1,}", "'", "\x01", "\xff\xfe", "nul", "{}}", "<a/>"};
    static const char *const types[] = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "application/octet-stream", "nonsense"};
    const fl_request_pointer body = {FL_IN_BODY, {NULL, 0}};
    fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_DROP, .at = body});
    change_form(m);
    change_own_form(m);
    if (fl_str_find(m->valid->content_type, FL_S("json")) < 0)
        return;
    for (size_t i = 0; i < FL_COUNT(raw); i++)
        fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_RAW, .text = fl_str_from(raw[i])});
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_json_write(&text, m->valid->body, false);
    fl_str whole = fl_str_copy(&m->arena, fl_buf_str(&text));
    if (m->valid->body->kind == FL_DATA_MAP && m->valid->body->first != NULL) {
        fl_buf_clear(&text);
        fl_buf_add_char(&text, '{');
        fl_json_write_string(&text, m->valid->body->first->key);
        fl_buf_format(&text, ":null," FL_STR_FMT, FL_STR_ARG(fl_str_sub(whole, 1, whole.len)));
        fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_RAW, .text = fl_str_copy(&m->arena, fl_buf_str(&text))});
    }
    fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_RAW, .text = fl_str_sub(whole, 0, whole.len - (whole.len > 1))});
    fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_RAW, .text = fl_str_format(&m->arena, FL_STR_FMT "x", FL_STR_ARG(whole))});
    fl_buf_clear(&text);
    fl_buf_add_repeat(&text, '[', NESTING);
    fl_buf_add_repeat(&text, ']', NESTING);
    fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_RAW, .text = fl_str_copy(&m->arena, fl_buf_str(&text))});
    fl_buf_release(&text);
    for (size_t i = 0; i < FL_COUNT(types); i++)
        fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_TYPE, .text = fl_str_from(types[i])});
    fl_vec_push(&m->arena, &m->changes, (change){.kind = CHANGE_NO_TYPE});
}

/* ---- sending ---- */

static bool apply(matrix *m, const change *c, fl_case *request)
{
    switch (c->kind) {
    case CHANGE_SET: return fl_case_set(&m->sampler, request, &c->at, fl_data_copy(&m->arena, c->value));
    case CHANGE_DROP: return fl_case_drop(&m->sampler, request, &c->at);
    case CHANGE_RAW:
        request->raw_body = c->text;
        request->has_body = true;
        if (c->name.len)
            request->content_type = c->name;
        return true;
    case CHANGE_HEADER:
        if (request->header == NULL)
            request->header = fl_data_map(&m->arena);
        if (fl_data_get(request->header, c->name) != NULL) /* who calls, or what must be there */
            return false;
        fl_data_set(&m->arena, request->header, c->name, fl_data_string(&m->arena, c->text));
        return true;
    case CHANGE_TYPE: { /* the same bytes, said to be something else */
        fl_buf text;
        fl_buf_init(&text, 0);
        fl_json_write(&text, request->body, false);
        request->raw_body = fl_str_copy(&m->arena, fl_buf_str(&text));
        fl_buf_release(&text);
        request->content_type = c->text;
        return true;
    }
    case CHANGE_NO_TYPE: request->type_header = FL_TYPE_NONE; return true;
    }
    return false;
}

/* ---- what the code refutes ---- */

/** Does the document that the code makes forbid the request? */
static bool is_forbidden(matrix *m, const fl_case *request)
{
    fl_case resolved;
    fl_location in;
    bool is_sure;
    return fl_references_resolve_case(&m->arena, request, fl_engine_resolve, m->engine, &resolved) &&
           fl_request_violation(&m->arena, &m->engine->api->operations.items[m->index], &resolved, &in, &is_sure).len != 0;
}

/** What the code makes sure of there: types, or (0) all that the schema says. */
static bool find_checked(const matrix *m, const fl_request_pointer *at, unsigned *types)
{
    const fl_operation *operation = &m->engine->api->operations.items[m->index];
    for (size_t i = 0; i < operation->checked.count; i++) {
        const fl_checked *one = &operation->checked.items[i];
        bool is_same = fl_str_eq(one->at.pointer, at->pointer), is_below = !is_same && fl_str_starts(at->pointer, one->at.pointer) && at->pointer.ptr[one->at.pointer.len] == '/';
        if (one->at.in != at->in || !(is_same || (one->types == 0 && (is_below || one->at.pointer.len == 0))))
            continue;
        *types = one->types;
        return true;
    }
    return false;
}

/** The rule that the row breaks and the code enforces; NULL: none is known. */
static rule *rule_of(matrix *m, const change *c, const fl_case *request)
{
    unsigned types = 0, type = c->kind == CHANGE_SET ? fl_plan_type_of(c->value) : 0;
    fl_skip_rule what;
    if (!m->fits || c->kind != CHANGE_SET || !find_checked(m, &c->at, &types))
        return NULL;
    if (types == 0) {
        const fl_schema *schema = fl_schema_at(&m->engine->api->operations.items[m->index], &c->at);
        if (!is_forbidden(m, request))
            return NULL;
        what = c->at.in != FL_IN_BODY ? FL_SKIP_VALUE : type == FL_JSON_NULL ? FL_SKIP_NULL : schema != NULL && schema->types != 0 && !(schema->types & type) ? FL_SKIP_TYPE : FL_SKIP_VALUE;
    } else if (c->at.in != FL_IN_BODY || (types & type)) {
        return NULL;
    } else {
        what = type == FL_JSON_NULL ? FL_SKIP_NULL : FL_SKIP_TYPE;
    }
    for (size_t i = 0; i < m->rules.count; i++)
        if (m->rules.items[i].what == what && m->rules.items[i].at.in == c->at.in && fl_str_eq(m->rules.items[i].at.pointer, c->at.pointer))
            return &m->rules.items[i];
    fl_vec_push(&m->arena, &m->rules, (rule){.at = c->at, .what = what, .status = UINT16_MAX});
    return &m->rules.items[m->rules.count - 1];
}

/** Of what was sent (not of who sends it, or of what is not there), and cleanly: what says more than no is looked at in each row. */
static bool is_refusal(const fl_observation *seen)
{
    for (size_t i = 0; i < seen->findings.count; i++) {
        const fl_check *check = fl_check_by_id(fl_str_from(seen->findings.items[i].check));
        if (check != NULL && fl_str_eq_c(FL_S("error"), check->level))
            return false;
    }
    return seen->was_sent && seen->failure == NULL && seen->response.outcome == FL_HTTP_OK && (seen->response.status == 400 || seen->response.status == 422);
}

static void tell_skips(const matrix *m)
{
    fl_run *run = m->engine->run;
    for (size_t i = 0; i < m->rules.count; i++) {
        const rule *one = &m->rules.items[i];
        const fl_request_pointer at = {one->at.in, fl_str_copy(m->engine->arena, one->at.pointer)};
        if (one->rows != 0)
            fl_vec_push(m->engine->arena, &run->skips, (fl_skip){m->index, at, one->what, one->status, one->rows});
    }
}

const char *fl_skip_rule_text(fl_skip_rule what)
{
    static const char *const texts[] = {"null", "type", "value"};
    return texts[what];
}

/** false: it was one request too many. */
static bool try_changes(matrix *m, change *first, change *second)
{
    fl_engine *engine = m->engine;
    fl_case request = fl_case_copy(&m->arena, m->valid);
    if (!apply(m, first, &request) || (second != NULL && !apply(m, second, &request)))
        return true;
    rule *broken = second == NULL ? rule_of(m, first, &request) : NULL;
    if (broken != NULL && broken->status != 0 && broken->status != UINT16_MAX) {
        broken->rows++;
        first->is_refuted = true;
        return true;
    }
    fl_arena arena;
    fl_arena_init(&arena);
    fl_observation seen;
    fl_engine_send(engine, &arena, &request, false, &seen);
    if (seen.failure != NULL)
        (void)fl_fault_record(engine, &request, &seen, 0);
    if (broken != NULL && broken->status == UINT16_MAX)
        broken->status = is_refusal(&seen) ? seen.response.status : 0;
    m->hangs += seen.response.outcome == FL_HTTP_TIMEOUT;
    fl_arena_release(&arena);
    return m->hangs < HANGS && fl_engine_may_send(engine, &engine->api->operations.items[m->index]);
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/** Of the changes of one place, which stand together, one that the seed chooses. */
typedef struct range { size_t first, count; } range;

static change *any_of(const matrix *m, const range *of, uint64_t *state)
{
    size_t at = next_random(state) % of->count, passed = 0;
    while (passed++ < of->count && m->changes.items[of->first + at].is_refuted)
        at = (at + 1) % of->count; /* beside it nothing else would be looked at */
    return &m->changes.items[of->first + at];
}

/** Each two places once, or as many as may be, evenly spread. */
static void send_pairs(matrix *m)
{
    uint64_t state = (m->engine->options->seed + 1) * 0x9E3779B97F4A7C15u + m->index;
    FL_VEC(range) places = {0};
    for (size_t i = 0; i < m->changes.count; i++) {
        const change *c = &m->changes.items[i];
        if (c->kind > CHANGE_DROP || c->at.pointer.len == 0)
            continue;
        range *last = places.count ? &places.items[places.count - 1] : NULL;
        const change *before = last ? &m->changes.items[last->first] : NULL;
        bool is_same = before != NULL && last->first + last->count == i && before->at.in == c->at.in && fl_str_eq(before->at.pointer, c->at.pointer);
        if (is_same)
            last->count++;
        else
            fl_vec_push(&m->arena, &places, (range){i, 1});
    }
    size_t all = (size_t)places.count * (places.count ? places.count - 1 : 0) / 2, step = all > PAIRS ? (all + PAIRS - 1) / PAIRS : 1, number = 0;
    bool goes_on = true;
    for (size_t a = 0; a < places.count && goes_on; a++)
        for (size_t b = a + 1; b < places.count && goes_on; b++)
            if (number++ % step == 0) {
                change *first = any_of(m, &places.items[a], &state), *second = any_of(m, &places.items[b], &state);
                goes_on = try_changes(m, first, second);
            }
}

/** Evenly spread over all of them when there are too many, so that no place goes without. */
static void send_all(matrix *m)
{
    unsigned limit = m->engine->options->limit_requests ? m->engine->options->limit_requests : FL_LIMIT_CASES;
    size_t share = limit / 3 * 2 / m->engine->api->operations.count, most = share < CHANGES ? share + 1 : CHANGES;
    size_t count = m->changes.count, step = count > most ? (count + most - 1) / most : 1;
    bool goes_on = true;
    for (size_t i = 0; i < count && goes_on; i += step)
        goes_on = try_changes(m, &m->changes.items[i], NULL);
    if (goes_on)
        send_pairs(m);
}

static void run_operation(fl_engine *engine, uint32_t index)
{
    matrix m = {.engine = engine, .index = index, .valid = &engine->run->baselines.items[index].request};
    if (!engine->run->baselines.items[index].is_ok || !fl_engine_is_fresh(engine, index))
        return;
    fl_arena_init(&m.arena);
    m.sampler = engine->sampler;
    m.sampler.arena = &m.arena;
    find_sites(&m);
    if (m.valid->has_body && m.valid->body != NULL)
        change_body(&m);
    for (size_t i = 0; i < m.sites.count; i++)
        values_of(&m, &m.sites.items[i]);
    change_headers(&m);
    m.fits = m.engine->api->operations.items[index].checked.count != 0 && !is_forbidden(&m, m.valid);
    send_all(&m);
    tell_skips(&m);
    fl_arena_release(&m.arena);
}

void fl_matrix_run(fl_engine *engine)
{
    size_t count = engine->api->operations.count;
    uint32_t *order = FL_NEW_ARRAY(engine->arena, uint32_t, count + 1);
    fl_baseline_order(engine, engine->arena, order);
    for (size_t i = 0; i < count; i++) {
        if (!engine->options->is_quiet)
            fl_progress("matrix", i, count);
        if (!fl_phase_unit(engine, 0, order[i]))
            continue;
        run_operation(engine, order[i]);
        fl_phase_unit_done(engine, 0, order[i]);
    }
}
