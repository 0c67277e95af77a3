/*
 * What a compiler must not be given: text that makes it recurse beyond any stack or work for hours. Nobody writes such text,
 * but files named .c may hold anything.
 */
#include "extractor/languages/clang_p.h"
#include <string.h>

/* Something that would make the compiler recurse beyond any stack, or take hours: an expression or chain of statements
 * without end. Literals are no part of it. */
static bool has_endless_statement(fl_str text)
{
    uint32_t run = 0, elses = 0;
    bool was_word = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_word = fl_cc_is_word(c);
        if (c == '"') {
            for (i++; i < text.len && text.ptr[i] != '"' && text.ptr[i] != '\n'; i++) i += text.ptr[i] == '\\';
        } else if (c == ';' || c == '{' || c == '}' || c == ',') run = 0;
        else if ((unsigned char)c > ' ' && !(is_word && was_word) && ++run > FL_LIMIT_STATEMENT_TOKENS) return true;
        if (c == 'e' && !was_word && text.len - i > 4 && memcmp(text.ptr + i, "else", 4) == 0 && !fl_cc_is_word(text.ptr[i + 4])) elses++;
        was_word = is_word;
    }
    return elses > FL_LIMIT_ELSES;
}

/* ---- macros that double each other ---- */

typedef struct macro { fl_str body; uint64_t tokens; bool is_counted, is_open; } macro;
typedef struct macros { fl_arena arena; fl_map by_name; FL_VEC(macro *) all; } macros;

/* `#define NAME body`, with lines that go on. */
static void take_define(macros *m, fl_str text, size_t at)
{
    size_t i = at;
    while (i < text.len && (text.ptr[i] == ' ' || text.ptr[i] == '\t')) i++;
    if (text.len - i < 7 || memcmp(text.ptr + i, "define", 6) != 0 || fl_cc_is_word(text.ptr[i + 6])) return;
    for (i += 6; i < text.len && (text.ptr[i] == ' ' || text.ptr[i] == '\t');) i++;
    size_t name = i;
    while (i < text.len && fl_cc_is_word(text.ptr[i])) i++;
    size_t end = i;
    while (end < text.len && text.ptr[end] != '\n') end += text.ptr[end] == '\\' ? 2 : 1;
    macro *made = FL_NEW(&m->arena, macro);
    made->body = fl_str_sub(text, i, end);
    fl_map_put(&m->by_name, fl_sym_of(fl_str_sub(text, name, i)), made);
    fl_vec_push(&m->arena, &m->all, made);
}

static uint64_t count_tokens(macros *m, macro *of, unsigned depth)
{
    if (of->is_counted || of->is_open || depth > 200) return of->is_counted ? of->tokens : 1;
    of->is_open = true;                                         /* a macro is not expanded inside of itself */
    for (size_t i = 0; i < of->body.len && of->tokens < FL_LIMIT_MACRO_TOKENS;) {
        size_t start = i;
        while (i < of->body.len && fl_cc_is_word(of->body.ptr[i])) i++;
        if (i == start) {
            i++;
            continue;
        }
        macro *inner = fl_map_get(&m->by_name, fl_sym_of(fl_str_sub(of->body, start, i)));
        of->tokens += 1 + (inner ? count_tokens(m, inner, depth + 1) : 0);
    }
    of->is_open = false;
    of->is_counted = true;
    return of->tokens;
}

static bool has_endless_macro(fl_str text)
{
    macros m = { 0 };
    bool is_endless = false;
    fl_arena_init(&m.arena);
    fl_map_init(&m.by_name);
    for (size_t i = 0; i < text.len;) {
        const char *hash = memchr(text.ptr + i, '#', text.len - i);
        if (!hash) break;
        i = (size_t)(hash - text.ptr) + 1;
        take_define(&m, text, i);
    }
    for (size_t i = 0; i < m.all.count && !is_endless; i++) is_endless = count_tokens(&m, m.all.items[i], 0) >= FL_LIMIT_MACRO_TOKENS;
    fl_map_release(&m.by_name);
    fl_arena_release(&m.arena);
    return is_endless;
}

bool fl_cc_is_endless(fl_str text) { return has_endless_statement(text) || has_endless_macro(text); }
