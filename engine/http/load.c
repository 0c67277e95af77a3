/*
 * Load through libcurl's multi interface and epoll. Read fl_http_load_run, then `begin` and `finish`. A transfer keeps its handle and
 * its connection; what its answer needs is kept from one to the next, so that memory does not grow. libcurl stops watching a socket behind each
 * answer and starts again with the next request: `watch` leaves the kernel alone in between. A multi handle looks at each of its connections when
 * it wants a free one, so there is one for each GROUP of them.
 *
 * What libcurl does for a request takes longer than what the fastest services do, so the connections of a loop are shared out to a few loaders, each
 * with a thread of its own. They take their requests from one count (`take`), so that together they do what one of them would do, and tell
 * of answers one after the other.
 */
#include "engine/http/http_p.h"
#include "engine/http/load.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 512, CONNECTING = 32, GROUP = 100, OPENING_US = 5000000, SPARE_FILES = 64, HEAD_BYTES = 64 * 1024, LATE_US = 1000,
       LOADERS = 2, FEW_CONNECTIONS = 8, FEW_PER_SECOND = 40000 };     /* with so few for each, one loader does */

typedef struct group { struct loader *loader; CURLM *multi; uint64_t timer_us; /* when it wants to be called; UINT64_MAX: not */ } group;

typedef struct transfer {
    struct loader *loader;
    group *group;
    CURL *easy;
    struct curl_slist *lines;
    CURLU *url;
    fl_arena arena;                        /* of the request, as libcurl has it */
    size_t request, configured;            /* configured: the request that the handle has, from 1 */
    uint64_t intended_us;
    fl_buf head, body;
    fl_arena parsed;                       /* headers of an answer that is read */
    bool is_too_large, is_connecting, is_again;   /* again: sent a second time */
    struct transfer *next_free;
} transfer;

/* The last answer to a request: most are the same again. */
typedef struct last { fl_buf head, body; uint16_t status; bool is_set; } last;

/** What the loaders of one loop have in common. */
typedef struct shared {
    const fl_http_load *load;
    const fl_http_options *options;
    pthread_mutex_t lock;                  /* around load->done */
    atomic_bool goes_on;
    _Atomic uint64_t begun, start_us;
    atomic_uint opening;                   /* loaders whose connections are not all there */
} shared;

/** A thread with connections of its own. */
typedef struct loader {
    shared *all;
    const fl_http_load *load;
    const fl_http_options *options;
    pthread_t thread;
    unsigned connections;
    uint64_t sent, late;
    group *groups; unsigned group_count;
    int epoll;
    struct watched { uint8_t wanted, has; group *group; } *sockets; size_t socket_count;   /* by number: EPOLLIN and EPOLLOUT, as wanted and as epoll has it */
    transfer *transfers, *free;
    unsigned made, connecting;
    last *lasts;
    bool is_opening;
} loader;

/* ---- sockets ---- */

static struct watched *socket_at(loader *l, curl_socket_t fd)
{
    if ((size_t)fd >= l->socket_count) {
        size_t count = (size_t)fd * 2 + 64;
        struct watched *grown = realloc(l->sockets, count * sizeof *grown);
        if (grown == NULL)
            fl_no_memory();
        memset(grown + l->socket_count, 0, (count - l->socket_count) * sizeof *grown);
        l->sockets = grown;
        l->socket_count = count;
    }
    return &l->sockets[fd];
}

static void tell_kernel(loader *l, curl_socket_t fd, struct watched *w)
{
    struct epoll_event event = {.events = w->wanted, .data.fd = fd};
    if (w->wanted == w->has)
        return;
    if (w->wanted == 0)
        epoll_ctl(l->epoll, EPOLL_CTL_DEL, fd, &event);
    else if (epoll_ctl(l->epoll, w->has ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event) != 0)
        epoll_ctl(l->epoll, w->has ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd, &event);
    w->has = w->wanted;
}

static int watch(CURL *easy, curl_socket_t fd, int what, void *context, void *known)
{
    (void)easy, (void)known;
    group *g = context;
    loader *l = g->loader;
    struct watched *w = socket_at(l, fd);
    w->group = g;
    w->wanted = what == CURL_POLL_REMOVE ? 0 : (uint8_t)(((what & CURL_POLL_IN) ? EPOLLIN : 0) | ((what & CURL_POLL_OUT) ? EPOLLOUT : 0));
    if (what != CURL_POLL_REMOVE) /* when it is not wanted and something comes, the kernel is told then */
        tell_kernel(l, fd, w);
    return 0;
}

static int set_timer(CURLM *multi, long timer_ms, void *context)
{
    (void)multi;
    ((group *)context)->timer_us = timer_ms < 0 ? UINT64_MAX : fl_clock_us() + (uint64_t)timer_ms * 1000;
    return 0;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    transfer *t = context;
    (void)purpose;
    if (!t->loader->options->allow_remote && !fl_http_is_loopback(&address->addr))
        return CURL_SOCKET_BAD;
    int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (fd >= 0)
        *socket_at(t->loader, fd) = (struct watched){0};
    return fd;
}

/* ---- one transfer ---- */

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    transfer *t = context;
    size_t len = size * count;
    t->is_too_large = t->is_too_large || t->body.len + len > t->body.limit;
    if (t->is_too_large)
        return CURL_WRITEFUNC_ERROR;
    fl_buf_add(&t->body, (fl_str){bytes, len});
    return len;
}

static size_t take_head(char *bytes, size_t size, size_t count, void *context)
{
    transfer *t = context;
    fl_str line = {bytes, size * count};
    if (fl_str_starts(line, FL_S("HTTP/")))
        fl_buf_clear(&t->head);
    else if (!fl_str_starts(line, FL_S("Date:")) && !fl_str_starts(line, FL_S("date:"))) /* else every second is another answer */
        fl_buf_add(&t->head, line);
    return line.len;
}

static int has_connected(void *context, char *remote_ip, char *local_ip, int remote_port, int local_port)
{
    transfer *t = context;
    (void)remote_ip, (void)local_ip, (void)remote_port, (void)local_port;
    t->loader->connecting -= t->is_connecting;
    t->is_connecting = false;
    return CURL_PREREQFUNC_OK;
}

static void configure(transfer *t)
{
    loader *l = t->loader;
    curl_slist_free_all(t->lines);
    curl_url_cleanup(t->url);
    fl_arena_clear(&t->arena);
    curl_easy_reset(t->easy);
    const fl_http_request *request = &l->load->requests[t->request];
    t->lines = fl_http_header_lines(&t->arena, request);
    fl_http_easy_request(t->easy, &t->arena, request, t->lines, l->options);
    t->url = curl_url(); /* taken apart once, not for each request */
    if (t->url != NULL && curl_url_set(t->url, CURLUPART_URL, fl_str_c(&t->arena, request->url), CURLU_PATH_AS_IS | CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
        curl_easy_setopt(t->easy, CURLOPT_CURLU, t->url);
    curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, l->options->timeout_ms ? (long)l->options->timeout_ms : (long)FL_LIMIT_REQUEST_MS);
    curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
    curl_easy_setopt(t->easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(t->easy, CURLOPT_OPENSOCKETDATA, t);
    curl_easy_setopt(t->easy, CURLOPT_PREREQFUNCTION, has_connected);
    curl_easy_setopt(t->easy, CURLOPT_PREREQDATA, t);
    curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, take_head);
    curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
    t->configured = t->request + 1;
}

static bool tries_again(transfer *t, CURLcode code)
{
    if (t->is_again || t->head.len || !fl_http_was_lost(t->easy, code))
        return false;
    t->is_again = true;
    fl_http_add(t->group->multi, t->easy);
    t->configured = 0; /* the next one may use a connection again */
    return true;
}

static void begin(loader *l, transfer *t, uint64_t number, uint64_t intended_us, uint64_t now_us)
{
    t->request = (size_t)(number / (l->load->block ? l->load->block : 1) % l->load->count);
    if (t->configured != t->request + 1)
        configure(t);
    fl_buf_clear(&t->head);
    fl_buf_clear(&t->body);
    t->is_too_large = false;
    t->intended_us = intended_us;
    l->late += now_us - intended_us >= LATE_US;
    t->is_again = false;
    fl_http_add(t->group->multi, t->easy);
}

static void read_headers(transfer *t, fl_http_response *response)
{
    fl_str rest = fl_buf_str(&t->head), line, name;
    fl_arena_clear(&t->parsed);
    while (fl_str_split(&rest, '\n', &line))
        if (fl_str_find_char(line, ':') > 0 && fl_str_split(&line, ':', &name))
            fl_vec_push(&t->parsed, &response->headers, (fl_http_header){name, fl_str_trim(line)});
}

static fl_http_outcome outcome_of(const transfer *t, CURLcode code)
{
    switch (code) {
    case CURLE_OK: return FL_HTTP_OK;
    case CURLE_OPERATION_TIMEDOUT: return FL_HTTP_TIMEOUT;
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST: return FL_HTTP_REFUSED;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2_STREAM:
    case CURLE_RECV_ERROR: return FL_HTTP_CLOSED;
    default: return t->is_too_large ? FL_HTTP_TOO_LARGE : FL_HTTP_MALFORMED;
    }
}

static bool is_same(const fl_buf *a, const fl_buf *b)
{
    return a->len == b->len && (a->len == 0 || memcmp(a->ptr, b->ptr, a->len) == 0);
}

static void finish(loader *l, transfer *t, CURLcode code)
{
    curl_multi_remove_handle(t->group->multi, t->easy);
    if (tries_again(t, code))
        return;
    l->connecting -= t->is_connecting;
    t->is_connecting = false;
    long status = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    fl_http_response response = {.outcome = outcome_of(t, code), .body = fl_buf_str(&t->body), .body_is_cut = t->is_too_large};
    response.status = response.outcome == FL_HTTP_OK && status > 0 && status < 1000 ? (uint16_t)status : 0;
    uint64_t now_us = fl_clock_us();
    response.time_us = now_us - t->intended_us;
    last *before = &l->lasts[t->request];
    bool is_repeat = code == CURLE_OK && before->is_set && before->status == response.status && is_same(&before->head, &t->head) && is_same(&before->body, &t->body);
    if (!is_repeat && code == CURLE_OK) {
        read_headers(t, &response);
        fl_buf_clear(&before->head);
        fl_buf_clear(&before->body);
        fl_buf_add(&before->head, fl_buf_str(&t->head));
        fl_buf_add(&before->body, fl_buf_str(&t->body));
        before->status = response.status;
        before->is_set = true;
    }
    l->sent++;
    pthread_mutex_lock(&l->all->lock);
    if (!l->load->done(l->load->context, t->request, &response, is_repeat, response.time_us))
        atomic_store(&l->all->goes_on, false);
    pthread_mutex_unlock(&l->all->lock);
    if (code != CURLE_OK) /* nothing of it is used again */
        t->configured = 0;
    t->next_free = l->free;
    l->free = t;
}

/* ---- the loop ---- */

/** The time of a closed loop begins when all connections are there, or when they do not come. */
static void end_opening(loader *l)
{
    l->is_opening = false;
    atomic_store(&l->all->start_us, fl_clock_us()); /* of the last one it holds */
    atomic_fetch_sub(&l->all->opening, 1);
}

static transfer *idle(loader *l)
{
    transfer *t = l->free;
    bool may_make = l->made < l->connections && l->connecting < CONNECTING;
    if (l->is_opening && !may_make)
        return NULL; /* all of them first: those that are there would keep the service from accepting the others */
    if (t != NULL && !l->is_opening) {
        l->free = t->next_free;
    } else if (may_make) {
        t = &l->transfers[l->made];
        t->loader = l;
        t->group = &l->groups[l->made++ / GROUP];
        t->is_connecting = true;
        l->connecting++;
        t->easy = curl_easy_init();
        if (t->easy == NULL)
            fl_no_memory();
        fl_arena_init(&t->arena);
        fl_arena_init(&t->parsed);
        fl_buf_init(&t->head, HEAD_BYTES);
        fl_buf_init(&t->body, l->options->response_bytes ? l->options->response_bytes : FL_LIMIT_RESPONSE_BYTES);
    }
    return t;
}

static bool may_begin(const loader *l)
{
    return atomic_load(&l->all->goes_on) && (l->load->most == 0 || atomic_load(&l->all->begun) < l->load->most);
}

static bool is_over(const loader *l, uint64_t now_us)
{
    return now_us >= atomic_load(&l->all->start_us) + l->load->duration_us && atomic_load(&l->all->begun) >= l->load->least;
}

/** The next request is ours, if it is due; else *wait_us is how long until then. */
static bool take(loader *l, uint64_t now_us, uint64_t *number, uint64_t *intended_us, uint64_t *wait_us)
{
    double rate = l->load->rate;
    *number = atomic_load(&l->all->begun);
    do {
        *intended_us = rate > 0 ? atomic_load(&l->all->start_us) + (uint64_t)((double)*number * 1e6 / rate) : now_us;
        if (*intended_us > now_us) {
            *wait_us = *intended_us - now_us < *wait_us ? *intended_us - now_us : *wait_us;
            return false;
        }
        if (l->load->most != 0 && *number >= l->load->most)
            return false;
    } while (!atomic_compare_exchange_weak(&l->all->begun, number, *number + 1));
    return true;
}

/** Begins what is due; how long until the next is, at most a tenth of a second. */
static uint64_t begin_due(loader *l)
{
    uint64_t now_us = fl_clock_us(), wait_us = 100000, number, intended_us;
    if (!l->is_opening && atomic_load(&l->all->opening) != 0)
        return 1000; /* until the others have theirs */
    while (may_begin(l) && (l->is_opening || !is_over(l, now_us))) {
        transfer *t = idle(l);
        if (t == NULL)
            break;
        if (!take(l, now_us, &number, &intended_us, &wait_us)) {
            t->next_free = l->free;
            l->free = t;
            break;
        }
        begin(l, t, number, intended_us, now_us);
        if (!l->is_opening && atomic_load(&l->all->opening) != 0)
            return 1000;
        now_us = fl_clock_us();
    }
    return wait_us;
}

static void turn(loader *l, uint64_t wait_us)
{
    struct epoll_event events[EVENTS];
    int running, left;
    int wait_ms = (int)((wait_us + 999) / 1000);
    if (wait_us < 1000) /* half a millisecond is much here: look again rather than sleep too long */
        wait_ms = 0;
    uint64_t now_us = fl_clock_us();
    for (unsigned i = 0; i < l->group_count; i++) {
        uint64_t timer_us = l->groups[i].timer_us;
        if (timer_us < now_us + (uint64_t)wait_ms * 1000)
            wait_ms = timer_us <= now_us ? 0 : (int)((timer_us - now_us + 999) / 1000);
    }
    int count = epoll_wait(l->epoll, events, EVENTS, wait_ms);
    for (int i = 0; i < count; i++) {
        int fd = events[i].data.fd;
        struct watched *w = socket_at(l, fd);
        if (w->wanted == 0) { /* between two requests: closed by the other side, which libcurl finds out by itself */
            tell_kernel(l, fd, w);
            continue;
        }
        int what = ((events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) ? CURL_CSELECT_IN : 0) | ((events[i].events & EPOLLOUT) ? CURL_CSELECT_OUT : 0);
        curl_multi_socket_action(w->group->multi, fd, what, &running);
    }
    now_us = fl_clock_us();
    for (unsigned i = 0; i < l->group_count; i++) {
        group *g = &l->groups[i];
        if (g->timer_us <= now_us) {
            g->timer_us = UINT64_MAX; /* it says so again when there is more to wait for */
            curl_multi_socket_action(g->multi, CURL_SOCKET_TIMEOUT, 0, &running);
        }
        for (CURLMsg *message; (message = curl_multi_info_read(g->multi, &left));) {
            transfer *t;
            CURLcode code = message->data.result;
            if (message->msg != CURLMSG_DONE)
                continue;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
            finish(l, t, code);
        }
    }
}

static unsigned busy(const loader *l)
{
    unsigned count = l->made;
    for (const transfer *t = l->free; t; t = t->next_free)
        count--;
    return count;
}

/** What was due and never begun has waited, too. */
static void count_unsent(const shared *all, fl_http_load_result *result)
{
    uint64_t start_us = atomic_load(&all->start_us), end_us = start_us + all->load->duration_us;
    if (all->load->rate <= 0 || !atomic_load(&all->goes_on))
        return;
    for (uint64_t number = atomic_load(&all->begun);; number++) {
        uint64_t intended_us = start_us + (uint64_t)((double)number * 1e6 / all->load->rate);
        if (intended_us >= end_us || (all->load->most != 0 && number >= all->load->most))
            return;
        result->unsent++;
        fl_histogram_add(&result->waited, end_us - intended_us);
    }
}

static void *run(void *context)
{
    loader *l = context;
    uint64_t grace_us = (uint64_t)(l->options->timeout_ms ? l->options->timeout_ms : FL_LIMIT_REQUEST_MS) * 1000 + 200000;
    uint64_t first_us = fl_clock_us(), end_us = first_us;
    l->is_opening = l->load->rate <= 0;
    for (;;) {
        uint64_t opening_us = l->load->duration_us > OPENING_US ? l->load->duration_us : OPENING_US;
        if (l->is_opening && ((l->made == l->connections && l->connecting == 0) || fl_clock_us() >= first_us + opening_us))
            end_opening(l);
        uint64_t wait_us = begin_due(l), now_us = fl_clock_us();
        bool ends = (atomic_load(&l->all->opening) == 0 && is_over(l, now_us)) || !may_begin(l);
        if (!ends)
            end_us = now_us;
        if (ends && (busy(l) == 0 || !atomic_load(&l->all->goes_on) || now_us >= end_us + grace_us))
            break;
        turn(l, wait_us);
    }
    return NULL;
}

/* ---- life ---- */

/** How many connections the limit of open files lets us have. */
static unsigned allowed(unsigned wanted, uint64_t *open_files)
{
    struct rlimit limit;
    *open_files = 0;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return wanted;
    rlim_t needed = (rlim_t)wanted + SPARE_FILES + 2 * (rlim_t)(wanted / GROUP); /* libcurl has two more for each group */
    if (limit.rlim_cur < needed) {
        struct rlimit more = {needed, limit.rlim_max > needed ? limit.rlim_max : needed};
        if (setrlimit(RLIMIT_NOFILE, &more) != 0) { /* the hard limit takes a privilege */
            more = (struct rlimit){limit.rlim_max < needed ? limit.rlim_max : needed, limit.rlim_max};
            (void)setrlimit(RLIMIT_NOFILE, &more);
        }
        (void)getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= needed)
        return wanted;
    *open_files = limit.rlim_cur;
    return limit.rlim_cur > SPARE_FILES + 1 ? (unsigned)limit.rlim_cur - SPARE_FILES : 1; /* groups of them are few */
}

static void release(loader *l)
{
    for (unsigned i = 0; l->transfers != NULL && i < l->made; i++) {
        transfer *t = &l->transfers[i];
        curl_multi_remove_handle(t->group->multi, t->easy);
        curl_easy_cleanup(t->easy);
        curl_slist_free_all(t->lines);
        curl_url_cleanup(t->url);
        fl_arena_release(&t->arena);
        fl_arena_release(&t->parsed);
        fl_buf_release(&t->head);
        fl_buf_release(&t->body);
    }
    for (unsigned i = 0; l->groups != NULL && i < l->group_count; i++)
        if (l->groups[i].multi != NULL)
            curl_multi_cleanup(l->groups[i].multi);
    for (size_t i = 0; l->lasts != NULL && i < l->load->count; i++) {
        fl_buf_release(&l->lasts[i].head);
        fl_buf_release(&l->lasts[i].body);
    }
    if (l->epoll >= 0)
        close(l->epoll);
    free(l->transfers);
    free(l->groups);
    free(l->lasts);
    free(l->sockets);
}

static bool add_group(loader *l, group *g)
{
    *g = (group){l, curl_multi_init(), UINT64_MAX};
    if (g->multi == NULL)
        return false;
    curl_multi_setopt(g->multi, CURLMOPT_SOCKETFUNCTION, watch);
    curl_multi_setopt(g->multi, CURLMOPT_SOCKETDATA, g);
    curl_multi_setopt(g->multi, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(g->multi, CURLMOPT_TIMERDATA, g);
    curl_multi_setopt(g->multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING); /* a connection for each, also with HTTP/2 */
    curl_multi_setopt(g->multi, CURLMOPT_MAXCONNECTS, (long)GROUP + 1);
    return true;
}

static bool prepare(loader *l, shared *all, unsigned connections)
{
    *l = (loader){.all = all, .load = all->load, .options = all->options, .connections = connections, .epoll = epoll_create1(EPOLL_CLOEXEC)};
    l->group_count = connections / GROUP + 1;
    l->groups = calloc(l->group_count, sizeof *l->groups);
    l->transfers = calloc(connections, sizeof *l->transfers);
    l->lasts = calloc(l->load->count ? l->load->count : 1, sizeof *l->lasts);
    bool is_complete = l->epoll >= 0 && l->groups != NULL && l->transfers != NULL && l->lasts != NULL;
    for (unsigned i = 0; is_complete && i < l->group_count; i++)
        is_complete = add_group(l, &l->groups[i]);
    for (size_t i = 0; is_complete && i < l->load->count; i++) {
        fl_buf_init(&l->lasts[i].head, 0);
        fl_buf_init(&l->lasts[i].body, 0);
    }
    return is_complete;
}

static unsigned loaders_for(const fl_http_load *load, unsigned connections)
{
    unsigned cores = fl_pool_threads(), most = cores < LOADERS ? cores : LOADERS;
    bool is_few = connections < most * FEW_CONNECTIONS || (load->rate > 0 && load->rate < FEW_PER_SECOND);
    return is_few ? 1 : most;
}

fl_status fl_http_load_run(const fl_http_load *load, const fl_http_options *options, fl_http_load_result *out, fl_err *err)
{
    fl_http_start_curl();
    *out = (fl_http_load_result){0};
    shared all = {.load = load, .options = options, .lock = PTHREAD_MUTEX_INITIALIZER, .goes_on = true};
    loader loaders[LOADERS];
    unsigned wanted = load->connections ? load->connections : 1, prepared = 0, started = 1;
    out->connections = allowed(wanted, &out->open_files);
    unsigned count = loaders_for(load, out->connections);
    bool is_complete = true;
    for (; is_complete && prepared < count; prepared++)
        is_complete = prepare(&loaders[prepared], &all, out->connections / count + (prepared < out->connections % count));
    if (is_complete && load->count != 0) {
        atomic_store(&all.opening, load->rate > 0 ? 0 : count);
        atomic_store(&all.start_us, fl_clock_us());
        uint64_t first_us = all.start_us;
        for (; started < count && pthread_create(&loaders[started].thread, NULL, run, &loaders[started]) == 0; started++)
            ;
        for (unsigned i = started; i < count; i++) { /* no thread for it */
            out->connections -= loaders[i].connections;
            loaders[i].is_opening = true;
            if (load->rate <= 0)
                end_opening(&loaders[i]);
        }
        run(&loaders[0]);
        for (unsigned i = 1; i < started; i++)
            pthread_join(loaders[i].thread, NULL);
        for (unsigned i = 0; i < started; i++) {
            out->sent += loaders[i].sent;
            out->late += loaders[i].late;
        }
        out->duration_us = fl_clock_us() - first_us;
        out->opened_us = all.start_us - first_us;
        count_unsent(&all, out);
    }
    for (unsigned i = 0; i < prepared; i++)
        release(&loaders[i]);
    return is_complete ? FL_OK : fl_fail(err, FL_E_ENV, "no memory for %u connections", wanted);
}
