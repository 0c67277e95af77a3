/* Packed models: a mark, then for each tree the hash of its text, the number of its bytes, and they. Numbers are as the machine has them: a pack is
 * read where it was built for. */
#include "extractor/models/pack.h"
#include "base/fs.h"
#include <string.h>

static const char mark[8] = "flmodel1";
typedef struct head { uint64_t hash, len; } head;

void fl_model_pack_begin(fl_buf *out) { fl_buf_add(out, (fl_str){ mark, sizeof mark }); }

void fl_model_pack_add(fl_buf *out, fl_str text, const fl_data *tree)
{
    fl_buf bytes;
    fl_buf_init(&bytes, 0);
    fl_data_pack(&bytes, tree);
    head h = { fl_str_hash(text), bytes.len };
    fl_buf_add(out, (fl_str){ (const char *)&h, sizeof h });
    fl_buf_add(out, fl_buf_str(&bytes));
    fl_buf_release(&bytes);
}

void fl_model_pack_open(fl_model_pack *pack, const char *path)
{
    fl_str rest;
    fl_arena_init(&pack->arena);
    fl_map_init(&pack->trees);
    if (fl_fs_read(&pack->arena, path, FL_LIMIT_DATA_BYTES, &rest, NULL) != FL_OK || !fl_str_starts(rest, (fl_str){ mark, sizeof mark })) return;
    head h;
    for (rest = fl_str_sub(rest, sizeof mark, rest.len); rest.len > sizeof h; rest = fl_str_sub(rest, sizeof h + (size_t)h.len, rest.len)) {
        memcpy(&h, rest.ptr, sizeof h);
        if (h.len > rest.len - sizeof h) return;
        fl_str *bytes = FL_NEW(&pack->arena, fl_str);
        *bytes = fl_str_sub(rest, sizeof h, sizeof h + (size_t)h.len);
        fl_map_put(&pack->trees, h.hash, bytes);
    }
}

void fl_model_pack_release(fl_model_pack *pack)
{
    fl_map_release(&pack->trees);
    fl_arena_release(&pack->arena);
}

fl_data *fl_model_pack_get(const fl_model_pack *pack, fl_arena *arena, fl_str text)
{
    const fl_str *bytes = fl_map_get(&pack->trees, fl_str_hash(text));
    return bytes ? fl_data_unpack(arena, *bytes) : NULL;
}
