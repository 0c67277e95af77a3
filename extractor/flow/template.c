/*
 * Templates: literal text with holes (see text_p.h). Neighbouring literals are one part, so equal templates have equal parts.
 */
#include "extractor/flow/text_p.h"
#include <string.h>

void fl_template_add(fl_arena *arena, fl_template *t, fl_hole hole, fl_str literal)
{
    if (hole == FL_HOLE_NONE && !literal.len) return;
    fl_part *last = t->count ? &t->parts[t->count - 1] : NULL;
    if (hole == FL_HOLE_NONE && last && last->hole == FL_HOLE_NONE) { last->literal = fl_str_format(arena, FL_STR_FMT FL_STR_FMT, FL_STR_ARG(last->literal), FL_STR_ARG(literal)); return; }
    if (hole != FL_HOLE_NONE && last && last->hole != FL_HOLE_NONE) { last->hole = FL_HOLE_REST; return; }
    if (t->count < FL_TEMPLATE_PARTS) t->parts[t->count++] = (fl_part){ hole, literal };
}

fl_template fl_template_of(fl_str literal)
{
    fl_template t = { 0 };
    if (literal.len) t.parts[t.count++] = (fl_part){ FL_HOLE_NONE, literal };
    return t;
}

fl_template fl_template_join(fl_arena *arena, const fl_template *a, const fl_template *b)
{
    fl_template t = *a;
    for (unsigned i = 0; i < b->count; i++) fl_template_add(arena, &t, b->parts[i].hole, b->parts[i].literal);
    return t;
}

unsigned fl_template_holes(const fl_template *t)
{
    unsigned n = 0;
    for (unsigned i = 0; i < t->count; i++) n += t->parts[i].hole != FL_HOLE_NONE;
    return n;
}

bool fl_template_literal(const fl_template *t, fl_str *out)
{
    *out = t->count ? t->parts[0].literal : FL_S("");
    return t->count == 0 || (t->count == 1 && t->parts[0].hole == FL_HOLE_NONE);
}

fl_str fl_template_text(fl_arena *arena, const fl_template *t, const fl_sym *names, const char *usual)
{
    fl_buf b;
    fl_buf_init(&b, FL_LIMIT_PATH_BYTES);
    unsigned hole = 0;
    for (unsigned i = 0; i < t->count; i++) {
        if (t->parts[i].hole == FL_HOLE_NONE) { fl_buf_add(&b, t->parts[i].literal); continue; }
        if (names && hole < FL_TEMPLATE_HOLES && names[hole]) fl_buf_format(&b, "{%s}", fl_sym_c(names[hole]));
        else if (hole) fl_buf_format(&b, "{%s%u}", usual, hole + 1);
        else fl_buf_format(&b, "{%s}", usual);
        hole++;
    }
    fl_str text = fl_str_copy(arena, fl_buf_str(&b));
    fl_buf_release(&b);
    return text;
}

static bool hole_takes(fl_hole hole, fl_str text)
{
    if (hole != FL_HOLE_REST && !text.len) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (hole == FL_HOLE_SEGMENT && text.ptr[i] == '/') return false;
        if (hole == FL_HOLE_INTEGER && !(text.ptr[i] >= '0' && text.ptr[i] <= '9') && !(i == 0 && text.ptr[i] == '-')) return false;
    }
    return true;
}

static bool fits_from(const fl_template *t, unsigned i, fl_str text)
{
    if (i == t->count) return !text.len;
    const fl_part *p = &t->parts[i];
    if (p->hole == FL_HOLE_NONE) return fl_str_starts(text, p->literal) && fits_from(t, i + 1, fl_str_sub(text, p->literal.len, text.len));
    for (size_t n = text.len + 1; n-- > 0;)
        if (hole_takes(p->hole, fl_str_sub(text, 0, n)) && fits_from(t, i + 1, fl_str_sub(text, n, text.len))) return true;
    return false;
}

int fl_template_fits(const fl_template *t, fl_str text)
{
    fl_str own;
    if (fl_template_literal(t, &own)) return fl_str_eq(own, text) ? 2 : 0;
    return text.len <= 256 && fits_from(t, 0, text);
}

static bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

/* Length of the hole that begins at p[i], 0: none there. */
static size_t hole_at(fl_str p, size_t i, fl_hole *hole, fl_str *name)
{
    char c = p.ptr[i], next = i + 1 < p.len ? p.ptr[i + 1] : 0;
    *name = FL_S("");
    *hole = FL_HOLE_SEGMENT;
    if (c == '*' && next == '*') { *hole = FL_HOLE_REST; return 2; }
    if (c == '*') return 1;
    if (c == '#') { *hole = FL_HOLE_REST; return 1; }
    if (c == ':' && is_word(next)) {
        size_t end = i + 1;
        while (end < p.len && is_word(p.ptr[end])) end++;
        *name = fl_str_sub(p, i + 1, end);
        return end - i;
    }
    if (c == '{' || c == '<') {
        ptrdiff_t end = fl_str_find_char(fl_str_sub(p, i, p.len), c == '{' ? '}' : '>');
        if (end <= 0) return 0;
        *name = fl_str_sub(p, i + 1, i + (size_t)end);
        return (size_t)end + 1;
    }
    if (c == '%') {
        size_t end = i + 1;
        while (end < p.len && ((p.ptr[end] >= '0' && p.ptr[end] <= '9') || p.ptr[end] == 'l' || p.ptr[end] == 'z')) end++;
        if (end < p.len && fl_str_find_char(FL_S("diuxX"), p.ptr[end]) >= 0) { *hole = FL_HOLE_INTEGER; return end + 1 - i; }
        if (end < p.len && p.ptr[end] == 's') return end + 1 - i;
    }
    return 0;
}

fl_template fl_template_of_pattern(fl_arena *arena, fl_str p, fl_sym *names)
{
    fl_template t = { 0 };
    unsigned holes = 0;
    size_t from = 0;
    if (p.len && p.ptr[0] == '^') from = 1;
    if (p.len > from && p.ptr[p.len - 1] == '$') p.len--;
    for (size_t i = from; i < p.len;) {
        fl_hole hole;
        fl_str name;
        size_t length = hole_at(p, i, &hole, &name);
        if (!length) { i++; continue; }
        fl_template_add(arena, &t, FL_HOLE_NONE, fl_str_sub(p, from, i));
        fl_template_add(arena, &t, hole, FL_S(""));
        if (name.len && holes < FL_TEMPLATE_HOLES) names[holes] = fl_sym_of(name);
        holes++;
        i += length;
        from = i;
    }
    fl_template_add(arena, &t, FL_HOLE_NONE, fl_str_sub(p, from, p.len));
    return t;
}
