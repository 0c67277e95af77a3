#ifndef FL_EXTRACTOR_ROUTE_H
#define FL_EXTRACTOR_ROUTE_H
#include "extractor/flow/exec.h"

/** Routes of the start-up state: routers walked from the applications down, prefixes joined, middleware in order. */
typedef struct fl_routes { FL_VEC(fl_route *) items; } fl_routes;
/** What an API model keeps alive behind its public face. */
typedef struct fl_api_stages { fl_models models; fl_values values; FL_VEC(fl_arena) results; } fl_api_stages;
void fl_routes_collect(fl_arena *arena, fl_values *values, fl_routes *out);
/** Fills api->applications; memory in `arena`. (application.c) */
void fl_applications_find(fl_arena *arena, const fl_values *values, struct fl_api *api);
#endif
