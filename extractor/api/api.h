#ifndef FL_EXTRACTOR_API_H
#define FL_EXTRACTOR_API_H
#include "extractor/api/schema.h"
#include "extractor/source/source.h"

/**
 * The API model: what the extractor hands to the engine, the fixer and the reports.
 * Everything lives in `arena`; spans point into project->files. Operations are sorted by path, then method.
 */
typedef enum fl_location { FL_IN_PATH, FL_IN_QUERY, FL_IN_HEADER, FL_IN_COOKIE, FL_IN_BODY, FL_IN_FILE, FL_IN_IDENTITY, FL_IN_NOWHERE } fl_location;
const char *fl_location_text(fl_location in);            /**< "path", "query", "header", "cookie", "body", "file", "identity", "-" */

/** A place in a request: location and RFC 6901 pointer ("/id", "/user/address", "" for the whole body); array elements are "*". */
typedef struct fl_request_pointer { fl_location in; fl_str pointer; } fl_request_pointer;

typedef enum fl_certainty { FL_CERTAIN, FL_POSSIBLE } fl_certainty;   /**< printed "known", "possible" */

/** Why we believe something: the first link is the newest. */
typedef struct fl_because { fl_span span; fl_str text; const struct fl_because *next; } fl_because;

/** One thing that must hold of the request so that the code at the weak spot runs. */
typedef struct fl_condition {
    fl_request_pointer at;
    enum { FL_COND_PRESENT, FL_COND_ABSENT, FL_COND_NULL, FL_COND_EQUALS, FL_COND_DIFFERS, FL_COND_TRUTHY, FL_COND_FALSY,
           FL_COND_TYPE, FL_COND_NOT_TYPE, FL_COND_LESS, FL_COND_AT_MOST, FL_COND_GREATER, FL_COND_AT_LEAST, FL_COND_MATCHES,
           FL_COND_NOT_FOUND /* a value that no stored object has */, FL_COND_LENGTH_AT_LEAST, FL_COND_LENGTH_AT_MOST,
           FL_COND_MALFORMED /* text that the parser named in `value` refuses: "json", "uri", "url", "regex", "integer", "date", "id" */,
           FL_COND_NO_BODY } kind;
    unsigned types;                        /**< fl_json_type set, for TYPE and NOT_TYPE */
    const fl_data *value;                  /**< for EQUALS, DIFFERS, comparisons, MALFORMED */
} fl_condition;
const char *fl_condition_text(int kind);   /**< "absent", "equals", … as in report.json */

typedef enum fl_weak_spot_kind {
#define FL_WEAK_SPOT(id, text, level, title, help) FL_WS_##id,
#include "extractor/api/weak_spot.def"
#undef FL_WEAK_SPOT
    FL_WS_COUNT
} fl_weak_spot_kind;
typedef struct fl_weak_spot_info { const char *id, *level, *title, *help; } fl_weak_spot_info;
extern const fl_weak_spot_info fl_weak_spot_infos[FL_WS_COUNT];

/** How the value may be missing, for the fixer: what a check of it looks like. */
typedef enum fl_fix_hint {
    FL_HINT_NONE,
    FL_HINT_CHECK_PRESENT,     /**< refuse when the subject is null/undefined */
    FL_HINT_CHECK_TYPE,        /**< refuse when the subject is not of `expected_types` */
    FL_HINT_CATCH,             /**< refuse when the expression throws */
    FL_HINT_CHECK_RANGE,       /**< refuse when the subject is outside [low, high] */
    FL_HINT_FORWARD_ERROR,     /**< wrap the handler so that a rejection reaches the error handler */
    FL_HINT_MOVE_BELOW_CHECK,  /**< the check exists below; `related` is its span */
    FL_HINT_CHECK_NOT_EMPTY,
} fl_fix_hint;

typedef struct fl_weak_spot {
    uint32_t id;                           /**< from 1, in order of file, byte, operation */
    fl_weak_spot_kind kind;
    fl_certainty certainty;
    fl_span span;                          /**< the expression that fails: innermost, e.g. `user.address.city` */
    fl_span subject;                       /**< the expression whose value is missing or wrong: `user.address` */
    fl_span origin;                        /**< where the missing value came from: `users.find(…)` */
    fl_span function;                      /**< the function the span stands in */
    uint32_t operation;                    /**< index into operations */
    fl_request_pointer pointer;            /**< the request place that controls it */
    FL_VEC(fl_condition) conditions;       /**< to reach it, in path order; the trigger is the last one */
    uint16_t expected_status;              /**< once fixed: 400, 401, 404… */
    fl_fix_hint hint;
    bool is_after;                         /**< it breaks behind the answer: nothing can be refused there any more */
    bool gives_null;                       /**< what was left out is there, as null: what checked the request put it */
    unsigned expected_types;               /**< for FL_HINT_CHECK_TYPE */
    double low, high;                      /**< for FL_HINT_CHECK_RANGE */
    fl_span related;                       /**< meaning by hint; file UINT32_MAX when none */
    fl_str failure;                        /**< what the run time is expected to say: "TypeError"; empty when unknown */
    fl_str shows;                          /**< "500", "hang", "exit" as the framework version has it; "late": it may fail behind an answer */
    const fl_because *because;
} fl_weak_spot;

typedef struct fl_parameter {
    fl_location in;                        /**< path, query, header, cookie */
    fl_str name;
    fl_schema *schema;
    bool is_required, is_said;             /**< said: a signature names it, so that it is one even where OpenAPI has other words for it */
    fl_span source;
} fl_parameter;

typedef struct fl_media { fl_str type; fl_schema *schema; } fl_media;
typedef FL_VEC(fl_media) fl_media_list;

typedef struct fl_response {
    uint16_t status;                       /**< 0: default; 1 to 5: 1XX to 5XX */
    fl_str description;
    fl_media_list content;
    FL_VEC(fl_parameter) headers;
    fl_span source;                        /**< the statement that answers */
    bool is_from_error_handler;            /**< answered by the application's error handler for an error this handler raises */
} fl_response;

typedef struct fl_security { fl_str scheme; fl_str type, in, name, format; const fl_data *example; /**< one that the code knows; for requests, not printed */ const fl_data *more; /**< other keys of the scheme: flows, openIdConnectUrl; NULL */ } fl_security; /**< OpenAPI: scheme name; http/apiKey; header…; bearer, JWT */

/** A place of the request of which the code refuses whatever is not allowed. types: of none of these (fl_json_type set); 0: all that the schema forbids, here and below. */
typedef struct fl_checked { fl_request_pointer at; unsigned types; } fl_checked;

/** A handler in the chain of one operation, in order; the last is the handler proper. */
typedef struct fl_handler { const fl_node *function; fl_str name; fl_span span; } fl_handler;

typedef struct fl_operation {
    fl_str method;                         /**< "GET"; upper case */
    fl_str path;                           /**< OpenAPI form: /orders/{id} */
    fl_str id;                             /**< operationId, unique */
    fl_str summary, tag;
    fl_certainty certainty; fl_str doubt;  /**< why only possible */
    fl_span registration;                  /**< the call that registers it */
    fl_str framework;                      /**< model name that registered it */
    FL_VEC(fl_handler) handlers;
    FL_VEC(fl_parameter) parameters;       /**< path first, then query, header, cookie; by order of path / name */
    fl_media_list body;                    /**< empty: no body */
    bool body_is_required; fl_span body_source;
    FL_VEC(fl_response) responses;         /**< by status */
    FL_VEC(fl_security) security;
    FL_VEC(fl_security) optional_security; /**< callers may say who they are, and need not; only where nothing is asked for */
    FL_VEC(uint32_t) weak_spots;           /**< ids */
    FL_VEC(fl_condition) reach;            /**< conditions of the shortest way to a 2xx answer, beyond schemas */
    FL_VEC(fl_checked) checked;            /**< what the code makes sure of; of a document nothing is known */
    const fl_data *valid_example;          /**< NULL, or {path:{},query:{},header:{},cookie:{},body:…} known from code */
    bool is_hidden;                        /**< the program keeps it out of its document, and so do we out of ours */
    bool is_truncated;                     /**< a bound was reached while analysing it */
} fl_operation;

/** Does a document not say it among the parameters? What a security scheme of the operation asks for is not said twice, and some headers are
 *  reserved. */
bool fl_operation_leaves_out(const fl_operation *op, const fl_parameter *p);

/** What the fixer can say in this project's own words; mined from its handlers, else from the framework's model. */
typedef struct fl_refusal {
    uint16_t status;                       /**< of the sample; 0: usable for any, with ${status} in text */
    fl_str text;                           /**< one statement, with holes ${status} ${message} and, for responders, ${response}; e.g. `return ${response}.status(${status}).json({ error: ${message} })` or `throw new HttpError(${status}, ${message})` */
    uint32_t file;                         /**< where it was seen; UINT32_MAX for a model's */
    unsigned seen_count;                   /**< how many handlers use it */
    fl_span sample;                        /**< one occurrence */
    FL_VEC(fl_sym) needs;                  /**< names that must be in scope (HttpError, res, next) */
    fl_str from;                           /**< the module that has them, of a model's refusal; empty: they need no import */
    enum { FL_REFUSE_RESPOND, FL_REFUSE_THROW, FL_REFUSE_NEXT } how;
    fl_data *shape;                        /**< body shape: keys with type names, to compare the answer */
} fl_refusal;

/** An object that routes are registered at: a variable of a file, or what a function there makes. */
typedef struct fl_application { fl_str framework, file, name, root; bool is_factory; } fl_application;   /* root: the folder that its imports begin in; empty: nothing tells */

/** A service that the program calls: the variable of its environment that says where, and the URL when it is not set; or scheme, host and port as the
 *  code has them, twice. */
typedef struct fl_called_service { fl_str name, url; fl_span span; } fl_called_service;

typedef struct fl_api {
    fl_arena arena;
    fl_project *project;                   /**< borrowed */
    fl_str title, version, description;
    FL_VEC(fl_operation) operations;
    FL_VEC(fl_weak_spot) weak_spots;       /**< by id; weak_spots[i].id == i+1 */
    FL_VEC(fl_refusal) refusals;           /**< most used first */
    FL_VEC(fl_str) frameworks;             /**< models switched on, sorted, "express 5.1.0" */
    struct { fl_str text; uint16_t port; fl_str port_variable; fl_span span; } listen; /**< what the code says about its port; 0 unknown */
    FL_VEC(fl_str) starts;                 /**< files that listen when they are run, the last one last */
    FL_VEC(fl_application) applications;   /**< in the order in which start-up makes them */
    FL_VEC(fl_str) environment;            /**< names of environment variables that start-up reads (handlers too, where options ask for it), sorted */
    FL_VEC(fl_called_service) called;      /**< services that the source calls, where options ask for them */
    FL_VEC(fl_str) packages;               /**< of other people that sources of the first route's language import, sorted */
    uint64_t values_us, flow_us;
    struct fl_api_stages *stages;          /**< private: models and results that the rest points into, and values while they are kept */
} fl_api;

/** Runs every stage on an opened project. `models_dir` NULL: the shipped ones only. Never fails for odd programs. */
typedef struct fl_extract_options { const char *const *model_dirs; bool keeps_values; /**< for fl_api_dump_values */ bool finds_called; /**< api.called, and variables of the environment that only handlers read */ } fl_extract_options;
FL_NODISCARD fl_status fl_api_extract(fl_api *api, fl_project *project, const fl_extract_options *options, fl_err *err);
void fl_api_release(fl_api *api);

/** The OpenAPI 3.1 document (openapi.c). Deterministic. Path items are late nodes (data.h): the model must live until it is written;
 *  fl_data_copy gives the whole tree. */
typedef struct fl_openapi_options { bool with_evidence; bool with_possible; } fl_openapi_options;
fl_data *fl_api_to_openapi(const fl_api *api, fl_arena *arena, const fl_openapi_options *options);
/** `app.js:12 missing-lookup known GET /orders/{id} path /id`, one a line: golden format. */
void fl_api_dump_findings(const fl_api *api, fl_buf *out);
/** What start-up code evaluates to, module by module: golden format of --dump-values. */
void fl_api_dump_values(const fl_api *api, fl_buf *out);
/** Parameters and body fields: `POST /orders body /lines array required`, one a line. */
void fl_api_dump_params(const fl_api *api, fl_buf *out);
/** What is known of each operation: handlers, request places, answers, weak spots with conditions and reasons, refusals. */
void fl_api_dump_facts(const fl_api *api, fl_buf *out);
/** `GET /orders/{id} src/app.js:12`, one a line; possible ones, when wanted, end in ` possible: why`. */
void fl_api_dump_routes(const fl_api *api, bool with_possible, fl_buf *out);

#endif
