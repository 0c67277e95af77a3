/*
 * The journal of a run. Read fl_journal_unit (what is written), then fl_journal_open and fl_journal_begin (how it is taken up again).
 * Cases that probes made have numbers behind those of the valid requests; a fault's line brings those that it needs, and they get new ones.
 */
#include "engine/journal.h"
#include "base/fs.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { CLOSURE = 400 };

typedef struct unit { uint64_t key; bool is_whole; } unit;
/* What was written of a fault last: another one when it differs. */
typedef struct mark { unsigned seen, details, spot; const void *request; } mark;
typedef struct renaming { uint32_t from, to; } renaming;

struct fl_journal {
    int file;
    fl_str old;                            /**< of the run that is finished, up to its last whole unit */
    FL_VEC(unit) done;
    size_t cursor;                         /**< units come in the same order again */
    FL_VEC(mark) faults;
    FL_VEC(fl_spot_result) spots;
    size_t skips;                          /**< so many are written */
    uint32_t first_extra;                  /**< cases from this number on were made by probes */
    FL_VEC(renaming) renamed;
    bool is_on;
};

/* ---- writing ---- */

static bool is_same_mark(const mark *a, const mark *b)
{
    return a->seen == b->seen && a->details == b->details && a->spot == b->spot && a->request == b->request;
}

static void each_text(const fl_journal_options *options, fl_arena *arena, fl_data *node, bool restores)
{
    if (node->kind == FL_DATA_STRING)
        node->text = restores ? options->restore(options->context, arena, node->text) : options->redact(options->context, arena, node->text);
    for (fl_data *each = node->first; each; each = each->next)
        each_text(options, arena, each, restores);
}

static void write_line(fl_engine *engine, fl_arena *arena, fl_data *line)
{
    fl_journal *j = engine->journal;
    if (j == NULL || j->file < 0)
        return;
    if (engine->options->journal.redact != NULL)
        each_text(&engine->options->journal, arena, line, false);
    fl_buf text;
    fl_buf_init(&text, 0);
    fl_json_write(&text, line, false);
    fl_buf_add_char(&text, '\n');
    for (size_t at = 0; at < text.len && j->file >= 0;) {
        ssize_t written = write(j->file, text.ptr + at, text.len - at);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            fl_log(FL_LOG_WARN, "'%s' cannot be written any more: %s; this run cannot be resumed", engine->options->journal.path, strerror(errno));
            close(j->file);
            j->file = -1;
            break;
        }
        at += (size_t)written;
    }
    fl_buf_release(&text);
}

static fl_data *line_of(fl_arena *arena, const char *type)
{
    fl_data *line = fl_data_map(arena);
    fl_data_set_c(arena, line, "type", fl_data_string_c(arena, type));
    return line;
}

static fl_str operation_text(const fl_engine *engine, fl_arena *arena, uint32_t index)
{
    const fl_operation *operation = &engine->api->operations.items[index];
    return fl_str_format(arena, FL_STR_FMT " " FL_STR_FMT, FL_STR_ARG(operation->method), FL_STR_ARG(operation->path));
}

void fl_journal_found(fl_engine *engine, const fl_fault *fault)
{
    if (engine->journal == NULL || !engine->journal->is_on)
        return;
    fl_arena arena;
    fl_arena_init(&arena);
    fl_data *line = line_of(&arena, "found");
    fl_data_set_c(&arena, line, "kind", fl_data_string(&arena, fault->kind));
    fl_data_set_c(&arena, line, "operation", fl_data_string(&arena, operation_text(engine, &arena, fault->operation)));
    fl_data_set_c(&arena, line, "status", fl_data_int(&arena, fault->status));
    if (fault->details.count && fl_utf8_valid(fault->details.items[0], NULL))
        fl_data_set_c(&arena, line, "detail", fl_data_string(&arena, fault->details.items[0]));
    write_line(engine, &arena, line);
    fl_arena_release(&arena);
}

/** The cases of probes that a case needs, deepest first. */
static void add_cases(fl_engine *engine, fl_arena *arena, const fl_case *request, fl_data *list, unsigned depth)
{
    fl_references used = {0};
    fl_references_of_case(arena, request, &used);
    for (size_t i = 0; i < used.count + request->before.count && depth < 16 && list->count < CLOSURE; i++) {
        uint32_t number = i < used.count ? used.items[i].number : request->before.items[i - used.count];
        const fl_baseline *one = fl_engine_case(engine, number);
        bool is_known = one == NULL || number < engine->journal->first_extra;
        for (const fl_data *each = list->first; each && !is_known; each = each->next)
            is_known = fl_data_get_int(each, "number", -1) == (int64_t)number;
        if (is_known)
            continue;
        add_cases(engine, arena, &one->request, list, depth + 1);
        fl_data *line = fl_data_map(arena);
        fl_data_set_c(arena, line, "number", fl_data_int(arena, number));
        fl_data_set_c(arena, line, "request", fl_journal_case(arena, &one->request));
        if (one->answer != NULL)
            fl_data_set_c(arena, line, "answer", fl_data_copy(arena, one->answer));
        if (one->cookies != NULL)
            fl_data_set_c(arena, line, "cookies", fl_data_copy(arena, one->cookies));
        fl_data_push(list, line);
    }
}

static void write_faults(fl_engine *engine, fl_arena *arena)
{
    fl_journal *j = engine->journal;
    for (size_t i = 0; i < engine->run->faults.count; i++) {
        const fl_fault *fault = &engine->run->faults.items[i];
        mark now = {fault->seen_count, fault->details.count, fault->weak_spot, fault->request.path};
        if (i < j->faults.count && is_same_mark(&now, &j->faults.items[i]))
            continue;
        fl_data *line = line_of(arena, "fault");
        fl_data_set_c(arena, line, "index", fl_data_int(arena, (int64_t)i));
        fl_data_set_c(arena, line, "fault", fl_journal_fault(arena, fault));
        add_cases(engine, arena, &fault->request, fl_data_set_c(arena, line, "cases", fl_data_list(arena)), 0);
        write_line(engine, arena, line);
        if (i < j->faults.count)
            j->faults.items[i] = now;
        else
            fl_vec_push(engine->arena, &j->faults, now);
    }
}

static void write_spots(fl_engine *engine, fl_arena *arena)
{
    fl_journal *j = engine->journal;
    for (size_t i = 0; i < engine->run->spots.count; i++) {
        const fl_spot_result *spot = &engine->run->spots.items[i];
        bool is_new = i >= j->spots.count;
        const fl_spot_result *old = is_new ? NULL : &j->spots.items[i];
        if (!is_new && old->verdict == spot->verdict && old->fault == spot->fault && old->requests == spot->requests && old->reason.ptr == spot->reason.ptr)
            continue;
        if (is_new)
            fl_vec_push(engine->arena, &j->spots, *spot);
        else
            j->spots.items[i] = *spot;
        fl_data *line = line_of(arena, "spot");
        fl_data_set_c(arena, line, "index", fl_data_int(arena, (int64_t)i));
        fl_data_set_c(arena, line, "verdict", fl_data_int(arena, (int64_t)spot->verdict));
        if (fl_utf8_valid(spot->reason, NULL))
            fl_data_set_c(arena, line, "reason", fl_data_string(arena, spot->reason));
        fl_data_set_c(arena, line, "fault", fl_data_int(arena, spot->fault));
        fl_data_set_c(arena, line, "line_ran", fl_data_bool(arena, spot->line_ran));
        fl_data_set_c(arena, line, "requests", fl_data_int(arena, spot->requests));
        write_line(engine, arena, line);
    }
}

/** Of the unit that is done: its operation is the newest there. */
static void write_skips(fl_engine *engine, fl_arena *arena)
{
    fl_journal *j = engine->journal;
    for (; j->skips < engine->run->skips.count; j->skips++) {
        const fl_skip *skip = &engine->run->skips.items[j->skips];
        fl_data *line = line_of(arena, "skip");
        fl_data_set_c(arena, line, "operation", fl_data_int(arena, skip->operation));
        fl_data_set_c(arena, line, "in", fl_data_int(arena, (int64_t)skip->at.in));
        fl_data_set_c(arena, line, "pointer", fl_data_string(arena, skip->at.pointer));
        fl_data_set_c(arena, line, "rule", fl_data_int(arena, (int64_t)skip->rule));
        fl_data_set_c(arena, line, "status", fl_data_int(arena, skip->status));
        fl_data_set_c(arena, line, "rows", fl_data_int(arena, skip->rows));
        write_line(engine, arena, line);
    }
}

static uint64_t key_of(const fl_engine *engine, unsigned part, size_t index)
{
    return (uint64_t)engine->phase << 56 | (uint64_t)part << 48 | index;
}

void fl_journal_unit(fl_engine *engine, unsigned part, size_t index)
{
    if (engine->journal == NULL || !engine->journal->is_on)
        return;
    fl_arena arena;
    fl_arena_init(&arena);
    write_faults(engine, &arena);
    write_spots(engine, &arena);
    write_skips(engine, &arena);
    const fl_phase_result *result = &engine->run->phase_results[engine->phase];
    fl_data *line = line_of(&arena, "unit");
    fl_data_set_c(&arena, line, "phase", fl_data_string_c(&arena, fl_phase_infos[engine->phase].name));
    fl_data_set_c(&arena, line, "part", fl_data_int(&arena, part));
    fl_data_set_c(&arena, line, "index", fl_data_int(&arena, (int64_t)index));
    fl_data_set_c(&arena, line, "bound", fl_data_int(&arena, (int64_t)result->bound));
    fl_data_set_c(&arena, line, "phase_requests", fl_data_int(&arena, result->requests));
    fl_data_set_c(&arena, line, "phase_us", fl_data_int(&arena, (int64_t)result->time_us));
    fl_data_set_c(&arena, line, "requests", fl_data_int(&arena, engine->run->request_count));
    fl_data_set_c(&arena, line, "restarts", fl_data_int(&arena, engine->run->restart_count));
    fl_data_set_c(&arena, line, "freshness", fl_data_int(&arena, engine->freshness));
    write_line(engine, &arena, line);
    fl_arena_release(&arena);
}

/* ---- the run it belongs to ---- */

static void mix(uint64_t *hash, fl_str text)
{
    *hash = (*hash ^ fl_str_hash(text)) * 0x9E3779B97F4A7C15u;
}

static fl_str fingerprint(const fl_engine *engine, fl_arena *arena)
{
    uint64_t hash = FL_S(FL_VERSION).len;
    mix(&hash, FL_S(FL_VERSION));
    for (size_t i = 0; i < engine->api->operations.count; i++)
        mix(&hash, operation_text(engine, arena, (uint32_t)i));
    for (size_t i = 0; i < engine->api->weak_spots.count; i++) {
        const fl_weak_spot *spot = &engine->api->weak_spots.items[i];
        mix(&hash, fl_str_format(arena, "%d %u %u %u", (int)spot->kind, spot->span.file, spot->span.start_byte, spot->span.end_byte));
    }
    for (size_t i = 0; i < FL_PHASE_COUNT; i++)
        mix(&hash, fl_str_format(arena, "%u %llu", engine->options->limits[i].requests, (unsigned long long)engine->options->limits[i].time_ms));
    mix(&hash, fl_str_format(arena, "%u %llu %u %d", engine->run->phases, (unsigned long long)engine->options->seed, engine->options->limit_requests,
                             engine->options->contract != NULL));
    mix(&hash, engine->options->plan.start);
    mix(&hash, engine->options->plan.url);
    return fl_str_format(arena, "%016llx", (unsigned long long)hash);
}

/** The valid requests and how they were answered: what everything behind them builds on. */
static fl_str groundwork(const fl_engine *engine, fl_arena *arena)
{
    uint64_t hash = engine->run->extras.count;
    for (size_t i = 0; i < engine->run->baselines.count; i++)
        mix(&hash, fl_str_format(arena, "%zu %d %u", i, engine->run->baselines.items[i].is_ok, engine->run->baselines.items[i].status));
    return fl_str_format(arena, "%016llx", (unsigned long long)hash);
}

/* ---- taking it up again ---- */

static bool parse(fl_arena *arena, fl_str line, const char *type, fl_data **out)
{
    return fl_json_parse(arena, line, out, NULL) == FL_OK && fl_str_eq_c(fl_data_get_str(*out, "type"), type);
}

/** Up to the end of the last whole unit; *first is the line that says what run it is. */
static fl_str whole_part(fl_str text, fl_str *first)
{
    fl_str line;
    size_t end = 0, at = 0;
    *first = (fl_str){0};
    while (at < text.len) {
        ptrdiff_t stop = fl_str_find_char(fl_str_sub(text, at, text.len), '\n');
        if (stop < 0)
            break;
        line = fl_str_sub(text, at, at + (size_t)stop);
        at += (size_t)stop + 1;
        if (first->ptr == NULL)
            *first = line;
        if (fl_str_starts(line, FL_S("{\"type\":\"unit\"")))
            end = at;
    }
    return fl_str_sub(text, 0, end);
}

fl_status fl_journal_open(fl_engine *engine, fl_err *err)
{
    const fl_journal_options *options = &engine->options->journal;
    if (options->path == NULL)
        return FL_OK;
    engine->journal = FL_NEW(engine->arena, fl_journal);
    engine->journal->file = -1;
    if (!options->resumes)
        return FL_OK;
    if (!fl_fs_exists(options->path))
        return fl_fail(err, FL_E_USAGE, "'%s' is not there: no run was interrupted; leave --resume out", options->path);
    fl_str text, first;
    fl_data *header = NULL;
    fl_status status = fl_fs_read(engine->arena, options->path, FL_LIMIT_JOURNAL_BYTES, &text, err);
    if (status != FL_OK)
        return status;
    engine->journal->old = whole_part(text, &first);
    if (!parse(engine->arena, first, "run", &header) || !fl_str_eq(fl_data_get_str(header, "fingerprint"), fingerprint(engine, engine->arena)))
        return fl_fail(err, FL_E_USAGE, "'%s' is of another run: source, document, phases, seed, limits or service differ; leave --resume out to begin anew", options->path);
    return FL_OK;
}

static uint32_t new_number(const fl_journal *j, uint32_t number)
{
    for (size_t i = j->renamed.count; i-- > 0 && number >= j->first_extra;)
        if (j->renamed.items[i].from == number)
            return j->renamed.items[i].to;
    return number;
}

static fl_str renamed(const void *journal, fl_arena *arena, const fl_reference *reference)
{
    return fl_reference_text(arena, new_number(journal, reference->number), reference->pointer);
}

static void rename_data(const fl_journal *j, fl_arena *arena, fl_data *node)
{
    if (node == NULL)
        return;
    if (node->kind == FL_DATA_STRING)
        node->text = fl_references_rename(arena, node->text, renamed, j);
    for (fl_data *each = node->first; each; each = each->next)
        rename_data(j, arena, each);
}

static void rename_case(const fl_journal *j, fl_arena *arena, fl_case *request)
{
    fl_data *const parts[] = {request->path, request->query, request->header, request->cookie, request->body};
    for (size_t i = 0; i < FL_COUNT(parts); i++)
        rename_data(j, arena, parts[i]);
    request->raw_body = fl_references_rename(arena, request->raw_body, renamed, j);
    request->target = fl_references_rename(arena, request->target, renamed, j);
    for (size_t i = 0; i < request->before.count; i++)
        request->before.items[i] = new_number(j, request->before.items[i]);
}

static void take_fault(fl_engine *engine, const fl_data *line)
{
    fl_journal *j = engine->journal;
    const fl_data *cases = fl_data_get_c(line, "cases"), *answer, *cookies;
    for (const fl_data *each = cases ? cases->first : NULL; each; each = each->next) {
        fl_case request;
        if (!fl_journal_read_case(engine->arena, fl_data_get_c(each, "request"), &request) || request.operation >= engine->api->operations.count)
            continue;
        rename_case(j, engine->arena, &request);
        uint32_t number = fl_engine_add_extra(engine, &request);
        fl_baseline *one = fl_engine_case(engine, number);
        answer = fl_data_get_c(each, "answer");
        cookies = fl_data_get_c(each, "cookies");
        one->answer = answer ? fl_data_copy(engine->arena, answer) : NULL;
        one->cookies = cookies ? fl_data_copy(engine->arena, cookies) : NULL;
        fl_vec_push(engine->arena, &j->renamed, (renaming){(uint32_t)fl_data_get_int(each, "number", 0), number});
    }
    fl_fault fault;
    if (fl_journal_read_fault(engine->arena, fl_data_get_c(line, "fault"), &fault) && fault.operation < engine->api->operations.count) {
        rename_case(j, engine->arena, &fault.request);
        fl_vec_push(engine->arena, &engine->run->faults, fault);
    }
}

static void take_spot(fl_engine *engine, const fl_data *line)
{
    int64_t index = fl_data_get_int(line, "index", -1);
    if (index < 0 || index >= (int64_t)engine->run->spots.count)
        return;
    fl_spot_result *spot = &engine->run->spots.items[index];
    spot->verdict = (fl_verdict)fl_data_get_int(line, "verdict", 0);
    spot->reason = fl_str_copy(engine->arena, fl_data_get_str(line, "reason"));
    spot->fault = (uint32_t)fl_data_get_int(line, "fault", 0);
    spot->line_ran = fl_data_get_bool(line, "line_ran", false);
    spot->requests = (unsigned)fl_data_get_int(line, "requests", 0);
}

static void take_skip(fl_engine *engine, const fl_data *line)
{
    int64_t operation = fl_data_get_int(line, "operation", -1), in = fl_data_get_int(line, "in", -1), rule = fl_data_get_int(line, "rule", -1);
    if (operation < 0 || operation >= (int64_t)engine->api->operations.count || in < 0 || in > FL_IN_NOWHERE || rule < 0 || rule > FL_SKIP_VALUE)
        return;
    fl_skip skip = {.operation = (uint32_t)operation, .at = {(fl_location)in, fl_str_copy(engine->arena, fl_data_get_str(line, "pointer"))}, .rule = (fl_skip_rule)rule,
                    .status = (uint16_t)fl_data_get_int(line, "status", 0), .rows = (unsigned)fl_data_get_int(line, "rows", 0)};
    fl_vec_push(engine->arena, &engine->run->skips, skip);
    engine->journal->skips = engine->run->skips.count;
}

static void take_unit(fl_engine *engine, const fl_data *line)
{
    int phase = 0;
    while (phase < FL_PHASE_COUNT && !fl_str_eq_c(fl_data_get_str(line, "phase"), fl_phase_infos[phase].name))
        phase++;
    if (phase == FL_PHASE_COUNT)
        return;
    fl_phase_result *result = &engine->run->phase_results[phase];
    result->bound = (fl_bound)fl_data_get_int(line, "bound", 0);
    result->requests = (unsigned)fl_data_get_int(line, "phase_requests", 0);
    result->time_us = (uint64_t)fl_data_get_int(line, "phase_us", 0);
    engine->run->request_count = (unsigned)fl_data_get_int(line, "requests", 0);
    engine->run->restart_count = (unsigned)fl_data_get_int(line, "restarts", 0);
    engine->freshness = (unsigned)fl_data_get_int(line, "freshness", 0);
    uint64_t key = (uint64_t)phase << 56 | (uint64_t)fl_data_get_int(line, "part", 0) << 48 | (uint64_t)fl_data_get_int(line, "index", 0);
    fl_vec_push(engine->arena, &engine->journal->done, (unit){key, result->bound == FL_BOUND_NONE});
}

/** The last line of each fault counts. */
static void take_over(fl_engine *engine)
{
    fl_journal *j = engine->journal;
    FL_VEC(fl_str) faults = {0};
    fl_str rest = j->old, line;
    fl_arena arena;
    fl_arena_init(&arena);
    while (fl_str_split(&rest, '\n', &line)) {
        fl_data *data = NULL;
        fl_arena_clear(&arena);
        if (line.len == 0 || fl_json_parse(&arena, line, &data, NULL) != FL_OK)
            continue;
        fl_str type = fl_data_get_str(data, "type");
        size_t index = (size_t)fl_data_get_int(data, "index", 0);
        if (fl_str_eq_c(type, "fault") && index < faults.count)
            faults.items[index] = line;
        else if (fl_str_eq_c(type, "fault") && index == faults.count)
            fl_vec_push(engine->arena, &faults, line);
        else if (fl_str_eq_c(type, "spot"))
            take_spot(engine, data);
        else if (fl_str_eq_c(type, "skip"))
            take_skip(engine, data);
        else if (fl_str_eq_c(type, "unit"))
            take_unit(engine, data);
    }
    fl_arena_release(&arena);
    engine->run->faults.count = 0; /* those of the valid requests are among them */
    for (size_t i = 0; i < faults.count; i++) {
        fl_data *data = NULL;
        if (fl_json_parse(engine->arena, faults.items[i], &data, NULL) != FL_OK)
            continue;
        if (engine->options->journal.restore != NULL)
            each_text(&engine->options->journal, engine->arena, data, true);
        take_fault(engine, data);
    }
}

static void begin_file(fl_engine *engine, bool goes_on)
{
    fl_journal *j = engine->journal;
    const char *path = engine->options->journal.path;
    j->file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (goes_on ? 0 : O_TRUNC), 0644);
    if (j->file < 0 || (goes_on && (ftruncate(j->file, (off_t)j->old.len) != 0 || lseek(j->file, 0, SEEK_END) < 0))) {
        fl_log(FL_LOG_WARN, "'%s' cannot be written: %s; this run cannot be resumed", path, strerror(errno));
        if (j->file >= 0)
            close(j->file);
        j->file = -1;
    }
}

void fl_journal_begin(fl_engine *engine)
{
    fl_journal *j = engine->journal;
    if (j == NULL)
        return;
    fl_arena arena;
    fl_arena_init(&arena);
    j->first_extra = (uint32_t)(engine->run->baselines.count + engine->run->extras.count);
    fl_str now = groundwork(engine, &arena), rest = j->old, line;
    fl_data *base = NULL;
    bool goes_on = fl_str_split(&rest, '\n', &line) && fl_str_split(&rest, '\n', &line) && parse(&arena, line, "valid", &base) &&
                   fl_str_eq(fl_data_get_str(base, "groundwork"), now);
    if (j->old.len != 0 && !goes_on)
        fl_log(FL_LOG_WARN, "the valid requests are answered otherwise than before the interrupt: the run begins anew");
    begin_file(engine, goes_on);
    j->is_on = true;
    if (goes_on) {
        take_over(engine);
        if (!engine->options->is_quiet)
            fl_log(FL_LOG_INFO, "goes on behind %u units of work that were done before", j->done.count);
    } else {
        fl_data *first = line_of(&arena, "run"), *second = line_of(&arena, "valid");
        fl_data_set_c(&arena, first, "tool", fl_data_string_c(&arena, "faultline " FL_VERSION));
        fl_data_set_c(&arena, first, "fingerprint", fl_data_string(&arena, fingerprint(engine, &arena)));
        write_line(engine, &arena, first);
        fl_data_set_c(&arena, second, "groundwork", fl_data_string(&arena, now));
        write_line(engine, &arena, second);
    }
    for (size_t i = 0; !goes_on && i < engine->run->faults.count; i++)
        fl_journal_found(engine, &engine->run->faults.items[i]);
    fl_arena_release(&arena);
}

bool fl_journal_has(const fl_engine *engine, unsigned part, size_t index, bool *is_whole)
{
    fl_journal *j = engine->journal;
    for (size_t i = 0; j != NULL && i < j->done.count; i++) {
        const unit *one = &j->done.items[(j->cursor + i) % j->done.count];
        if (one->key != key_of(engine, part, index))
            continue;
        j->cursor = (j->cursor + i + 1) % j->done.count;
        *is_whole = one->is_whole;
        return true;
    }
    return false;
}

void fl_journal_close(fl_engine *engine)
{
    if (engine->journal != NULL && engine->journal->file >= 0)
        close(engine->journal->file);
    if (engine->journal != NULL)
        engine->journal->file = -1;
}
