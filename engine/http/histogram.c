/* Buckets: the first 128 are one microsecond each; behind them each power of two has 128 of the same width. */
#include "engine/http/load.h"

static size_t bucket_of(uint64_t time_us)
{
    if (time_us >= UINT32_MAX)
        return FL_HISTOGRAM_BUCKETS - 1;
    unsigned shift = 0;
    while (time_us >> shift >= 2u << FL_HISTOGRAM_BITS)
        shift++;
    if (time_us >> shift >= 1u << FL_HISTOGRAM_BITS)
        return ((size_t)shift << FL_HISTOGRAM_BITS) + (size_t)(time_us >> shift);
    return (size_t)time_us;
}

/** The largest time that falls into it. */
static uint64_t last_of(size_t bucket)
{
    if (bucket < 2u << FL_HISTOGRAM_BITS)
        return bucket;
    unsigned shift = (unsigned)(bucket >> FL_HISTOGRAM_BITS) - 1;
    return ((((uint64_t)bucket & ((1u << FL_HISTOGRAM_BITS) - 1)) + (1u << FL_HISTOGRAM_BITS) + 1) << shift) - 1;
}

void fl_histogram_add(fl_histogram *h, uint64_t time_us)
{
    h->counts[bucket_of(time_us)]++;
    h->count++;
    h->sum_us += time_us;
    h->max_us = time_us > h->max_us ? time_us : h->max_us;
}

uint64_t fl_histogram_percentile(const fl_histogram *h, double percent)
{
    double wanted = (double)h->count * percent / 100;
    uint64_t seen = 0;
    for (size_t i = 0; i < FL_HISTOGRAM_BUCKETS && h->count != 0; i++) {
        seen += h->counts[i];
        if ((double)seen >= wanted && seen != 0)
            return last_of(i) < h->max_us ? last_of(i) : h->max_us;
    }
    return h->max_us;
}
