#ifndef FL_ENGINE_SOURCE_MAP_H
#define FL_ENGINE_SOURCE_MAP_H
#include "base/data.h"

/**
 * Source maps (ECMA-426, version 3): generated position ↔ original position.
 * Lines and columns from 0, columns in UTF-16 units, as the format has them.
 */
typedef struct fl_map_segment { uint32_t line, column; uint32_t source, source_line, source_column; } fl_map_segment;
typedef struct fl_source_map {
    fl_str generated;                      /**< absolute path of the generated file */
    fl_str text;                           /**< its text */
    uint32_t *line_starts; uint32_t line_count;   /**< bytes; of text */
    FL_VEC(fl_str) sources;                /**< absolute, normalized paths */
    FL_VEC(fl_map_segment) segments;       /**< by generated line and column; only those with an original */
    bool is_loaded;                        /**< text is what the run time compiled while loading `generated`, not what lies there */
} fl_source_map;

/** Decodes a map's JSON; `folder` is where its relative sources start. Fills sources and segments. */
FL_NODISCARD fl_status fl_source_map_decode(fl_arena *arena, fl_str json, fl_str folder, fl_source_map *out, fl_err *err);
/** The segment that covers a generated position, or NULL. */
const fl_map_segment *fl_source_map_find(const fl_source_map *map, uint32_t line, uint32_t column);

/** Maps of generated files, each read once. */
typedef struct fl_source_maps { fl_arena *arena; fl_map by_path; } fl_source_maps;
void fl_source_maps_init(fl_source_maps *maps, fl_arena *arena);
void fl_source_maps_release(fl_source_maps *maps);
/** Reads the file and the map it names in its sourceMappingURL comment (inline or beside it); NULL when it has none. */
/** What was loaded from a path when that is not its text: compiled on the way, with its map inside. Copies. */
void fl_source_maps_put(fl_source_maps *maps, fl_str path, fl_str text);
const fl_source_map *fl_source_maps_of(fl_source_maps *maps, fl_str generated_path);
/** The text of that file, with a map or without; empty when it cannot be read. Lives as long as the maps. */
fl_str fl_source_maps_text(fl_source_maps *maps, fl_str generated_path);
#endif
