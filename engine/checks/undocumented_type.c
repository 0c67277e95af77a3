/* The media type of the answer is none that the document has for this status. */
#include "engine/checks/checks.h"

/** `*` stands for the rest of either half; what ends in +json is JSON. */
static bool fits(fl_str said, fl_str type)
{
    ptrdiff_t star = fl_str_find_char(said, '*');
    if (star >= 0)
        return fl_str_starts(type, fl_str_sub(said, 0, (size_t)star));
    bool both_json = fl_str_eq_c(said, "application/json") && fl_str_ends(type, FL_S("+json"));
    return fl_str_eq_nocase(said, type) || both_json;
}

fl_str fl_check_undocumented_type(const fl_exchange *exchange);
fl_str fl_check_undocumented_type(const fl_exchange *exchange)
{
    const fl_response *said = exchange->documented;
    if (!exchange->is_contract || said == NULL || said->content.count == 0 || exchange->response->body.len == 0)
        return (fl_str){0};
    if (exchange->type.len == 0)
        return fl_str_format(exchange->arena, "%u comes without a content type", exchange->response->status);
    if (fl_str_find_char(exchange->type, '/') <= 0)
        return fl_str_format(exchange->arena, "'" FL_STR_FMT "' is no media type", FL_STR_ARG(exchange->type));
    for (size_t i = 0; i < said->content.count; i++)
        if (fits(said->content.items[i].type, exchange->type))
            return (fl_str){0};
    return fl_str_format(exchange->arena, "%u comes as " FL_STR_FMT ", the document says " FL_STR_FMT, exchange->response->status,
                         FL_STR_ARG(exchange->type), FL_STR_ARG(said->content.items[0].type));
}
