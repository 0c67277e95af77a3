#ifndef FL_EXTRACTOR_VALUE_P_H
#define FL_EXTRACTOR_VALUE_P_H
#include "extractor/values/value.h"

/** How a statement ended. */
typedef enum fl_completion { FL_DONE_NORMAL, FL_DONE_RETURN, FL_DONE_BREAK, FL_DONE_CONTINUE, FL_DONE_THROW } fl_completion;

/** One running function (or module). */
typedef struct fl_frame_state {
    fl_module *module;
    fl_value *result;                      /**< what it returns so far */
    bool result_is_sure;
    unsigned unsure;                       /**< nested arms of conditions that are not known */
    const struct fl_frame_state *caller;
    const fl_node *function;
    const fl_scope *scope;                 /**< in which that function was made */
    const fl_node *call;                   /**< that started it; NULL */
} fl_frame_state;

fl_value *fl_value_new(fl_values *v, fl_value_kind kind, const fl_node *node);
fl_value *fl_value_unknown(fl_values *v, const char *why, const fl_node *node);
fl_value *fl_value_text(fl_values *v, fl_value_kind kind, fl_sym text, const fl_node *node);
/** The same for what nobody changes afterwards: may be one that was made for the same place before. Half of what start-up code makes
 *  are such values, made again in loops and calls. */
fl_value *fl_value_literal(fl_values *v, fl_value_kind kind, fl_sym text, const fl_node *node);
#define FL_LITERAL_SLOTS 8192u
fl_value *fl_value_bool(fl_values *v, bool b);
fl_value *fl_value_set(fl_values *v, fl_value *on, fl_sym key, fl_value *value, const fl_node *node);
/** The definition of a class's member that stands in another file ("Class.member"), and its module; NULL. */
const fl_node *fl_value_defined_elsewhere(const fl_value *class_value, fl_sym key, fl_module **module);
/** 1 true, 0 false, -1 not known */
int fl_value_truth(const fl_value *value);
bool fl_value_is_open(const fl_value *value);           /**< whether it is there is not known */
bool fl_value_is_nullish(const fl_value *value);

fl_scope *fl_scope_new(fl_values *v, fl_scope *parent, fl_module *module);
fl_cell *fl_scope_declare(fl_values *v, fl_scope *scope, fl_sym name, fl_value *value, const fl_node *node);

fl_value *fl_eval(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node);
fl_completion fl_run_statement(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node);
fl_completion fl_run_block(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *first);
void fl_hoist(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *first);
void fl_bind_pattern(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *pattern, fl_value *value, bool declare);

typedef FL_VEC(fl_value *) fl_value_list;
fl_value *fl_call(fl_values *v, fl_frame_state *f, fl_value *callee, fl_value *self, const fl_value_list *args, const fl_node *node, bool is_new);
fl_value *fl_invoke(fl_values *v, fl_frame_state *f, fl_value *function, fl_value *self, const fl_value_list *args, const fl_node *node);
fl_value *fl_get_member(fl_values *v, fl_frame_state *f, fl_value *object, fl_sym key, const fl_node *node);
fl_value *fl_method_of_class(fl_values *v, fl_frame_state *f, fl_value *cls, fl_sym key, const fl_node *node);   /**< of any instance; NULL */
fl_value *fl_apply_effect(fl_values *v, fl_frame_state *f, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node);
fl_value *fl_apply_intrinsic(fl_values *v, fl_frame_state *f, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node);
/** What a class says of itself (outline.c); NULL: it is none. */
fl_value *fl_class_outline(fl_values *v, fl_frame_state *f, fl_value *cls, const fl_node *node);
/** Those that ask a program's own classes, functions and modules (reflect.c); NULL: not known. */
/** Names that files of the project have without an import (ambient.c); before any of them runs. */
void fl_ambient_open(fl_values *v);
bool fl_regex_has_flag(const fl_values *v, const fl_value *regex, char flag);   /**< letters behind the second slash (text.c) */
/** Methods of texts, and of patterns (text.c); NULL when what it gives is not known. */
fl_value *fl_apply_text(fl_values *v, fl_intrinsic what, fl_value *self, const fl_value_list *args, const fl_node *node);
fl_value *fl_apply_reflection(fl_values *v, fl_frame_state *f, fl_intrinsic what, fl_value *self, const fl_value_list *args, const fl_node *node);
/* class.c */
fl_value *fl_class_method(fl_values *v, fl_frame_state *f, fl_value *instance, fl_sym key, const fl_node *node);   /**< bound, or what its getter gives; NULL */
fl_value *fl_instantiate(fl_values *v, fl_frame_state *f, fl_value *cls, const fl_value_list *args, const fl_node *node);
void fl_construct(fl_values *v, fl_frame_state *f, fl_value *cls, fl_value *instance, const fl_value_list *args, const fl_node *node, unsigned depth);
fl_value *fl_environment_value(fl_values *v, fl_sym key, const fl_node *node);
/** What a program takes when the variable is not set; it keeps the variable's name. */
fl_value *fl_environment_default(fl_values *v, const fl_value *variable, const fl_value *preset, const fl_node *node);
fl_value *fl_make_class(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node);
fl_value *fl_make_function(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node);
void fl_run_decorators(fl_values *v, fl_frame_state *f, fl_scope *scope, const fl_node *node, fl_value *decorated);
/** Where the project asked for it, when code that stands for a package did it. */
const fl_node *fl_call_site(const fl_values *v, const fl_frame_state *f, const fl_node *node);
void fl_run_callbacks(fl_values *v, fl_frame_state *f, const fl_value_list *args, const fl_node *node);

/* register.c */
fl_value *fl_effect_arg(fl_value *self, const fl_value_list *args, int arg);   /**< by the number an effect names; NULL */
void fl_register(fl_values *v, fl_frame_state *f, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node);
void fl_register_error_handler(fl_values *v, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node);
void fl_register_param_hook(fl_values *v, const fl_effect *e, fl_value *self, const fl_value_list *args, const fl_node *node);
void fl_register_joined(fl_values *v, const fl_effect *e, fl_value *self, fl_value *made, const fl_value_list *args, const fl_node *node);
void fl_register_table(fl_values *v, fl_frame_state *f, fl_value *router);      /**< the routes that a router is made with */
void fl_register_catches(fl_values *v, fl_value *router, const fl_node *node);   /**< the error handlers it is made with */
fl_value *fl_paths_among(fl_values *v, const fl_value_list *args, int first, const fl_node *node);

/** Remembers a validator whose arguments hold code that gives schemas; settle runs that code once all modules are done. */
void fl_validator_note(fl_values *v, fl_value *made);
void fl_validators_settle(fl_values *v);
/** An object validator's properties as a dict of validators; NULL when not known. */
fl_value *fl_validator_properties(fl_values *v, const fl_value *validator, const fl_node *node);
/** The list or dict of values that an enumerating validator was made with; NULL. */
fl_value *fl_validator_values(const fl_value *validator);

/** What is known of a map (map.c): a dict that it owns; NULL when it is none. */
fl_value *fl_map_entries(fl_values *v, fl_value *map);
/** As a list of pairs; NULL when that is not known. */
fl_value *fl_map_pairs(fl_values *v, fl_frame_state *f, fl_value *map, const fl_node *node);
/** map_get, map_set; NULL: nothing is known. */
fl_value *fl_map_apply(fl_values *v, fl_intrinsic what, fl_value *map, const fl_value_list *args);
/** A service listens: by the call `node`, in the module that is being started. */
void fl_module_listens(fl_values *v, fl_value *port, const fl_node *node);
/** The content of a data file whose text was read; NULL when `text` is none. */
fl_value *fl_module_file_data(fl_values *v, const fl_value *text);

void fl_module_run(fl_values *v, fl_module *module);
fl_value *fl_module_import(fl_values *v, fl_module *from, fl_str specifier, const fl_node *node);
/** The same of a path that was put together: `express` from the root's folder is its file of that name, not the package. */
fl_value *fl_module_import_path(fl_values *v, fl_module *from, fl_str path, const fl_node *node);
fl_value *fl_module_export(fl_values *v, fl_module *module, fl_sym name);
fl_value *fl_module_package(fl_values *v, fl_module *from, fl_str name);   /**< external code of that name */
fl_value *fl_cell_value(fl_values *v, fl_cell *cell);
const fl_model *fl_module_framework(const fl_values *v, const fl_module *m);   /**< that it imports; NULL */
/** Runs what makes an application and was not reached, where start-up registered nothing. false: there is no such thing. */
bool fl_unreached_run(fl_values *v);
void fl_eval_limit(fl_values *v, const fl_node *node, const char *what);  /**< counts and reports a bound that was reached */
bool fl_eval_step(fl_values *v, fl_frame_state *f);   /**< false: a bound was reached */
/* linkage.c */
struct fl_linkage *fl_linkage_new(fl_arena *arena);
void fl_linkage_release(struct fl_linkage *linkage);
void fl_linkage_add(fl_module *module, fl_cell *cell);
void fl_linkage_collect(fl_module *m);                 /**< what a module exports; its scope is made, it has not run */
fl_cell *fl_linkage_find(const fl_module *from, fl_sym name);
void fl_module_add_package(fl_values *v, fl_module *m, fl_sym package);
void fl_module_import_all(fl_values *v, fl_module *m, fl_str specifier, const fl_node *node);
void fl_module_declare_external(fl_values *v, fl_module *m);
void fl_modules_enter(fl_values *v);                   /**< runs the functions with which programs begin */
/* reach.c */
struct fl_reach *fl_reach_new(const fl_values *v, fl_arena *arena);
void fl_reach_release(struct fl_reach *reach);
/** What calls of a function cost so far that cannot register anything, nor what it mentions; NULL: it may. */
uint32_t *fl_reach_idle(const struct fl_reach *reach, const fl_node *function);
bool fl_reach_within(const struct fl_reach *r, const fl_node *node);                 /**< may something below be called that registers? */
/* open.c */
bool fl_module_is_open(const fl_module *m);            /**< are all its names exported? */
fl_value *fl_module_open_member(fl_values *v, fl_module *m, fl_sym name);   /**< NULL */
/** What an item of an import is called as a module of its own; empty: it is none. */
fl_str fl_module_open_below(fl_arena *arena, const fl_module *m, fl_str specifier, fl_sym name);
/** An item that is a module below the source of the import; false when it is none. */
bool fl_module_open_import(fl_values *v, fl_module *m, fl_str specifier, const fl_node *import, const fl_node *item);
/** Variables of other modules that this one writes: `cache.client = …`. */
void fl_module_open_written(fl_values *v, fl_module *m);
void fl_module_open_close(fl_values *v, fl_module *m);   /**< all code ran: its names are members of its exports, as later stages read them */
void fl_module_open_import_all(fl_values *v, fl_module *m, fl_module *other, const fl_node *node);
void fl_args_place(fl_values *v, const fl_effect *e, fl_value_list *args, const fl_node *node);   /**< those by name where `params` says */
fl_value *fl_args_named(fl_values *v, fl_value_list *args);   /**< takes those by name off the end; NULL */
/* order.c */
/** File ids in the order in which their modules are run. */
void fl_modules_in_order(fl_values *v, uint32_t *order);
#endif
