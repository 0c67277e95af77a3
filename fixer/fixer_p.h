#ifndef FL_FIXER_P_H
#define FL_FIXER_P_H
#include "fixer/fixer.h"

/**
 * Private to fixer/. Order of reading: spelling.c and style.c (how text is written here), edit.c and site.c (where it
 * goes), scope.c, naming.c, refusal.c and check.c (what it says and asks), exit.c (how a function is left), place.c (at which point of the call chain), template_*.c (one
 * way to mend each), propose.c (all ways, in order of trust), then diff.c, patch.c, scratch.c, proof.c and fixer.c.
 *
 * New text is built in a neutral layout: FL_NEWLINE stands for a line end at the place's indentation and FL_INDENT,
 * behind it, for one level more. Text copied from the file keeps its own bytes, so the two never mix.
 */
#define FL_NEWLINE '\x01'
#define FL_INDENT '\x02'

/* ---- spelling.c: rows of models/spelling/<language>.yaml ---- */
typedef struct fl_spelling { fl_str language; const fl_data *data; } fl_spelling;
typedef struct fl_hole { const char *name; fl_str text; } fl_hole;
/** Fills the holes of a text; a hole that is not given stays as it is. `holes` ends with a NULL name. */
fl_str fl_fill(fl_arena *arena, fl_str text, const fl_hole *holes);
/** A row, filled. Empty when the language has no such row. */
fl_str fl_spell(fl_arena *arena, const fl_spelling *spelling, const char *row, const fl_hole *holes);
fl_str fl_spelling_row(const fl_spelling *spelling, const char *row);

/* ---- style.c: the habits of a file ---- */
typedef enum fl_guard_form { FL_GUARD_BLOCK, FL_GUARD_LINE, FL_GUARD_BLOCK_LINE, FL_GUARD_BLOCK_BELOW, FL_GUARD_LINE_BELOW } fl_guard_form;
typedef struct fl_style {
    fl_str unit;                           /**< one level of indentation */
    char quote;
    bool has_terminators;
    bool absent_exactly;                   /**< absence is compared with the null value, never negated */
    fl_guard_form guard, long_guard;       /**< of one statement, of more */
    size_t line_limit;                     /**< columns that a guard on one line may take */
} fl_style;
void fl_style_of(fl_style *style, const fl_file *file, const fl_spelling *spelling);
fl_str fl_line_indent(const fl_file *file, uint32_t byte);       /**< leading white space of the line; borrows */
uint32_t fl_line_start(const fl_file *file, uint32_t byte);      /**< behind the BOM on the first line */
uint32_t fl_line_end(const fl_file *file, uint32_t byte);        /**< before its line end */
fl_str fl_line_ending(const fl_file *file, uint32_t byte);       /**< of this line, else of the one above, else "\n" */
fl_str fl_quote(fl_arena *arena, char quote, fl_str text);       /**< a string literal */
/** The node's last byte, its terminator included. */
uint32_t fl_statement_end(const fl_file *file, const fl_node *statement, const fl_spelling *spelling);
uint32_t fl_statement_start(const fl_file *file, const fl_node *statement);

/* ---- edit.c ---- */
typedef FL_VEC(fl_edit) fl_edits;
/** Sorts by file and byte (insertions first, in order of arrival); false when two overlap. */
FL_NODISCARD bool fl_edits_sort(fl_edits *edits);
/** The text with the edits of that file applied. */
fl_str fl_edits_apply(fl_arena *arena, fl_str text, uint32_t file, const fl_edits *edits);
/** The diffs of all files that sorted edits touch, by path. */
FL_NODISCARD fl_status fl_edits_diff(fl_arena *arena, const fl_project *project, const fl_edits *edits, fl_str *diff, fl_err *err);
/** Neutral layout → bytes. */
fl_str fl_lay_out(fl_arena *arena, fl_str neutral, fl_str indent, fl_str unit, fl_str line_ending);

/* ---- what all repairs of one project share ---- */
typedef struct fl_framework_roles { fl_str name; const fl_data *params; } fl_framework_roles;
typedef struct fl_workshop {
    fl_arena *arena;
    const fl_api *api;
    FL_VEC(fl_spelling) spellings;
    FL_VEC(const fl_style *) styles;       /**< by file id; NULL until asked for */
    FL_VEC(fl_framework_roles) frameworks; /**< read so far */
    struct fl_call_index *calls;
} fl_workshop;
FL_NODISCARD fl_status fl_workshop_init(fl_workshop *shop, fl_arena *arena, const fl_api *api, fl_err *err);
void fl_workshop_release(fl_workshop *shop);
const fl_spelling *fl_workshop_spelling(const fl_workshop *shop, const fl_file *file);   /**< NULL: not repaired */
const fl_style *fl_workshop_style(fl_workshop *shop, const fl_file *file);
const fl_node *fl_workshop_function(fl_workshop *shop, fl_sym name);   /**< of the project, with a body; NULL */
/** Position of a role ("response", "next") among a handler's parameters, as the operation's framework has it; -1. */
int fl_workshop_role(fl_workshop *shop, const fl_operation *operation, const char *role);

/* ---- scope.c ---- */
const fl_node *fl_function_of(const fl_node *node);              /**< nearest enclosing function, not the node itself; NULL */
bool fl_is_comprehension(const fl_node *function);               /**< [x for …]: it has a scope of its own, and runs where it stands */
const fl_node *fl_body_of(const fl_node *node);                  /**< as fl_function_of, but comprehensions are part of what they stand in */
fl_sym fl_function_name(const fl_node *function);                /**< own name, or that of what it is assigned to */
bool fl_is_visible(const fl_node *at, fl_sym name);              /**< declared in a scope around `at`, before it */
const fl_node *fl_declaration_of(const fl_node *at, fl_sym name);/**< the let, param, function, import… that declares it */
bool fl_declares(const fl_node *node, fl_sym name);              /**< as a pattern, let, function, class or import */
bool fl_mentions(const fl_node *node, fl_sym name);
bool fl_is_jumped_to(const fl_node *label);                      /**< by a goto, not only left by break */
bool fl_has_calls(const fl_node *node);                          /**< calls, awaits, assignments: not to be evaluated twice */
const fl_node *fl_param_named(const fl_node *function, fl_sym name, unsigned *index);
fl_sym fl_param_name(const fl_node *function, unsigned index);   /**< 0 when absent or a pattern */
bool fl_node_within(const fl_node *node, const fl_node *outer);
/** What a chain of members and calls starts with: `res` of res.status(404).json(…). */
const fl_node *fl_chain_root(const fl_node *node);
/** Name of the thing called: `f` of f(x), `find` of a.b.find(x). */
fl_sym fl_callee_name(const fl_node *call);
fl_sym fl_key_of(const fl_node *member_or_index);                /**< member name, or a constant index that is a string */

/* ---- naming.c ---- */
fl_str fl_name_for_value(fl_arena *arena, const fl_node *value); /**< `order` for orders.findById(id); empty when nothing fits */
fl_str fl_name_free(fl_arena *arena, const fl_spelling *spelling, const fl_node *at, fl_str wanted, fl_str fallback);
fl_str fl_singular(fl_arena *arena, fl_str word);                /**< orders → order, categories → category */
fl_str fl_words(fl_arena *arena, fl_str identifier);             /**< "cart item" for cartItem */
fl_str fl_pointer_name(const fl_request_pointer *pointer);       /**< last segment that is not an element */

/* ---- place.c: where on the way from the handler to the weak spot a guard may stand ---- */
typedef struct fl_place {
    fl_file *file;
    const fl_spelling *spelling;
    const fl_style *style;
    const fl_node *node;                   /**< the expression that must not run before the guard: what fails, or a call on the way to it */
    const fl_node *value;                  /**< what is checked, without `path`; in a pattern: the value taken apart */
    fl_str path;                           /**< what follows value: ".items" */
    fl_str checked;                        /**< value and path as text; empty when value has calls and must be bound first */
    fl_str name_hint;                      /**< for a temporary */
    fl_str element, of_element;            /**< set: value is a list, and `of_element` is checked of each, under that name */
    bool only_null;                        /**< a default covers absence */
    const fl_node *function;               /**< around node; NULL: top level */
    bool is_call;                          /**< value is a call that fails as a whole, of a reason that cannot be checked here */
    bool is_around;                        /**< the call that runs the function in which the place before this one is */
    bool is_hoisted;                       /**< the place before this one, moved out of a callback */
    bool is_handler;                       /**< function is one of the operation's */
    unsigned depth;                        /**< 0: at the weak spot itself */
} fl_place;
typedef FL_VEC(fl_place) fl_places;

/** A key of a mapping is no member here: x["name"] is not x.name, and asking for one that is not there throws. */
bool fl_has_own_keys(const fl_place *place);

/* ---- propose.c ---- */
/** In order of trust: with the project's refusals, with those that need an import, with the framework's. */
typedef enum fl_round { FL_ROUND_PROJECT, FL_ROUND_IMPORT, FL_ROUND_FRAMEWORK, FL_ROUND_COUNT } fl_round;
typedef struct fl_candidate {
    const char *template_id;
    fl_edits edits;
    const fl_refusal *refusal;             /**< NULL: none is written */
    bool is_tolerant;                      /**< absence becomes legal: the request succeeds */
    bool keeps_answer;                     /**< the answer stays what it was: only the process must live */
    const char *note;                      /**< what the reader must know beyond the diff; NULL */
} fl_candidate;
typedef FL_VEC(fl_candidate) fl_candidates;

/** One weak spot on the bench. */
typedef struct fl_job {
    fl_workshop *shop;
    fl_arena *arena;
    const fl_weak_spot *spot;
    const fl_operation *operation;
    fl_places places;                      /**< the weak spot first, then callers, up to the handler */
    bool takes_no_number;                  /**< a range is asked for so that NaN passes: what the call makes of it stays as it is */
    bool asks_for_key;                     /**< guards ask first whether there are keys */
    unsigned checked_types;                /**< that the condition written last asks for, when a library's words did */
    fl_candidates candidates;              /**< best first */
} fl_job;
/** The call that registers the operation; NULL when it is none. */
const fl_node *fl_registration_of(const fl_workshop *shop, const fl_operation *operation);
/** Is the function one of the operation's handlers, written in its registration, or named there (behind a wrapper)? */
bool fl_is_handler(const fl_job *job, const fl_node *function);
/** Where the subject may be checked. Empty when the spans fit no expression. */
void fl_places_find(fl_job *job);
/** All repairs of the weak spot, most trusted first. */
void fl_propose(fl_job *job, fl_workshop *shop, const fl_weak_spot *spot);
/** NULL when it was dropped. Sorts, drops what overlaps, breaks syntax or repeats an earlier one; else appends. */
fl_candidate *fl_job_add(fl_job *job, const char *template_id, fl_edits *edits, const fl_refusal *refusal);

/** The condition under which the subject must be refused, on a simple text `x`; empty when the hint gives none. */
fl_str fl_check_text(fl_job *job, const fl_place *place, fl_str x);

/* ---- refusal.c ---- */
typedef struct fl_refusing {
    const fl_refusal *refusal;
    fl_str statement;                      /**< without terminator */
    fl_edits imports;                      /**< what brings its names into scope */
} fl_refusing;
typedef FL_VEC(fl_refusing) fl_refusings;
/** The ways to refuse at a place, best first: the project's in the same file, its others by use, then a framework's. */
void fl_refusals_at(fl_job *job, const fl_place *place, fl_round round, fl_refusings *out);
unsigned fl_error_status_in(const fl_node *node);                 /**< the first number from 400 to 599; 0 */
/** Would a returned value break the types of the place's function? */
bool fl_returns_no_value(const fl_place *place);
/** Does this file refuse with the weak spot's status already? */
bool fl_refuses_alike(fl_job *job, const fl_place *place);
fl_str fl_guard_text(fl_job *job, const fl_place *place, fl_str condition, fl_str refusal);  /**< neutral layout */

/** Is it declared here, or by text that the file includes (an import of every name)? */
bool fl_is_known(fl_job *job, const fl_place *place, fl_sym name);

/* ---- exit.c: how a function is left, with its clean-up ---- */
typedef FL_VEC(fl_str) fl_lines;
/** Does the language's data say that results and resources matter, so that exits are copied from the function's own? */
bool fl_exits_matter(const fl_place *place);
/** `answer` (calls, FL_NEWLINE between) as the function's own refusals leave it; false when none can be told. `edits` gets what the
 *  clean-up needs elsewhere. */
FL_NODISCARD bool fl_leave(fl_job *job, const fl_place *place, const fl_node *sample, fl_str answer, fl_str *statement, fl_edits *edits);
/** Calls that release what is live before `at`, but for `skipped`, in the order in which the function releases. */
void fl_live_at(fl_job *job, const fl_place *place, const fl_node *at, fl_sym skipped, fl_lines *out);
/** What was assigned last to a local name, in text order before `at`; NULL when nothing was. */
const fl_node *fl_value_before(const fl_node *function, const fl_node *at, fl_sym name);
bool fl_is_void_function(const fl_node *function);

/* ---- check.c: when to refuse, by library and declaration ---- */
/** By the library that the value comes from; empty when no row knows it. */
fl_str fl_library_check(fl_job *job, const fl_place *place, fl_str x);
/** By the kind of weak spot: divisors, indexes, copies; empty for others, and where the size is not known. */
fl_str fl_special_check(fl_job *job, const fl_place *place, fl_str x);
/** The list is shorter than the index `at` asks; empty: that is no number. */
fl_str fl_short_check(fl_job *job, const fl_place *place, fl_str list, const fl_node *at);
/** The row of the unbounded call at the place, that call, and the condition that it writes too much; NULL when none can be told. */
const fl_data *fl_bound_of(fl_job *job, const fl_place *place, const fl_node **call, fl_str *too_long);
bool fl_is_lookup(const fl_place *place, const fl_node *call);   /**< the language's data says that it changes nothing */
bool fl_has_effects(const fl_place *place, const fl_node *node); /**< as fl_has_calls, but look-ups have none */
bool fl_has_digits_only(fl_str text);
/** An expression that may be evaluated again, as text; empty when it may not. */
fl_str fl_checked_text(fl_job *job, const fl_place *place, const fl_node *node);

/** The type of what a call gives, ready to stand before a name (`struct item *`); empty when it is not written anywhere. */
fl_str fl_result_text(fl_job *job, const fl_place *place, const fl_node *call);
/** The type in what stands before a declared name, where types stand there (`const int ` → `int `); empty when it is inferred from `value`. */
fl_str fl_declared_type(fl_job *job, const fl_place *place, fl_str keyword, const fl_node *value);

/* ---- import.c ---- */
/** Edits that import `name` into the place's file as `sample` (another file) imports it; false when that cannot be copied. */
FL_NODISCARD bool fl_import_like(fl_job *job, const fl_place *place, const fl_file *sample, fl_sym name, fl_edits *edits);
/** The same by the language's rows, where modules have dotted names (import_module.c). */
FL_NODISCARD bool fl_import_module_like(fl_job *job, const fl_place *place, const fl_file *sample, fl_sym name, fl_edits *edits);
/** Edits that import `name` from a module by the language's rows; beside other names of that module, where some are imported already. */
FL_NODISCARD bool fl_import_from(fl_job *job, const fl_place *place, fl_str module, fl_sym name, fl_edits *edits);

/* ---- site.c: statements in, around and before a place ---- */
typedef struct fl_site {
    const fl_place *place;
    const fl_node *statement;              /**< its statement; for a function that is an expression: the expression */
    enum { FL_SITE_OWN_LINES, FL_SITE_SHARED_LINE, FL_SITE_ONE_LINE_BLOCK, FL_SITE_BARE_BODY, FL_SITE_EXPRESSION_BODY } shape;
    uint32_t start_byte, end_byte;         /**< of the statement, terminator included */
    fl_str indent, unit, line_ending;      /**< of new lines before the statement */
} fl_site;
/** false: there is no statement to stand before (parameters, class bodies), or the language's layout forbids it. */
FL_NODISCARD bool fl_site_find(fl_site *site, fl_job *job, const fl_place *place);
/** Puts neutral text (whole statements, FL_NEWLINE between) before the site's statement. */
void fl_site_insert(fl_job *job, const fl_site *site, fl_str neutral, fl_edits *edits);
/** Replaces the statement by neutral text: for repairs that wrap it. `keeps_value`: the text returns by itself. */
void fl_site_replace(fl_job *job, const fl_site *site, fl_str neutral, fl_edits *edits);
/** What must hold inside the statement for `node` to be reached, as a condition; empty when always. false: it cannot be said without calls. */
FL_NODISCARD bool fl_site_reach(fl_job *job, const fl_site *site, const fl_node *node, fl_str *condition);
/** May `node` be evaluated before the rest of its statement? Nothing with effects stands before it and it is always reached. */
bool fl_site_can_hoist(const fl_site *site, const fl_node *node);
/** Ends a statement of the layout: adds the terminator where the file has them. */
fl_str fl_terminated(fl_job *job, const fl_place *place, fl_str statement);
void fl_edits_append(fl_job *job, fl_edits *edits, const fl_edits *more);
void fl_edit_push(fl_job *job, fl_edits *edits, const fl_place *place, uint32_t start_byte, uint32_t end_byte, fl_str text);
/** Replaces an expression by a name, with the parentheses that only it needed. */
void fl_edit_expression(fl_job *job, fl_edits *edits, const fl_place *place, const fl_node *expression, fl_str text);
fl_str fl_text_of(const fl_place *place, const fl_node *node);

/* ---- templates, in order of trust; each adds what it can ---- */
void fl_template_move_below_check(fl_job *job);
void fl_template_end_after_answer(fl_job *job);
void fl_template_tolerate(fl_job *job);
void fl_template_early_refusal(fl_job *job, fl_round round);
void fl_template_catch(fl_job *job, fl_round round);
bool fl_throws_by_itself(const fl_job *job);                      /**< the look-up is known to throw when it finds nothing */
void fl_template_transfer_check(fl_job *job, fl_round round);
void fl_template_check_result(fl_job *job, fl_round round);
void fl_template_bound(fl_job *job, fl_round round);
void fl_template_swap(fl_job *job, fl_round round);
void fl_template_release(fl_job *job);
void fl_template_forward_error(fl_job *job);

/* ---- scratch.c: a copy of the project that may be changed ---- */
typedef struct fl_scratch { fl_arena *arena; fl_str parent, folder; FL_VEC(fl_str) changed; const fl_project *project; } fl_scratch;
FL_NODISCARD fl_status fl_scratch_init(fl_scratch *scratch, fl_arena *arena, const fl_workshop *shop, fl_err *err);
FL_NODISCARD fl_status fl_scratch_change(fl_scratch *scratch, fl_str path, fl_str bytes, fl_err *err);
/** Puts the original bytes back. */
FL_NODISCARD fl_status fl_scratch_revert(fl_scratch *scratch, fl_err *err);
void fl_scratch_release(fl_scratch *scratch);

/* ---- compare.c: what must not change, and what must ---- */
typedef struct fl_comparison { bool is_gone; fl_str trouble; FL_VEC(uint32_t) gone; } fl_comparison; /**< gone: ids of weak spots that are no more */
/** Two extractions of the same project, before and after a patch. trouble: a route or a weak spot that is new, or a route that is lost. */
void fl_compare_apis(fl_arena *arena, const fl_api *before, const fl_api *after, uint32_t weak_spot, fl_comparison *out);
/** Does a JSON body have these keys with these types? A NULL shape fits everything. */
bool fl_fits_shape(fl_arena *arena, const fl_data *shape, fl_str body);

/* ---- proof.c ---- */
typedef struct fl_prover {
    fl_arena *arena;
    fl_run *run;
    fl_workshop *shop;
    const fl_fixer_options *options;
    fl_scratch scratch;
    fl_http *http;
    fl_service_plan plan;                  /**< the engine's, in the scratch folder */
    bool types_by_build;                   /**< of the patch under proof: its build checks its types */
    bool knows_types, knows_noise;         /**< the two below were measured on the unpatched copy */
    unsigned type_errors, noise;           /**< lines of type errors; baselines that change by themselves */
} fl_prover;
FL_NODISCARD fl_status fl_prover_init(fl_prover *prover, fl_run *run, fl_workshop *shop, const fl_fixer_options *options, fl_err *err);
/** Fills patch->proof; adds to patch->faults every fault of `run` that the patch mends, the given one first. */
void fl_prove(fl_prover *prover, fl_patch *patch, const fl_fault *fault, const fl_candidate *candidate);
/** The part of it behind extraction and types: start, replay, shape, baselines. For tests with an API model made by hand. */
void fl_prove_running(fl_prover *prover, fl_patch *patch, const fl_fault *fault, const fl_candidate *candidate);
void fl_prover_release(fl_prover *prover);

#endif
