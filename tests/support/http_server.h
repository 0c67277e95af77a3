#ifndef FL_TESTS_HTTP_SERVER_H
#define FL_TESTS_HTTP_SERVER_H
#include "base/base.h"

/**
 * A server on 127.0.0.1, in this process, that answers well or badly by path:
 *   /ok             200 {"ok":true}, kept alive
 *   /echo           200, the whole request (head and body) as it came
 *   /status/NNN     that status, empty body
 *   /close          closes without a byte       /close-again  answers the first request of a connection, closes on later ones
 *   /garbage        bytes that are not HTTP     /garbage-status  "HTTP/1.1 banana"
 *   /short          promises 100 bytes, sends 3, closes
 *   /bad-chunk      a chunk size that is none
 *   /infinite       a body without end          /infinite-chunks  the same, chunked
 *   /drip           one byte every 50 ms        /never        reads, says nothing
 *   /headers        100,000 headers             /long-header  one header of 1 MB
 *   /continue       100 Continue, then 200      /redirect     302 to /ok
 *   /nul            a body with a NUL byte       /slow    /ok, 40 ms late
 *   /gzip           {"ok":true}, compressed     /bomb    32 MB of zeros in 32 KB
 *   /bad-gzip       said to be compressed, is not  /reset  closes with a reset within its body
 */
typedef struct fl_test_server fl_test_server;
fl_test_server *fl_test_server_start(void);
uint16_t fl_test_server_port(const fl_test_server *server);
unsigned fl_test_server_requests(const fl_test_server *server);     /**< requests read so far */
unsigned fl_test_server_connections(const fl_test_server *server);  /**< connections accepted so far */
void fl_test_server_stop(fl_test_server *server);
#endif
