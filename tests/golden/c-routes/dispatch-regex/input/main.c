#define PCRE2_CODE_UNIT_WIDTH 8
#include <microhttpd.h>
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

static enum MHD_Result reply(struct MHD_Connection *connection, unsigned status, const char *text)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY);
    enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

static int fits(const char *text, const char *pattern)
{
    int number, code;
    PCRE2_SIZE offset;
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, 0, &number, &offset, NULL);
    if (compiled == NULL)
        return EXIT_FAILURE;
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(compiled, NULL);
    code = pcre2_match(compiled, (PCRE2_SPTR)text, strlen(text), 0, 0, data, NULL);
    pcre2_match_data_free(data);
    pcre2_code_free(compiled);
    return code < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

static enum MHD_Result answer(void *user, struct MHD_Connection *connection, const char *url, const char *method, const char *version, const char *data, size_t *size, void **state)
{
    if (strcmp(method, "GET") != 0)
        return reply(connection, 405, "no");
    if (strcmp(url, "/numbers") == 0)
        return reply(connection, 200, "all");
    if (fits(url, "/numbers/(.+)") == EXIT_SUCCESS)
        return reply(connection, 200, "one");
    if (fits(url, "^/places/(\\d+)/rooms/([^/]+)$") == EXIT_SUCCESS)
        return reply(connection, 200, "room");
    return reply(connection, 404, "nothing");
}

int main(void)
{
    return !MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 8080, NULL, NULL, &answer, NULL, MHD_OPTION_END);
}
