/* A header that the document requires is missing, or its value does not fit. */
#include "engine/checks/checks.h"
#include "engine/plan/plan.h"

fl_str fl_check_response_headers(const fl_exchange *exchange);
fl_str fl_check_response_headers(const fl_exchange *exchange)
{
    const fl_response *said = exchange->documented;
    for (size_t i = 0; exchange->is_contract && said != NULL && i < said->headers.count; i++) {
        const fl_parameter *header = &said->headers.items[i];
        fl_str value = fl_http_header_get(exchange->response, fl_str_c(exchange->arena, header->name));
        if (value.ptr == NULL && header->is_required)
            return fl_str_format(exchange->arena, "%u has no header " FL_STR_FMT, exchange->response->status, FL_STR_ARG(header->name));
        unsigned types = header->schema ? header->schema->types : 0;
        double number;
        bool wants_number = types != 0 && !(types & ~(unsigned)(FL_JSON_INTEGER | FL_JSON_NUMBER));
        if (value.len && wants_number && !fl_str_to_double(value, &number))
            return fl_str_format(exchange->arena, "header " FL_STR_FMT ": '" FL_STR_FMT "' is no number", FL_STR_ARG(header->name), FL_STR_ARG(value));
        if (value.len == 0 || header->schema == NULL || (types != 0 && !(types & FL_JSON_STRING)))
            continue;
        fl_str found = fl_schema_violation(exchange->arena, header->schema, fl_data_string(exchange->arena, value), false);
        if (found.len)
            return fl_str_format(exchange->arena, "header " FL_STR_FMT ": " FL_STR_FMT, FL_STR_ARG(header->name), FL_STR_ARG(found));
    }
    return (fl_str){0};
}
