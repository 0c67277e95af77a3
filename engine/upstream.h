#ifndef FL_ENGINE_UPSTREAM_H
#define FL_ENGINE_UPSTREAM_H
#include "base/data.h"

/**
 * Services that the service under test calls over HTTP, replaced by one of ours: a thread that listens on the loopback interface and, until
 * it is told to fail, answers what the configuration says, or passes requests on to the real one (plain HTTP).
 */
typedef enum fl_upstream_fault { FL_UPSTREAM_HEALTHY, FL_UPSTREAM_500, FL_UPSTREAM_503, FL_UPSTREAM_429, FL_UPSTREAM_GARBAGE, FL_UPSTREAM_WRONG_FORM,
                                 FL_UPSTREAM_EMPTY, FL_UPSTREAM_RESET, FL_UPSTREAM_SLOW, FL_UPSTREAM_FAULTS } fl_upstream_fault;
const char *fl_upstream_fault_text(fl_upstream_fault fault);   /**< "answers 500", "answers late", … */

typedef struct fl_upstream fl_upstream;
/** `said`: a text is the URL of the real one, anything else the JSON that is answered. Borrows it. */
FL_NODISCARD fl_status fl_upstream_start(fl_upstream **out, const fl_data *said, uint32_t slow_ms, fl_err *err);
uint16_t fl_upstream_port(const fl_upstream *upstream);
void fl_upstream_fail(fl_upstream *upstream, fl_upstream_fault fault);
unsigned fl_upstream_requests(const fl_upstream *upstream);    /**< so far */
void fl_upstream_stop(fl_upstream *upstream);
#endif
