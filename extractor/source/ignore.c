/*
 * Ignore rules. A path is matched segment by segment: `*`, `?` and `[a-z]` stand within one, `**` for any number of them. Both kinds of star go
 * back to the last one alone, which is enough and keeps a hostile pattern from taking long.
 */
#include "extractor/source/ignore.h"
#include "base/fs.h"

typedef struct rule { fl_str pattern; bool is_negated, is_for_folders, is_anchored; } rule;
struct fl_ignore { const fl_ignore *above; fl_str folder; FL_VEC(rule) rules; };

/* ---- matching ---- */

/* "[a-z]" at pattern[*at], which ends up behind it; false: c is not in it, or it is not closed. */
static bool class_has(fl_str pattern, size_t *at, char c)
{
    size_t i = *at + 1;
    bool is_negated = i < pattern.len && (pattern.ptr[i] == '!' || pattern.ptr[i] == '^'), is_in = false;
    i += is_negated;
    for (size_t first = i; i < pattern.len && (pattern.ptr[i] != ']' || i == first); i++) {
        if (pattern.ptr[i] == '\\' && i + 1 < pattern.len) i++;
        char low = pattern.ptr[i], high = low;
        if (i + 2 < pattern.len && pattern.ptr[i + 1] == '-' && pattern.ptr[i + 2] != ']') {
            i += 2;
            if (pattern.ptr[i] == '\\' && i + 1 < pattern.len) i++;
            high = pattern.ptr[i];
        }
        is_in |= (unsigned char)low <= (unsigned char)c && (unsigned char)c <= (unsigned char)high;
    }
    *at = i + 1;
    return i < pattern.len && is_in != is_negated;
}

/* One character of the pattern, but for a star; *at ends up behind it. */
static bool matches_char(fl_str pattern, size_t *at, char c)
{
    if (pattern.ptr[*at] == '[') return class_has(pattern, at, c);
    bool is_any = pattern.ptr[*at] == '?';
    if (pattern.ptr[*at] == '\\' && *at + 1 < pattern.len) (*at)++;
    return pattern.ptr[(*at)++] == c || is_any;
}

static bool matches_segment(fl_str pattern, fl_str text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, star_t = 0;
    while (t < text.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = ++p;
            star_t = t;
        } else if (p < pattern.len && matches_char(pattern, &p, text.ptr[t])) {
            t++;
        } else if (star != SIZE_MAX) {
            p = star;
            t = ++star_t;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*') p++;
    return p == pattern.len;
}

static bool matches_path(fl_str pattern, fl_str path)
{
    fl_str p = pattern, t = path, star = { 0 }, star_t = { 0 };
    while (t.len) {
        fl_str p_next = p, t_next = t, wanted = { 0 }, part = { 0 };
        bool is_there = fl_str_split(&p_next, '/', &wanted);
        (void)fl_str_split(&t_next, '/', &part);
        if (is_there && fl_str_eq_c(wanted, "**")) {
            if (!p_next.len) return true;   /* as the last word: whatever lies in it */
            p = star = p_next;
            star_t = t;
        } else if (is_there && matches_segment(wanted, part)) {
            if (!p_next.len && !t_next.len) return true;
            p = p_next;
            t = t_next;
        } else {
            if (!star.len) return false;
            (void)fl_str_split(&star_t, '/', &part);
            p = star;
            t = star_t;
        }
    }
    return false;
}

bool fl_ignore_has(const fl_ignore *rules, fl_str path, bool is_folder)
{
    for (; rules; rules = rules->above) {
        fl_str inner = fl_str_sub(path, rules->folder.len ? rules->folder.len + 1 : 0, path.len), name = fl_fs_basename(path);
        for (size_t i = rules->rules.count; i-- > 0;) {   /* the last word counts */
            const rule *r = &rules->rules.items[i];
            if (r->is_for_folders && !is_folder) continue;
            if (r->is_anchored ? matches_path(r->pattern, inner) : matches_segment(r->pattern, name)) return !r->is_negated;
        }
    }
    return false;
}

/* ---- reading ---- */

/* Without spaces at the end, but for one that is escaped. */
static fl_str without_spaces(fl_str line)
{
    while (line.len && line.ptr[line.len - 1] == ' ' && !(line.len > 1 && line.ptr[line.len - 2] == '\\')) line.len--;
    return line;
}

static bool read_rule(fl_str line, rule *out)
{
    *out = (rule){ 0 };
    if (line.len && line.ptr[line.len - 1] == '\r') line.len--;
    line = without_spaces(line);
    if (!line.len || line.ptr[0] == '#') return false;
    out->is_negated = line.ptr[0] == '!';
    line = fl_str_sub(line, out->is_negated, line.len);
    out->is_for_folders = fl_str_ends(line, FL_S("/"));
    line.len -= out->is_for_folders;
    out->is_anchored = fl_str_find_char(line, '/') >= 0;
    out->pattern = fl_str_sub(line, fl_str_starts(line, FL_S("/")), line.len);
    return out->pattern.len != 0;
}

const fl_ignore *fl_ignore_add(fl_arena *arena, const fl_ignore *above, fl_str folder, fl_str text)
{
    fl_ignore *rules = FL_NEW(arena, fl_ignore);
    *rules = (fl_ignore){ .above = above, .folder = folder };
    if (fl_str_starts(text, FL_S("\xEF\xBB\xBF"))) text = fl_str_sub(text, 3, text.len);
    rule read;
    for (fl_str line; fl_str_split(&text, '\n', &line);)
        if (read_rule(line, &read)) fl_vec_push(arena, &rules->rules, read);
    return rules->rules.count ? rules : above;
}
