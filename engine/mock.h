#ifndef FL_ENGINE_MOCK_H
#define FL_ENGINE_MOCK_H
#include "engine/listener.h"
#include "extractor/api/api.h"

/** What the API says, answered by nobody: requests that it does not allow are refused, others get a sample of the answer that is said. */
typedef struct fl_mock_options {
    uint16_t port;                         /**< 0: a free one */
    uint32_t latency_ms;                   /**< before each answer */
    unsigned fail_percent;                 /**< of the requests are answered with 503, evenly spread */
} fl_mock_options;
typedef struct fl_mock fl_mock;
/** Borrows the API until it is stopped. */
FL_NODISCARD fl_status fl_mock_start(fl_mock **out, const fl_api *api, const fl_mock_options *options, fl_err *err);
uint16_t fl_mock_port(const fl_mock *mock);
void fl_mock_stop(fl_mock *mock);
#endif
