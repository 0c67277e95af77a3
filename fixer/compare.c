/*
 * Before and after: routes that must stay, the weak spot that must go, none that may come, and the shape of an answer.
 * A weak spot is recognised by kind, operation, request pointer, file and the text it stands on: its line moves.
 */
#include <stdlib.h>
#include <string.h>
#include "fixer/fixer_p.h"

static fl_str route_key(fl_arena *arena, const fl_operation *operation)
{
    return fl_str_format(arena, FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(operation->method), FL_STR_ARG(operation->path));
}

static const fl_file *file_of(const fl_api *api, const fl_weak_spot *spot)
{
    return spot->span.file < api->project->file_count ? api->project->files[spot->span.file] : NULL;
}

static fl_str place_key(fl_arena *arena, const fl_api *api, const fl_weak_spot *spot)
{
    const fl_file *file = file_of(api, spot);
    fl_str route = spot->operation < api->operations.count ? route_key(arena, &api->operations.items[spot->operation]) : FL_S("");
    return fl_str_format(arena, "%s " FL_STR_FMT " %s " FL_STR_FMT " " FL_STR_FMT, fl_weak_spot_infos[spot->kind].id,
                         FL_STR_ARG(route), fl_location_text(spot->pointer.in), FL_STR_ARG(spot->pointer.pointer),
                         FL_STR_ARG(file ? file->path : FL_S("")));
}

static fl_str spot_key(fl_arena *arena, const fl_api *api, const fl_weak_spot *spot)
{
    const fl_file *file = file_of(api, spot);
    fl_str text = file ? fl_str_sub(file->text, spot->span.start_byte, spot->span.end_byte) : FL_S(""), place = place_key(arena, api, spot);
    return fl_str_format(arena, FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(place), FL_STR_ARG(text));
}

typedef struct keyed { fl_str key; uint32_t id; bool is_matched; } keyed;
typedef FL_VEC(keyed) keys;

static int by_key(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int order = fl_str_cmp(x->key, y->key);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

static void spots_of(fl_arena *arena, const fl_api *api, keys *out)
{
    for (size_t i = 0; i < api->weak_spots.count; i++)
        fl_vec_push(arena, out, (keyed){ spot_key(arena, api, &api->weak_spots.items[i]), api->weak_spots.items[i].id, false });
    if (out->count) qsort(out->items, out->count, sizeof *out->items, by_key);
}

static void routes_of(fl_arena *arena, const fl_api *api, keys *out)
{
    for (size_t i = 0; i < api->operations.count; i++)
        fl_vec_push(arena, out, (keyed){ route_key(arena, &api->operations.items[i]), (uint32_t)i, false });
    if (out->count) qsort(out->items, out->count, sizeof *out->items, by_key);
}

/** Marks pairs of equal keys in two sorted lists. */
static void match(keys *a, keys *b)
{
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        int order = fl_str_cmp(a->items[i].key, b->items[j].key);
        if (order == 0) a->items[i++].is_matched = b->items[j++].is_matched = true;
        else if (order < 0) i++;
        else j++;
    }
}

/** The repair wrote the expression anew, and another weak spot of it stays as it was: known by all but its text. What the repair is for
 *  is taken last. */
static void match_rewritten(fl_arena *arena, const fl_api *before, const fl_api *after, uint32_t weak_spot, keys *a, keys *b)
{
    for (size_t j = 0; j < b->count; j++) {
        if (b->items[j].is_matched) continue;
        fl_str wanted = place_key(arena, after, &after->weak_spots.items[b->items[j].id - 1]);
        keyed *found = NULL;
        for (size_t i = 0; i < a->count; i++) {
            bool is_free = !a->items[i].is_matched && (!found || found->id == weak_spot);
            if (is_free && fl_str_eq(place_key(arena, before, &before->weak_spots.items[a->items[i].id - 1]), wanted)) found = &a->items[i];
        }
        if (found) found->is_matched = b->items[j].is_matched = true;
    }
}

void fl_compare_apis(fl_arena *arena, const fl_api *before, const fl_api *after, uint32_t weak_spot, fl_comparison *out)
{
    keys a = { 0 }, b = { 0 };
    *out = (fl_comparison){ 0 };
    routes_of(arena, before, &a);
    routes_of(arena, after, &b);
    match(&a, &b);
    for (size_t i = 0; i < a.count && !out->trouble.len; i++)
        if (!a.items[i].is_matched) out->trouble = fl_str_format(arena, "the operation " FL_STR_FMT " is lost", FL_STR_ARG(a.items[i].key));
    for (size_t i = 0; i < b.count && !out->trouble.len; i++)
        if (!b.items[i].is_matched) out->trouble = fl_str_format(arena, "the operation " FL_STR_FMT " is new", FL_STR_ARG(b.items[i].key));
    a = b = (keys){ 0 };
    spots_of(arena, before, &a);
    spots_of(arena, after, &b);
    match(&a, &b);
    match_rewritten(arena, before, after, weak_spot, &a, &b);
    for (size_t i = 0; i < a.count; i++) {
        if (a.items[i].is_matched) continue;
        fl_vec_push(arena, &out->gone, a.items[i].id);
        if (a.items[i].id == weak_spot) out->is_gone = true;
    }
    for (size_t i = 0; i < b.count && !out->trouble.len; i++)
        if (!b.items[i].is_matched) out->trouble = fl_str_format(arena, "a new weak spot: " FL_STR_FMT, FL_STR_ARG(b.items[i].key));
}

/* ---- the shape of an answer ---- */

static bool is_type(const fl_data *value, fl_str type)
{
    static const char *const names[] = { "null", "boolean", "number", "string", "array", "object" };
    if (!value) return false;
    if (fl_str_eq_c(type, "integer") && value->kind == FL_DATA_NUMBER) return memchr(value->text.ptr, '.', value->text.len) == NULL;
    for (size_t i = 0; i < FL_COUNT(names); i++)
        if (fl_str_eq_c(type, names[i])) return value->kind == (fl_data_kind)i;
    return true;                                                     /* "any" and what we do not know */
}

static bool fits(const fl_data *shape, const fl_data *value)
{
    if (shape->kind == FL_DATA_STRING) return is_type(value, shape->text);
    if (shape->kind != FL_DATA_MAP) return true;
    if (!value || value->kind != FL_DATA_MAP) return false;
    for (const fl_data *row = shape->first; row; row = row->next)
        if (!fits(row, fl_data_get(value, row->key))) return false;
    return true;
}

bool fl_fits_shape(fl_arena *arena, const fl_data *shape, fl_str body)
{
    if (!shape || (shape->kind == FL_DATA_MAP && !shape->first)) return true;
    fl_data *value = NULL;
    fl_err err;
    if (fl_json_parse(arena, body, &value, &err) != FL_OK) return shape->kind == FL_DATA_STRING && fl_str_eq_c(shape->text, "string");
    return fits(shape, value);
}
