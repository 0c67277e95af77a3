/* A type and a function of one name. */
#include "civetweb.h"

enum method { M_UNKNOWN = 0, M_GET = 1 << 0, M_POST = 1 << 1, M_PUT = 1 << 2, M_DELETE = 1 << 3, M_OPTIONS = 1 << 5 };
enum method method(struct mg_connection *conn);
