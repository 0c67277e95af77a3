#ifndef FL_CLI_CONFIG_H
#define FL_CLI_CONFIG_H
#include "engine/engine.h"

/**
 * faultline.yaml: what the user says about the service, over what is inferred. Every key is optional; an unknown one is an
 * error that names its line and the nearest known key. Strings borrow from the arena given.
 *
 *     start: node server.js        build: npm run build        test: npm test
 *     port: 3000                   url: http://127.0.0.1:3000  ready: /health      reset: npm run seed
 *     env: {NODE_ENV: test}         sanitize: false
 *     auth: {header: {authorization: Bearer …}}
 *        or {operation: POST /login, body: {…}, token: /token, header: authorization, format: Bearer ${token}}
 *     load: {connections: 200, rate: 500, seconds: 30}          http2: true
 *     exclude: [POST /shutdown]    or  {requests: […], files: […]}
 *     limits: {requests: 5000, request_ms: 5000, ready_ms: 30000, phases: {matrix: {requests: 2000, ms: 60000}}}
 */
typedef struct fl_config {
    fl_str file;                           /**< path it was read from; empty: there is none */
    fl_str start, build, test, url, ready, reset;
    uint16_t port;
    FL_VEC(fl_str) env;                    /**< "K=V" */
    const fl_data *upstreams;              /**< variable → URL, or the JSON that a stand-in answers; NULL */
    const fl_data *auth;
    const fl_data *other_auth;             /**< `auth.other`: a second caller, who must not see what is the first one's */
    bool refuses_sanitizers;               /**< `sanitize: false` */
    FL_VEC(const char *) exclude_requests; /**< "METHOD /path" globs; a NULL stands behind the last */
    FL_VEC(const char *) exclude_files;    /**< gitignore patterns; a NULL stands behind the last */
    unsigned limit_requests, request_ms, ready_ms;   /**< 0: not said */
    unsigned response_bytes, response_headers;       /**< of one answer, likewise */
    bool uses_http2;                                 /**< `http2: true` */
    fl_load_options load;
    fl_phase_limit phases[FL_PHASE_COUNT];           /**< likewise */
} fl_config;

/** All errors are FL_E_USAGE. */
FL_NODISCARD fl_status fl_config_parse(fl_config *config, fl_arena *arena, fl_str text, const char *name, fl_err *err);
/** Reads `file`, or PATH/faultline.yaml when file is NULL and there is one. */
FL_NODISCARD fl_status fl_config_load(fl_config *config, fl_arena *arena, const char *path, const char *file, fl_err *err);
/** Lays what the config says over an inferred plan. */
void fl_config_apply(const fl_config *config, fl_service_plan *plan, fl_arena *arena);
/** A commented faultline.yaml that says what the plan says; `doubt` non-empty: why nothing could be inferred. */
void fl_config_write(fl_buf *out, const fl_service_plan *plan, fl_str doubt);

/** A value that must not be printed or stored: in texts stands ***name*** instead. */
typedef struct fl_secret { fl_str name, value; } fl_secret;
typedef struct fl_secrets { fl_arena *arena; FL_VEC(fl_secret) all; } fl_secrets;
/** From the config's auth and env; what Faultline made up itself is no secret. */
void fl_secrets_init(fl_secrets *secrets, fl_arena *arena, const fl_config *config);
/** Does the name of a variable or field say that its value is one? */
bool fl_secrets_is_name(fl_str name);
/** The text with every secret value replaced; the text itself when there is none. _restore is the way back. */
fl_str fl_secrets_redact(const fl_secrets *secrets, fl_arena *arena, fl_str text);
fl_str fl_secrets_restore(const fl_secrets *secrets, fl_arena *arena, fl_str text);
/** Redacts every string below node, in place. */
void fl_secrets_redact_data(const fl_secrets *secrets, fl_arena *arena, fl_data *node);
/** A curl command line: secrets become shell variables of their name in capitals ('"$AUTHORIZATION"'). */
fl_str fl_secrets_redact_shell(const fl_secrets *secrets, fl_arena *arena, fl_str command);

#endif
