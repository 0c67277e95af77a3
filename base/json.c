/*
 * JSON in (strict scan, then cJSON, then the data tree) and out. json_scan.c comes first in reading order.
 * The text cJSON gets has no error left and no number or NUL it could lose; see there.
 */
#include "base/data_p.h"

#include <cjson/cJSON.h>
#include <string.h>

/* ---- in ---- */

struct build {
    fl_arena *arena;
    const fl_json_scan *scan;
    size_t next_number;
};

static fl_str take_string(struct build *build, const char *c_string)
{
    char *copy = fl_str_c(build->arena, fl_str_from(c_string));
    size_t len = strlen(copy);
    if (build->scan->has_nul) {
        char *to = copy;
        for (const char *from = copy; *from;) {
            if (strncmp(from, build->scan->nul_stand_in, 3) == 0)
                *to++ = '\0', from += 3;
            else
                *to++ = *from++;
        }
        *to = '\0';
        len = (size_t)(to - copy);
    }
    return (fl_str){copy, len};
}

static fl_data *build_node(struct build *build, const cJSON *from);

/* Of equal keys the last value counts, at the place of the first: what JSON.parse does. */
static void build_children(struct build *build, const cJSON *from, fl_data *to)
{
    fl_data_keys keys = {0};
    for (const cJSON *child = from->child; child; child = child->next) {
        if (to->kind == FL_DATA_LIST) {
            fl_data_push(to, build_node(build, child));
            continue;
        }
        fl_str key = take_string(build, child->string);
        fl_data *node = build_node(build, child), *old = fl_data_keys_find(&keys, to, key);
        if (old) {
            node->key = old->key;
            node->next = old->next;
            *old = *node;
        } else {
            fl_data_attach(to, key, node);
            fl_data_keys_added(&keys, to, node);
        }
    }
    fl_data_keys_release(&keys);
}

static fl_data *build_node(struct build *build, const cJSON *from)
{
    fl_data *node = fl_data_new(build->arena, FL_DATA_NULL);
    if (cJSON_IsBool(from)) {
        node->kind = FL_DATA_BOOL;
        node->boolean = cJSON_IsTrue(from);
    } else if (cJSON_IsNumber(from)) {
        node->kind = FL_DATA_NUMBER;
        node->text = fl_str_copy(build->arena, build->scan->numbers.items[build->next_number++]);
    } else if (cJSON_IsString(from)) {
        node->kind = FL_DATA_STRING;
        node->text = take_string(build, from->valuestring);
    } else if (cJSON_IsArray(from) || cJSON_IsObject(from)) {
        node->kind = cJSON_IsArray(from) ? FL_DATA_LIST : FL_DATA_MAP;
        build_children(build, from, node);
    }
    return node;
}

fl_status fl_json_parse(fl_arena *a, fl_str text, fl_data **out, fl_err *err)
{
    *out = NULL;
    fl_arena scratch;
    fl_arena_init(&scratch);
    fl_json_scan scan;
    fl_status status = fl_json_scan_text(&scratch, text, &scan, err);
    if (!status) {
        cJSON *root = cJSON_ParseWithLengthOpts(scan.masked, text.len + 1, NULL, 1);
        if (root) {
            struct build build = {.arena = a, .scan = &scan};
            *out = build_node(&build, root);
            FL_ASSERT(build.next_number == scan.numbers.count);
            cJSON_Delete(root);
        } else {
            status = fl_fail(err, FL_E_LIMIT, "the JSON text is too much for the memory there is");
        }
    }
    fl_arena_release(&scratch);
    return status;
}

/* ---- out ---- */

static void write_valid(fl_buf *out, fl_str s)
{
    size_t plain_from = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F)
            continue;
        fl_buf_add(out, fl_str_sub(s, plain_from, i));
        plain_from = i + 1;
        const char *at = strchr("\"\"\\\\\bb\ff\nn\rr\tt", c);
        if (c && at)
            fl_buf_add(out, (fl_str){(const char[]){'\\', at[1]}, 2});
        else
            fl_buf_format(out, "\\u%04x", c);
    }
    fl_buf_add(out, fl_str_sub(s, plain_from, s.len));
}

/* What is not UTF-8 becomes U+FFFD byte by byte: whoever reads our JSON gets JSON. */
void fl_json_write_string(fl_buf *out, fl_str s)
{
    size_t bad_byte;
    fl_buf_add_char(out, '"');
    while (!fl_utf8_valid(s, &bad_byte)) {
        write_valid(out, fl_str_sub(s, 0, bad_byte));
        fl_buf_add_c(out, "\\ufffd");
        s = fl_str_sub(s, bad_byte + 1, s.len);
    }
    write_valid(out, s);
    fl_buf_add_char(out, '"');
}

static void new_line(fl_buf *out, bool pretty, unsigned depth)
{
    if (pretty) {
        fl_buf_add_char(out, '\n');
        fl_buf_add_repeat(out, ' ', (size_t)depth * 2);
    }
}

static void write_node(fl_buf *out, const fl_data *node, bool pretty, unsigned depth)
{
    switch (node ? node->kind : FL_DATA_NULL) {
    case FL_DATA_NULL:
        fl_buf_add_c(out, "null");
        return;
    case FL_DATA_BOOL:
        fl_buf_add_c(out, node->boolean ? "true" : "false");
        return;
    case FL_DATA_NUMBER:
        fl_buf_add(out, node->text);
        return;
    case FL_DATA_STRING:
        fl_json_write_string(out, node->text);
        return;
    case FL_DATA_LIST:
    case FL_DATA_MAP:
        break;
    }
    if (node->late) {
        fl_arena arena;
        fl_arena_init(&arena);
        write_node(out, fl_data_made(node, &arena), pretty, depth);
        fl_arena_release(&arena);
        return;
    }
    bool is_map = node->kind == FL_DATA_MAP;
    fl_buf_add_char(out, is_map ? '{' : '[');
    for (const fl_data *child = node->first; child; child = child->next) {
        new_line(out, pretty, depth + 1);
        if (is_map) {
            fl_json_write_string(out, child->key);
            fl_buf_add_c(out, pretty ? ": " : ":");
        }
        write_node(out, child, pretty, depth + 1);
        if (child->next)
            fl_buf_add_char(out, ',');
    }
    if (node->first)
        new_line(out, pretty, depth);
    fl_buf_add_char(out, is_map ? '}' : ']');
}

void fl_json_write(fl_buf *out, const fl_data *node, bool pretty)
{
    write_node(out, node, pretty, 0);
}
