/* The closed list of weak spots and the words that reports, dumps and the document share. */
#include <stdlib.h>
#include "extractor/api/api.h"

const fl_weak_spot_info fl_weak_spot_infos[FL_WS_COUNT] = {
#define FL_WEAK_SPOT(id, text, level, title, help) [FL_WS_##id] = {text, level, title, help},
#include "extractor/api/weak_spot.def"
#undef FL_WEAK_SPOT
};

const char *fl_location_text(fl_location in)
{
    static const char *const texts[] = {
        [FL_IN_PATH] = "path", [FL_IN_QUERY] = "query", [FL_IN_HEADER] = "header", [FL_IN_COOKIE] = "cookie",
        [FL_IN_BODY] = "body", [FL_IN_FILE] = "file", [FL_IN_IDENTITY] = "identity", [FL_IN_NOWHERE] = "-",
    };
    FL_ASSERT((size_t)in < FL_COUNT(texts));
    return texts[in];
}

const char *fl_condition_text(int kind)
{
    static const char *const texts[] = {
        [FL_COND_PRESENT] = "present", [FL_COND_ABSENT] = "absent", [FL_COND_NULL] = "null", [FL_COND_EQUALS] = "equals",
        [FL_COND_DIFFERS] = "differs", [FL_COND_TRUTHY] = "truthy", [FL_COND_FALSY] = "falsy", [FL_COND_TYPE] = "type",
        [FL_COND_NOT_TYPE] = "not-type", [FL_COND_LESS] = "less", [FL_COND_AT_MOST] = "at-most",
        [FL_COND_GREATER] = "greater", [FL_COND_AT_LEAST] = "at-least", [FL_COND_MATCHES] = "matches",
        [FL_COND_NOT_FOUND] = "not-found", [FL_COND_LENGTH_AT_LEAST] = "length-at-least",
        [FL_COND_LENGTH_AT_MOST] = "length-at-most", [FL_COND_MALFORMED] = "malformed", [FL_COND_NO_BODY] = "no-body",
    };
    FL_ASSERT(kind >= 0 && (size_t)kind < FL_COUNT(texts));
    return texts[kind];
}
