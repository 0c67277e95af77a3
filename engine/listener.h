#ifndef FL_ENGINE_LISTENER_H
#define FL_ENGINE_LISTENER_H
#include "base/data.h"

/**
 * A small HTTP server on the loopback interface, in a thread of its own: one connection after the other, one request each. For stand-ins and
 * mocks, not for load. It talks to programs that nobody knows, so every read has a limit and every wait an end.
 */
typedef struct fl_listener fl_listener;
/** Answers one request (head and body, as they came) on the socket, by fl_listener_answer or as it likes. */
typedef void fl_listener_fn(void *context, fl_listener *listener, int socket, fl_str request);

/** port 0: a free one. */
FL_NODISCARD fl_status fl_listener_start(fl_listener **out, uint16_t port, fl_listener_fn *serve, void *context, fl_err *err);
uint16_t fl_listener_port(const fl_listener *listener);
bool fl_listener_is_stopping(const fl_listener *listener);
void fl_listener_stop(fl_listener *listener);

/** Reads what has come on a socket; false when nothing does in time, or it is closed. */
bool fl_listener_read(const fl_listener *listener, int socket, fl_buf *into);
void fl_listener_send(int socket, fl_str bytes);
/** status: "200 OK"; headers: whole lines, may be empty. */
void fl_listener_answer(int socket, fl_str status, fl_str type, fl_str headers, fl_str body);
#endif
