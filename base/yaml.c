/*
 * YAML in: libfyaml's events become the data tree. Events, not its documents: so depth, values and what aliases expand to
 * are bounded while reading (a "billion laughs" file ends after FL_LIMIT_DATA_ALIAS_NODES copies), and no key is
 * compared with every other.
 *
 * Plain scalars mean what YAML 1.2's core schema says ("yes" and "on" are strings), with two cautions where readers
 * disagree: a number with leading zeros, and .inf/.nan, which JSON lacks, stay strings. Merge keys ("<<") of YAML 1.1
 * are followed. A key that stands twice is an error, as the standard has it.
 */
#include "base/data_p.h"

#include <inttypes.h>
#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct anchor {
    fl_str name;
    fl_data *node;
};

/* A list or map that is still open. */
struct frame {
    fl_data *node;
    fl_data_keys keys;
    bool has_key, key_is_merge; /* a map's key was read, its value not yet */
    fl_str key;
    uint32_t key_line;
    FL_VEC(fl_data *) merged;   /* children that came by "<<": explicit keys may replace them */
};

struct reader {
    fl_arena *arena;
    const char *name;
    struct frame frames[FL_LIMIT_DATA_DEPTH];
    unsigned depth;
    FL_VEC(struct anchor) anchors;
    size_t nodes, alias_nodes;
    fl_data *root;
    fl_err *err;
};

/* Lines and columns are 0-based here, 1-based in messages; -1: unknown. */
static fl_status fail(struct reader *reader, fl_status status, int line, int column, const char *what)
{
    if (line < 0)
        return fl_fail(reader->err, status, "'%s': %s", reader->name, what);
    if (column < 0)
        return fl_fail(reader->err, status, "'%s' line %d: %s", reader->name, line + 1, what);
    return fl_fail(reader->err, status, "'%s' line %d, column %d: %s", reader->name, line + 1, column + 1, what);
}

static fl_status fail_at(struct reader *reader, fl_status status, struct fy_token *token, const char *what)
{
    const struct fy_mark *mark = token ? fy_token_start_mark(token) : NULL;
    return fail(reader, status, mark ? mark->line : -1, mark ? mark->column : -1, what);
}

static uint32_t line_of(struct fy_token *token)
{
    const struct fy_mark *mark = token ? fy_token_start_mark(token) : NULL;
    return mark && mark->line > 0 ? (uint32_t)mark->line : 0;
}

/* Borrows until the event is freed. */
static fl_str text_of(struct fy_token *token)
{
    size_t len = 0;
    const char *text = token ? fy_token_get_text(token, &len) : NULL;
    return (fl_str){text, text ? len : 0};
}

/* ---- what a plain scalar means ---- */

/* 0x1F and 0o17 to decimal; false when it is neither or beyond 64 bits. */
static bool based_number(fl_str s, uint64_t *out)
{
    unsigned base = fl_str_starts(s, FL_S("0x")) ? 16 : fl_str_starts(s, FL_S("0o")) ? 8 : 0;
    if (base == 0 || s.len < 3)
        return false;
    uint64_t value = 0;
    for (size_t i = 2; i < s.len; i++) {
        char c = s.ptr[i];
        unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 99;
        if (digit >= base || value > (UINT64_MAX - digit) / base)
            return false;
        value = value * base + digit;
    }
    *out = value;
    return true;
}

/* The JSON spelling of a YAML number ("+1" → "1", ".5" → "0.5", "1." → "1.0"), or empty when s is no number. */
static fl_str number_spelling(fl_arena *arena, fl_str s)
{
    uint64_t value;
    if (based_number(s, &value))
        return fl_str_format(arena, "%" PRIu64, value);
    const char *sign = s.len && s.ptr[0] == '-' ? "-" : "";
    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'))
        s = fl_str_sub(s, 1, s.len);
    size_t point = 0;
    while (point < s.len && s.ptr[point] >= '0' && s.ptr[point] <= '9')
        point++;
    bool has_point = point < s.len && s.ptr[point] == '.';
    size_t fraction = has_point ? point + 1 : point;
    while (fraction < s.len && s.ptr[fraction] >= '0' && s.ptr[fraction] <= '9')
        fraction++;
    if (point == 0 && !(has_point && fraction > 1))
        return (fl_str){0}; /* no digit at all */
    bool is_fraction_empty = has_point && fraction == point + 1;
    fl_str spelled = fl_str_format(arena, "%s%s" FL_STR_FMT "%s" FL_STR_FMT, sign, point == 0 ? "0" : "",
                                   FL_STR_ARG(fl_str_sub(s, 0, fraction)), is_fraction_empty ? "0" : "",
                                   FL_STR_ARG(fl_str_sub(s, fraction, s.len)));
    return fl_json_number_len(spelled) == spelled.len ? spelled : (fl_str){0};
}

static void resolve_plain(struct reader *reader, fl_data *node, fl_str s)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const trues[] = {"true", "True", "TRUE", NULL};
    static const char *const falses[] = {"false", "False", "FALSE", NULL};
    if (fl_str_is_one_of(s, nulls)) {
        node->kind = FL_DATA_NULL;
    } else if (fl_str_is_one_of(s, trues) || fl_str_is_one_of(s, falses)) {
        node->kind = FL_DATA_BOOL;
        node->boolean = fl_str_is_one_of(s, trues);
    } else {
        bool may_be_number = strchr("0123456789+-.", s.ptr[0]) != NULL;
        fl_str number = may_be_number ? number_spelling(reader->arena, s) : (fl_str){0};
        node->kind = number.len ? FL_DATA_NUMBER : FL_DATA_STRING;
        node->text = number.len ? number : fl_str_copy(reader->arena, s);
    }
}

/* ---- placing nodes ---- */

static fl_status count_node(struct reader *reader, struct fy_token *token)
{
    if (++reader->nodes > FL_LIMIT_DATA_NODES)
        return fail_at(reader, FL_E_LIMIT, token, "the YAML document has too many values");
    return FL_OK;
}

/* Copies what an alias stands for. */
static fl_data *expand(struct reader *reader, const fl_data *from, unsigned depth, bool *is_too_big)
{
    if (++reader->alias_nodes > FL_LIMIT_DATA_ALIAS_NODES || depth > FL_LIMIT_DATA_DEPTH)
        *is_too_big = true;
    fl_data *to = fl_data_new(reader->arena, from->kind);
    to->boolean = from->boolean;
    to->text = from->text;
    to->line = from->line;
    for (const fl_data *child = from->first; child && !*is_too_big; child = child->next)
        fl_data_attach(to, child->key, expand(reader, child, depth + 1, is_too_big));
    return to;
}

static fl_status fail_expansion(struct reader *reader, struct fy_token *token)
{
    char what[96];
    snprintf(what, sizeof what, "aliases expand to more than %u values or nest deeper than %u",
             FL_LIMIT_DATA_ALIAS_NODES, FL_LIMIT_DATA_DEPTH);
    return fail_at(reader, FL_E_LIMIT, token, what);
}

static bool was_merged(const struct frame *frame, const fl_data *child)
{
    for (size_t i = 0; i < frame->merged.count; i++)
        if (frame->merged.items[i] == child)
            return true;
    return false;
}

/* Explicit value for a key that a merge brought before: same place, new content. */
static void replace_merged(struct frame *frame, fl_data *old, const fl_data *fresh)
{
    fl_data *next = old->next;
    fl_str key = old->key;
    *old = *fresh;
    old->next = next;
    old->key = key;
    for (size_t i = 0; i < frame->merged.count; i++)
        if (frame->merged.items[i] == old)
            frame->merged.items[i] = NULL;
}

/* "<<": what is not there yet is taken from source, a map or a list of maps. */
static fl_status merge(struct reader *reader, struct frame *frame, const fl_data *source, struct fy_token *token)
{
    if (source->kind == FL_DATA_LIST) {
        for (const fl_data *item = source->first; item; item = item->next) {
            fl_status status = item->kind == FL_DATA_MAP ? merge(reader, frame, item, token)
                                                         : fail_at(reader, FL_E_FORMAT, token, "'<<' merges maps only");
            if (status)
                return status;
        }
        return FL_OK;
    }
    if (source->kind != FL_DATA_MAP)
        return fail_at(reader, FL_E_FORMAT, token, "'<<' merges maps only");
    for (const fl_data *child = source->first; child; child = child->next) {
        if (fl_data_keys_find(&frame->keys, frame->node, child->key))
            continue;
        bool is_too_big = false;
        fl_data *copy = expand(reader, child, reader->depth, &is_too_big);
        if (is_too_big)
            return fail_expansion(reader, token);
        fl_data_attach(frame->node, child->key, copy);
        fl_data_keys_added(&frame->keys, frame->node, copy);
        fl_vec_push(reader->arena, &frame->merged, copy);
    }
    return FL_OK;
}

/* A finished node finds its place in the innermost open list or map, or is the root. */
static fl_status place(struct reader *reader, fl_data *node, struct fy_token *token)
{
    if (reader->depth == 0) {
        reader->root = node;
        return FL_OK;
    }
    struct frame *frame = &reader->frames[reader->depth - 1];
    if (frame->node->kind == FL_DATA_LIST) {
        fl_data_push(frame->node, node);
        return FL_OK;
    }
    FL_ASSERT(frame->has_key);
    frame->has_key = false;
    if (frame->key_is_merge)
        return merge(reader, frame, node, token);
    fl_data *old = fl_data_keys_find(&frame->keys, frame->node, frame->key);
    if (old && was_merged(frame, old)) {
        replace_merged(frame, old, node);
        return FL_OK;
    }
    if (old) {
        char what[200];
        snprintf(what, sizeof what, "the key '%.100s' stands twice (first in line %u)", frame->key.ptr, old->line + 1);
        return fail(reader, FL_E_FORMAT, (int)frame->key_line, -1, what);
    }
    fl_data_attach(frame->node, frame->key, node);
    fl_data_keys_added(&frame->keys, frame->node, node);
    return FL_OK;
}

static bool awaits_key(const struct reader *reader)
{
    const struct frame *frame = reader->depth ? &reader->frames[reader->depth - 1] : NULL;
    return frame && frame->node->kind == FL_DATA_MAP && !frame->has_key;
}

/* ---- events ---- */

static void remember(struct reader *reader, struct fy_token *anchor, fl_data *node)
{
    if (!anchor)
        return;
    struct anchor entry = {fl_str_copy(reader->arena, text_of(anchor)), node};
    fl_vec_push(reader->arena, &reader->anchors, entry);
}

static fl_status on_scalar(struct reader *reader, const struct fy_event_scalar_data *scalar)
{
    fl_str text = text_of(scalar->value);
    bool is_plain = !scalar->value || fy_token_scalar_style(scalar->value) == FYSS_PLAIN;
    fl_status status = count_node(reader, scalar->value);
    if (status)
        return status;
    fl_data *node = fl_data_new(reader->arena, FL_DATA_STRING);
    node->line = line_of(scalar->value);
    bool is_key = awaits_key(reader);
    /* Of tags only "this is a string" matters: !!str, and the bare "!". */
    fl_str tag = text_of(scalar->tag);
    bool is_string = scalar->tag && (fl_str_ends(tag, FL_S(":str")) || fl_str_eq(tag, FL_S("!")));
    if (is_plain && !is_string && !is_key)
        resolve_plain(reader, node, text);
    else
        node->text = fl_str_copy(reader->arena, text);
    remember(reader, scalar->anchor, node);
    if (!is_key)
        return place(reader, node, scalar->value);
    struct frame *frame = &reader->frames[reader->depth - 1];
    frame->has_key = true;
    frame->key = node->text;
    frame->key_line = node->line;
    frame->key_is_merge = is_plain && fl_str_eq(text, FL_S("<<"));
    return FL_OK;
}

static fl_status on_open(struct reader *reader, fl_data_kind kind, struct fy_token *start, struct fy_token *anchor)
{
    fl_status status = count_node(reader, start);
    if (status)
        return status;
    if (awaits_key(reader))
        return fail_at(reader, FL_E_FORMAT, start, "a key must be a scalar");
    if (reader->depth == FL_LIMIT_DATA_DEPTH)
        return fail_at(reader, FL_E_LIMIT, start, "YAML nests too deeply");
    fl_data *node = fl_data_new(reader->arena, kind);
    node->line = line_of(start);
    remember(reader, anchor, node);
    reader->frames[reader->depth++] = (struct frame){.node = node};
    return FL_OK;
}

static fl_status on_close(struct reader *reader)
{
    FL_ASSERT(reader->depth > 0);
    struct frame *frame = &reader->frames[--reader->depth];
    fl_data *node = frame->node;
    fl_data_keys_release(&frame->keys);
    return place(reader, node, NULL);
}

static fl_status on_alias(struct reader *reader, struct fy_token *token)
{
    fl_str name = text_of(token);
    const fl_data *target = NULL;
    for (size_t i = reader->anchors.count; i-- > 0 && !target;)
        if (fl_str_eq(reader->anchors.items[i].name, name))
            target = reader->anchors.items[i].node;
    if (!target)
        return fail_at(reader, FL_E_FORMAT, token, "alias of an anchor that is not there");
    for (unsigned i = 0; i < reader->depth; i++)
        if (reader->frames[i].node == target)
            return fail_at(reader, FL_E_FORMAT, token, "alias of a value that contains the alias");
    if (awaits_key(reader)) {
        if (target->kind == FL_DATA_LIST || target->kind == FL_DATA_MAP)
            return fail_at(reader, FL_E_FORMAT, token, "a key must be a scalar");
        struct frame *frame = &reader->frames[reader->depth - 1];
        frame->has_key = true;
        frame->key_is_merge = false;
        frame->key = target->text; /* empty for null; booleans keep no spelling and are rare as keys */
        frame->key_line = line_of(token);
        return FL_OK;
    }
    bool is_too_big = false;
    fl_data *copy = expand(reader, target, reader->depth, &is_too_big);
    if (is_too_big)
        return fail_expansion(reader, token);
    return place(reader, copy, token);
}

/* The first error libfyaml collected. Its places count from 0; 0:0 without a file means it has none. */
static fl_status fail_syntax(struct reader *reader, struct fy_diag *diag)
{
    void *previous = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &previous);
    if (!error || !error->msg)
        return fail(reader, FL_E_FORMAT, -1, -1, "not YAML");
    return fail(reader, FL_E_FORMAT, error->line, error->column, error->msg);
}

static fl_status read_events(struct reader *reader, struct fy_parser *parser, struct fy_diag *diag)
{
    unsigned documents = 0;
    fl_status status = FL_OK;
    bool is_end = false;
    while (!status && !is_end) {
        struct fy_event *event = fy_parser_parse(parser);
        if (!event) {
            /* NULL is also the plain end of the stream, when its end event was already given out. */
            return fail_syntax(reader, diag);
        }
        switch (event->type) {
        case FYET_DOCUMENT_START:
            if (++documents > 1)
                status = fail_at(reader, FL_E_FORMAT, event->document_start.document_start,
                                 "a second document begins here; one is expected");
            break;
        case FYET_SCALAR:
            status = on_scalar(reader, &event->scalar);
            break;
        case FYET_SEQUENCE_START:
            status = on_open(reader, FL_DATA_LIST, event->sequence_start.sequence_start, event->sequence_start.anchor);
            break;
        case FYET_MAPPING_START:
            status = on_open(reader, FL_DATA_MAP, event->mapping_start.mapping_start, event->mapping_start.anchor);
            break;
        case FYET_SEQUENCE_END:
        case FYET_MAPPING_END:
            status = on_close(reader);
            break;
        case FYET_ALIAS:
            status = on_alias(reader, event->alias.anchor);
            break;
        case FYET_STREAM_END:
            is_end = true;
            break;
        case FYET_NONE:
        case FYET_STREAM_START:
        case FYET_DOCUMENT_END:
            break;
        }
        fy_parser_event_free(parser, event);
    }
    return status;
}

/* What libfyaml would print; errors are collected instead. */
static void swallow(struct fy_diag *diag, void *user, const char *text, size_t len)
{
    (void)diag, (void)user, (void)text, (void)len;
}

fl_status fl_yaml_parse(fl_arena *a, fl_str text, const char *name, fl_data **out, fl_err *err)
{
    *out = NULL;
    size_t bad_byte;
    if (text.len > FL_LIMIT_DATA_BYTES)
        return fl_fail(err, FL_E_LIMIT, "'%s': the YAML text has more than %u bytes", name, FL_LIMIT_DATA_BYTES);
    if (!fl_utf8_valid(text, &bad_byte))
        return fl_fail(err, FL_E_FORMAT, "'%s': not UTF-8 (at byte %zu)", name, bad_byte);
    if (fl_str_find_char(text, '\0') >= 0)
        return fl_fail(err, FL_E_FORMAT, "'%s': a NUL byte in YAML", name);
    if (fl_str_trim(text).len == 0) {
        *out = fl_data_null(a);
        return FL_OK;
    }

    struct reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        fl_no_memory();
    *reader = (struct reader){.arena = a, .name = name, .err = err};
    struct fy_diag_cfg diag_config;
    fy_diag_cfg_default(&diag_config);
    diag_config.fp = NULL;
    diag_config.output_fn = swallow;
    diag_config.colorize = false;
    struct fy_diag *diag = fy_diag_create(&diag_config);
    if (diag)
        fy_diag_set_collect_errors(diag, true);
    struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_DEFAULT_VERSION_AUTO | FYPCF_JSON_NONE,
                                  .diag = diag};
    struct fy_parser *parser = diag ? fy_parser_create(&config) : NULL;
    fl_status status;
    if (!parser || fy_parser_set_string(parser, text.ptr, text.len) != 0)
        status = fl_fail(err, FL_E_LIMIT, "'%s': no memory for a YAML reader", name);
    else
        status = read_events(reader, parser, diag);
    if (!status)
        *out = reader->root ? reader->root : fl_data_null(a);
    for (unsigned i = 0; i < reader->depth; i++)
        fl_data_keys_release(&reader->frames[i].keys);
    if (parser)
        fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    free(reader);
    return status;
}
