/* faultline.yaml from outside: read or refused with one line; what is read can be laid over a plan and hides its secrets. */
#include "cli/config.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fl_arena arena;
    fl_arena_init(&arena);
    fl_config config;
    fl_err err = {0};
    fl_status status = size < 65536 ? fl_config_parse(&config, &arena, fuzz_str(data, size), "faultline.yaml", &err) : FL_E_USAGE;
    if (status == FL_OK) {
        FL_ASSERT(config.exclude_requests.items[config.exclude_requests.count] == NULL);
        FL_ASSERT(config.exclude_files.items[config.exclude_files.count] == NULL);
        fl_service_plan plan = {0};
        fl_config_apply(&config, &plan, &arena);
        fl_secrets secrets;
        fl_secrets_init(&secrets, &arena, &config);
        for (size_t i = 0; i < plan.env.count; i++) {
            fl_str redacted = fl_secrets_redact(&secrets, &arena, plan.env.items[i]);
            FL_ASSERT(redacted.len == 0 || redacted.ptr != NULL);
        }
        fl_buf text;
        fl_buf_init(&text, 0);
        fl_config_write(&text, &plan, (fl_str){0});
        fl_buf_release(&text);
    } else if (size < 65536) {
        FL_ASSERT(status == FL_E_USAGE && err.text[0] != '\0');
    }
    fl_arena_release(&arena);
    return 0;
}
