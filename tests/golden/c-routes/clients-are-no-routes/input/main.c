/* A handler that asks other servers, and code that compares texts that look like paths: one route, no other. */
#include "microhttpd.h"

#include <string.h>

typedef void CURL;
CURL *curl_easy_init(void);
int curl_easy_setopt(CURL *curl, int option, ...);

static int answer(struct MHD_Connection *connection, unsigned status, const char *text)
{
    return MHD_queue_response(connection, status, MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_PERSISTENT));
}

static int test_paths(const char *url) { return strcmp(url, "/from-a-test") == 0 || strncmp(url, "/tests/", 7) == 0; }

static int handle(void *cls, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                  const char *upload_data, size_t *upload_data_size, void **con_cls)
{
    const char *where = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "where");
    CURL *curl = curl_easy_init();

    if (strcmp(url, "/real") != 0 || strcmp(method, "GET") != 0)
        return answer(connection, 404, "nothing here");
    curl_easy_setopt(curl, 10002, "http://127.0.0.1/other/server");
    if (where != NULL && strcmp(where, "/query/value") == 0)
        return answer(connection, 200, "there");
    return answer(connection, 200, version);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "/an/argument") == 0)
        return test_paths(argv[1]);
    MHD_start_daemon(0, 8080, NULL, NULL, &handle, NULL, MHD_OPTION_END);
    return 0;
}
