/* A text that a regular expression matches. The expression is walked once per attempt: literals stand for themselves, a
 * class gives one of its characters, an alternation one of its arms, a quantifier its minimum and a bit more. Anchors and
 * look-around give nothing. pcre2 then judges the result, so a guess that is wrong is never handed out; after some
 * attempts with other choices we give up.
 *
 *   ^[A-Z]{2}-\d{4}$   → AA-0000      ^(draft|paid)$ → draft      ^\S+@\S+\.\S+$ → a@a.a
 */
#include <string.h>
#include "base/pattern.h"
#include "extractor/api/schema_p.h"

enum { ATTEMPTS = 24, MIXED_FROM = 12, MAX_DEPTH = 30, MAX_REPEAT = 4096, MAX_BYTES = 1u << 16 };

typedef struct walk {
    const char *at, *end;
    fl_buf *out;
    unsigned choice;      /* which arm, which character */
    unsigned extra;       /* repetitions above the minimum where the pattern allows them */
    unsigned depth;
    bool is_lost;         /* something we cannot walk */
    bool is_mixed;        /* neighbours of different kinds, as look-ahead for a letter, a digit and a sign wants */
    unsigned mixed_count; /* characters chosen so far */
} walk;

typedef struct char_set { bool has[128]; } char_set;

static void set_range(char_set *set, unsigned low, unsigned high)
{
    for (unsigned c = low; c <= high && c < 128; c++)
        set->has[c] = true;
}

static void set_word(char_set *set)
{
    set_range(set, 'a', 'z');
    set_range(set, 'A', 'Z');
    set_range(set, '0', '9');
    set_range(set, '_', '_');
}

static void set_space(char_set *set)
{
    set_range(set, ' ', ' ');
    set_range(set, '\t', '\r');
}

static void set_add_inverse(char_set *set, const char_set *of)
{
    for (unsigned c = ' '; c < 127; c++)
        if (!of->has[c])
            set->has[c] = true;
}

/* \d \w \s and their inverses; false when the letter names no class. */
static bool set_shorthand(char_set *set, char letter)
{
    char_set named = {0};
    switch (letter) {
    case 'd': case 'D': set_range(&named, '0', '9'); break;
    case 'w': case 'W': set_word(&named); break;
    case 's': case 'S': set_space(&named); break;
    default: return false;
    }
    if (letter >= 'a') {
        for (unsigned c = 0; c < 128; c++)
            set->has[c] = set->has[c] || named.has[c];
    } else {
        set_add_inverse(set, &named);
    }
    return true;
}

/* Readable characters first: letters, digits, then the rest. `choice` rotates within the set; mixed, each character
 * is the next one of a row in which the kinds take turns. */
static void emit_from(walk *w, const char_set *set)
{
    static const char order[] = "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ1234567890-_.~!@#$%^&*()+,/:;<=>?[]{|}`'\"\\ \t\n\r\v\f";
    static const char mixed[] = "aA0!bB1@cC2#dD3$eE4%fF5^gG6&hH7*iI8-jJ9_k.lmnopqrstuvwxyzKLMNOPQRSTUVWXYZ~()+,/:;<=>?[]{|}`'\"\\ \t\n\r\v\f";
    const char *row = w->is_mixed ? mixed : order;
    char found[sizeof order > sizeof mixed ? sizeof order : sizeof mixed];
    size_t count = 0;
    for (; *row != '\0'; row++)
        if (set->has[(unsigned char)*row])
            found[count++] = *row;
    if (count == 0)
        w->is_lost = true;
    else
        fl_buf_add_char(w->out, found[(w->choice + (w->is_mixed ? w->mixed_count++ : 0)) % count]);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* After the backslash: one character (ASCII only), or -1 when it is none. */
static int escape_char(walk *w)
{
    if (w->at == w->end)
        return -1;
    char c = *w->at++;
    switch (c) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'f': return '\f';
    case 'v': return '\v';
    case 'x': case 'u': {
        size_t digits = c == 'x' ? 2 : 4;
        if ((size_t)(w->end - w->at) < digits)
            return -1;
        int code = 0;
        for (size_t i = 0; i < digits; i++) {
            int digit = hex_digit(*w->at++);
            if (digit < 0)
                return -1;
            code = code * 16 + digit;
        }
        return code > 0 && code < 128 ? code : -1;
    }
    default:
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 128 ? -1 : c;
    }
}

/* Behind '[' up to and with ']'. */
static void read_class(walk *w, char_set *set)
{
    char_set inside = {0};
    bool is_inverse = w->at < w->end && *w->at == '^';
    if (is_inverse)
        w->at++;
    while (w->at < w->end && *w->at != ']') {
        int low;
        if (*w->at == '\\') {
            w->at++;
            if (w->at < w->end && set_shorthand(&inside, *w->at)) {
                w->at++;
                continue;
            }
            low = w->at < w->end && *w->at == 'b' ? (w->at++, 8) : escape_char(w);
        } else {
            low = (unsigned char)*w->at++;
        }
        int high = low;
        if (w->end - w->at >= 2 && w->at[0] == '-' && w->at[1] != ']' &&
            !(w->at[1] == '\\' && w->end - w->at >= 3 && strchr("dDwWsS", w->at[2]) != NULL)) {
            w->at++;
            if (*w->at == '\\') {
                w->at++;
                high = escape_char(w);
            } else {
                high = (unsigned char)*w->at++;
            }
        }
        if (low >= 0 && high >= low)
            set_range(&inside, (unsigned)low, (unsigned)high);
    }
    if (w->at == w->end) {
        w->is_lost = true;
        return;
    }
    w->at++;
    if (is_inverse)
        set_add_inverse(set, &inside);
    else
        *set = inside;
}

static void walk_alternation(walk *w);

/* Past the end of the group that begins behind w->at, writing nothing. */
static void skip_group(walk *w)
{
    fl_buf scratch;
    fl_buf_init(&scratch, MAX_BYTES);
    fl_buf *out = w->out;
    unsigned mixed_count = w->mixed_count;
    w->out = &scratch;
    walk_alternation(w);
    w->out = out;
    w->mixed_count = mixed_count;
    fl_buf_release(&scratch);
    if (w->at < w->end && *w->at == ')')
        w->at++;
    else
        w->is_lost = true;
}

/* Behind '('. */
static void walk_group(walk *w)
{
    fl_str rest = {w->at, (size_t)(w->end - w->at)};
    if (fl_str_starts(rest, FL_S("?=")) || fl_str_starts(rest, FL_S("?!"))) {
        w->at += 2;
        skip_group(w);
        return;
    }
    if (fl_str_starts(rest, FL_S("?<=")) || fl_str_starts(rest, FL_S("?<!"))) {
        w->at += 3;
        skip_group(w);
        return;
    }
    if (fl_str_starts(rest, FL_S("?:"))) {
        w->at += 2;
    } else if (fl_str_starts(rest, FL_S("?<"))) {
        ptrdiff_t close = fl_str_find_char(rest, '>');
        if (close < 0) {
            w->is_lost = true;
            return;
        }
        w->at += close + 1;
    } else if (fl_str_starts(rest, FL_S("?"))) {
        w->is_lost = true;
        return;
    }
    walk_alternation(w);
    if (w->at < w->end && *w->at == ')')
        w->at++;
    else
        w->is_lost = true;
}

static void walk_escape(walk *w)
{
    char_set set = {0};
    if (w->at < w->end && (*w->at == 'b' || *w->at == 'B')) {
        w->at++;
    } else if (w->at < w->end && set_shorthand(&set, *w->at)) {
        w->at++;
        emit_from(w, &set);
    } else {
        int c = escape_char(w);
        if (c < 0)
            w->is_lost = true;
        else
            fl_buf_add_char(w->out, (char)c);
    }
}

static void walk_atom(walk *w)
{
    char c = *w->at++;
    char_set set = {0};
    switch (c) {
    case '(': walk_group(w); break;
    case '[':
        read_class(w, &set);
        if (!w->is_lost)
            emit_from(w, &set);
        break;
    case '\\': walk_escape(w); break;
    case '.':
        set_word(&set);
        if (w->is_mixed)
            set_range(&set, '!', '~');
        emit_from(w, &set);
        break;
    case '^': case '$': break;
    default: fl_buf_add_char(w->out, c);
    }
}

/* Reads ?, *, +, {n}, {n,}, {n,m} when one stands here; *most UINT32_MAX without bound. */
static void read_quantifier(walk *w, uint32_t *least, uint32_t *most)
{
    *least = *most = 1;
    if (w->at == w->end)
        return;
    char c = *w->at;
    if (c == '?' || c == '*' || c == '+') {
        w->at++;
        *least = c == '+' ? 1 : 0;
        *most = c == '?' ? 1 : UINT32_MAX;
    } else if (c == '{') {
        const char *p = w->at + 1;
        uint32_t low = 0, high = 0;
        bool has_low = false, has_high = false;
        for (; p < w->end && *p >= '0' && *p <= '9' && low < 100000; p++, has_low = true)
            low = low * 10 + (uint32_t)(*p - '0');
        bool has_comma = p < w->end && *p == ',';
        if (has_comma)
            for (p++; p < w->end && *p >= '0' && *p <= '9' && high < 100000; p++, has_high = true)
                high = high * 10 + (uint32_t)(*p - '0');
        if (!has_low || p == w->end || *p != '}')
            return; /* a literal brace */
        w->at = p + 1;
        *least = low;
        *most = !has_comma ? low : has_high ? high : UINT32_MAX;
    } else {
        return;
    }
    if (w->at < w->end && (*w->at == '?' || *w->at == '+')) /* lazy: the same texts */
        w->at++;
}

/* One atom with its quantifier: walked once to find the quantifier, then written as often as wanted. */
static void walk_term(walk *w)
{
    const char *atom = w->at;
    size_t before = w->out->len;
    walk_atom(w);
    const char *behind_atom = w->at;
    uint32_t least, most;
    read_quantifier(w, &least, &most);
    if (w->at == behind_atom || w->is_lost)
        return;
    const char *behind = w->at;
    uint32_t times = least;
    if (most > times)
        times = most - times < w->extra ? most : times + w->extra;
    if (times > MAX_REPEAT) {
        w->is_lost = true;
        return;
    }
    w->out->len = before; /* what the look-ahead walk wrote goes */
    for (uint32_t i = 0; i < times && !w->is_lost && !w->out->overflow; i++) {
        w->at = atom;
        walk_atom(w);
    }
    w->at = behind;
}

/* Arms up to ')' or the end; one of them is written, the others are walked past. */
static void walk_alternation(walk *w)
{
    if (++w->depth > MAX_DEPTH) {
        w->is_lost = true;
        return;
    }
    size_t start = w->out->len;
    unsigned arm = 0, wanted = w->choice;
    fl_buf kept[1];
    fl_buf_init(kept, MAX_BYTES);
    unsigned count = 1;
    bool has_kept = false;
    for (;;) {
        while (w->at < w->end && *w->at != '|' && *w->at != ')' && !w->is_lost && !w->out->overflow)
            walk_term(w);
        if (w->is_lost)
            break;
        /* the number of arms is not known yet: keep the latest that is not above the wanted one */
        if (arm <= wanted) {
            fl_buf_clear(kept);
            fl_buf_add(kept, (fl_str){w->out->ptr + start, w->out->len - start});
            has_kept = true;
        }
        if (w->at == w->end || *w->at != '|')
            break;
        w->at++;
        arm++;
        count++;
        w->out->len = start;
    }
    if (has_kept && count > 1 && !w->is_lost) {
        w->out->len = start;
        fl_buf_add(w->out, fl_buf_str(kept));
    }
    fl_buf_release(kept);
    w->depth--;
}

static size_t text_length(fl_str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return n;
}

bool fl_pattern_sample(fl_arena *arena, fl_str pattern, int64_t min_length, int64_t max_length, unsigned salt, fl_str *out)
{
    fl_pattern *judge;
    if (fl_pattern_new(&judge, pattern, NULL) != FL_OK)
        return false;
    bool has_found = false;
    fl_buf text;
    fl_buf_init(&text, MAX_BYTES);
    for (unsigned attempt = 0; attempt < ATTEMPTS && !has_found; attempt++) {
        fl_buf_clear(&text);
        /* first the salt's own choice, then the first choices; longer and longer */
        bool is_mixed = attempt >= MIXED_FROM;
        const char *start = pattern.ptr != NULL ? pattern.ptr : "";
        walk w = {.at = start, .end = start + pattern.len, .out = &text, .extra = attempt / 2, .is_mixed = is_mixed,
                  .choice = attempt % 2 == 0 ? salt : is_mixed ? 0 : attempt / 2};
        if (min_length > 0 && attempt >= 4)
            w.extra = (unsigned)(min_length > 2000 ? 2000 : min_length) - (attempt - 4 < (unsigned)min_length ? attempt - 4 : 0);
        walk_alternation(&w);
        if (w.is_lost || w.at != w.end || text.overflow)
            continue;
        size_t length = text_length(fl_buf_str(&text));
        has_found = length >= (size_t)(min_length > 0 ? min_length : 0) && (max_length < 0 || length <= (size_t)max_length) &&
                    fl_pattern_matches(judge, fl_buf_str(&text));
    }
    if (has_found)
        *out = fl_str_copy(arena, fl_buf_str(&text));
    fl_buf_release(&text);
    fl_pattern_free(judge);
    return has_found;
}
