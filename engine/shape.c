/* Same keys and JSON types? Lists are compared by their first items. */
#include "engine/engine.h"

static bool same_shape(const fl_data *a, const fl_data *b, unsigned depth)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (a->kind != b->kind)
        return false;
    if (depth > FL_LIMIT_DATA_DEPTH)
        return true;
    if (a->kind == FL_DATA_LIST)
        return a->first == NULL || b->first == NULL || same_shape(a->first, b->first, depth + 1);
    if (a->kind != FL_DATA_MAP)
        return true;
    if (a->count != b->count)
        return false;
    for (const fl_data *each = a->first; each; each = each->next)
        if (!same_shape(each, fl_data_get(b, each->key), depth + 1))
            return false;
    return true;
}

bool fl_engine_same_shape(fl_str body_a, fl_str body_b)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_data *a = NULL, *b = NULL;
    bool a_is_json = fl_json_parse(&arena, body_a, &a, NULL) == FL_OK, b_is_json = fl_json_parse(&arena, body_b, &b, NULL) == FL_OK;
    bool is_same = a_is_json == b_is_json && (!a_is_json || same_shape(a, b, 0));
    fl_arena_release(&arena);
    return is_same;
}
