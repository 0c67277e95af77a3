/*
 * Source maps: VLQ decoding and look-up. Read fl_source_map_decode first, then fl_source_maps_of.
 * Assumes version 3 with plain mappings; an index map (sections) counts as no map.
 */
#include "engine/trace/source_map.h"
#include "base/fs.h"
#include <stdlib.h>

/* ---- decoding ---- */

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/** One variable-length quantity: 5 bits a digit, low first, bit 5 says that more follow, bit 0 of the value is its sign. */
static bool read_vlq(fl_str text, size_t *at, int64_t *value)
{
    uint64_t sum = 0;
    for (unsigned shift = 0; shift < 40; shift += 5) {
        int digit = *at < text.len ? base64_digit(text.ptr[*at]) : -1;
        if (digit < 0)
            return false;
        (*at)++;
        sum |= (uint64_t)(digit & 31) << shift;
        if (!(digit & 32)) {
            int64_t magnitude = (int64_t)(sum >> 1);
            *value = sum & 1 ? -magnitude : magnitude;
            return true;
        }
    }
    return false;
}

static bool decode_mappings(fl_arena *arena, fl_str text, fl_source_map *out)
{
    int64_t line = 0, column = 0, source = 0, source_line = 0, source_column = 0;
    for (size_t at = 0; at < text.len;) {
        char c = text.ptr[at];
        if (c == ';' || c == ',') {
            if (c == ';') {
                line++;
                column = 0;
            }
            at++;
            continue;
        }
        int64_t field[5];
        unsigned count = 0;
        while (count < 5 && at < text.len && text.ptr[at] != ',' && text.ptr[at] != ';')
            if (!read_vlq(text, &at, &field[count++]))
                return false;
        column += field[0];
        if (count < 4)
            continue;
        source += field[1];
        source_line += field[2];
        source_column += field[3];
        if (column < 0 || source < 0 || (size_t)source >= out->sources.count || source_line < 0 || source_column < 0 ||
            line > UINT32_MAX || column > UINT32_MAX || source_line > UINT32_MAX || source_column > UINT32_MAX)
            return false;
        fl_vec_push(arena, &out->segments,
                    (fl_map_segment){(uint32_t)line, (uint32_t)column, (uint32_t)source, (uint32_t)source_line,
                                     (uint32_t)source_column});
    }
    return true;
}

static int compare_segments(const void *a, const void *b)
{
    const fl_map_segment *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

fl_status fl_source_map_decode(fl_arena *arena, fl_str json, fl_str folder, fl_source_map *out, fl_err *err)
{
    if (fl_str_starts(json, FL_S(")]}'"))) { /* guard against inclusion as a script */
        ptrdiff_t end = fl_str_find_char(json, '\n');
        json = end < 0 ? json : fl_str_sub(json, (size_t)end, json.len);
    }
    fl_data *map;
    fl_status status = fl_json_parse(arena, json, &map, err);
    if (status != FL_OK)
        return status;
    fl_str mappings = fl_data_get_str(map, "mappings"), root = fl_data_get_str(map, "sourceRoot");
    if (fl_data_get_int(map, "version", 0) != 3 || fl_data_get_c(map, "mappings") == NULL)
        return fl_fail(err, FL_E_FORMAT, "source map: version 3 with mappings is wanted");
    const fl_data *sources = fl_data_get_c(map, "sources");
    for (const fl_data *each = sources ? sources->first : NULL; each; each = each->next) {
        fl_str path = fl_data_str(each, FL_S(""));
        if (fl_str_starts(path, FL_S("file://")))
            path = fl_str_sub(path, 7, path.len);
        if (root.len != 0)
            path = fl_fs_join(arena, root, path);
        path = fl_fs_normalize(arena, fl_fs_join(arena, folder, path));
        fl_vec_push(arena, &out->sources, path);
    }
    if (!decode_mappings(arena, mappings, out))
        return fl_fail(err, FL_E_FORMAT, "source map: mappings are damaged");
    if (out->segments.count != 0)
        qsort(out->segments.items, out->segments.count, sizeof *out->segments.items, compare_segments);
    return FL_OK;
}

const fl_map_segment *fl_source_map_find(const fl_source_map *map, uint32_t line, uint32_t column)
{
    size_t low = 0, high = map->segments.count;
    while (low < high) { /* first segment behind the position */
        size_t middle = low + (high - low) / 2;
        const fl_map_segment *s = &map->segments.items[middle];
        if (s->line < line || (s->line == line && s->column <= column))
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0 && map->segments.items[low - 1].line == line)
        return &map->segments.items[low - 1];
    /* Before the first mapping of its line: that one is the nearest. */
    if (low < map->segments.count && map->segments.items[low].line == line)
        return &map->segments.items[low];
    return NULL;
}

/* ---- files ---- */

void fl_source_maps_init(fl_source_maps *maps, fl_arena *arena)
{
    *maps = (fl_source_maps){.arena = arena};
    fl_map_init(&maps->by_path);
}

void fl_source_maps_release(fl_source_maps *maps)
{
    fl_map_release(&maps->by_path);
}

/** The last `sourceMappingURL=` of the text, up to white space; empty when there is none. */
static fl_str mapping_url(fl_str text)
{
    const fl_str key = FL_S("sourceMappingURL=");
    for (ptrdiff_t end = (ptrdiff_t)text.len; end > 0;) {
        ptrdiff_t at = fl_str_rfind_char(fl_str_sub(text, 0, (size_t)end), '#');
        if (at < 0)
            break;
        fl_str rest = fl_str_trim(fl_str_sub(text, (size_t)at + 1, text.len));
        if (fl_str_starts(rest, key)) {
            size_t n = key.len;
            while (n < rest.len && (unsigned char)rest.ptr[n] > ' ')
                n++;
            return fl_str_sub(rest, key.len, n);
        }
        end = at;
    }
    return (fl_str){NULL, 0};
}

/** From out->text, which names its map. */
static bool read_map(fl_source_maps *maps, fl_source_map *out)
{
    fl_arena *arena = maps->arena;
    fl_str url = mapping_url(out->text), json = {NULL, 0}, folder = fl_fs_dirname(out->generated);
    if (url.len == 0)
        return false;
    if (fl_str_starts(url, FL_S("data:"))) {
        ptrdiff_t comma = fl_str_find_char(url, ',');
        if (comma < 0 || fl_str_find(fl_str_sub(url, 0, (size_t)comma), FL_S("base64")) < 0)
            return false;
        if (!fl_base64_decode(arena, fl_str_sub(url, (size_t)comma + 1, url.len), &json))
            return false;
    } else {
        fl_str file = fl_fs_join(arena, folder, url);
        folder = fl_fs_dirname(file);
        if (fl_fs_read(arena, fl_str_c(arena, file), FL_LIMIT_DATA_BYTES, &json, NULL) != FL_OK)
            return false;
    }
    if (fl_source_map_decode(arena, json, folder, out, NULL) != FL_OK)
        return false;
    size_t lines = 1;
    for (size_t i = 0; i < out->text.len; i++)
        lines += out->text.ptr[i] == '\n';
    out->line_starts = FL_NEW_ARRAY(arena, uint32_t, lines);
    out->line_count = (uint32_t)lines;
    for (size_t i = 0, n = 1; i < out->text.len; i++)
        if (out->text.ptr[i] == '\n')
            out->line_starts[n++] = (uint32_t)i + 1;
    return true;
}

void fl_source_maps_put(fl_source_maps *maps, fl_str path, fl_str text)
{
    fl_source_map *map = FL_NEW(maps->arena, fl_source_map);
    map->generated = fl_str_copy(maps->arena, path);
    map->text = fl_str_copy(maps->arena, text);
    map->is_loaded = true;
    if (!read_map(maps, map))
        map->segments.count = 0;
    fl_map_put(&maps->by_path, fl_sym_of(path), map);
}

static fl_source_map *read_once(fl_source_maps *maps, fl_str generated_path)
{
    uint64_t key = fl_sym_of(generated_path);
    fl_source_map *map = fl_map_get(&maps->by_path, key);
    if (map == NULL) {
        map = FL_NEW(maps->arena, fl_source_map);
        map->generated = fl_str_copy(maps->arena, generated_path);
        if (fl_fs_read(maps->arena, fl_str_c(maps->arena, generated_path), FL_LIMIT_DATA_BYTES, &map->text, NULL) != FL_OK ||
            !read_map(maps, map))
            map->segments.count = 0;
        fl_map_put(&maps->by_path, key, map);
    }
    return map;
}

const fl_source_map *fl_source_maps_of(fl_source_maps *maps, fl_str generated_path)
{
    const fl_source_map *map = read_once(maps, generated_path);
    return map->segments.count != 0 ? map : NULL;
}

fl_str fl_source_maps_text(fl_source_maps *maps, fl_str generated_path)
{
    return read_once(maps, generated_path)->text;
}
