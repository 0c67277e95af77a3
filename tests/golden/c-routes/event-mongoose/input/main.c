#include "mongoose.h"

static void set_level(struct mg_connection *c, struct mg_http_message *hm)
{
    double level = 0;

    if (!mg_json_get_num(hm->body, "$.level", &level))
        mg_http_reply(c, 400, "", "level is missing\n");
    else
        mg_http_reply(c, 200, "", "%g\n", level);
}

static void on_event(struct mg_connection *c, int ev, void *ev_data)
{
    if (ev == MG_EV_HTTP_MSG) {
        struct mg_http_message *hm = (struct mg_http_message *)ev_data;
        char unit[8];

        if (mg_match(hm->uri, mg_str("/api/level/get"), NULL)) {
            mg_http_get_var(&hm->query, "unit", unit, sizeof unit);
            mg_http_reply(c, 200, "", "%s\n", unit);
        } else if (mg_match(hm->uri, mg_str("/api/level/set"), NULL) && mg_strcmp(hm->method, mg_str("POST")) == 0) {
            set_level(c, hm);
        } else if (mg_match(hm->uri, mg_str("/api/sensors/*"), NULL)) {
            mg_http_reply(c, 200, "", "sensor\n");
        } else {
            mg_http_serve_dir(c, hm, NULL);
        }
    }
}

int main(void)
{
    struct mg_mgr mgr;

    mg_http_listen(&mgr, "http://127.0.0.1:8000", on_event, NULL);
    return 0;
}
