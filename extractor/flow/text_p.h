#ifndef FL_EXTRACTOR_TEXT_P_H
#define FL_EXTRACTOR_TEXT_P_H
#include "extractor/flow/exec_p.h"

/**
 * What method and url of a request look like on one way through a handler that tells them apart by itself.
 * A template is literal text with holes. A handler is run with the url one hole; each test that the hole leaves open is answered with
 * no, and the template that would make it yes is noted (a fork) and run on its own: /items/{} , then /items/{}/history. On each
 * such way every test of method and url has one answer, so a run sees what that operation does, and nothing else.
 */
typedef enum fl_hole { FL_HOLE_NONE /* literal text */, FL_HOLE_REST /* any text */, FL_HOLE_SEGMENT /* without slash */, FL_HOLE_INTEGER } fl_hole;
typedef struct fl_part { fl_hole hole; fl_str literal; } fl_part;
#define FL_TEMPLATE_PARTS 16u
#define FL_TEMPLATE_HOLES 8u
typedef struct fl_template { unsigned count; fl_part parts[FL_TEMPLATE_PARTS]; } fl_template;

typedef enum fl_subject { FL_SUBJECT_METHOD, FL_SUBJECT_URL } fl_subject;

/** A table that is searched in a loop: on this way its entry `index` is the one that fits. */
typedef struct fl_pick { const fl_value *list; uint32_t index; } fl_pick;

struct fl_pins {
    fl_template subjects[2];               /**< by fl_subject */
    fl_sym names[FL_TEMPLATE_HOLES];       /**< of the url's holes; 0: not known yet */
    FL_VEC(fl_pick) picks;
    const fl_node *node;                   /**< the test that chose this way */
};

/** A stretch of method or url: `body` is the text itself, the rest of the template stands before and behind it. */
struct fl_text { fl_subject subject; fl_template before, body, after; bool is_char, is_length; /**< the first character of body; how long body is */ };

/** What one way through the handler tells while it runs. */
struct fl_dispatch {
    fl_pins pins;
    FL_VEC(fl_pins) forks;
    FL_VEC(uint64_t) answers;              /**< where it answered: the call and those on the way to it */
    const fl_node *chosen;                 /**< the last test that held */
    bool is_open[2];                       /**< a test of the subject was left open: its hole is "none of those" */
    bool is_tested[2];
    bool is_used[FL_TEMPLATE_HOLES];       /**< of the url's holes: read as a text of its own */
};

/* text.c */
const fl_fact *fl_text_of_subject(fl_exec *x, fl_subject subject, const fl_node *node);
/** The url behind its first `count` characters, which a mount takes off. */
const fl_fact *fl_text_below(fl_exec *x, size_t count, const fl_node *node);
/** A known text becomes a literal, a text that is one hole a path parameter. */
const fl_fact *fl_text_fact(fl_exec *x, const fl_text *text, const fl_node *node);
/** 1 yes, 0 no, -1: neither side is such a text. `length` below 0: all of it. */
int fl_text_compare(fl_exec *x, fl_activation *a, const fl_state *s, const fl_fact *l, const fl_fact *r, fl_sym how, int64_t length, bool ignores_case, const fl_node *node);
/** `==`, `!=` on texts and on their characters, and steps of pointers into them; NULL when nothing is known. */
const fl_fact *fl_text_operator(fl_exec *x, fl_activation *a, const fl_state *s, fl_op op, const fl_fact *l, const fl_fact *r, const fl_node *node);
/** The text from there on; NULL when that is not known. */
const fl_fact *fl_text_skip(fl_exec *x, const fl_fact *f, int64_t count, const fl_node *node);
/** Of a text that begins with known characters and is open behind them; NULL: of another. */
const fl_fact *fl_text_length(fl_exec *x, const fl_text *t);
/** What stands before the first known character of a text like `{id}/town`, as atoi() reads it; NULL: the text is another. */
const fl_fact *fl_text_first(fl_exec *x, const fl_fact *f, const fl_node *node);
const fl_fact *fl_text_character(fl_exec *x, const fl_fact *f, int64_t at, const fl_node *node);
/** The intrinsics text_*: NULL when they do not apply. */
const fl_fact *fl_text_intrinsic(fl_exec *x, fl_activation *a, fl_state *s, fl_intrinsic what, const fl_fact *self, const fl_fact **args, unsigned count, const fl_node *node);
/** What a group of a pattern took of a text that matched. */
const fl_fact *fl_text_group(fl_exec *x, const fl_fact *list, int64_t group, const fl_node *node);
/** A hole gets the name of what it is stored into; the nearest to where the way is chosen counts. */
void fl_text_stored(fl_exec *x, const fl_activation *a, const fl_fact *f, fl_sym name);
void fl_text_passed(fl_exec *x, const fl_activation *a, const fl_fact *f, fl_sym name);
/** The variable handed in as that argument of a call, or whose address is, has that value from here on. */
void fl_exec_write_argument(fl_exec *x, fl_activation *a, fl_state *s, const fl_node *call, unsigned arg, const fl_fact *value);
/* dispatch.c */
/** Notes that this call answers. */
void fl_dispatch_answers(fl_exec *x, const fl_activation *a, const fl_node *node);
/** An entry of a table of routes that the code searches: on this way, that one; NULL when the list is no such table. */
const fl_fact *fl_dispatch_pick(fl_exec *x, const fl_fact *list);
/* dispatch_entry.c */
/** A template that method and url of the request are put into; NULL: another. */
const fl_fact *fl_dispatch_template(fl_exec *x, const fl_activation *a, const fl_state *s, const fl_instr *i);
/** `method + " " + url`, `url in routes`; NULL: another. */
const fl_fact *fl_dispatch_binary(fl_exec *x, fl_activation *a, const fl_state *s, fl_op op, const fl_fact *l, const fl_fact *r, const fl_node *node);
/** The entry of a dict that the request line, or a part of it, is the key of on this way: undefined where it is none. NULL: not such a look-up. */
const fl_fact *fl_dispatch_entry(fl_exec *x, fl_activation *a, const fl_state *s, const fl_fact *object, const fl_fact *key, const fl_node *node);
/* template.c */
fl_template fl_template_of(fl_str literal);
void fl_template_add(fl_arena *arena, fl_template *t, fl_hole hole, fl_str literal);
fl_template fl_template_join(fl_arena *arena, const fl_template *a, const fl_template *b);
unsigned fl_template_holes(const fl_template *t);
bool fl_template_literal(const fl_template *t, fl_str *out);      /**< false: it has holes */
/** OpenAPI form; holes without a name get `usual`. */
fl_str fl_template_text(fl_arena *arena, const fl_template *t, const fl_sym *names, const char *usual);
/** Could the template be that text? 2: it is. */
int fl_template_fits(const fl_template *t, fl_str text);
/** The form of a regular expression whose groups are segments or numbers; false: it is more than that. */
bool fl_template_of_regex(fl_arena *arena, fl_str source, fl_template *out);
/** A pattern of a router by hand: * # %d %s :name {name} <name> are holes. */
fl_template fl_template_of_pattern(fl_arena *arena, fl_str pattern, fl_sym *names);
#endif
