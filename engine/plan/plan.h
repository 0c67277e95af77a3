#ifndef FL_ENGINE_PLAN_H
#define FL_ENGINE_PLAN_H
#include "engine/engine.h"

/**
 * Which requests, why, in which order. Everything here is deterministic: no clock, no random numbers.
 *
 * A case may use what an earlier case was answered, by a reference inside any of its texts: "{{7:/user/id}}" is the
 * value at JSON pointer /user/id of the answer to case 7; "{{7:cookie=sid}}" a cookie that it set. A text that is nothing
 * but one reference becomes that value, with its type. The same form is used in the requests of a fault, where the
 * number is that of the setup request, from 1.
 */

/* ---- references (reference.c) ---- */

typedef struct fl_reference { uint32_t number; fl_str pointer; } fl_reference;
typedef FL_VEC(fl_reference) fl_references;
/** The value that a reference stands for, or NULL when it cannot be had. */
typedef const fl_data *fl_resolve_fn(void *context, const fl_reference *reference);
fl_str fl_reference_text(fl_arena *arena, uint32_t number, fl_str pointer);
/** The first reference at or behind *from_byte; *from_byte moves behind it, *start_byte to its '{'. */
bool fl_reference_next(fl_str text, size_t *from_byte, size_t *start_byte, fl_reference *out);
/** How a reference is written in another text. */
typedef fl_str fl_reference_name_fn(const void *context, fl_arena *arena, const fl_reference *reference);
/** The text with each of its references written anew. */
fl_str fl_references_rename(fl_arena *arena, fl_str text, fl_reference_name_fn *name, const void *context);
/** Every reference in a value, appended. NULL is no value. */
void fl_references_of(fl_arena *arena, const fl_data *value, fl_references *out);
void fl_references_of_case(fl_arena *arena, const fl_case *request, fl_references *out);
/** A copy with every reference replaced; false when one cannot be had. */
bool fl_references_resolve(fl_arena *arena, const fl_data *value, fl_resolve_fn *resolve, void *context, fl_data **out);
bool fl_references_resolve_text(fl_arena *arena, fl_str text, fl_resolve_fn *resolve, void *context, fl_str *out);
bool fl_references_resolve_case(fl_arena *arena, const fl_case *request, fl_resolve_fn *resolve, void *context, fl_case *out);
/** The same for a rendered request: values are percent-encoded in the URL and JSON-encoded in a JSON body. */
bool fl_references_resolve_request(fl_arena *arena, const fl_http_request *request, fl_resolve_fn *resolve, void *context,
                                   fl_http_request *out);

/* ---- requests (request.c) ---- */

/** A deep copy: maps and body may be changed in it. */
fl_case fl_case_copy(fl_arena *arena, const fl_case *from);
/** The HTTP request. References stay as they are (not encoded). base_url without '/' at its end. */
void fl_case_render(fl_arena *arena, const fl_api *api, const fl_case *request, fl_str base_url, fl_http_request *out);
/** `curl … "$BASE/orders/1"`; setup requests come before, and values taken from their answers are shell variables. */
fl_str fl_request_curl(fl_arena *arena, const fl_http_request *setup, size_t setup_count, const fl_http_request *request);
/** What stands for the scheme, host and port of the service in requests that are reported. */
#define FL_BASE_VARIABLE "$BASE"
/** The method that is sent for an operation: its own, or GET when it answers to any. */
fl_str fl_operation_method(const fl_operation *operation);
bool fl_operation_is_safe(const fl_operation *operation);        /**< GET, HEAD, OPTIONS */
/** Deletes, logs out, clears: sent after everything else. */
bool fl_operation_is_destructive(const fl_operation *operation);

/* ---- bodies as XML (xml.c) ---- */

bool fl_xml_is(fl_str media_type);                                  /**< application/xml, text/xml, …+xml */
const char *fl_xml_error(fl_str text);                               /**< why it is not well-formed; NULL: it is (entities of files and of other hosts are not read) */
fl_str fl_xml_root(const fl_operation *operation);                  /**< name of the outermost element: that of the schema, else "root" */
/** `leaf` (NULL: the text) stands for each text, as it is: an entity. */
void fl_xml_write(fl_buf *out, fl_str root, const fl_data *body, const char *leaf);

/* ---- values found in the sources (mine.c) ---- */

/** Literal values by name, and those that stand together: seed rows, configuration, samples. Strings and numbers only. */
typedef struct fl_mined {
    FL_VEC(fl_data *) groups;              /**< maps name → scalar, in order of the sources; at least two names each */
    FL_VEC(fl_data *) names;               /**< `key` is the name; lists of distinct values */
    FL_VEC(fl_str) schemes;                /**< words before a token in an authorization header, other than "Bearer": "Token", "JWT" */
    FL_VEC(fl_str) tokens;                 /**< texts whose name speaks of tokens or keys */
} fl_mined;
void fl_mine(fl_arena *arena, const fl_project *project, fl_mined *out);
/** The rank-th value of that name; first those that stood in something the operation's path speaks of. NULL when there are not so many. */
const fl_data *fl_mined_value(const fl_mined *mined, fl_str name, fl_str path, bool only_fitting, size_t rank);

/* ---- values found in answers (pool.c) ---- */

/** One 2xx JSON answer, or the body that was sent for it. */
typedef struct fl_pool_entry {
    uint32_t operation, number;            /**< number of the case that got it */
    const fl_data *json, *path;            /**< path: the parameters it was sent with, resolved */
    const fl_data *sent;                   /**< body that was sent; NULL */
    bool is_safe;
} fl_pool_entry;
typedef struct fl_pool { FL_VEC(fl_pool_entry) entries; } fl_pool;
/** A value for a path parameter: the rank-th best candidate as a reference text (or literal), NULL when there are not so many.
 *  `chosen` holds the values (resolved) of the parameters before it. */
fl_data *fl_pool_path_value(fl_arena *arena, const fl_pool *pool, const fl_api *api, const fl_operation *operation, fl_str name,
                            const fl_data *chosen, size_t rank);
/** A value for a field or query parameter of that name; only identifiers unless any_name. */
fl_data *fl_pool_value(fl_arena *arena, const fl_pool *pool, const fl_api *api, fl_str name, unsigned types, bool any_name, size_t rank);
/** Does the name speak of an identifier: id, userId, sku, key, slug, …? */
bool fl_name_is_identifier(fl_str name);
/** Equal but for case, '_', '-'. */
bool fl_name_eq(fl_str a, fl_str b);
/** `order` of `orders`, `category` of `categories`, or the same. */
bool fl_name_is_singular(fl_str one, fl_str many);
bool fl_name_contains(fl_str name, const char *part);                /**< likewise; part in lower case */

/* ---- samples (sample.c) ---- */

/** How one try fills a request. */
typedef struct fl_strategy {
    bool all;                              /**< optional parts too */
    bool use_mined;                        /**< values of the sources before made-up ones */
    size_t rank;                           /**< how many better candidates of the pool to pass over */
    unsigned salt;
    fl_str path;                           /**< of the operation: what values should fit to */
    bool is_fresh;                         /**< nothing that exists already: the last try met a conflict */
} fl_strategy;
typedef struct fl_sampler {
    fl_arena *arena;
    const fl_api *api;
    const fl_pool *pool;
    const fl_mined *mined;
    fl_resolve_fn *resolve; void *resolve_context;
} fl_sampler;
/** A request for the operation, all of it: parameters, body, what is known from code, `reach` conditions. */
void fl_sample_case(const fl_sampler *sampler, uint32_t operation, const fl_strategy *strategy, fl_case *out);
/** Other path parameters: the rank-th best, or (then false) the best again. */
bool fl_sample_path(const fl_sampler *sampler, size_t rank, fl_case *request);
/** One value by its schema and name. */
fl_data *fl_sample_value(const fl_sampler *sampler, const fl_schema *schema, fl_str name, const fl_strategy *strategy);
/** Changes the request by what a refusal says ("status must be one of a, b", "name is required"); false: nothing to learn. */
bool fl_sample_learn(const fl_sampler *sampler, fl_case *request, fl_str answer);
/** After a conflict: other texts where they name something (emails, names, identifiers). false: nothing to change. */
bool fl_sample_freshen(const fl_sampler *sampler, fl_case *request, unsigned salt);
/** The rank-th guess (guess.c) at what a request, refused with `status` for reasons nobody understood, lacks: numbers in order, texts
 *  that name stored things, user and secret. false: no more. */
bool fl_sample_guess(const fl_sampler *sampler, uint16_t status, unsigned rank, fl_case *request);
/** References to what the elements of a list have in the field that identifies them, for the rank-th such field of all answers; NULL. */
fl_data *fl_pool_column(const fl_sampler *sampler, size_t rank);
/** The schema behind a place of the request; NULL when unknown. */
const fl_schema *fl_schema_at(const fl_operation *operation, const fl_request_pointer *at);

/** Does the transport, or who calls, decide over that header? */
bool fl_header_is_transport(fl_str name);

/* ---- tokens (jwt.c) ---- */

/** head.body.signature of a JSON Web Token; false when it is none that is signed. */
bool fl_jwt_parts(fl_str token, fl_str *head, fl_str *body, fl_str *signature);
/** By HS256 with that secret? */
bool fl_jwt_is_signed_with(fl_arena *arena, fl_str token, fl_str secret);
/** The same token, expired since 2001 and signed with the secret. false: it says nothing that could be written again. */
bool fl_jwt_expired(fl_arena *arena, fl_str token, fl_str secret, fl_str *out);

/** The same claims under another head: `alg` as given, `kid` too unless NULL; signed by HS256 with the secret, which may be empty, unless is_bare. */
bool fl_jwt_forged(fl_arena *arena, fl_str token, const char *alg, const char *kid, fl_str secret, bool is_bare, fl_str *out);
/** What the head says: "RS256"; *has_kid: it names a key. Empty: nothing. */
fl_str fl_jwt_algorithm(fl_arena *arena, fl_str token, bool *has_kid);
bool fl_jwt_decode(fl_arena *arena, fl_str text, fl_str *out);       /**< base64url */
/** A public key of a JSON Web Key Set, RSA or P-256, as PEM (jwk.c). false: it is another one. */
bool fl_jwk_pem(fl_arena *arena, const fl_data *key, fl_str *out);

/* ---- what is allowed (violation.c) ---- */

/** What of the value the schema does not allow: "/status: \"x\" is none of the values"; empty: nothing, or nobody can tell. What only the
 *  other side writes may be missing. */
fl_str fl_schema_violation(fl_arena *arena, const fl_schema *schema, const fl_data *value, bool is_request);
/** The same of a whole request (resolved): "query /limit: 0 is too small". *in: where it is; *is_sure false: some of it nobody can tell. */
fl_str fl_request_violation(fl_arena *arena, const fl_operation *operation, const fl_case *request, fl_location *in, bool *is_sure);

/* ---- conditions (mutate.c) ---- */

enum { FL_VARIANTS = 8 };
/** Makes the condition hold; `option` chooses among the ways to do so, from 0. false: no such option, request unchanged. */
bool fl_mutate(const fl_sampler *sampler, fl_case *request, const fl_condition *condition, unsigned option);
/** Puts a value at a place, making what is around it; false when the request has no such place. */
bool fl_case_set(const fl_sampler *sampler, fl_case *request, const fl_request_pointer *at, fl_data *value);
/** Takes it away; at FL_IN_IDENTITY all that says who calls. */
bool fl_case_drop(const fl_sampler *sampler, fl_case *request, const fl_request_pointer *at);
/** The variant-th request that should make the weak spot fail, from the passing one. false: no more. */
bool fl_aim(const fl_sampler *sampler, const fl_case *from, const fl_weak_spot *spot, unsigned variant, fl_case *out);
/** The type of a value that is sent, as a set of fl_json_type: a whole number is both. */
unsigned fl_plan_type_of(const fl_data *value);
#endif
