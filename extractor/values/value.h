#ifndef FL_EXTRACTOR_VALUE_H
#define FL_EXTRACTOR_VALUE_H
#include "extractor/models/model.h"
#include "extractor/source/source.h"
#include <pthread.h>

/**
 * Values of start-up code: what an abstract interpreter finds when it runs every module's top level and what that calls.
 * All values live in the evaluator's arena and are read-only once fl_values_run has returned; later stages share them over threads.
 */
typedef enum fl_value_kind {
    FL_V_UNKNOWN,    /**< text = why, or the environment variable's name when is_environment */
    FL_V_UNDEFINED, FL_V_NULL,
    FL_V_BOOLEAN, FL_V_NUMBER, FL_V_STRING, /**< text */
    FL_V_TEMPLATE,   /**< items: STRING parts and anything else as holes */
    FL_V_REGEX,      /**< text = source */
    FL_V_LIST, FL_V_DICT,
    FL_V_FUNCTION,   /**< node, scope; self for methods; slots: members, defaults that calls made */
    FL_V_CLASS,      /**< node, scope, target = superclass; slots = statics */
    FL_V_INSTANCE,   /**< target = class (or constructor function); slots = fields */
    FL_V_METHOD,     /**< a modelled member: self = receiver, member */
    FL_V_EXTERNAL,   /**< package (none: a global of the language) and dotted path in text; model may be NULL */
    FL_V_TYPED,      /**< an instance of a model type; effect, self and items tell which call made it */
    FL_V_RESULT,     /**< of external code without a model: target = callee, items = arguments */
} fl_value_kind;

typedef struct fl_value fl_value;
typedef struct fl_scope fl_scope;
typedef struct fl_module fl_module;
typedef struct fl_slot { fl_sym key; bool is_getter; fl_value *value; const fl_node *node; } fl_slot;

/** One call that registers handlers, on the router it was made on. */
typedef struct fl_registration {
    const fl_effect *effect;
    bool is_mount;
    fl_value *error;                       /**< handlers are for errors of this class, or with this status; NULL: they are not */
    fl_sym param;                          /**< a hook of this path parameter; 0 none */
    FL_VEC(fl_sym) methods;                /**< empty: any method */
    fl_value *path;                        /**< NULL: none given */
    fl_value *prefix;                      /**< before `path`; NULL */
    FL_VEC(fl_value *) handlers;           /**< lists flattened */
    const fl_node *node;                   /**< the call */
    fl_value *status;                      /**< of its usual answer; NULL: not said */
    fl_value *answers;                     /**< dict from statuses to schemas of what it says it answers with; NULL: not said */
    const fl_node *response; fl_module *response_module;   /**< what it answers with, a type written as an expression; NULL: not said */
    bool is_hidden;                        /**< the program keeps it out of its document */
    FL_VEC(fl_value *) before;             /**< run before its handlers, or before those of the router that it mounts */
    const char *doubt;                     /**< NULL, or why this is only possible */
} fl_registration;

struct fl_value {
    uint8_t kind;
    bool boolean;
    bool is_environment;                   /**< UNKNOWN read from the environment */
    bool has_more;                         /**< DICT: also members that are not known (a spread of something unknown) */
    bool is_named;                         /**< DICT: arguments that a call gives by name */
    bool is_mounted, is_served;            /**< TYPED routers */
    uint32_t id;                           /**< order of creation: deterministic */
    const fl_node *node;                   /**< where it was made; may be NULL */
    fl_sym text, package;
    const fl_model *model;
    const fl_model_type *type;
    const fl_member *member;
    const fl_effect *effect;
    fl_value *target, *self, *bound;       /**< bound: path remembered by a route(path) call */
    fl_scope *scope;
    fl_module *module;                     /**< whose code made it */
    FL_VEC(fl_slot) slots;
    FL_VEC(fl_value *) items;
    FL_VEC(fl_registration *) registrations;
};

typedef struct fl_cell {
    fl_sym name, import_name;
    fl_value *value;                       /**< NULL: not initialised yet */
    const fl_node *declared;
    fl_module *import_from;                /**< resolved at first use: what has import_name there */
    fl_module *home;                       /**< of a name that all files share: where it is defined */
    bool is_sought;                        /**< its import is being followed */
    bool is_const, is_reassigned;          /**< reassigned: some function writes it later, so its value here is only the first */
} fl_cell;

struct fl_scope {
    fl_scope *parent;
    fl_module *module;
    const fl_node *function;               /**< NULL in module scope and blocks */
    fl_value *self;                        /**< `this` */
    FL_VEC(fl_cell *) cells;
    fl_map *index;                         /**< module scopes: sym → cell */
};

struct fl_module {
    fl_file *file;
    const fl_model *builtins;
    fl_scope *scope;
    fl_value *exports;
    enum { FL_MODULE_NEW, FL_MODULE_RUNNING, FL_MODULE_DONE } state;
    bool is_imported;
    FL_VEC(fl_sym) packages;               /**< external packages it imports, in order */
    struct fl_linkage *linkage;            /**< names that all files of the language share (`linkage: program`); NULL */
    uint32_t steps;
};

/** What is known of names, for the threads that ask: where a type of a module is declared (flow/schema_lookup.c). */
typedef struct fl_found_names { pthread_mutex_t lock; fl_map by_name; fl_arena arena; } fl_found_names;

/** The finished start-up state. */
typedef struct fl_values {
    fl_arena arena;
    fl_project *project;
    const fl_models *models;
    fl_module *modules;                    /**< one per project file, by file id */
    FL_VEC(fl_value *) applications;       /**< those of the routers that stand for a framework whose calls name no router */
    FL_VEC(fl_value *) routers;            /**< every TYPED router, in order of creation */
    FL_VEC(fl_value *) elements;           /**< lists and maps that gain elements */
    FL_VEC(fl_value *) functions;          /**< every closure made, in order */
    FL_VEC(fl_sym) environment;            /**< names read, first use first */
    struct { fl_value *port; const fl_node *node; } listen;
    fl_module *started;                    /**< private: the module that runs because nobody imports it */
    FL_VEC(fl_module *) listening;         /**< those that began to listen, by themselves or in what they import */
    FL_VEC(fl_value *) classes;            /**< private: those whose fields may get other names, at the end */
    FL_VEC(fl_value *) deferred;           /**< private: validators with code in them, run at the end */
    FL_VEC(fl_value *) called;             /**< private: functions that start-up called */
    fl_map called_nodes;
    fl_value **literals;                   /**< private: see fl_value_literal; NULL where memory is written to by its address */
    FL_VEC(struct fl_linkage *) linkages;  /**< private */
    bool is_entering; uint32_t entry_steps;   /**< private: in a program's first function */
    struct fl_reach *reach;                /**< private: which functions may register something */
    uint32_t idle_until;                   /**< private: 0, or the step of a program at which a call ends that cannot register anything */
    uint32_t registered;                   /**< private: routes, so far */
    fl_scope *ambient;                     /**< private: names that files of the project have without an import; NULL */
    fl_found_names *types;                 /**< private to flow */
    uint32_t next_id;
    uint32_t depth, unknown_count, limit_count;
} fl_values;

/** A variable of the environment that says where something is, and the URL that the program takes when it is not set; or that of the code itself,
 *  "https://rates.example.com", by its own name. */
typedef struct fl_address { fl_str name, url; fl_span span; } fl_address;
typedef FL_VEC(fl_address) fl_address_list;
/** Those of the whole source, each variable once (address.c), and values->environment gets what handlers read; texts live as long as the project. */
fl_address_list fl_values_addresses(fl_values *values);

FL_NODISCARD fl_status fl_values_run(fl_values *values, fl_project *project, const fl_models *models, fl_err *err);
void fl_values_release(fl_values *values);
/** Text form: one module's exports and routers; golden format of --dump-values. */
void fl_values_dump(fl_buf *out, fl_values *values);

/** Modules of the project, and behind them those that stand for packages. */
static inline uint32_t fl_values_module_count(const fl_values *v) { return v->project->file_count + v->project->library_count; }

/* reading */
fl_cell *fl_scope_find(const fl_scope *scope, fl_sym name);      /**< climbs, then asks the names that files share; NULL when it is a global */
const fl_slot *fl_value_own_slot(const fl_value *value, fl_sym key);   /**< NULL */
fl_value *fl_value_slot(const fl_value *value, fl_sym key);      /**< value of the own slot; NULL */
/** Method or accessor node of a class (and its bases) in the project; NULL. *owner gets the class that has it. A method that is only
 *  declared there is looked up where it is defined ("Class.method"), and *module gets that module (may be NULL), else the class's. */
const fl_node *fl_value_class_member(const fl_value *class_value, fl_sym key, const fl_value **owner, fl_module **module);
bool fl_value_as_text(const fl_value *value, fl_str *out);       /**< STRING and NUMBER */
unsigned fl_value_types(const fl_value *value);                  /**< set of fl_type_set; 0 unknown */
/** Model type of a value: its TYPED type, or the language's basic type. NULL. */
const fl_model_type *fl_value_type(const fl_value *value, const fl_model *builtins);
/** The modelled member of an EXTERNAL's whole path ("JSON.parse"), or NULL. */
/** Splits "package.part" where a model's package, else the first word, ends. */
void fl_module_name_path(const fl_values *v, const fl_module *m, fl_str *package, fl_str *path);
const fl_member *fl_value_external_member(const fl_value *external);
/** What a model says of a class that derives from it, where its fields make a validator (`class_fields`); NULL. */
const fl_effect *fl_class_effect(const fl_value *class_value);
/** The dict of such a class's fields, those of its bases first. */
fl_value *fl_class_fields(fl_arena *arena, const fl_value *class_value, const fl_node *node);
/** What a class or one above it is set to, `model_config = {…}` or a class `Config` inside it; `rules`: of what it derives from
 *  (`class:` of an annotation), which names the holders. NULL. */
const fl_value *fl_class_setting(const fl_value *cls, const fl_data *rules, fl_str name);
const char *fl_value_kind_text(fl_value_kind kind);

#endif
