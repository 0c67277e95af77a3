/*
 * The data tree: building, reading, pointers. Children are a singly linked list in order; a map's child carries its key.
 * Reading functions take NULL and wrong kinds, so that chains of lookups need no checks.
 */
#include "base/data_p.h"

#include "base/fs.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- building ---- */

fl_data *fl_data_new(fl_arena *a, fl_data_kind kind)
{
    fl_data *node = FL_NEW(a, fl_data);
    node->kind = kind;
    return node;
}

fl_data *fl_data_null(fl_arena *a)
{
    return fl_data_new(a, FL_DATA_NULL);
}

fl_data *fl_data_late_map(fl_arena *a, fl_data_late how)
{
    fl_data *node = fl_data_map(a);
    fl_data_late *kept = FL_NEW(a, fl_data_late);
    *kept = how;
    node->late = kept;
    return node;
}

fl_data *fl_data_made(const fl_data *node, fl_arena *a)
{
    return node->late->make(node->late->context, node->late->index, a);
}

fl_data *fl_data_bool(fl_arena *a, bool b)
{
    fl_data *node = fl_data_new(a, FL_DATA_BOOL);
    node->boolean = b;
    return node;
}

fl_data *fl_data_number_text(fl_arena *a, fl_str literal)
{
    FL_DEBUG_ASSERT(literal.len && fl_json_number_len(literal) == literal.len);
    fl_data *node = fl_data_new(a, FL_DATA_NUMBER);
    node->text = fl_str_copy(a, literal);
    return node;
}

fl_data *fl_data_int(fl_arena *a, int64_t n)
{
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, n);
    return fl_data_number_text(a, fl_str_from(text));
}

/* JSON has no NaN and no infinity: they become null, as JSON.stringify does it. */
fl_data *fl_data_double(fl_arena *a, double d)
{
    if (!isfinite(d))
        return fl_data_null(a);
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        double back;
        snprintf(text, sizeof text, "%.*g", digits, d);
        if (fl_str_to_double(fl_str_from(text), &back) && back >= d && back <= d)
            break;
    }
    return fl_data_number_text(a, fl_str_from(text));
}

fl_data *fl_data_string(fl_arena *a, fl_str s)
{
    fl_data *node = fl_data_new(a, FL_DATA_STRING);
    node->text = fl_str_copy(a, s);
    return node;
}

fl_data *fl_data_string_c(fl_arena *a, const char *s)
{
    return fl_data_string(a, fl_str_from(s));
}

fl_data *fl_data_list(fl_arena *a)
{
    return fl_data_new(a, FL_DATA_LIST);
}

fl_data *fl_data_map(fl_arena *a)
{
    return fl_data_new(a, FL_DATA_MAP);
}

void fl_data_attach(fl_data *parent, fl_str key, fl_data *child)
{
    FL_DEBUG_ASSERT(!child->next && parent->last != child);
    child->key = key;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
}

fl_data *fl_data_push(fl_data *list, fl_data *item)
{
    FL_ASSERT(list->kind == FL_DATA_LIST);
    fl_data_attach(list, (fl_str){0}, item);
    return item;
}

/* Puts fresh where old is; previous is NULL when old comes first. */
static void replace_child(fl_data *parent, fl_data *previous, fl_data *old, fl_data *fresh)
{
    FL_DEBUG_ASSERT(!fresh->next && fresh != old);
    fresh->key = old->key;
    fresh->next = old->next;
    if (previous)
        previous->next = fresh;
    else
        parent->first = fresh;
    if (parent->last == old)
        parent->last = fresh;
    old->next = NULL;
}

static void remove_child(fl_data *parent, fl_data *previous, fl_data *old)
{
    if (previous)
        previous->next = old->next;
    else
        parent->first = old->next;
    if (parent->last == old)
        parent->last = previous;
    old->next = NULL;
    parent->count--;
}

static fl_data *find_child(const fl_data *map, fl_str key, fl_data **previous)
{
    *previous = NULL;
    if (!map || map->kind != FL_DATA_MAP)
        return NULL;
    for (fl_data *child = map->first; child; *previous = child, child = child->next)
        if (fl_str_eq(child->key, key))
            return child;
    return NULL;
}

fl_data *fl_data_set(fl_arena *a, fl_data *map, fl_str key, fl_data *value)
{
    FL_ASSERT(map->kind == FL_DATA_MAP);
    fl_data *previous, *old = find_child(map, key, &previous);
    if (old == value)
        return value;
    if (old)
        replace_child(map, previous, old, value);
    else
        fl_data_attach(map, fl_str_copy(a, key), value);
    return value;
}

fl_data *fl_data_add(fl_arena *a, fl_data *map, fl_str key, fl_data *value)
{
    FL_ASSERT(map->kind == FL_DATA_MAP);
    fl_data_attach(map, fl_str_copy(a, key), value);
    return value;
}

fl_data *fl_data_set_c(fl_arena *a, fl_data *map, const char *key, fl_data *value)
{
    return fl_data_set(a, map, fl_str_from(key), value);
}

fl_data *fl_data_copy(fl_arena *a, const fl_data *from)
{
    if (!from)
        return NULL;
    if (from->late)
        return fl_data_made(from, a);
    fl_data *to = fl_data_new(a, from->kind);
    to->boolean = from->boolean;
    to->text = fl_str_copy(a, from->text);
    to->line = from->line;
    for (const fl_data *child = from->first; child; child = child->next)
        fl_data_attach(to, fl_str_copy(a, child->key), fl_data_copy(a, child));
    return to;
}

bool fl_data_remove(fl_data *map, fl_str key)
{
    fl_data *previous, *old = find_child(map, key, &previous);
    if (old)
        remove_child(map, previous, old);
    return old != NULL;
}

/* ---- comparing ---- */

/* 1, 1.0 and 1e0 are one number; beyond 2^53, where doubles blur, only equal texts are equal. */
static bool number_eq(fl_str a, fl_str b)
{
    double x, y;
    if (fl_str_eq(a, b))
        return true;
    return fl_str_to_double(a, &x) && fl_str_to_double(b, &y) && fabs(x) < 0x1p53 && x >= y && x <= y;
}

bool fl_data_eq(const fl_data *a, const fl_data *b)
{
    if (!a || !b)
        return a == b;
    if (a->kind != b->kind || a->count != b->count)
        return false;
    switch (a->kind) {
    case FL_DATA_NULL:
        return true;
    case FL_DATA_BOOL:
        return a->boolean == b->boolean;
    case FL_DATA_NUMBER:
        return number_eq(a->text, b->text);
    case FL_DATA_STRING:
        return fl_str_eq(a->text, b->text);
    case FL_DATA_LIST:
        for (const fl_data *x = a->first, *y = b->first; x; x = x->next, y = y->next)
            if (!fl_data_eq(x, y))
                return false;
        return true;
    case FL_DATA_MAP:
        /* Usually the order is the same; only where it is not is the key looked up. Keys are unique. */
        for (const fl_data *x = a->first, *y = b->first; x; x = x->next, y = y->next)
            if (!fl_data_eq(x, fl_str_eq(x->key, y->key) ? y : fl_data_get(b, x->key)))
                return false;
        return true;
    }
    return false;
}

/* ---- reading ---- */

const fl_data *fl_data_get(const fl_data *map, fl_str key)
{
    fl_data *previous;
    return find_child(map, key, &previous);
}

const fl_data *fl_data_at(const fl_data *list, size_t index)
{
    if (!list || list->kind != FL_DATA_LIST || index >= list->count)
        return NULL;
    const fl_data *item = list->first;
    while (index--)
        item = item->next;
    return item;
}

fl_str fl_data_str(const fl_data *node, fl_str fallback)
{
    return node && (node->kind == FL_DATA_STRING || node->kind == FL_DATA_NUMBER) ? node->text : fallback;
}

fl_str fl_data_get_str(const fl_data *map, const char *key)
{
    return fl_data_str(fl_data_get_c(map, key), (fl_str){0});
}

int64_t fl_data_get_int(const fl_data *map, const char *key, int64_t fallback)
{
    const fl_data *node = fl_data_get_c(map, key);
    int64_t n;
    if (!node || node->kind != FL_DATA_NUMBER)
        return fallback;
    if (fl_str_to_int(node->text, &n))
        return n;
    double d; /* 1e3, 8080.0 */
    if (fl_str_to_double(node->text, &d) && fabs(d) < 0x1p53 && trunc(d) >= d && trunc(d) <= d)
        return (int64_t)d;
    return fallback;
}

bool fl_data_get_bool(const fl_data *map, const char *key, bool fallback)
{
    const fl_data *node = fl_data_get_c(map, key);
    return node && node->kind == FL_DATA_BOOL ? node->boolean : fallback;
}

double fl_data_num(const fl_data *node, double fallback)
{
    double d;
    return node && node->kind == FL_DATA_NUMBER && fl_str_to_double(node->text, &d) ? d : fallback;
}

/* ---- JSON pointer (RFC 6901) ---- */

/* Takes "/token" off *rest and decodes it into the scratch arena: ~1 is '/', ~0 is '~'. False when it is malformed. */
static bool next_token(fl_arena *scratch, fl_str *rest, fl_str *token)
{
    if (rest->len == 0 || rest->ptr[0] != '/')
        return false;
    *rest = (fl_str){rest->ptr + 1, rest->len - 1};
    ptrdiff_t slash = fl_str_find_char(*rest, '/');
    fl_str raw = fl_str_sub(*rest, 0, slash < 0 ? rest->len : (size_t)slash);
    *rest = (fl_str){rest->ptr + raw.len, rest->len - raw.len};
    if (fl_str_find_char(raw, '~') < 0) {
        *token = raw;
        return true;
    }
    char *decoded = fl_arena_alloc(scratch, raw.len);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (c == '~') {
            char next = i + 1 < raw.len ? raw.ptr[i + 1] : '\0';
            if (next != '0' && next != '1')
                return false;
            c = next == '0' ? '~' : '/';
            i++;
        }
        decoded[len++] = c;
    }
    *token = (fl_str){decoded, len};
    return true;
}

/* "0", or digits that do not start with 0. */
static bool list_index(fl_str token, size_t *index)
{
    int64_t n;
    if (token.len == 0 || token.ptr[0] == '-' || (token.len > 1 && token.ptr[0] == '0') || !fl_str_to_int(token, &n))
        return false;
    *index = (size_t)n;
    return true;
}

static fl_data *step(fl_data *node, fl_str token, fl_data **previous)
{
    *previous = NULL;
    size_t index;
    if (node->kind == FL_DATA_MAP)
        return find_child(node, token, previous);
    if (node->kind != FL_DATA_LIST || !list_index(token, &index) || index >= node->count)
        return NULL;
    fl_data *item = node->first;
    for (; index--; item = item->next)
        *previous = item;
    return item;
}

/* The node at pointer, its parent and previous sibling; NULL when the way ends early. */
static fl_data *walk(fl_data *root, fl_str pointer, fl_data **parent, fl_data **previous)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    fl_data *node = root;
    *parent = *previous = NULL;
    while (node && pointer.len) {
        fl_str token;
        *parent = node;
        node = next_token(&scratch, &pointer, &token) ? step(node, token, previous) : NULL;
    }
    fl_arena_release(&scratch);
    return node;
}

const fl_data *fl_data_pointer(const fl_data *root, fl_str pointer)
{
    fl_data *parent, *previous;
    return walk((fl_data *)(uintptr_t)root, pointer, &parent, &previous); /* walk changes nothing */
}

fl_str fl_data_pointer_key(fl_arena *a, fl_str key)
{
    if (fl_str_find_char(key, '/') < 0 && fl_str_find_char(key, '~') < 0)
        return key;
    fl_buf buf;
    fl_buf_init(&buf, 0);
    for (size_t i = 0; i < key.len; i++) {
        if (key.ptr[i] == '~' || key.ptr[i] == '/')
            fl_buf_add_c(&buf, key.ptr[i] == '~' ? "~0" : "~1");
        else
            fl_buf_add_char(&buf, key.ptr[i]);
    }
    fl_str text = fl_str_copy(a, fl_buf_str(&buf));
    fl_buf_release(&buf);
    return text;
}

bool fl_data_pointer_remove(fl_data *root, fl_str pointer)
{
    fl_data *parent, *previous, *node = walk(root, pointer, &parent, &previous);
    if (!node || !parent)
        return false;
    remove_child(parent, previous, node);
    return true;
}

bool fl_data_pointer_set(fl_arena *a, fl_data *root, fl_str pointer, fl_data *value)
{
    fl_data *node = root;
    fl_str token;
    if (pointer.len == 0)
        return false; /* the root itself has no place to be put at */
    for (;;) {
        if (!next_token(a, &pointer, &token))
            return false;
        if (node->kind != FL_DATA_MAP && node->kind != FL_DATA_LIST)
            return false;
        bool is_last = pointer.len == 0;
        fl_data *previous, *child = step(node, token, &previous);
        if (child && !is_last) {
            node = child;
            continue;
        }
        fl_data *fresh = is_last ? value : fl_data_map(a);
        size_t index;
        if (child && child != fresh)
            replace_child(node, previous, child, fresh);
        else if (!child && node->kind == FL_DATA_MAP)
            fl_data_attach(node, fl_str_copy(a, token), fresh);
        else if (!child && (fl_str_eq(token, FL_S("-")) || (list_index(token, &index) && index == node->count)))
            fl_data_push(node, fresh);
        else if (!child)
            return false;
        if (is_last)
            return true;
        node = fresh;
    }
}

/* ---- finding keys while a map is filled ---- */

enum { LINEAR_KEYS = 16 };

fl_data *fl_data_keys_find(const fl_data_keys *keys, const fl_data *map, fl_str key)
{
    fl_data *previous;
    if (!keys->slots)
        return find_child(map, key, &previous);
    for (size_t i = fl_str_hash(key) & keys->mask; keys->slots[i]; i = (i + 1) & keys->mask)
        if (fl_str_eq(keys->slots[i]->key, key))
            return keys->slots[i];
    return NULL;
}

static void insert_key(fl_data_keys *keys, fl_data *child)
{
    size_t i = fl_str_hash(child->key) & keys->mask;
    while (keys->slots[i])
        i = (i + 1) & keys->mask;
    keys->slots[i] = child;
    keys->count++;
}

void fl_data_keys_added(fl_data_keys *keys, const fl_data *map, fl_data *child)
{
    if (map->count <= LINEAR_KEYS)
        return;
    if (keys->slots && keys->count * 2 <= keys->mask) {
        insert_key(keys, child);
        return;
    }
    size_t slots = keys->slots ? (keys->mask + 1) * 2 : LINEAR_KEYS * 8;
    free(keys->slots);
    *keys = (fl_data_keys){.slots = calloc(slots, sizeof(fl_data *)), .mask = slots - 1};
    if (!keys->slots)
        fl_no_memory();
    for (fl_data *each = map->first; each; each = each->next)
        insert_key(keys, each);
}

void fl_data_keys_release(fl_data_keys *keys)
{
    free(keys->slots);
    *keys = (fl_data_keys){0};
}

/* ---- files ---- */

fl_status fl_data_read_file(fl_arena *a, const char *path, fl_data **out, fl_err *err)
{
    *out = NULL;
    fl_str text;
    fl_status status = fl_fs_read(a, path, FL_LIMIT_DATA_BYTES, &text, err);
    if (status)
        return status;
    fl_str extension = fl_fs_extension(fl_str_from(path));
    if (fl_str_eq_nocase(extension, FL_S(".yaml")) || fl_str_eq_nocase(extension, FL_S(".yml")))
        return fl_yaml_parse(a, text, path, out, err);
    fl_err inner = {0};
    status = fl_json_parse(a, text, out, &inner);
    return status ? fl_fail(err, status, "'%s': %s", path, inner.text) : FL_OK;
}
