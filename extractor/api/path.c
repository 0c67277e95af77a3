/*
 * Path patterns of frameworks → OpenAPI paths. One small recursive reader for the colon syntax with its optional parts, wildcards and
 * inline patterns; braces and angle brackets map name by name. What it cannot read stays as literal text.
 */
#include "extractor/api/path.h"
#include <string.h>

typedef struct part { fl_arena *arena; fl_path_list *out; unsigned wildcards; bool has_at, keeps_slash; } part;

static bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'; }

static fl_path with_text(fl_arena *arena, const fl_path *base, fl_str text)
{
    fl_path p = *base;
    p.text = fl_str_format(arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(base->text), FL_STR_ARG(text));
    return p;
}

static fl_path with_name(fl_arena *arena, const fl_path *base, fl_str name, fl_schema *schema)
{
    fl_path p = with_text(arena, base, fl_str_format(arena, "{" FL_STR_FMT "}", FL_STR_ARG(name)));
    p.names.items = NULL;
    p.names.count = p.names.capacity = 0;
    p.schemas.items = NULL;
    p.schemas.count = p.schemas.capacity = 0;
    for (size_t i = 0; i < base->names.count; i++) { fl_vec_push(arena, &p.names, base->names.items[i]); fl_vec_push(arena, &p.schemas, base->schemas.items[i]); }
    fl_vec_push(arena, &p.names, name);
    fl_vec_push(arena, &p.schemas, schema);
    return p;
}

/* End of a bracketed part that begins at `from`, or SIZE_MAX. */
static size_t closing(fl_str s, size_t from, char open, char close)
{
    unsigned depth = 0;
    for (size_t i = from; i < s.len; i++) {
        if (s.ptr[i] == '\\') { i++; continue; }
        if (s.ptr[i] == open) depth++;
        if (s.ptr[i] == close && --depth == 0) return i;
    }
    return SIZE_MAX;
}

static fl_schema *schema_of_pattern(fl_arena *arena, fl_str pattern)
{
    fl_schema *s = fl_schema_new(arena, FL_JSON_STRING);
    if (fl_str_eq_c(pattern, "\\d+") || fl_str_eq_c(pattern, "[0-9]+")) s->types = FL_JSON_INTEGER;
    else if (fl_str_find_char(pattern, '|') > 0 && fl_str_find_char(pattern, '\\') < 0 && fl_str_find_char(pattern, '[') < 0) {
        fl_str rest = pattern, word;
        while (fl_str_split(&rest, '|', &word)) fl_vec_push(arena, &s->enumeration, fl_data_string(arena, word));
    } else s->pattern = fl_str_format(arena, "^(?:" FL_STR_FMT ")$", FL_STR_ARG(pattern));
    return s;
}

static void expand(part *x, const fl_path *base, fl_str rest, unsigned depth);

static void expand_optional(part *x, const fl_path *base, fl_str inner, fl_str rest, unsigned depth)
{
    expand(x, base, rest, depth + 1);
    expand(x, base, fl_str_format(x->arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(inner), FL_STR_ARG(rest)), depth + 1);
}

static void expand_name(part *x, const fl_path *base, fl_str rest, unsigned depth)
{
    size_t end = 1;
    while (end < rest.len && is_name_char(rest.ptr[end])) end++;
    fl_str name = fl_str_sub(rest, 1, end);
    fl_schema *schema = NULL;
    if (end < rest.len && rest.ptr[end] == '(') {
        size_t close = closing(rest, end, '(', ')');
        if (close != SIZE_MAX) { schema = schema_of_pattern(x->arena, fl_str_sub(rest, end + 1, close)); end = close + 1; }
    }
    char mark = end < rest.len ? rest.ptr[end] : 0;
    fl_path named = with_name(x->arena, base, name, schema);
    if (mark == '?' || mark == '*' || mark == '+') {
        end++;
        if (mark != '?' && end < rest.len && rest.ptr[end] == '?') end++;
        if (mark != '+') {   /* the slash before an optional parameter goes with it */
            fl_path shorter = *base;
            if (shorter.text.len && shorter.text.ptr[shorter.text.len - 1] == '/') shorter.text.len--;
            expand(x, &shorter, fl_str_sub(rest, end, rest.len), depth + 1);
        }
    }
    expand(x, &named, fl_str_sub(rest, end, rest.len), depth + 1);
}

static void finish(part *x, const fl_path *path)
{
    fl_path p = *path;
    while (!x->keeps_slash && p.text.len > 1 && p.text.ptr[p.text.len - 1] == '/') p.text.len--;
    p.ends_in_slash = x->keeps_slash && p.text.len && p.text.ptr[p.text.len - 1] == '/';
    if (!p.text.len) p.text = FL_S("/");
    else if (p.text.ptr[0] != '/') p.text = fl_str_format(x->arena, "/" FL_STR_FMT, FL_STR_ARG(p.text));
    for (size_t i = 0; i < x->out->count; i++) if (fl_str_eq(x->out->items[i].text, p.text)) return;
    fl_vec_push(x->arena, x->out, p);
}

static void expand(part *x, const fl_path *base, fl_str rest, unsigned depth)
{
    if (depth > 24 || x->out->count > 32) return;
    fl_path path = *base;
    for (size_t i = 0; i < rest.len; i++) {
        char c = rest.ptr[i];
        fl_str tail = fl_str_sub(rest, i, rest.len);
        fl_path here = with_text(x->arena, &path, fl_str_sub(rest, 0, i));
        if ((c == ':' || (c == '@' && x->has_at)) && i + 1 < rest.len && is_name_char(rest.ptr[i + 1])) { expand_name(x, &here, tail, depth); return; }
        if (c == '{') {
            size_t close = closing(rest, i, '{', '}');
            if (close == SIZE_MAX) continue;
            expand_optional(x, &here, fl_str_sub(rest, i + 1, close), fl_str_sub(rest, close + 1, rest.len), depth);
            return;
        }
        if (c == '*' || (c == '(' && i + 1 < rest.len)) {
            size_t end = i + 1;
            fl_schema *schema = NULL;
            fl_str name;
            if (c == '(') {
                size_t close = closing(rest, i, '(', ')');
                if (close == SIZE_MAX) continue;
                bool is_optional = close + 1 < rest.len && rest.ptr[close + 1] == '?';
                if (is_optional) { expand_optional(x, &here, fl_str_sub(rest, i + 1, close), fl_str_sub(rest, close + 2, rest.len), depth); return; }
                schema = schema_of_pattern(x->arena, fl_str_sub(rest, i + 1, close));
                end = close + 1;
                name = fl_str_format(x->arena, "%u", x->wildcards++);
            } else {
                while (end < rest.len && is_name_char(rest.ptr[end])) end++;
                name = fl_str_sub(rest, i + 1, end);
                if (!name.len) name = fl_str_format(x->arena, "%u", x->wildcards++);
            }
            if (c == '*' && end < rest.len && rest.ptr[end] == '?') end++;   /* "*?" takes as little as it can */
            fl_path named = with_name(x->arena, &here, name, schema);
            named.is_wildcard_end = end >= rest.len && c == '*';
            named.is_wildcard_only = here.text.len <= 1 && end >= rest.len && c == '*';
            expand(x, &named, fl_str_sub(rest, end, rest.len), depth + 1);
            return;
        }
        if (c == '?' && i > 0) {   /* the character before is optional */
            fl_path without = with_text(x->arena, &path, fl_str_sub(rest, 0, i - 1));
            expand(x, &without, fl_str_sub(rest, i + 1, rest.len), depth + 1);
            expand(x, &here, fl_str_sub(rest, i + 1, rest.len), depth + 1);
            return;
        }
        if (c == '\\' && i + 1 < rest.len) { path = with_text(x->arena, &here, fl_str_sub(rest, i + 1, i + 2)); rest = fl_str_sub(rest, i + 2, rest.len); i = SIZE_MAX; }
    }
    path = with_text(x->arena, &path, rest);
    finish(x, &path);
}

/* any(a, b), string(length=2), regex([a-z]+): what a converter with arguments takes. */
static fl_schema *schema_of_converter(fl_arena *arena, fl_str kind)
{
    ptrdiff_t open = fl_str_find_char(kind, '(');
    fl_str name = open < 0 ? kind : fl_str_sub(kind, 0, (size_t)open), rest = open < 0 ? FL_S("") : fl_str_sub(kind, (size_t)open + 1, kind.len), word;
    fl_schema *s = fl_schema_new(arena, fl_str_eq_c(name, "int") ? FL_JSON_INTEGER : fl_str_eq_c(name, "float") ? FL_JSON_NUMBER : FL_JSON_STRING);
    if (fl_str_eq_c(name, "uuid")) s->format = FL_S("uuid");
    if (rest.len && rest.ptr[rest.len - 1] == ')') rest.len--;
    if (fl_str_eq_c(name, "slug")) s->pattern = FL_S("^[-a-zA-Z0-9_]+$");
    if (fl_str_eq_c(name, "regex")) {
        if (fl_str_eq_c(rest, "[^/]+") || fl_str_eq_c(rest, "[^/.]+") || fl_str_eq_c(rest, ".+") || fl_str_eq_c(rest, ".*")) return NULL;
        s->pattern = fl_str_format(arena, fl_str_find_char(rest, '|') < 0 ? "^" FL_STR_FMT "$" : "^(?:" FL_STR_FMT ")$", FL_STR_ARG(rest));
        return s;
    }
    while (rest.len && fl_str_split(&rest, ',', &word)) {
        int64_t n;
        word = fl_str_trim(word);
        ptrdiff_t is = fl_str_find_char(word, '=');
        fl_str key = is < 0 ? FL_S("") : fl_str_trim(fl_str_sub(word, 0, (size_t)is)), value = is < 0 ? word : fl_str_trim(fl_str_sub(word, (size_t)is + 1, word.len));
        bool is_quoted = value.len >= 2 && (value.ptr[0] == '"' || value.ptr[0] == '\'');
        if (is_quoted) value = fl_str_sub(value, 1, value.len - 1);
        if (fl_str_eq_c(name, "any") && value.len) { fl_vec_push(arena, &s->enumeration, fl_data_string(arena, value)); continue; }
        if (!fl_str_to_int(value, &n)) continue;
        bool is_text = s->types == FL_JSON_STRING;
        if (!is_text && fl_str_eq_c(key, "min")) { s->has_minimum = true; s->minimum = (double)n; }
        if (!is_text && fl_str_eq_c(key, "max")) { s->has_maximum = true; s->maximum = (double)n; }
        if (is_text && (fl_str_eq_c(key, "minlength") || fl_str_eq_c(key, "length"))) { s->has_min_length = true; s->min_length = n; }
        if (is_text && (fl_str_eq_c(key, "maxlength") || fl_str_eq_c(key, "length"))) { s->has_max_length = true; s->max_length = n; }
    }
    return s;
}

static void expand_bracketed(fl_arena *arena, fl_str pattern, char open, char close, bool keeps_slash, fl_path_list *out)
{
    part x = { arena, out, 0, false, keeps_slash };
    fl_path path = { 0 };
    while (pattern.len) {
        ptrdiff_t at = fl_str_find_char(pattern, open);
        size_t end = at >= 0 ? closing(pattern, (size_t)at, open, close) : SIZE_MAX;
        if (end == SIZE_MAX) break;
        path = with_text(arena, &path, fl_str_sub(pattern, 0, (size_t)at));
        fl_str name = fl_str_sub(pattern, (size_t)at + 1, end);
        ptrdiff_t colon = fl_str_find_char(name, ':');
        fl_str kind = colon < 0 ? FL_S("") : open == '<' ? fl_str_sub(name, 0, (size_t)colon) : fl_str_sub(name, (size_t)colon + 1, name.len);
        if (colon >= 0) name = open == '<' ? fl_str_sub(name, (size_t)colon + 1, name.len) : fl_str_sub(name, 0, (size_t)colon);
        if (fl_str_starts(kind, FL_S("regex("))) {   /* the pattern may hold colons */
            fl_str whole = fl_str_sub(pattern, (size_t)at + 1, end);
            colon = fl_str_rfind_char(whole, ':');
            kind = fl_str_sub(whole, 0, (size_t)colon);
            name = fl_str_sub(whole, (size_t)colon + 1, whole.len);
        }
        fl_schema *schema = kind.len ? schema_of_converter(arena, kind) : NULL;
        path = with_name(arena, &path, name, schema);
        pattern = fl_str_sub(pattern, end + 1, pattern.len);
    }
    path = with_text(arena, &path, pattern);
    finish(&x, &path);
}

/* A group, or a class or dot that is repeated: where it ends; 0: none begins there. */
static size_t repeated(fl_str p, size_t i)
{
    size_t end = i;
    if (p.ptr[i] == '(') end = closing(p, i, '(', ')');
    else if (p.ptr[i] == '[') end = closing(p, i, '[', ']');
    else if (p.ptr[i] == '\\' && i + 1 < p.len && fl_str_find_char(FL_S("dwSs"), p.ptr[i + 1]) >= 0) end = i + 1;
    else if (p.ptr[i] != '.' || i + 1 >= p.len || (p.ptr[i + 1] != '*' && p.ptr[i + 1] != '+')) return 0;
    if (end == SIZE_MAX) return 0;
    end++;
    while (end < p.len && fl_str_find_char(FL_S("*+?"), p.ptr[end]) >= 0) end++;
    return end;
}

/* A regular expression of the whole path: groups are parameters, named by their number from 1; `/:name` is one too. */
static void expand_regex(fl_arena *arena, fl_str pattern, fl_path_list *out)
{
    part x = { arena, out, 0, false, false };
    fl_path path = { 0 };
    unsigned group = 0;
    size_t from = 0;
    if (pattern.len && pattern.ptr[0] == '^') from = 1;
    if (pattern.len > from && pattern.ptr[pattern.len - 1] == '$') pattern.len--;
    for (size_t i = from; i < pattern.len;) {
        size_t end = repeated(pattern, i), name = i + 1;
        if (pattern.ptr[i] == ':' && i && pattern.ptr[i - 1] == '/') while (name < pattern.len && is_name_char(pattern.ptr[name])) name++;
        bool is_escape = !end && pattern.ptr[i] == '\\';
        if (!end && !is_escape && name == i + 1) { i++; continue; }
        path = with_text(arena, &path, fl_str_sub(pattern, from, i));
        if (is_escape) { from = i + 1; i += 2; continue; }
        if (!end) { path = with_name(arena, &path, fl_str_sub(pattern, i + 1, name), NULL); from = i = name; continue; }
        fl_str inner = pattern.ptr[i] == '(' ? fl_str_sub(pattern, i + 1, end - 1) : fl_str_sub(pattern, i, end);
        bool is_any = fl_str_eq_c(inner, "[^/]+") || fl_str_eq_c(inner, ".*") || fl_str_eq_c(inner, ".+") || fl_str_eq_c(inner, "[^/]*");
        bool is_group = pattern.ptr[i] == '(' && !fl_str_starts(inner, FL_S("?"));
        fl_str number = fl_str_format(arena, "%u", is_group ? ++group : 100 + (unsigned)path.names.count);
        path = with_name(arena, &path, number, is_any ? NULL : schema_of_pattern(arena, inner));
        from = i = end;
    }
    path = with_text(arena, &path, fl_str_sub(pattern, from, pattern.len));
    finish(&x, &path);
}

void fl_path_expand(fl_arena *arena, fl_str pattern, fl_sym syntax, fl_path_list *out)
{
    if (fl_str_eq_c(fl_sym_str(syntax), "braces")) { expand_bracketed(arena, pattern, '{', '}', false, out); return; }
    if (fl_str_eq_c(fl_sym_str(syntax), "braces_slash")) { expand_bracketed(arena, pattern, '{', '}', true, out); return; }
    if (fl_str_eq_c(fl_sym_str(syntax), "angle")) { expand_bracketed(arena, pattern, '<', '>', false, out); return; }
    if (fl_str_eq_c(fl_sym_str(syntax), "angle_slash")) { expand_bracketed(arena, pattern, '<', '>', true, out); return; }
    if (fl_str_eq_c(fl_sym_str(syntax), "regex")) { expand_regex(arena, pattern, out); return; }
    part x = { arena, out, 0, fl_str_eq_c(fl_sym_str(syntax), "colon_at"), false };
    fl_path none = { 0 };
    expand(&x, &none, pattern, 0);
}

fl_path fl_path_join(fl_arena *arena, const fl_path *a, const fl_path *b)
{
    fl_path p = *b;
    bool is_root = b->text.len <= 1 && !b->ends_in_slash;
    fl_str above = a->text;
    while (!is_root && above.len > 1 && above.ptr[above.len - 1] == '/') above.len--;
    if (above.len > 1) p.text = is_root ? above : fl_str_format(arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(above), FL_STR_ARG(b->text));
    p.ends_in_slash = is_root ? a->ends_in_slash : b->ends_in_slash;
    p.names.items = NULL; p.names.count = p.names.capacity = 0;
    p.schemas.items = NULL; p.schemas.count = p.schemas.capacity = 0;
    const fl_path *both[] = { a, b };
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < both[s]->names.count; i++) {
            bool is_new = true;
            for (size_t k = 0; k < p.names.count; k++) is_new &= !fl_str_eq(p.names.items[k], both[s]->names.items[i]);
            if (!is_new) continue;
            fl_vec_push(arena, &p.names, both[s]->names.items[i]);
            fl_vec_push(arena, &p.schemas, both[s]->schemas.items[i]);
        }
    p.is_wildcard_only = a->text.len <= 1 && b->is_wildcard_only;
    return p;
}
