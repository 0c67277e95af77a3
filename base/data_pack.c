/*
 * The data tree as bytes that are read faster than any text: what a program would otherwise parse at each of its starts is packed when it is
 * built. A node is its kind, with what stands for it: line, key inside a map, text, children. Numbers are 7 bits a byte, the lowest first;
 * strings have their length before them and a NUL behind. Nothing is trusted while it is read.
 */
#include "base/data_p.h"

enum { KIND_BITS = 7, IS_TRUE = 8, HAS_KEY = 16 };

/* ---- writing ---- */

static void put_number(fl_buf *out, uint64_t n)
{
    for (; n >= 128; n >>= 7)
        fl_buf_add_char(out, (char)(unsigned char)(n | 128));
    fl_buf_add_char(out, (char)n);
}

static void put_string(fl_buf *out, fl_str s)
{
    put_number(out, s.len);
    fl_buf_add(out, s);
    fl_buf_add_char(out, '\0');
}

static void put_node(fl_buf *out, const fl_data *node, bool has_key)
{
    fl_buf_add_char(out, (char)((unsigned)node->kind | (node->boolean ? IS_TRUE : 0u) | (has_key ? HAS_KEY : 0u)));
    put_number(out, node->line);
    if (has_key)
        put_string(out, node->key);
    if (node->kind == FL_DATA_STRING || node->kind == FL_DATA_NUMBER)
        put_string(out, node->text);
    if (node->kind != FL_DATA_LIST && node->kind != FL_DATA_MAP)
        return;
    put_number(out, node->count);
    for (const fl_data *child = node->first; child; child = child->next)
        put_node(out, child, node->kind == FL_DATA_MAP);
}

void fl_data_pack(fl_buf *out, const fl_data *node)
{
    put_node(out, node, false);
}

/* ---- reading ---- */

struct reader { fl_arena *arena; fl_str rest; bool is_bad; };

static uint64_t take_number(struct reader *r)
{
    uint64_t n = 0;
    for (unsigned shift = 0; shift < 64 && r->rest.len; shift += 7) {
        unsigned char byte = (unsigned char)*r->rest.ptr;
        r->rest = (fl_str){r->rest.ptr + 1, r->rest.len - 1};
        n |= (uint64_t)(byte & 127) << shift;
        if (byte < 128)
            return n;
    }
    r->is_bad = true;
    return 0;
}

static fl_str take_string(struct reader *r)
{
    uint64_t len = take_number(r);
    if (len >= r->rest.len || r->rest.ptr[len] != '\0') {
        r->is_bad = true;
        return (fl_str){0};
    }
    fl_str s = {r->rest.ptr, (size_t)len};
    r->rest = (fl_str){r->rest.ptr + len + 1, r->rest.len - (size_t)len - 1};
    return s;
}

static fl_data *take_node(struct reader *r, unsigned depth)
{
    uint64_t head = take_number(r);
    fl_data *node = fl_data_new(r->arena, (fl_data_kind)(head & KIND_BITS));
    if ((head & KIND_BITS) > FL_DATA_MAP || depth > FL_LIMIT_DATA_DEPTH)
        r->is_bad = true;
    node->boolean = head & IS_TRUE;
    node->line = (uint32_t)take_number(r);
    if (head & HAS_KEY)
        node->key = take_string(r);
    if (node->kind == FL_DATA_STRING || node->kind == FL_DATA_NUMBER)
        node->text = take_string(r);
    if (r->is_bad || (node->kind != FL_DATA_LIST && node->kind != FL_DATA_MAP))
        return node;
    for (uint64_t left = take_number(r); left && !r->is_bad; left--) {
        fl_data *child = take_node(r, depth + 1);
        fl_data_attach(node, child->key, child);
    }
    return node;
}

fl_data *fl_data_unpack(fl_arena *arena, fl_str bytes)
{
    struct reader r = {.arena = arena, .rest = bytes};
    fl_data *node = take_node(&r, 0);
    return r.is_bad || r.rest.len ? NULL : node;
}
