#ifndef FL_EXTRACTOR_MODEL_H
#define FL_EXTRACTOR_MODEL_H
#include "base/data.h"

/**
 * What external code means, as data (models/frameworks, models/libraries, models/languages; the format is described in
 * docs/adding-a-framework.md). A model names packages; an import of one of them, in a version that fits, switches it on.
 * A loaded model is immutable and shared by all threads. Names are interned; a type is named "model.type".
 */

/** Run-time types as a set, the same for every language. */
enum fl_type_set {
    FL_T_UNDEFINED = 1, FL_T_NULL = 2, FL_T_BOOLEAN = 4, FL_T_NUMBER = 8, FL_T_STRING = 16, FL_T_LIST = 32, FL_T_DICT = 64,
    FL_T_FUNCTION = 128, FL_T_OTHER = 256 /* instances of classes and model types */,
    FL_T_NULLISH = FL_T_UNDEFINED | FL_T_NULL, FL_T_ANY = 511
};

typedef struct fl_model fl_model;
typedef struct fl_model_type fl_model_type;

/** What a call gives back: "string", "element or undefined", "promise of document or null", "this", "arg 0", "callback". */
typedef struct fl_result {
    enum { FL_RESULT_UNKNOWN, FL_RESULT_BASIC, FL_RESULT_TYPE, FL_RESULT_THIS, FL_RESULT_ARG, FL_RESULT_ELEMENT, FL_RESULT_CALLBACK,
           FL_RESULT_LIST_OF, FL_RESULT_PROMISE_OF, FL_RESULT_DICT_OF, FL_RESULT_PLAIN /* the receiver as plain data */,
           FL_RESULT_ROW /* data of the schema that the receiver hands on */,
           FL_RESULT_ELEMENT_OF_ARG, FL_RESULT_INSTANCE /* of the receiver, a class */, FL_RESULT_INSTANCE_OF_ARG,
           FL_RESULT_MEMBER /* of the receiver, named by type */ } kind;
    unsigned types;                        /**< BASIC: set of fl_type_set */
    unsigned or_types;                     /**< "or undefined", "or null": nullish types the result may have instead */
    fl_sym type;                           /**< TYPE: full name; PROMISE_OF: type of the promise itself ("query of document or null"), 0 a plain one */
    unsigned arg;                          /**< ARG, ELEMENT_OF_ARG, INSTANCE_OF_ARG */
    const struct fl_result *of;            /**< LIST_OF, PROMISE_OF, DICT_OF */
} fl_result;

/** Closed list of things that the evaluator can do itself when values are known. */
typedef enum fl_intrinsic {
#define FL_INTRINSIC(id) FL_INTRINSIC_##id,
#include "extractor/models/intrinsic.def"
#undef FL_INTRINSIC
    FL_INTRINSIC_COUNT
} fl_intrinsic;

/** What a model may say of a schema (schema_word.def): the words below `schema:`. */
typedef enum fl_schema_word {
#define FL_SCHEMA_WORD(id, text, shape, prose) FL_SCHEMA_WORD_##id,
#include "extractor/models/schema_word.def"
#undef FL_SCHEMA_WORD
    FL_SCHEMA_WORD_COUNT
} fl_schema_word;
fl_schema_word fl_schema_word_of(fl_str text);   /**< FL_SCHEMA_WORD_COUNT when it is none */

/** What a type name of external code means in an annotation (`annotations:` of a model). */
typedef struct fl_annotation {
    const fl_data *schema;                 /**< schema words whose arguments are the type arguments; NULL */
    fl_sym type;                           /**< full name of the model type whose values it stands for, or none */
    const fl_data *class_;                 /**< what a class is that derives from it; NULL */
    const fl_data *arguments;              /**< number of a type argument → place of the request it claims, or {member: place}; NULL */
} fl_annotation;

#define FL_ARG_NONE (-1)
#define FL_ARG_THIS (-2)
#define FL_ARG_BOUND (-3)                  /**< what an earlier call bound to the receiver (route(path)) */

/** An argument that must be of these types (set of fl_type_set); else an error of that type is thrown. */
typedef struct fl_wanted { int arg; unsigned types, also; fl_sym error; } fl_wanted;   /* also: takes them, but they are not what it is for */

/** An argument that must lie between two numbers; else an error of that type is thrown. */
typedef struct fl_range { int arg; double low, high; fl_sym error_type; } fl_range;

/** Everything that may be said of a call, a construction or a read of a member. Absent parts are zero / FL_ARG_NONE. */
typedef struct fl_effect {
    const fl_data *data;                   /**< as written */
    const struct fl_effect *otherwise;     /**< next alternative when the number of arguments does not fit */
    fl_result returns;
    fl_intrinsic intrinsic;
    const fl_data *params;                 /**< names of the arguments, in order: where those given by name belong; NULL */
    int min_args, max_args;                /**< the effect holds only for that many arguments (max -1: any) */

    /* registration at start-up */
    struct {
        bool is_set, any_method;
        bool tells_methods;                /**< it tells only methods apart */
        bool dispatches;                   /**< the handler itself tells methods and paths apart */
        bool has_below;                    /**< what stands below the path is its as well */
        const fl_data *methods;            /**< list of names */
        const fl_data *method, *paths;     /**< argument, or member of argument `from`, that holds the method; parts of the path, joined */
        int path, handlers;
        int at;                            /**< argument that was made where the program says that there is such a route; none: the call itself */
        int status;                        /**< argument: of the usual answer; none: not said */
        int answers;                       /**< argument: a dict from statuses to schemas of what it says it answers with; none: it does not */
        int on, from;                      /**< argument that is the router (else the receiver); argument that is a description of the route, or a list of such */
        const fl_data *handler;            /**< the one argument, or member of `from`, that is the handler */
        bool takes_all;                    /**< every argument from `path` on is a path */
        const fl_data *class_methods, *class_decorators;   /**< names of methods for which a class stands as handler; of members that decorate them; NULL */
    } route;
    struct { bool is_set; int path; bool path_is_optional, is_early, is_everywhere, is_apart, dispatches; int handlers, only, uses, answers, shown; /**< arguments: a dict of further answers by status; false when its routes are in no document */ } mount;   /**< routers and middleware below a prefix; early: before all routes of the router, everywhere: of the application; apart: nothing around it runs; dispatches: a function may tell methods and paths apart by itself; uses: argument that lists what runs before */
    struct { bool is_set; int router, path; } joins;   /**< a router: what comes back, else the receiver, is mounted on that one, below a path */
    struct { bool is_set, is_everywhere; int error, handler; } handles;              /**< the handler for errors of that class, or with that status */
    struct { bool is_set; int name, handler; } param_hook;                           /**< runs before handlers whose path has that parameter */
    struct { bool is_set, takes_all; /**< every argument from `path` on is a path */ int path, methods, status, result, uses, response, answers, shown; const fl_data *usual; } bind;                                          /**< the result remembers receiver and path */
    struct { bool is_set; int port; } listen;
    struct { bool is_set; int handler; } serve;                                      /**< the argument is served: it becomes a root */
    bool ignores_callbacks;                /**< function arguments are not run at start-up */

    /* request data */
    struct { bool is_set; fl_sym in, part; /**< the one member of it that this is: a header; or 0 */ int name; unsigned types; const fl_data *by; /**< {arg, value: in, …}: the argument decides where */ bool or_path, asks; /**< asks: tells whether it is there */ int lenient; /**< when that argument is true, what is absent or malformed is null */ uint16_t absent_status; /**< what the framework itself answers when a member that is taken, or the body, is not there; 0: it does not */ fl_sym absent_error; /**< the error that taking a member makes that is not there, where it is another than the language's */ const fl_data *media; /**< media types that the body is read from */ } request;  /**< in: body, query, path, header, cookie, file, identity */
    struct { bool is_set; int arg; } fills;            /**< the variable handed in as that argument is another behind the call: what it gives, when it coerces */
    fl_sym dispatch;                       /**< gives the request's method, or its url */
    struct { bool is_set; int arg, with, length; fl_sym how; bool ignores_case, gives_zero; fl_sym otherwise; /**< the number when they differ, and 1 when not; 0: a boolean */ } compares;  /**< how: equal, prefix, suffix, contains, pattern, regex */

    /* answers */
    struct { bool is_set; int status, body, media_arg; uint16_t fixed_status; fl_str media; bool body_by_type, number_is_status /**< a body that is a number is none */, goes_on; /**< goes_on: more of the answer that was begun */ bool has_line; int line; /**< text that begins with the status line */ bool is_late; /**< late: written part by part before */ fl_str again; /**< what a second answer throws; empty: nothing */ } respond;
    struct { bool is_set; int arg; } content;          /**< the body of the answer to come */
    struct { bool is_set; int arg; uint16_t usual; /* without that argument; 0 */ } status;           /**< sets the status of the answer to come */
    struct { bool is_set; int error; const fl_data *skip_values; } next;  /**< hands on; with a value: an error, but for skip_values */
    bool ends_process;

    /* what may go wrong */
    struct { bool is_set; int arg; fl_sym malformed; fl_sym weak_spot; uint16_t status; fl_sym error_type, overflow; /**< overflow: of digits that are too many */ } throws;
    FL_VEC(fl_range) ranges;               /**< throws for a number outside */
    struct { bool is_set; int arg, of; fl_sym error; } columns;  /**< members of `arg` must have the form that the dict `of` has under their names */
    struct { bool is_set; int arg; } parses;           /**< what comes back is of the type that the argument's type says its text is parsed to */
    struct { bool is_set; int arg; } stands_for;       /**< what comes back is there only when the client sent that */
    struct { bool is_set; int value, schema; } stores; /**< the argument is kept in something that has that schema */
    bool describes;                        /**< the receiver, a class, has the schema from here on */
    struct { bool is_set; int arg; } shaped;           /**< what comes back has the schema of that validator */
    struct { bool is_set; int arg; fl_sym by; fl_sym error; /**< thrown instead of giving a nullish result */ } miss;  /**< by: callback, key, match, empty, id: what decides whether it finds something */
    bool throws_when_empty; int empty;     /**< the receiver, or that argument */
    fl_sym stands_in;                      /**< dotted name of a function in models/sources that is called instead, at start-up */
    bool is_listed;                        /**< route and mount hold where what comes back is listed in a router's `table` */
    bool class_fields;                     /**< of a class that derives from it: argument 0 is the dict of its fields */

    /* what is learnt */
    struct { bool is_set; int arg; unsigned types; fl_sym format; bool is_integer, is_negated, is_finite; } predicate;
    struct { bool is_set; int arg; unsigned to; bool is_integer; } coerces;  /**< same request place, other type */
    struct { bool is_set; int callback; const fl_data *params; bool runs_later; } calls;  /**< runs its function argument */
    struct { bool is_set; int value; int schema; fl_sym failure; fl_sym in; } validate; /**< failure: throws, result, responds, rejects */
    const fl_data *schema;                 /**< makes or refines a schema value */
    struct { bool is_set; int arg; } adds_element;     /**< receiver gains that element */
    struct { bool is_set; int handler; } forwards_rejections;
    bool reads_environment;
    struct { bool is_set; int handler; } runs;         /**< a function that is called as handlers are, before: what it returns is the parameter */
    struct { bool is_set; int arg; } embeds;           /**< a parameter of the body is a member of it, even the only one: when that argument is true; none: always */
    const fl_data *checks;                 /**< a decorator of a class's method: it looks at fields before the class is used: {mode, before, errors, whole} */
    const fl_data *credential;             /**< asks for credentials: {scheme, type, in, name, format, status, optional, gives} */
    fl_sym parameter;                      /**< a default value that says where a parameter of a handler is read from: query, header, cookie, body, path, file, nowhere */
    const fl_data *value;                  /**< a constant: what the read or call always gives */
    FL_VEC(fl_wanted) wants;               /**< throws for an argument of any other type */
    const fl_data *provides;               /**< middleware: list of {member, in, name, returns}: what it puts on the request */
    struct { bool is_set; int status; uint16_t fixed_status; } error;  /**< makes an error that answers with that status */
    enum { FL_RAISES_NOT, FL_RAISES_ALWAYS, FL_RAISES_MAYBE, FL_RAISES_UNLESS } raises;  /**< and throws it: instead of coming back, or when it finds nothing */

    /* raw memory, and data read by calls */
    FL_VEC(int) needs;                     /**< arguments that are followed as pointers: null ends the process */
    struct { bool is_set; int arg; unsigned of; } measures;         /**< gives the length of that text or list */
    struct { bool is_set; int arg; } decodes;          /**< the text in that argument as data: the body, when it is the body's text */
    struct { bool is_set; int of, key, fallback; enum { FL_CHILD_MISSING, FL_CHILD_THROWS, FL_CHILD_DEFAULT, FL_CHILD_ASKS } otherwise; } child;        /**< the member of that data by name; key none: an element */
    struct { bool is_set; int arg; unsigned as; bool is_integer, or_null, throws; } reads;   /**< the scalar in that data; of another type: null, zero, or it throws */
    struct { bool is_set; int of, format; } unpacks;   /**< members of that data by a format, into the variables behind it; 0 when all are there */
    struct { bool is_set; int arg, is; const fl_data *values; } tags;   /**< gives a number that says of what type the data is */
    struct { bool is_set; int to, from, size, format; bool appends; } writes;        /**< copies text into memory of fixed size */
    struct { bool is_set; int into, key, value; unsigned as; } puts;                              /**< the data in `into` gains a member, or an element */
    struct { bool is_set; int to, value; } binds;       /**< a query gets a value that decides what it finds */
    struct { bool is_set; int arg; } finds;             /**< a code that says whether the query found something */
    bool allocates;                        /**< the caller owns what comes back */
    bool borrows;                          /**< `keeps` is said, so arguments that it does not name stay the caller's */
    FL_VEC(int) frees, keeps;              /**< arguments that are released; that belong to somebody else from here on */
} fl_effect;

typedef struct fl_member { fl_sym name; const fl_effect *call, *get, *new_, *set /* writing it: the value is argument 0 */; const fl_model_type *of; } fl_member;

struct fl_model_type {
    fl_sym name;                           /**< full: "model.type"; basic types of a language: "string", "list", … */
    const fl_model *model;
    const fl_model_type *is;               /**< inherits members */
    fl_sym parsed;                         /**< full name of what the text of an instance is parsed to; 0 */
    fl_map members;                        /**< sym → fl_member*; FL_SYM_star: any other member */
    bool is_root;                          /**< an application: routes below it are served */
    bool is_router;
    fl_sym role;                           /**< request, response, next, error, or none */
    const fl_effect *call;                 /**< an instance may be called */
    const fl_effect *middleware;           /**< an instance stands in a handler chain: what it does to the request */
    const fl_data *data;
    const fl_data *schema;                 /**< JSON Schema of an instance in an answer; NULL: not said */
    const fl_data *body_parser;            /**< media types that it parses into the body */
};

typedef enum fl_async_errors { FL_ASYNC_TO_HANDLER, FL_ASYNC_TO_NOBODY } fl_async_errors;

struct fl_model {
    fl_str name, kind, language, version;  /**< version: of the package in this project, empty when unknown */
    fl_str source;                         /**< file it came from */
    const fl_data *data;                   /**< by_version resolved */
    FL_VEC(fl_sym) packages;
    fl_map exports;                        /**< dotted path inside the package (sym) → fl_member* */
    fl_map roots;                          /**< first words of the exports' paths (sym) → fl_model* */
    fl_map globals;                        /**< builtins only: sym → fl_member* ("JSON", "JSON.parse") */
    bool is_depended;                      /**< a manifest of the project names one of the packages */
    fl_map types;                          /**< full name → fl_model_type* */
    fl_map annotations;                    /**< dotted type name (sym) → fl_annotation* */
    FL_VEC(fl_sym) itself;                 /**< exports that stand for the whole package, beside the default one */
    FL_VEC(const fl_model_type *) type_list;
    /* frameworks */
    FL_VEC(fl_sym) handler_params, error_params;   /**< role names, in order */
    fl_async_errors async_errors;
    fl_str async_shows;                    /**< what a lost rejection looks like: "hang", "exit" */
    FL_VEC(fl_sym) error_status_members;   /**< properties of an error that give the status: status, statusCode */
    bool status_until_end;                 /**< a status that is set behind the answer's body is the answer's */
    uint16_t default_error_status;
    FL_VEC(fl_sym) status_members;         /**< properties of an answer that give its status */
    fl_sym path_syntax;                    /**< colon, braces, angle */
    const fl_data *refusals;               /**< list of {text, how, needs} */
    const fl_data *open_module;            /**< of a language in which modules export all their names: how (`module`); NULL */
    const fl_data *patches;                /**< importing it changes these models: {model: {async_errors: handler}} */
    bool has_raw_memory;                   /**< builtins: null is the only missing value; what goes wrong in memory ends the process */
    uint16_t default_status;               /**< what a handler that says nothing answers with; 0: nothing */
    bool converts_path;                    /**< handlers get what the converters in a path make of its parts */
    bool calls_by_name;                    /**< handlers are called with what their parameters name */
    bool rest_is_quiet;                    /**< and never throws: errors go to their handlers from where they are thrown */
    bool is_onion;                         /**< `next` runs what stands behind and comes back */
    bool hands_on_by_returning;            /**< a handler that takes no `next` hands on by returning */
    bool answers_errors;                   /**< answering with an error hands it to the error handlers */
    bool returns_answer;                   /**< what a handler returns is the answer */
    fl_str error_media;                    /**< of answers to errors that no handler of the program takes */
    bool answers_are_said;                 /**< nothing makes what is sent fit what a route says it answers with */
    fl_sym answer_model;                   /**< key of the class of a shape, in what a route says it answers with; 0: that is the schema */
    bool reads_signature;                  /**< parameters that the path does not name are read from query and body by their types */
    fl_str uses;                           /**< routes on its routers are those of that framework */
    fl_sym own_error;                      /**< full name of the type of errors that the framework itself makes */
    bool errors_by_registration;           /**< error handlers are those that were registered as such, whatever their parameters are */
    bool errors_by_class;                  /**< an error handler says which errors it takes (`handles`) */
    bool parses_body;                      /**< the body is parsed without a parser of its own */
    fl_str zero_divisor;                   /**< builtins: what a division by zero throws; empty: it does not */
    fl_str wrong_operand;                  /**< builtins: what arithmetic and comparison of sizes throw for null and for mixed types; empty: they do not */
    fl_str missing_index;                  /**< builtins: what an index throws that lies outside of a list; empty: as missing_key */
    struct { fl_sym attribute, elements, derived, subscript; } special;   /**< builtins: methods by which an object decides what reading it as an attribute, or its elements are; which a class runs for those derived from it */
    const fl_data *any_error;              /**< builtins: classes that all errors have above them; NULL */
    fl_str missing_key;                    /**< builtins: what an index throws when there is no such key; empty: it does not */
    fl_str missing_part;                   /**< builtins: what taking a list apart throws when it is shorter; empty: it does not */
    bool body_absent_unparsed;             /**< the body is undefined, not {}, when no parser ran or none fits */
};

/** All models of a project, switched on or not. */
typedef struct fl_models {
    fl_arena arena;
    FL_VEC(fl_model *) all;                /**< sorted by name */
    fl_map by_package;                     /**< sym → fl_model* */
    fl_map by_type;                        /**< full type name → fl_model_type* */
    fl_map by_language;                    /**< sym → fl_model*: the language's builtins */
} fl_models;

/** `version_of` answers the version of a package in this project ("" unknown); used to settle by_version. */
typedef struct fl_models_options {
    const char *const *dirs;               /**< more folders, NULL-terminated, may be NULL */
    const char *const *languages;          /**< of the project, NULL-terminated: shipped models of others are left out; NULL: none are */
    fl_str (*version_of)(void *context, fl_str package); void *context;
} fl_models_options;
FL_NODISCARD fl_status fl_models_load(fl_models *models, const fl_models_options *options, fl_err *err);
void fl_models_release(fl_models *models);
/** Checks one model text on its own (names, keys, references); err says line and what is known. */
FL_NODISCARD fl_status fl_model_check(fl_arena *arena, fl_str text, const char *name, fl_err *err);

const fl_model *fl_models_package(const fl_models *models, fl_sym package);        /**< NULL when unknown */
/** The model for an import of "package/sub/path" in a file of that language: of that very path, else of the package. `package` (may be NULL) gets its name. */
const fl_model *fl_models_import(const fl_models *models, fl_str language, fl_str specifier, fl_sym *package);
const fl_model *fl_models_builtins(const fl_models *models, fl_str language);
const fl_model_type *fl_models_type(const fl_models *models, fl_sym full_name);
/** Member of a type, its bases, then "*"; NULL. */
const fl_member *fl_model_type_member(const fl_model_type *type, fl_sym name);
/** Is `type` that type or derived from it? */
bool fl_model_type_is(const fl_model_type *type, const fl_model_type *base);
const fl_member *fl_model_export(const fl_model *model, fl_sym dotted_path);
bool fl_model_is_itself(const fl_model *model, fl_sym export_name);
const fl_annotation *fl_model_annotation(const fl_model *model, fl_sym dotted_name);   /**< NULL */
/** The alternative of `effect` that fits that many arguments; NULL when none does. */
const fl_effect *fl_effect_for(const fl_effect *effect, size_t arg_count);
/** Basic type of a language by run-time type ("string" for FL_T_STRING); NULL. */
const fl_model_type *fl_model_basic(const fl_model *builtins, unsigned one_type);
/** Does version satisfy range (">=4 <5", "^5.0.0", "4.x")? Unknown versions satisfy everything newest first. */
bool fl_version_fits(fl_str version, fl_str range);

#endif
