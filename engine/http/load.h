#ifndef FL_ENGINE_HTTP_LOAD_H
#define FL_ENGINE_HTTP_LOAD_H
#include "engine/http/http.h"

/**
 * Times in microseconds, counted in buckets that grow with them (as HDR histograms do): each is known to within one per cent, from 1 us to
 * more than an hour, in 30 KB, however many there are.
 */
enum { FL_HISTOGRAM_BITS = 7, FL_HISTOGRAM_BUCKETS = (32 - FL_HISTOGRAM_BITS + 1) << FL_HISTOGRAM_BITS };
typedef struct fl_histogram { uint64_t counts[FL_HISTOGRAM_BUCKETS], count, sum_us, max_us; } fl_histogram;
void fl_histogram_add(fl_histogram *histogram, uint64_t time_us);
/** The time that so many of a hundred do not exceed; 0 of none. */
uint64_t fl_histogram_percentile(const fl_histogram *histogram, double percent);

/**
 * The same requests again and again over connections that are kept. Closed loop (rate 0): each connection sends its next request when the one
 * before is answered. Open loop: requests begin at `rate` a second, whoever is still waiting; the time of each counts from when it was to
 * begin, so that a service that stalls is charged for all who would have come meanwhile (no coordinated omission).
 */
typedef struct fl_http_load {
    const fl_http_request *requests; size_t count;   /**< taken in turn, each `block` times (0: once) */
    uint64_t block;
    unsigned connections;                  /**< at once; with HTTP/2 one stream each */
    double rate;
    uint64_t duration_us, least, most;     /**< requests: so many even if it takes longer; so many at most, 0: any number */
    void *context;
    /** Each answer, in the order in which they come; it lives only during the call. is_repeat: the very bytes of the last answer to that request,
     *  headers are not read again. false ends it. */
    bool (*done)(void *context, size_t request, const fl_http_response *response, bool is_repeat, uint64_t latency_us);
} fl_http_load;
typedef struct fl_http_load_result {
    unsigned connections;                  /**< that were possible */
    uint64_t open_files;                   /**< the limit of open files that made it fewer than wanted; 0: none did */
    uint64_t sent, late, unsent;           /**< late: begun 1 ms or more behind their time; unsent: due when the time was over, `waited` has how long */
    uint64_t duration_us, opened_us;       /**< opened_us: of it, until all connections of a closed loop were there */
    fl_histogram waited;
} fl_http_load_result;
/** Raises the limit of open files as far as it goes. FL_E_ENV: no memory. */
FL_NODISCARD fl_status fl_http_load_run(const fl_http_load *load, const fl_http_options *options, fl_http_load_result *out, fl_err *err);
#endif
