/*
 * Maps of start-up code: const routes = new Map([["GET /", list]]); routes.set("POST /", add). What is known of one is a dict, made when
 * it is first asked for; keys that are no text are left out, and then the dict is not all of it.
 */
#include "extractor/values/value_p.h"

static void add(fl_values *v, fl_value *entries, const fl_value *key, fl_value *value)
{
    if (key->kind != FL_V_STRING) entries->has_more = true;
    else fl_value_set(v, entries, key->text, value, value->node);
}

fl_value *fl_map_entries(fl_values *v, fl_value *map)
{
    if (!map || map->kind != FL_V_TYPED || !map->effect || map->effect->intrinsic != FL_INTRINSIC_map_new) return NULL;
    if (map->target) return map->target;
    map->target = fl_value_new(v, FL_V_DICT, map->node);
    const fl_value *pairs = map->items.count ? map->items.items[0] : NULL;
    if (pairs && pairs->kind != FL_V_LIST) map->target->has_more = pairs->kind != FL_V_NULL && pairs->kind != FL_V_UNDEFINED;
    for (size_t i = 0; pairs && pairs->kind == FL_V_LIST && i < pairs->items.count; i++) {
        const fl_value *pair = pairs->items.items[i];
        if (pair->kind == FL_V_LIST && pair->items.count == 2) add(v, map->target, pair->items.items[0], pair->items.items[1]);
        else map->target->has_more = true;
    }
    return map->target;
}

fl_value *fl_map_apply(fl_values *v, fl_intrinsic what, fl_value *map, const fl_value_list *args)
{
    fl_value *entries = fl_map_entries(v, map), *key = args->count ? args->items[0] : NULL;
    if (!entries || !key) return NULL;
    if (what == FL_INTRINSIC_map_set && args->count > 1) add(v, entries, key, args->items[1]);
    return what == FL_INTRINSIC_map_get && key->kind == FL_V_STRING ? fl_value_slot(entries, key->text) : NULL;
}
