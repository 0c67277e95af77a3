/* The status is none that the document has. Those of the transport, which any server may answer, need not be there. */
#include "engine/checks/checks.h"

fl_str fl_check_undocumented_status(const fl_exchange *exchange);
fl_str fl_check_undocumented_status(const fl_exchange *exchange)
{
    static const uint16_t of_transport[] = {405, 406, 408, 411, 413, 414, 415, 417, 429, 431, 501, 503};
    uint16_t status = exchange->response->status;
    if (!exchange->is_contract || exchange->documented != NULL || exchange->operation->responses.count == 0)
        return (fl_str){0};
    for (size_t i = 0; i < FL_COUNT(of_transport); i++)
        if (status == of_transport[i])
            return (fl_str){0};
    return fl_str_format(exchange->arena, "%u is not in the document", status);
}
