/* `fl_test_starter MODE`: starts the test service as faultline would, prints its URL and waits to be killed. */
#include "engine/service/service.h"

#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_service_plan plan = {.folder = FL_S("/"), .port_variable = FL_S("PORT"),
                            .start = fl_str_format(&arena, "%s %s", FL_TEST_SERVICE, argc > 1 ? argv[1] : "ok")};
    fl_service *service;
    fl_err err = {0};
    if (fl_service_start(&service, &plan, &err)) {
        printf("%s\n", err.text);
        return 3;
    }
    printf(FL_STR_FMT "\n", FL_STR_ARG(fl_service_base_url(service)));
    fflush(stdout);
    for (;;)
        pause();
}
