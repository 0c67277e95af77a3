/*
 * What the analysis knows of each operation, as lines of text: the golden format of --dump-facts.
 *
 *     POST /orders app.js:5 known
 *       handler create app.js:5
 *       body /customer/email string required minLength=1 app.js:7
 *       answers 400 application/json from handler app.js:9
 *       weak missing-field known app.js:12 body /gift
 *         when body /type equals "gift"
 *         when body /gift absent
 *         because app.js:12 `gift` may be undefined
 *       refuses any by responding, seen 2, app.js:9: return res.status(${status}).json({ error: ${message} })
 *
 * Read fl_api_dump_facts first. Operations come in the order of the model: by path, then method. The lines below one come
 * in the order of the request and the answer. A schema's own keywords are those of the OpenAPI document, in its order.
 */
#include "extractor/api/schema_p.h"

typedef struct facts { fl_buf *out; const fl_api *api; fl_arena *arena; } facts;

static void add_place(const facts *f, fl_span span)
{
    fl_buf_add_char(f->out, ' ');
    fl_api_add_place(f->out, f->api, span);
}

static void add_pointer(const facts *f, const char *in, fl_str pointer)
{
    fl_buf_add_c(f->out, in);
    if (pointer.len > 0)
        fl_buf_format(f->out, " " FL_STR_FMT, FL_STR_ARG(pointer));
}

/* One statement on one line: texts of the source may hold line ends. */
static void add_text(const facts *f, fl_str text)
{
    for (size_t i = 0; i < text.len; i++)
        fl_buf_add_char(f->out, text.ptr[i] == '\n' || text.ptr[i] == '\r' ? ' ' : text.ptr[i]);
}

/* ---- places of the request ---- */

/* Keywords of this node alone: what is below it has lines of its own. */
static void add_keywords(const facts *f, const fl_schema *schema)
{
    fl_schema own = *schema;
    own.types = 0;
    own.properties.count = own.any_of.count = own.all_of.count = 0;
    own.items = NULL;
    const fl_data *words = fl_schema_to_data(f->arena, &own, false, NULL);
    for (const fl_data *word = words->first; word != NULL; word = word->next) {
        fl_buf_format(f->out, " " FL_STR_FMT "=", FL_STR_ARG(word->key));
        fl_json_write(f->out, word, false);
    }
}

typedef struct place { const char *in; fl_str pointer; const char *need; bool has_source; fl_span source; } place;

static void add_schema(const facts *f, const place *at, const fl_schema *schema, unsigned depth);

static void add_alternatives(const facts *f, const place *at, const char *word, fl_schema *const *items, size_t count, unsigned depth)
{
    for (size_t i = 0; i < count; i++) {
        place part = {.in = at->in, .pointer = at->pointer,
                      .need = fl_str_c(f->arena, fl_str_format(f->arena, "(%s, %zu of %zu)", word, i + 1, count))};
        add_schema(f, &part, items[i], depth + 1);
    }
}

static void add_schema(const facts *f, const place *at, const fl_schema *schema, unsigned depth)
{
    if (schema == NULL || depth > FL_LIMIT_FACT_DEPTH)
        return;
    fl_buf_add_c(f->out, "  ");
    add_pointer(f, at->in, at->pointer);
    fl_buf_add_char(f->out, ' ');
    fl_schema_add_types(f->out, schema->types);
    if (schema->name.len > 0)
        fl_buf_format(f->out, " " FL_STR_FMT, FL_STR_ARG(schema->name));
    fl_buf_format(f->out, " %s", at->need);
    add_keywords(f, schema);
    if (at->has_source)
        add_place(f, at->source);
    fl_buf_add_char(f->out, '\n');
    for (size_t i = 0; i < schema->properties.count; i++) {
        const fl_property *p = &schema->properties.items[i];
        place below = {at->in, fl_pointer_to(f->arena, at->pointer, p->name), p->is_required ? "required" : "optional", p->has_source, p->source};
        add_schema(f, &below, p->schema, depth + 1);
    }
    if (schema->items != NULL) {
        place element = {.in = at->in, .pointer = fl_pointer_to(f->arena, at->pointer, FL_S("*")), .need = "element"};
        add_schema(f, &element, schema->items, depth + 1);
    }
    add_alternatives(f, at, "any", schema->any_of.items, schema->any_of.count, depth);
    add_alternatives(f, at, "all", schema->all_of.items, schema->all_of.count, depth);
}

static void add_request(const facts *f, const fl_operation *op)
{
    for (size_t i = 0; i < op->parameters.count; i++) {
        const fl_parameter *p = &op->parameters.items[i];
        place at = {fl_location_text(p->in), p->name, p->is_required ? "required" : "optional", true, p->source};
        static fl_schema unknown;
        add_schema(f, &at, p->schema != NULL ? p->schema : &unknown, 0);
    }
    for (size_t i = 0; i < op->body.count; i++) {
        const fl_media *media = &op->body.items[i];
        fl_buf_format(f->out, "  takes " FL_STR_FMT " %s", FL_STR_ARG(media->type), op->body_is_required ? "required" : "optional");
        add_place(f, op->body_source);
        fl_buf_add_char(f->out, '\n');
        place at = {.in = "body", .need = op->body_is_required ? "required" : "optional"};
        add_schema(f, &at, media->schema, 0);
    }
    for (size_t i = 0; i < op->security.count; i++) {
        const fl_security *s = &op->security.items[i];
        fl_buf_format(f->out, "  security " FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(s->scheme), FL_STR_ARG(s->type));
        const fl_str words[] = {s->in, s->name, s->format};
        for (size_t k = 0; k < FL_COUNT(words); k++)
            if (words[k].len > 0)
                fl_buf_format(f->out, " " FL_STR_FMT, FL_STR_ARG(words[k]));
        fl_buf_add_char(f->out, '\n');
    }
}

/* ---- answers, weak spots, refusals ---- */

static void add_answers(const facts *f, const fl_operation *op)
{
    for (size_t i = 0; i < op->responses.count; i++) {
        const fl_response *r = &op->responses.items[i];
        if (r->status == 0)
            fl_buf_add_c(f->out, "  answers default");
        else
            fl_buf_format(f->out, "  answers %u", r->status);
        for (size_t k = 0; k < r->content.count; k++) {
            fl_buf_format(f->out, " " FL_STR_FMT, FL_STR_ARG(r->content.items[k].type));
            const fl_schema *schema = r->content.items[k].schema;
            if (schema != NULL && schema->types != 0) {
                fl_buf_add_char(f->out, ' ');
                fl_schema_add_types(f->out, schema->types);
            }
        }
        for (size_t k = 0; k < r->headers.count; k++)
            fl_buf_format(f->out, " +" FL_STR_FMT, FL_STR_ARG(r->headers.items[k].name));
        fl_buf_add_c(f->out, r->is_from_error_handler ? " from error handler" : " from handler");
        add_place(f, r->source);
        fl_buf_add_char(f->out, '\n');
    }
}

static void add_condition(const facts *f, const char *head, const fl_condition *c)
{
    fl_buf_add_c(f->out, head);
    add_pointer(f, fl_location_text(c->at.in), c->at.pointer);
    fl_buf_format(f->out, " %s", fl_condition_text((int)c->kind));
    if (c->kind == FL_COND_TYPE || c->kind == FL_COND_NOT_TYPE) {
        fl_buf_add_char(f->out, ' ');
        fl_schema_add_types(f->out, c->types);
    } else if (c->value != NULL) {
        fl_buf_add_char(f->out, ' ');
        fl_json_write(f->out, c->value, false);
    }
    fl_buf_add_char(f->out, '\n');
}

static void add_weak_spot(const facts *f, const fl_weak_spot *spot)
{
    fl_buf_format(f->out, "  weak %s %s", fl_weak_spot_infos[spot->kind].id, spot->certainty == FL_CERTAIN ? "known" : "possible");
    add_place(f, spot->span);
    fl_buf_add_char(f->out, ' ');
    add_pointer(f, fl_location_text(spot->pointer.in), spot->pointer.pointer);
    fl_buf_add_char(f->out, '\n');
    for (size_t i = 0; i < spot->conditions.count; i++)
        add_condition(f, "    when ", &spot->conditions.items[i]);
    for (const fl_because *because = spot->because; because != NULL; because = because->next) {
        fl_buf_add_c(f->out, "    because");
        add_place(f, because->span);
        fl_buf_add_char(f->out, ' ');
        add_text(f, because->text);
        fl_buf_add_char(f->out, '\n');
    }
}

/* Of the file where the handler proper stands: there the fixer looks first. */
static void add_refusals(const facts *f, const fl_operation *op)
{
    static const char *const hows[] = {[FL_REFUSE_RESPOND] = "by responding", [FL_REFUSE_THROW] = "by throwing", [FL_REFUSE_NEXT] = "by handing on"};
    if (op->handlers.count == 0)
        return;
    uint32_t file = op->handlers.items[op->handlers.count - 1].span.file;
    for (size_t i = 0; i < f->api->refusals.count; i++) {
        const fl_refusal *r = &f->api->refusals.items[i];
        if (r->file != file || r->file == UINT32_MAX)
            continue;
        if (r->status == 0)
            fl_buf_add_c(f->out, "  refuses any");
        else
            fl_buf_format(f->out, "  refuses %u", r->status);
        fl_buf_format(f->out, " %s, seen %u,", hows[r->how], r->seen_count);
        add_place(f, r->sample);
        fl_buf_add_c(f->out, ": ");
        add_text(f, r->text);
        fl_buf_add_char(f->out, '\n');
    }
}

static void add_operation(const facts *f, const fl_operation *op)
{
    fl_buf_format(f->out, FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(op->method), FL_STR_ARG(op->path));
    add_place(f, op->registration);
    fl_buf_add_c(f->out, op->certainty == FL_CERTAIN ? " known" : " possible");
    if (op->certainty == FL_POSSIBLE)
        fl_buf_format(f->out, ": " FL_STR_FMT, FL_STR_ARG(op->doubt));
    fl_buf_add_c(f->out, op->is_truncated ? " (a bound was reached)\n" : "\n");
    for (size_t i = 0; i < op->handlers.count; i++) {
        const fl_handler *handler = &op->handlers.items[i];
        fl_buf_format(f->out, "  handler " FL_STR_FMT, FL_STR_ARG(handler->name.len > 0 ? handler->name : FL_S("-")));
        add_place(f, handler->span);
        fl_buf_add_char(f->out, '\n');
    }
    add_request(f, op);
    for (size_t i = 0; i < op->reach.count; i++)
        add_condition(f, "  succeeds when ", &op->reach.items[i]);
    for (size_t i = 0; i < op->checked.count; i++) {
        fl_buf_format(f->out, "  makes sure of %s " FL_STR_FMT ":", fl_location_text(op->checked.items[i].at.in), FL_STR_ARG(op->checked.items[i].at.pointer));
        fl_schema_add_types(f->out, op->checked.items[i].types);
        fl_buf_add_c(f->out, op->checked.items[i].types ? "\n" : " schema\n");
    }
    add_answers(f, op);
    for (size_t i = 0; i < op->weak_spots.count; i++)
        add_weak_spot(f, &f->api->weak_spots.items[op->weak_spots.items[i] - 1]);
    add_refusals(f, op);
}

void fl_api_dump_facts(const fl_api *api, fl_buf *out)
{
    fl_arena arena;
    fl_arena_init(&arena);
    facts f = {out, api, &arena};
    for (size_t i = 0; i < api->operations.count; i++)
        add_operation(&f, &api->operations.items[i]);
    fl_arena_release(&arena);
}
