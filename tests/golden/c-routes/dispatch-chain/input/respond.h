#include "microhttpd.h"

int respond(struct MHD_Connection *connection, unsigned status, const char *text);
int is(const char *method, const char *wanted);
int path_is(const char *url, const char *path);
int path_begins(const char *url, const char *prefix);
