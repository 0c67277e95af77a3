#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <ulfius.h>

/* Fires: the handle is given back on one way only. */
static int fires(const struct _u_request *request, struct _u_response *response, void *user)
{
    const char *city = u_map_get(request->map_url, "city");
    CURL *curl = curl_easy_init();
    char *escaped;

    if (!curl) {
        ulfius_set_string_body_response(response, 500, "no client");
        return U_CALLBACK_CONTINUE;
    }
    if (!city) {
        ulfius_set_string_body_response(response, 400, "city is missing");
        return U_CALLBACK_CONTINUE;
    }
    escaped = curl_easy_escape(curl, city, 0);
    curl_easy_setopt(curl, CURLOPT_URL, escaped);
    curl_easy_perform(curl);
    curl_free(escaped);
    curl_easy_cleanup(curl);
    ulfius_set_string_body_response(response, 200, "done");
    return U_CALLBACK_CONTINUE;
}

/* Guarded: both are given back on every way. */
static int guarded(const struct _u_request *request, struct _u_response *response, void *user)
{
    const char *city = u_map_get(request->map_url, "city");
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Accept: text/plain");
    long status = 0;

    if (!city || !curl) {
        curl_slist_free_all(headers);
        curl_easy_cleanup(curl);
        ulfius_set_string_body_response(response, 400, "city is missing");
        return U_CALLBACK_CONTINUE;
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    ulfius_set_string_body_response(response, status == 200 ? 200 : 502, "done");
    return U_CALLBACK_CONTINUE;
}

int main(void)
{
    struct _u_instance app;
    ulfius_init_instance(&app, 8080, NULL, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/fires", "", 0, &fires, NULL);
    ulfius_add_endpoint_by_val(&app, "GET", "/guarded", "", 0, &guarded, NULL);
    return ulfius_start_framework(&app);
}
