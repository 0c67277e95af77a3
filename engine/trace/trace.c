/*
 * Raw traces → frames of the project. Read fl_trace_find, then fl_trace_resolve: our own file, else a file that a
 * source map (or, without one, a line that reads the same) leads to ours, else somebody else's. fl_trace_span_ran goes the other way.
 */
#include "engine/trace/trace.h"
#include <string.h>
#include "base/fs.h"

#define FL_TRACE_FORMAT(id) fl_trace_next_fn fl_trace_##id;
#include "engine/trace/trace.def"
#undef FL_TRACE_FORMAT
const fl_trace_format fl_trace_formats[] = {
#define FL_TRACE_FORMAT(id) {#id, fl_trace_##id},
#include "engine/trace/trace.def"
#undef FL_TRACE_FORMAT
    {NULL, NULL},
};

void fl_tracer_init(fl_tracer *tracer, fl_arena *arena, fl_project *project, fl_str root)
{
    *tracer = (fl_tracer){.arena = arena, .project = project};
    if (root.len == 0 && project != NULL)
        root = project->root;
    if (root.len != 0 && fl_fs_real(arena, fl_str_c(arena, root), &tracer->root, NULL) != FL_OK)
        tracer->root = fl_fs_normalize(arena, root);
    while (tracer->root.len > 1 && tracer->root.ptr[tracer->root.len - 1] == '/')
        tracer->root.len--;
    fl_source_maps_init(&tracer->maps, arena);
}

void fl_tracer_release(fl_tracer *tracer)
{
    fl_source_maps_release(&tracer->maps);
}

/* ---- text ---- */

static const struct { const char *from, *to; } escapes[] = {
    {"\\n", "\n"},  {"\\r", ""},    {"\\t", "\t"},   {"\\\"", "\""},  {"\\\\", "\\"}, {"\\/", "/"},
    {"<br>", "\n"}, {"<br/>", "\n"}, {"<br />", "\n"}, {"&nbsp;", " "}, {"&lt;", "<"}, {"&gt;", ">"},
    {"&quot;", "\""}, {"&#39;", "'"}, {"&#x27;", "'"}, {"&amp;", "&"},
};

fl_str fl_trace_unescape(fl_arena *arena, fl_str text)
{
    bool has_any = false;
    for (size_t i = 0; i < text.len && !has_any; i++)
        has_any = text.ptr[i] == '\\' || text.ptr[i] == '<' || text.ptr[i] == '&';
    if (!has_any)
        return text;
    char *out = fl_arena_alloc(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len;) {
        char c = text.ptr[i];
        size_t e = FL_COUNT(escapes);
        if (c == '\\' || c == '<' || c == '&')
            for (e = 0; e < FL_COUNT(escapes); e++)
                if (fl_str_starts(fl_str_sub(text, i, text.len), fl_str_from(escapes[e].from)))
                    break;
        if (e == FL_COUNT(escapes)) {
            out[len++] = c;
            i++;
            continue;
        }
        for (const char *to = escapes[e].to; *to; to++)
            out[len++] = *to;
        i += fl_str_from(escapes[e].from).len;
    }
    return (fl_str){out, len};
}

/* ---- positions ---- */

static unsigned sequence_bytes(unsigned char c)
{
    return c < 0x80 ? 1 : c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* Most source is ASCII, and positions are asked for once per weak spot: eight characters a step. */
static bool is_ascii_word(fl_str text, size_t at)
{
    uint64_t word;
    if (at + sizeof word > text.len)
        return false;
    memcpy(&word, text.ptr + at, sizeof word);
    return (word & 0x8080808080808080u) == 0;
}

uint32_t fl_utf16_to_byte(fl_str text, uint32_t units)
{
    size_t at = 0;
    for (uint32_t seen = 0; seen < units && at < text.len;) {
        if (units - seen >= 8 && is_ascii_word(text, at)) {
            seen += 8;
            at += 8;
            continue;
        }
        unsigned n = sequence_bytes((unsigned char)text.ptr[at]);
        seen += n == 4 ? 2 : 1;
        at += n;
    }
    return (uint32_t)(at < text.len ? at : text.len);
}

uint32_t fl_byte_to_utf16(fl_str text, uint32_t byte)
{
    uint32_t units = 0;
    for (size_t at = 0; at < text.len && at < byte;) {
        if (byte - at >= 8 && is_ascii_word(text, at)) {
            units += 8;
            at += 8;
            continue;
        }
        unsigned n = sequence_bytes((unsigned char)text.ptr[at]);
        units += n == 4 ? 2 : 1;
        at += n;
    }
    return units;
}

/* ---- frames ---- */

/** The path below the root, or false. */
static bool below_root(const fl_tracer *tracer, fl_str path, fl_str *relative)
{
    fl_str root = tracer->root;
    if (root.len == 0 || !fl_str_starts(path, root) || path.len <= root.len || path.ptr[root.len] != '/')
        return false;
    *relative = fl_str_sub(path, root.len + 1, path.len);
    return true;
}

/** Does a folder on the way there hold other people's code? */
static bool is_vendored(const fl_tracer *tracer, fl_str relative)
{
    fl_str folder;
    while (fl_str_find_char(relative, '/') >= 0 && fl_str_split(&relative, '/', &folder))
        for (size_t i = 0; i < tracer->vendored.count; i++)
            if (fl_str_eq(folder, tracer->vendored.items[i]))
                return true;
    return false;
}

/** Line and column from 0; column in UTF-16 units, UINT32_MAX when unknown. */
static void place_frame(fl_project *project, uint32_t id, uint32_t line, uint32_t column, fl_frame *frame)
{
    fl_file *file = fl_project_file(project, id);
    fl_str text = fl_file_line_text(file, line);
    frame->line = line;
    frame->file = file->path;
    frame->is_application = true;
    if (text.ptr == NULL) { /* the file is shorter than what ran: it changed */
        frame->span = (fl_span){UINT32_MAX, 0, 0};
        return;
    }
    uint32_t start = (uint32_t)(text.ptr - file->text.ptr);
    frame->span = (fl_span){id, start, start + (uint32_t)text.len};
    if (column == UINT32_MAX || file->root == NULL)
        return;
    uint32_t at = start + fl_utf16_to_byte(text, column);
    frame->at_byte = at;
    const fl_node *node = fl_node_at(file->root, at, at + 1);
    if (node != NULL && node->parent != NULL && fl_file_line(file, node->start_byte) <= line && node->end_byte > at &&
        node->end_byte - node->start_byte <= 4000)
        frame->span = fl_node_span(node);
}

/* ---- compiled without a map ---- */

static fl_str stem_of(fl_str path)
{
    ptrdiff_t slash = fl_str_rfind_char(path, '/');
    fl_str name = fl_str_sub(path, (size_t)(slash + 1), path.len);
    ptrdiff_t dot = fl_str_find_char(name, '.');
    for (ptrdiff_t next; dot >= 0 && (next = fl_str_find_char(fl_str_sub(name, (size_t)dot + 1, name.len), '.')) >= 0;)
        dot += next + 1;
    return dot > 0 ? fl_str_sub(name, 0, (size_t)dot) : name;
}

/** How many folders two paths share, counted from the end. */
static unsigned shared_folders(fl_str a, fl_str b)
{
    for (unsigned shared = 0;; shared++) {
        ptrdiff_t x = fl_str_rfind_char(a, '/'), y = fl_str_rfind_char(b, '/');
        if (x < 0 || y < 0)
            return shared;
        a = fl_str_sub(a, 0, (size_t)x);
        b = fl_str_sub(b, 0, (size_t)y);
        fl_str p = fl_str_sub(a, (size_t)(fl_str_rfind_char(a, '/') + 1), a.len), q = fl_str_sub(b, (size_t)(fl_str_rfind_char(b, '/') + 1), b.len);
        if (!fl_str_eq(p, q))
            return shared;
    }
}

/** The source of a compiled file: dist/services/users.js is src/services/users.ts. false: none, or two that fit as well. */
static bool source_of(const fl_project *project, fl_str compiled, uint32_t *id)
{
    unsigned best = 0, count = 0;
    for (uint32_t i = 0; i < project->file_count; i++) {
        fl_str path = project->files[i]->path;
        if (!fl_str_eq(stem_of(path), stem_of(compiled)))
            continue;
        unsigned shared = shared_folders(path, compiled) + 1;
        if (shared > best)
            best = shared, count = 0, *id = i;
        count += shared == best;
    }
    return count == 1;
}

/** A statement may have been broken in two: then the source line goes on where the compiled one ends. */
static bool reads_like(fl_str source, fl_str compiled)
{
    enum { LEAST_START = 12 };
    source = fl_str_trim(source);
    return fl_str_eq(source, compiled) || (compiled.len >= LEAST_START && fl_str_starts(source, compiled));
}

/** Which of the lines that read like this one it is, and how many there are. */
static void occurrence(fl_str text, uint32_t line, fl_str wanted, unsigned *nth, unsigned *count)
{
    fl_str one;
    *nth = *count = 0;
    for (uint32_t i = 0; fl_str_split(&text, '\n', &one); i++)
        if (reads_like(one, wanted)) {
            *nth += i < line;
            ++*count;
        }
}

/** Compilers that only take the types out leave most statements as they were: the source line that reads the same. */
static bool place_by_text(fl_tracer *tracer, fl_str relative, fl_str path, fl_frame *frame)
{
    enum { LEAST = 4 }; /* a brace says nothing */
    uint32_t id, line = 0;
    fl_str text = fl_source_maps_text(&tracer->maps, path), rest = text, wanted = {NULL, 0}, one;
    if (tracer->project == NULL || text.len == 0 || !source_of(tracer->project, relative, &id))
        return false;
    for (uint32_t i = 0; fl_str_split(&rest, '\n', &one) && wanted.ptr == NULL; i++)
        if (i == frame->line)
            wanted = fl_str_trim(one);
    unsigned nth, count, its_nth, its_count;
    occurrence(text, frame->line, wanted, &nth, &count);
    rest = fl_project_file(tracer->project, id)->text;
    occurrence(rest, UINT32_MAX, wanted, &its_nth, &its_count);
    if (wanted.len < LEAST || count != its_count)
        return false;
    for (; fl_str_split(&rest, '\n', &one); line++)
        if (reads_like(one, wanted) && nth-- == 0)
            break;
    place_frame(tracer->project, id, line, UINT32_MAX, frame);
    return true;
}

fl_frame fl_trace_resolve(fl_tracer *tracer, const fl_raw_frame *raw)
{
    fl_arena *arena = tracer->arena;
    fl_frame frame = {.span = {UINT32_MAX, 0, 0}, .at_byte = UINT32_MAX, .line = raw->line ? raw->line - 1 : 0};
    frame.function = fl_str_copy(arena, raw->function);
    uint32_t column = raw->column ? raw->column - 1 : UINT32_MAX, id;
    fl_str path = raw->file, relative;
    bool is_relative = path.len != 0 && path.ptr[0] != '/' && fl_str_find(path, FL_S("://")) < 0 && tracer->root.len != 0;
    if (is_relative)
        path = fl_fs_join(arena, tracer->root, path);
    path = fl_fs_normalize(arena, path);
    frame.file = fl_str_copy(arena, path);
    bool is_below = below_root(tracer, path, &relative);
    if (!is_below && tracer->project != NULL) { /* it runs in a copy, and this was built in the original */
        const fl_tracer original = {.root = tracer->project->root};
        is_below = below_root(&original, path, &relative);
    }
    if (!is_below) { /* made while it was built, beside the copy: the copy's name is another each time */
        const fl_tracer beside = {.root = fl_fs_dirname(tracer->root)};
        if (tracer->project != NULL && !fl_str_eq(tracer->root, tracer->project->root) && below_root(&beside, path, &relative))
            frame.file = fl_str_copy(arena, relative);
        return frame;
    }
    if (is_vendored(tracer, relative))
        return frame;
    if (tracer->project != NULL && fl_project_find(tracer->project, relative, &id)) {
        place_frame(tracer->project, id, frame.line, column, &frame);
        return frame;
    }
    if (is_relative && !fl_fs_exists(frame.file.ptr)) /* of a library, from where that was built */
        return frame;
    frame.is_application = true;
    frame.file = fl_str_copy(arena, relative);
    const fl_source_map *map = fl_source_maps_of(&tracer->maps, path);
    if (map == NULL && place_by_text(tracer, relative, path, &frame))
        return frame;
    const fl_map_segment *segment = map ? fl_source_map_find(map, frame.line, column == UINT32_MAX ? 0 : column) : NULL;
    if (map != NULL && segment == NULL) { /* a helper of the compiler: nobody wrote it */
        frame.is_application = false;
        return frame;
    }
    if (segment == NULL || !below_root(tracer, map->sources.items[segment->source], &relative))
        return frame;
    if (is_vendored(tracer, relative)) {
        frame.is_application = false;
        return frame;
    }
    frame.line = segment->source_line;
    frame.file = relative;
    if (tracer->project != NULL && fl_project_find(tracer->project, relative, &id))
        place_frame(tracer->project, id, segment->source_line, segment->source_column, &frame);
    frame.at_byte = UINT32_MAX;
    return frame;
}

fl_frame fl_trace_resolve_loaded(fl_tracer *tracer, const fl_raw_frame *raw)
{
    const fl_source_map *map = fl_source_maps_of(&tracer->maps, raw->file);
    const fl_map_segment *segment = map && map->is_loaded && raw->line != 0
                                        ? fl_source_map_find(map, raw->line - 1, raw->column ? raw->column - 1 : 0) : NULL;
    if (segment == NULL)
        return fl_trace_resolve(tracer, raw);
    fl_raw_frame original = {raw->function, map->sources.items[segment->source], segment->source_line + 1, segment->source_column + 1};
    return fl_trace_resolve(tracer, &original);
}

static void add_raw(fl_tracer *tracer, const fl_raw_trace *raw, const char *source, fl_traces *out)
{
    fl_trace trace = {.source = fl_str_from(source)};
    trace.type = fl_str_copy(tracer->arena, raw->type);
    trace.message = fl_str_copy(tracer->arena, raw->message);
    trace.report = raw->report;
    trace.signal = raw->signal;
    trace.objects = raw->objects;
    trace.bytes = raw->bytes;
    for (size_t i = 0; i < raw->frames.count; i++)
        fl_vec_push(tracer->arena, &trace.frames, fl_trace_resolve(tracer, &raw->frames.items[i]));
    fl_vec_push(tracer->arena, out, trace);
}

void fl_trace_find(fl_tracer *tracer, fl_str text, const char *source, fl_traces *out)
{
    text = fl_trace_unescape(tracer->arena, text);
    for (const fl_trace_format *format = fl_trace_formats; format->name; format++) {
        fl_str rest = text;
        fl_raw_trace raw;
        while (format->next(tracer->arena, &rest, &raw))
            if (raw.frames.count != 0 || raw.type.len != 0)
                add_raw(tracer, &raw, source, out);
    }
}

const fl_frame *fl_trace_application_frame(const fl_trace *trace, size_t n)
{
    for (size_t i = 0; i < trace->frames.count; i++)
        if (trace->frames.items[i].is_application && n-- == 0)
            return &trace->frames.items[i];
    return NULL;
}

/* ---- lines that ran ---- */

/** Innermost range that holds the offset: ranges are nested, so the shortest. Its count, or -1 when none holds it. */
static int64_t count_at(const fl_data *ranges, int64_t offset)
{
    int64_t best = -1, best_length = INT64_MAX;
    for (const fl_data *start = ranges->first; start && start->next && start->next->next; start = start->next->next->next) {
        int64_t from = (int64_t)fl_data_num(start, 0), to = (int64_t)fl_data_num(start->next, 0);
        if (offset >= from && offset < to && to - from <= best_length) {
            best_length = to - from;
            best = (int64_t)fl_data_num(start->next->next, 0);
        }
    }
    return best;
}

static bool ran_in_map(fl_tracer *tracer, const fl_source_map *map, const fl_data *ranges, fl_str original, fl_file *file, fl_span span)
{
    uint32_t first = fl_file_line(file, span.start_byte), last = fl_file_line(file, span.end_byte);
    fl_str first_text = fl_file_line_text(file, first);
    uint32_t column = fl_byte_to_utf16(first_text, span.start_byte - (uint32_t)(first_text.ptr - file->text.ptr));
    bool has_exact = false, has_line = false;
    for (int pass = 0; pass < 2 && !has_exact; pass++) {
        for (size_t i = 0; i < map->segments.count; i++) {
            const fl_map_segment *s = &map->segments.items[i];
            if (s->source_line < first || s->source_line > last || s->line >= map->line_count)
                continue;
            /* first pass: what stands inside the span; second: anything on its lines */
            if (pass == 0 && s->source_line == first && s->source_column < column)
                continue;
            fl_str relative;
            if (!below_root(tracer, map->sources.items[s->source], &relative) || !fl_str_eq(relative, original))
                continue;
            has_exact = has_exact || pass == 0;
            fl_str before = fl_str_sub(map->text, 0, map->line_starts[s->line]);
            if (count_at(ranges, (int64_t)fl_byte_to_utf16(before, UINT32_MAX) + s->column) > 0)
                has_line = true;
        }
        if (has_line)
            return true;
    }
    return false;
}

/** Of a hook that reports lines (from 1) instead of ranges. */
static bool has_line_in(fl_tracer *tracer, const fl_data *each, fl_str absolute, uint32_t first, uint32_t last)
{
    const fl_data *lines = fl_data_get_c(each, "lines");
    if (lines == NULL)
        return false;
    fl_str path = fl_data_get_str(each, "file");
    if (!fl_str_eq(fl_fs_normalize(tracer->arena, fl_fs_join(tracer->arena, tracer->root, path)), absolute))
        return false;
    for (const fl_data *line = lines->first; line; line = line->next) {
        double number = fl_data_num(line, 0) - 1;
        if (number >= first && number <= last)
            return true;
    }
    return false;
}

bool fl_trace_line_ran(fl_tracer *tracer, const fl_data *files, fl_str file, uint32_t line)
{
    fl_str absolute = fl_fs_join(tracer->arena, tracer->root, file);
    for (const fl_data *each = files ? files->first : NULL; each; each = each->next)
        if (has_line_in(tracer, each, absolute, line, line))
            return true;
    return false;
}

bool fl_trace_span_ran(fl_tracer *tracer, const fl_data *files, fl_span span)
{
    fl_file *file = fl_project_file(tracer->project, span.file);
    fl_str absolute = fl_fs_join(tracer->arena, tracer->root, file->path);
    uint32_t first = fl_file_line(file, span.start_byte), last = fl_file_line(file, span.end_byte);
    for (const fl_data *each = files ? files->first : NULL; each; each = each->next) {
        fl_str path = fl_data_get_str(each, "file");
        const fl_data *ranges = fl_data_get_c(each, "ranges");
        if (has_line_in(tracer, each, absolute, first, last))
            return true;
        if (ranges == NULL)
            continue;
        const fl_source_map *map = fl_source_maps_of(&tracer->maps, path);
        if (fl_str_eq(path, absolute) && (map == NULL || !map->is_loaded)) {
            uint32_t start = span.start_byte;
            fl_str text = file->text;
            if (fl_str_starts(text, FL_S("\xEF\xBB\xBF")) && start >= 3) { /* the run time drops the mark */
                text = fl_str_sub(text, 3, text.len);
                start -= 3;
            }
            if (count_at(ranges, fl_byte_to_utf16(text, start)) > 0)
                return true;
            continue;
        }
        if (map != NULL && ran_in_map(tracer, map, ranges, file->path, file, span))
            return true;
    }
    return false;
}
