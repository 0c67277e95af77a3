/*
 * The proof of one patch, in a scratch copy: syntax, extraction, types, start, the failing request, its shape, every
 * baseline request, the project's own tests. The first step that fails ends it and says why in one line; the patch is
 * then offered as what it is. The failing request is sent to a fresh service, and the baselines to another one, because
 * both may leave traces.
 */
#include <stdio.h>
#include <string.h>
#include "base/fs.h"
#include "base/proc.h"
#include "engine/trace/trace.h"
#include "fixer/fixer_p.h"

#define TEST_LIMIT_MS 600000u
#define TYPE_LIMIT_MS 180000u
#define SHOWN_BYTES 200u
#define EXIT_PAUSE_MS 200u
#define START_ATTEMPTS 4u
#define START_PAUSE_MS 1500u

fl_status fl_prover_init(fl_prover *prover, fl_run *run, fl_workshop *shop, const fl_fixer_options *options, fl_err *err)
{
    *prover = (fl_prover){ .arena = shop->arena, .run = run, .shop = shop, .options = options, .plan = run->plan };
    fl_status status = fl_scratch_init(&prover->scratch, shop->arena, shop, err);
    if (status != FL_OK) return status;
    fl_str root = run->api->project->root;                           /* the service may live below the project */
    prover->plan.folder = fl_str_starts(run->plan.folder, root) && run->plan.folder.len > root.len
        ? fl_fs_join(shop->arena, prover->scratch.folder, fl_str_sub(run->plan.folder, root.len + 1, run->plan.folder.len))
        : prover->scratch.folder;
    if (prover->plan.in_copy) {                                      /* this is the copy */
        status = fl_fs_real(shop->arena, prover->scratch.parent.ptr, &prover->plan.scratch, err);
        prover->plan.in_copy = false;
        prover->plan.original = run->plan.folder;
    }
    if (status != FL_OK) {
        fl_scratch_release(&prover->scratch);
        return status;
    }
    status = fl_http_new(&prover->http, &options->engine->http, err);
    if (status != FL_OK) fl_scratch_release(&prover->scratch);
    return status;
}

void fl_prover_release(fl_prover *prover)
{
    fl_http_free(prover->http);
    fl_scratch_release(&prover->scratch);
}

static bool fail(fl_prover *prover, fl_patch *patch, fl_proof_step step, const char *format, ...) FL_PRINTF(4, 5);
static bool fail(fl_prover *prover, fl_patch *patch, fl_proof_step step, const char *format, ...)
{
    fl_buf line;
    char text[700];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fl_buf_init(&line, 0);
    for (const char *c = text; *c; c++) fl_buf_add_char(&line, *c == '\n' || *c == '\r' ? ' ' : *c);
    patch->proof.steps[step] = FL_PROOF_FAILED;
    patch->proof.failure = fl_str_copy(prover->arena, fl_buf_str(&line));
    fl_buf_release(&line);
    return false;
}

static bool pass(fl_patch *patch, fl_proof_step step)
{
    patch->proof.steps[step] = FL_PROOF_PASSED;
    return true;
}

/* ---- from source ---- */

/** Writes the patched files; their syntax must be no worse. */
static bool check_syntax(fl_prover *prover, fl_patch *patch)
{
    const fl_project *project = prover->run->api->project;
    fl_err err;
    for (size_t i = 0; i < patch->edits.count; i++) {
        uint32_t id = patch->edits.items[i].file;
        if (i && patch->edits.items[i - 1].file == id) continue;
        const fl_file *file = project->files[id];
        fl_edits edits = { patch->edits.items, patch->edits.count, patch->edits.capacity };
        fl_str after = fl_edits_apply(prover->arena, file->text, id, &edits);
        uint32_t errors = fl_language_count_errors(file->language, file->path, after);
        if (errors > fl_language_count_errors(file->language, file->path, file->text))
            return fail(prover, patch, FL_PROOF_SYNTAX, "'" FL_STR_FMT "' has new syntax errors", FL_STR_ARG(file->path));
        if (fl_scratch_change(&prover->scratch, file->path, after, &err) != FL_OK)
            return fail(prover, patch, FL_PROOF_SYNTAX, "%s", err.text);
    }
    return pass(patch, FL_PROOF_SYNTAX);
}

static bool check_extraction(fl_prover *prover, fl_patch *patch, const fl_fault *fault, fl_comparison *comparison)
{
    fl_project project;
    fl_api api;
    fl_err err;
    fl_project_options options = prover->options->project ? *prover->options->project : (fl_project_options){ 0 };
    options.like = prover->run->api->project;
    if (fl_project_open(&project, prover->scratch.folder.ptr, &options, &err) != FL_OK)
        return fail(prover, patch, FL_PROOF_EXTRACTION, "%s", err.text);
    bool is_fine = false;
    if (fl_api_extract(&api, &project, prover->options->extract, &err) != FL_OK) {
        fail(prover, patch, FL_PROOF_EXTRACTION, "%s", err.text);
    } else {
        fl_compare_apis(prover->arena, prover->run->api, &api, fault->weak_spot, comparison);
        if (comparison->trouble.len) fail(prover, patch, FL_PROOF_EXTRACTION, FL_STR_FMT, FL_STR_ARG(comparison->trouble));
        else if (!comparison->is_gone) fail(prover, patch, FL_PROOF_EXTRACTION, "the weak spot is still there");
        else is_fine = pass(patch, FL_PROOF_EXTRACTION);
        fl_api_release(&api);
    }
    fl_project_release(&project);
    return is_fine;
}

/* ---- types ---- */

static unsigned count_lines(fl_str text)
{
    unsigned lines = 0;
    fl_str line;
    while (fl_str_split(&text, '\n', &line)) lines += fl_str_find(line, FL_S("error")) >= 0;
    return lines;
}

static bool touches(fl_prover *prover, const fl_patch *patch, const fl_data *extensions)
{
    for (size_t i = 0; i < patch->edits.count; i++) {
        fl_str path = prover->run->api->project->files[patch->edits.items[i].file]->path;
        for (const fl_data *e = extensions ? extensions->first : NULL; e; e = e->next)
            if (fl_str_ends(path, e->text)) return true;
    }
    return false;
}

static bool run_type_check(fl_prover *prover, const char *command, unsigned *errors, fl_str *first)
{
    fl_str output;
    fl_err err;
    int code = 0;
    fl_proc_options options = { .command = command, .folder = prover->scratch.folder.ptr };
    if (fl_proc_run(prover->arena, &options, TYPE_LIMIT_MS, &output, &code, &err) != FL_OK) return false;
    *errors = code == 0 ? 0 : count_lines(output) + 1;
    fl_str_split(&output, '\n', first);
    return true;
}

/** The project's build checks the types itself: then it is enough that the patched copy builds. */
static bool is_covered_by_build(fl_prover *prover, const fl_data *check)
{
    const fl_data *by = fl_data_get_c(check, "covered_by");
    fl_data *file = NULL;
    if (!by || !prover->plan.build.len) return false;
    fl_str path = fl_fs_join(prover->arena, prover->scratch.folder, fl_data_get_str(by, "file"));
    if (!fl_fs_exists(fl_str_c(prover->arena, path)) || fl_data_read_file(prover->arena, fl_str_c(prover->arena, path), &file, NULL) != FL_OK) return false;
    fl_str text = fl_data_str(fl_data_pointer(file, fl_data_get_str(by, "pointer")), FL_S("")), word;
    while (fl_str_split(&text, ' ', &word))
        if (fl_str_eq(word, fl_data_get_str(by, "word"))) return true;
    return false;
}

static bool check_types(fl_prover *prover, fl_patch *patch)
{
    const fl_file *file = prover->run->api->project->files[patch->edits.items[0].file];
    const fl_data *check = fl_data_get_c(fl_workshop_spelling(prover->shop, file)->data, "type_check");
    if (!check || !touches(prover, patch, fl_data_get_c(check, "extensions"))) return true;
    const fl_data *needs = fl_data_get_c(check, "needs");
    for (const fl_data *name = needs ? needs->first : NULL; name; name = name->next)
        if (!fl_fs_exists(fl_str_c(prover->arena, fl_fs_join(prover->arena, prover->scratch.folder, name->text)))) return true;
    prover->types_by_build = is_covered_by_build(prover, check);
    if (prover->types_by_build) return true;
    const char *command = fl_str_c(prover->arena, fl_data_get_str(check, "command"));
    unsigned errors;
    fl_str first = FL_S(""), ignored = FL_S("");
    if (!run_type_check(prover, command, &errors, &first)) return true;     /* not applicable here */
    if (errors && !prover->knows_types) {
        /* errors of its own are not ours: count them without the patch */
        fl_err err;
        size_t count = prover->scratch.changed.count;
        if (fl_scratch_revert(&prover->scratch, &err) != FL_OK || !run_type_check(prover, command, &prover->type_errors, &ignored))
            return fail(prover, patch, FL_PROOF_TYPES, "the type check cannot run");
        prover->knows_types = true;
        prover->scratch.changed.count = 0;
        (void)count;
        if (!check_syntax(prover, patch)) return false;              /* writes the patch again */
    }
    if (errors > prover->type_errors) return fail(prover, patch, FL_PROOF_TYPES, "types: " FL_STR_FMT, FL_STR_ARG(first));
    return pass(patch, FL_PROOF_TYPES);
}

/* ---- running ---- */

static fl_str shown(fl_prover *prover, fl_http_outcome outcome, unsigned status, fl_str text)
{
    if (outcome != FL_HTTP_OK && outcome != FL_HTTP_TOO_LARGE) return fl_str_copy(prover->arena, fl_str_from(fl_http_outcome_text(outcome)));
    fl_buf out;
    fl_buf_init(&out, 0);
    fl_buf_format(&out, "%u", status);
    if (text.len) fl_buf_add_char(&out, ' ');
    size_t n = text.len > SHOWN_BYTES ? SHOWN_BYTES : text.len;
    while (n && n < text.len && ((unsigned char)text.ptr[n] & 0xC0) == 0x80) n--;   /* whole characters */
    for (size_t i = 0; i < n; i++) fl_buf_add_char(&out, text.ptr[i] == '\n' || text.ptr[i] == '\r' ? ' ' : text.ptr[i]);
    if (n < text.len) fl_buf_add_c(&out, "…");
    fl_str result = fl_str_copy(prover->arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return result;
}

static fl_str before_text(fl_prover *prover, const fl_fault *fault)
{
    fl_str text = fault->trace.type.len
        ? fl_str_format(prover->arena, FL_STR_FMT ": " FL_STR_FMT, FL_STR_ARG(fault->trace.type), FL_STR_ARG(fault->trace.message))
        : fault->response_body;
    if (fault->outcome == FL_HTTP_OK) return shown(prover, FL_HTTP_OK, fault->status, text);
    return fl_str_format(prover->arena, "%s%s" FL_STR_FMT, fl_http_outcome_text(fault->outcome), text.len ? ", " : "", FL_STR_ARG(text));
}

/** The status that a mended request gets. */
static bool is_expected(const fl_fault *fault, const fl_weak_spot *spot, const fl_candidate *candidate, const fl_http_response *response)
{
    if (response->outcome != FL_HTTP_OK) return false;
    if (fl_str_eq_c(fault->failure, "leak")) return response->status == fault->status;   /* its answer was right before */
    if (candidate->is_tolerant) return response->status < 400;
    if (candidate->keeps_answer) return true;                        /* that the process lives was seen already */
    if (!candidate->refusal && spot->hint == FL_HINT_FORWARD_ERROR) return response->status >= 400;   /* the error handler's word */
    return response->status == (spot->expected_status ? spot->expected_status : 400);
}

static bool has_error_shape(fl_prover *prover, const fl_candidate *candidate, const fl_http_response *response)
{
    if (candidate->is_tolerant || response->status < 400) return true;
    if (candidate->refusal) return fl_fits_shape(prover->arena, candidate->refusal->shape, response->body);
    if (response->status >= 500) return true;                        /* the error handler's word, which is no refusal */
    const fl_api *api = prover->run->api;                            /* what was there already answers: any known shape */
    bool has_shapes = false;
    for (size_t i = 0; i < api->refusals.count; i++) {
        if (!api->refusals.items[i].shape || api->refusals.items[i].file == UINT32_MAX) continue;
        has_shapes = true;
        if (fl_fits_shape(prover->arena, api->refusals.items[i].shape, response->body)) return true;
    }
    return !has_shapes;
}

static const fl_weak_spot *spot_of(const fl_api *api, uint32_t id)
{
    return id && id <= api->weak_spots.count ? &api->weak_spots.items[id - 1] : NULL;
}

/** Other faults whose weak spot went away: are they mended too? */
static void replay_companions(fl_prover *prover, fl_patch *patch, const fl_fault *fault, const fl_candidate *candidate,
                              const fl_comparison *comparison, fl_service *service)
{
    for (size_t i = 0; i < prover->run->faults.count; i++) {
        const fl_fault *other = &prover->run->faults.items[i];
        const fl_weak_spot *spot = spot_of(prover->run->api, other->weak_spot);
        bool is_gone = false;
        for (size_t g = 0; g < comparison->gone.count; g++) is_gone |= comparison->gone.items[g] == other->weak_spot;
        if (other == fault || other->patch || !spot || !is_gone) continue;
        fl_http_response response = { 0 };
        fl_engine_replay(other, service, prover->http, prover->arena, &response);
        bool is_refused = response.outcome == FL_HTTP_OK && response.status >= 400 && response.status < 500;
        bool is_mended = candidate->refusal ? is_refused : is_expected(other, spot, candidate, &response);
        if (other->exit_code || other->signal || other->outcome == FL_HTTP_CLOSED) fl_clock_sleep_ms(EXIT_PAUSE_MS);
        if (fl_service_poll(service).has_exited) return;             /* it still ends: that one needs more */
        if (fl_str_eq_c(other->failure, "late") && fl_engine_failed_late(service)) continue;
        if (is_mended && has_error_shape(prover, candidate, &response))
            fl_vec_push(prover->arena, &patch->faults, other->id);
    }
}

/** Memory that the request loses now, which it died before it could lose, or which a refusal left behind; where the run time can
 *  tell. What is lost anyhow is another fault. */
static bool is_clean(fl_prover *prover, fl_patch *patch, const fl_fault *fault, fl_leak_watch *watch, fl_service *service)
{
    fl_leaks fresh = { 0 };
    if (!watch || !fl_leak_watch_look(watch, service, prover->arena, &fresh)) return true;
    for (size_t i = 0; i < fresh.count; i++) {
        const fl_frame *frame = fl_trace_application_frame(&fresh.items[i], 0);
        bool is_known = false;
        for (size_t f = 0; f < prover->run->faults.count; f++) {
            const fl_fault *other = &prover->run->faults.items[f];
            const fl_frame *theirs = fl_str_eq_c(other->failure, "leak") ? fl_trace_application_frame(&other->trace, 0) : NULL;
            is_known |= other != fault && theirs && fl_str_eq(theirs->file, frame->file) && fl_str_eq(theirs->function, frame->function);
        }
        if (is_known) continue;
        return fail(prover, patch, FL_PROOF_REPLAY, "the request leaks memory from " FL_STR_FMT ":%u: " FL_STR_FMT, FL_STR_ARG(frame->file),
                    frame->line + 1, FL_STR_ARG(fresh.items[i].message));
    }
    return true;
}

/** Starts the patched copy. When that fails and the unpatched one cannot start either, it is not the patch: a port may
 *  be taken for a moment, a machine may be slow. Then again, a little later. */
static bool start(fl_prover *prover, fl_patch *patch, fl_service **service)
{
    fl_err err, other;
    for (unsigned attempt = 0;; attempt++) {
        if (fl_service_start(service, &prover->plan, &err) == FL_OK) return pass(patch, FL_PROOF_STARTS);
        fl_service *plain = NULL;
        bool is_ours = fl_scratch_revert(&prover->scratch, &other) != FL_OK || fl_service_start(&plain, &prover->plan, &other) == FL_OK;
        if (plain) fl_service_free(plain);
        if (!check_syntax(prover, patch)) return false;              /* writes the patch again */
        if (is_ours && attempt > 0) return fail(prover, patch, FL_PROOF_STARTS, "%s", err.text);
        if (attempt == START_ATTEMPTS) return fail(prover, patch, FL_PROOF_STARTS, "%s", err.text);
        fl_clock_sleep_ms(is_ours ? 0 : START_PAUSE_MS);
    }
}

/** Baselines that change without any patch (times, counters): measured once, when first needed. */
static unsigned noise(fl_prover *prover, fl_patch *patch)
{
    fl_err err;
    fl_service *service = NULL;
    if (prover->knows_noise) return prover->noise;
    prover->knows_noise = true;
    if (fl_scratch_revert(&prover->scratch, &err) == FL_OK && fl_service_start(&service, &prover->plan, &err) == FL_OK) {
        unsigned sent = 0;
        fl_str change = FL_S("");
        fl_engine_replay_baselines(prover->run, service, prover->http, &sent, &prover->noise, prover->arena, &change);
        fl_service_free(service);
    }
    return check_syntax(prover, patch) ? prover->noise : 0;
}

static bool check_running(fl_prover *prover, fl_patch *patch, const fl_fault *fault, const fl_candidate *candidate, const fl_comparison *comparison)
{
    const fl_weak_spot *spot = spot_of(prover->run->api, fault->weak_spot);
    fl_proof *proof = &patch->proof;
    fl_service *service = NULL;
    fl_err err;
    if (!prover->plan.start.len)
        return fail(prover, patch, FL_PROOF_STARTS, "no command is known to start the patched copy; give --start");
    if (!start(prover, patch, &service)) return false;
    if (prover->types_by_build) pass(patch, FL_PROOF_TYPES);
    fl_http_response response = { 0 };
    fl_leak_watch *watch = fl_service_can_ask(service) ? fl_leak_watch_new(prover->arena, prover->run->api, service) : NULL;
    if (watch) (void)fl_leak_watch_look(watch, service, prover->arena, NULL);
    fl_engine_replay(fault, service, prover->http, prover->arena, &response);
    bool is_leak = fl_str_eq_c(fault->failure, "leak");
    if (is_leak && response.outcome == FL_HTTP_OK && response.status != fault->status)     /* what it needs to be there is what it made just now */
        fl_engine_replay(fault, service, prover->http, prover->arena, &response);
    proof->status_after = response.status;
    proof->after = shown(prover, response.outcome, response.status, response.body);
    bool is_fine;
    if (fault->exit_code || fault->signal || fault->outcome == FL_HTTP_CLOSED) fl_clock_sleep_ms(EXIT_PAUSE_MS);   /* it may end behind its answer */
    if (fl_service_poll(service).has_exited) {
        is_fine = fail(prover, patch, FL_PROOF_REPLAY, "the service still ends");
    } else if (fl_str_eq_c(fault->failure, "late") && fl_engine_failed_late(service)) {
        is_fine = fail(prover, patch, FL_PROOF_REPLAY, "the handler still fails behind its answer");
    } else if (!is_expected(fault, spot, candidate, &response)) {
        is_fine = fail(prover, patch, FL_PROOF_REPLAY, "the request got " FL_STR_FMT ", not %u", FL_STR_ARG(proof->after), is_leak ? fault->status : spot->expected_status);
    } else if (!is_clean(prover, patch, fault, watch, service)) {
        is_fine = false;
    } else {
        pass(patch, FL_PROOF_REPLAY);
        is_fine = has_error_shape(prover, candidate, &response)
            ? pass(patch, FL_PROOF_SHAPE)
            : fail(prover, patch, FL_PROOF_SHAPE, "the answer has another shape than the project's refusals: " FL_STR_FMT, FL_STR_ARG(proof->after));
    }
    if (watch) fl_leak_watch_release(watch);
    if (is_fine) {
        replay_companions(prover, patch, fault, candidate, comparison, service);
        if (fl_service_restart(service, &err) != FL_OK) is_fine = fail(prover, patch, FL_PROOF_BASELINE, "%s", err.text);
    }
    unsigned changed = 0;
    fl_str first = FL_S("");
    if (is_fine) fl_engine_replay_baselines(prover->run, service, prover->http, &proof->baselines_sent, &changed, prover->arena, &first);
    fl_service_free(service);
    if (!is_fine) return false;
    proof->baselines_same = proof->baselines_sent - changed;
    if (changed && changed > noise(prover, patch))
        return fail(prover, patch, FL_PROOF_BASELINE, "a baseline request is answered otherwise: " FL_STR_FMT, FL_STR_ARG(first));
    return pass(patch, FL_PROOF_BASELINE);
}

static bool check_tests(fl_prover *prover, fl_patch *patch)
{
    if (!prover->options->test_command || !prover->options->test_command[0]) return true;
    fl_str output, line = FL_S(""), last = FL_S("");
    fl_err err;
    int code = 0;
    fl_service_plan plan = prover->plan;
    plan.folder = prover->scratch.folder;
    if (fl_service_run_beside(prover->arena, &plan, prover->options->test_command, TEST_LIMIT_MS, &output, &code, &err) != FL_OK) return fail(prover, patch, FL_PROOF_TESTS, "%s", err.text);
    while (fl_str_split(&output, '\n', &line))
        if (fl_str_trim(line).len) last = line;
    if (code != 0) return fail(prover, patch, FL_PROOF_TESTS, "the project's tests fail: " FL_STR_FMT, FL_STR_ARG(last));
    return pass(patch, FL_PROOF_TESTS);
}

void fl_prove_running(fl_prover *prover, fl_patch *patch, const fl_fault *fault, const fl_candidate *candidate)
{
    fl_comparison none = { 0 };
    fl_err err;
    patch->proof = (fl_proof){ .status_before = fault->status, .before = before_text(prover, fault) };
    if (check_syntax(prover, patch)) (void)check_running(prover, patch, fault, candidate, &none);
    if (fl_scratch_revert(&prover->scratch, &err) != FL_OK) fl_log(FL_LOG_WARN, "%s", err.text);
}

void fl_prove(fl_prover *prover, fl_patch *patch, const fl_fault *fault, const fl_candidate *candidate)
{
    fl_comparison comparison = { 0 };
    fl_err err;
    prover->types_by_build = false;
    patch->proof = (fl_proof){ .status_before = fault->status, .before = before_text(prover, fault) };
    patch->faults.count = 0;
    fl_vec_push(prover->arena, &patch->faults, fault->id);
    patch->proof.is_proven = check_syntax(prover, patch) && check_extraction(prover, patch, fault, &comparison) &&
                             check_types(prover, patch) && check_running(prover, patch, fault, candidate, &comparison) &&
                             check_tests(prover, patch);
    if (!patch->proof.is_proven) patch->faults.count = 1;
    if (fl_scratch_revert(&prover->scratch, &err) != FL_OK) fl_log(FL_LOG_WARN, "%s", err.text);
}
