/*
 * C and C++ by libclang: units, and what belongs to which file. One unit is parsed at a time per thread and given back as
 * soon as it is lowered, so memory is that of the largest few units.
 * Read parse(), then top_level(): each top-level declaration goes to the file it stands in, when that is lowered from this unit.
 * Assumes nothing of the input: missing headers and damage are diagnostics, depth is bounded.
 */
#include "extractor/languages/clang_p.h"
#include "grammars/grammars.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* ---- what the parts of the lowering share ---- */

static void push_cursor(fl_cc *cc, CXCursor c)
{
    fl_cc_worker *w = cc->worker;
    if (cc->cursor_count == w->cursor_capacity) {
        w->cursor_capacity = w->cursor_capacity ? w->cursor_capacity * 2 : 1024;
        w->cursors = realloc(w->cursors, w->cursor_capacity * sizeof *w->cursors);
        if (!w->cursors) fl_no_memory();
    }
    w->cursors[cc->cursor_count++] = c;
}

static enum CXChildVisitResult collect(CXCursor c, CXCursor parent, CXClientData data)
{
    (void)parent;
    push_cursor(data, c);
    return CXChildVisit_Continue;
}

fl_cc_list fl_cc_open(fl_cc *cc, CXCursor parent)
{
    fl_cc_list list = { .first = cc->cursor_count };
    fl_clang.visitChildren(parent, collect, cc);
    list.count = cc->cursor_count - list.first;
    return list;
}

static enum CXVisitorResult collect_field(CXCursor c, CXClientData data)
{
    push_cursor(data, c);
    return CXVisit_Continue;
}

fl_cc_list fl_cc_open_fields(fl_cc *cc, CXType record)
{
    fl_cc_list list = { .first = cc->cursor_count };
    fl_clang.Type_visitFields(record, collect_field, cc);
    list.count = cc->cursor_count - list.first;
    return list;
}

fl_node *fl_cc_node(fl_cc *cc, fl_node_kind kind, fl_cc_at at) { return fl_tree_node(&cc->member->builder, kind, at.start, at.end); }

fl_node *fl_cc_leaf(fl_cc *cc, fl_node_kind kind, fl_cc_at at, fl_sym sym)
{
    fl_node *node = fl_cc_node(cc, kind, at);
    node->sym = sym;
    return node;
}

fl_node *fl_cc_opaque(fl_cc *cc, fl_cc_at at, const char *reason) { return fl_cc_leaf(cc, FL_NODE_opaque, at, fl_sym_of_c(reason)); }

fl_node *fl_cc_opaque_children(fl_cc *cc, CXCursor c, fl_cc_at at, const char *reason)
{
    fl_node *node = fl_cc_opaque(cc, at, reason);
    const fl_node *last = NULL;
    if (!fl_cc_descend(cc)) return node;
    fl_cc_list list = fl_cc_open(cc, c);
    for (size_t i = 0; i < list.count; i++) {
        CXCursor child = fl_cc_child(cc, &list, i);
        enum CXCursorKind kind = fl_clang.getCursorKind(child);
        if (fl_clang.isExpression(kind)) fl_cc_put(cc, node, &last, fl_cc_expression(cc, child));
        else if (fl_clang.isStatement(kind) || fl_cc_is_declaration(kind)) fl_cc_statement(cc, child, node, &last);
    }
    fl_cc_close(cc, &list);
    cc->depth--;
    return node;
}

void fl_cc_put(fl_cc *cc, fl_node *parent, const fl_node **last, fl_node *child_or_null)
{
    fl_tree_put(&cc->member->builder, parent, last, child_or_null);
}

/* ---- members: the files that a unit is lowered to ---- */

static void begin_member(fl_cc_member *member)
{
    fl_file *file = member->file;
    member->builder = (fl_tree_builder){ .arena = &file->arena };
    member->is_header = fl_cc_is_header(file->path);
    member->module = fl_tree_node(&member->builder, FL_NODE_module, 0, (uint32_t)file->text.len);
    member->module->sym = file->id;
    fl_cc_scan_includes(&file->arena, file->text, &member->includes);
}

/* Imports stand where their directives do: those before `byte` come first. */
static void put_imports(fl_cc_member *member, uint32_t byte)
{
    for (; member->next_include < member->includes.count; member->next_include++) {
        const fl_cc_include *include = &member->includes.items[member->next_include];
        if (include->start_byte >= byte) return;
        fl_node *import = fl_tree_node(&member->builder, FL_NODE_import, include->start_byte, include->end_byte);
        fl_node *source = fl_tree_node(&member->builder, FL_NODE_string, include->start_byte, include->end_byte);
        fl_node *item = fl_tree_node(&member->builder, FL_NODE_import_item, include->end_byte, include->end_byte);
        fl_node *all = fl_tree_node(&member->builder, FL_NODE_string, include->end_byte, include->end_byte);
        const fl_node *last = NULL, *last_item = NULL;
        source->sym = fl_sym_of(include->name);
        all->sym = FL_SYM_star;
        fl_tree_append(import, &last, source);
        fl_tree_append(item, &last_item, all);
        fl_tree_append(import, &last, item);
        fl_tree_append(member->module, &member->last, import);
    }
}

static void end_member(fl_cc_member *member)
{
    fl_file *file = member->file;
    put_imports(member, UINT32_MAX);
    fl_tree_settle(member->module);
    file->root = member->module;
    file->node_count = member->builder.node_count;
    file->opaque_count = member->builder.opaque_count;
}

static fl_cc_member *member_of(fl_cc *cc, CXFile file)
{
    if (!file || file == cc->other) return NULL;
    if (cc->member && cc->member->handle == file) return cc->member;
    for (size_t i = 0; i < cc->member_count; i++)
        if (cc->members[i].handle == file) return &cc->members[i];
    for (size_t i = 0; i < cc->member_count; i++)   /* the same file under another name */
        if (cc->members[i].handle && fl_clang.File_isEqual(cc->members[i].handle, file)) return &cc->members[i];
    cc->other = file;
    return NULL;
}

static void stand_in(fl_cc *cc, fl_cc_member *member)
{
    cc->member = member;
    cc->text = member->file->text.ptr;
    cc->text_len = (uint32_t)member->file->text.len;
}

void fl_cc_top_level(fl_cc *cc, CXCursor c)
{
    CXFile file;
    unsigned byte;
    fl_clang.getFileLocation(fl_clang.getCursorLocation(c), &file, NULL, NULL, &byte);
    fl_cc_member *outer = cc->member, *member = member_of(cc, file);
    if (!member) return;
    stand_in(cc, member);
    put_imports(member, byte);
    if (!fl_cc_is_library(member->file)) fl_cc_declaration(cc, c, member->module, &member->last, true);
    if (outer) stand_in(cc, outer);
}

static enum CXChildVisitResult top_level(CXCursor c, CXCursor parent, CXClientData data)
{
    (void)parent;
    fl_cc_top_level(data, c);
    return CXChildVisit_Continue;
}

/* ---- diagnostics ---- */

static void take_diagnostics(fl_cc *cc)
{
    unsigned count = fl_clang.getNumDiagnostics(cc->unit);
    for (unsigned i = 0; i < count; i++) {
        CXDiagnostic diagnostic = fl_clang.getDiagnostic(cc->unit, i);
        enum CXDiagnosticSeverity severity = fl_clang.getDiagnosticSeverity(diagnostic);
        CXFile file = NULL;
        unsigned byte = 0;
        if (severity >= CXDiagnostic_Error) fl_clang.getFileLocation(fl_clang.getDiagnosticLocation(diagnostic), &file, NULL, NULL, &byte);
        fl_cc_member *member = member_of(cc, file);
        if (member) member->file->error_count++;
        if (member) {
            CXString text = fl_clang.getDiagnosticSpelling(diagnostic);
            if (strstr(fl_clang.getCString(text), "file not found"))
                fl_file_diagnose(member->file, FL_DIAG_NOTE, byte, byte, "missing-header", "%s", fl_clang.getCString(text));
            fl_clang.disposeString(text);
        }
        fl_clang.disposeDiagnostic(diagnostic);
    }
}

/* ---- parsing ---- */

static pthread_key_t worker_key;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

static void free_worker(void *memory)
{
    fl_cc_worker *w = memory;
    free(w->cursors);
    fl_buf_release(&w->scratch);
    free(w);
}

static void prepare_process(void)
{
    (void)setenv("LIBCLANG_NOTHREADS", "1", 0);                 /* its own threads have 8 MB of stack; see parse */
    if (pthread_key_create(&worker_key, free_worker)) FL_BUG("no thread key");
}

static fl_cc_worker *this_worker(void)
{
    pthread_once(&prepared, prepare_process);
    fl_cc_worker *w = pthread_getspecific(worker_key);
    if (w) return w;
    w = calloc(1, sizeof *w);
    if (!w) fl_no_memory();
    fl_buf_init(&w->scratch, 0);
    if (pthread_setspecific(worker_key, w)) fl_no_memory();
    return w;
}

/* Reading one of these would wait, or never end. */
static const char *const devices[] = { "/dev/zero", "/dev/random", "/dev/urandom", "/dev/full", "/dev/stdin", "/dev/tty", "/dev/fd/0",
                                       "/proc/self/fd/0", "/proc/kmsg", "/dev/console", "/dev/ptmx" };

static const char *path_of(const fl_file *file, fl_arena *scratch)
{
    return file->full_path ? file->full_path : fl_str_c(scratch, file->path);
}

#define PRELUDE "/faultline-prelude.h"     /* of no real file */

static CXTranslationUnit parse_unit(CXIndex index, fl_file *file, fl_arena *scratch)
{
    fl_cc_flags flags = fl_cc_flags_of(scratch, file);
    size_t count = 0, all = 2 + file->with_count + FL_COUNT(devices);
    struct CXUnsavedFile *texts = FL_NEW_ARRAY(scratch, struct CXUnsavedFile, all);
    texts[count++] = (struct CXUnsavedFile){ path_of(file, scratch), file->text.len ? file->text.ptr : "", file->text.len };
    for (uint32_t i = 0; i < file->with_count; i++)
        texts[count++] = (struct CXUnsavedFile){ path_of(file->with[i], scratch), file->with[i]->text.len ? file->with[i]->text.ptr : "", file->with[i]->text.len };
    for (size_t i = 0; i < FL_COUNT(devices); i++) texts[count++] = (struct CXUnsavedFile){ devices[i], "", 0 };
    fl_buf prelude;
    fl_buf_init(&prelude, 1u << 20);
    CXTranslationUnit unit = NULL;
    for (unsigned round = 0; round < 4; round++) {
        enum CXErrorCode failed = fl_clang.parseTranslationUnit2(index, texts[0].Filename, flags.items, (int)flags.count, texts, (unsigned)count, CXTranslationUnit_KeepGoing, &unit);
        if (failed) unit = NULL;
        if (!unit || round == 3 || file->skip_lowering || !fl_cc_prelude(unit, fl_cc_is_cpp_unit(file), &prelude)) break;
        fl_clang.disposeTranslationUnit(unit);
        if (round == 0) {
            fl_vec_push(scratch, &flags, "-include");
            fl_vec_push(scratch, &flags, PRELUDE);
            count++;
        }
        texts[count - 1] = (struct CXUnsavedFile){ PRELUDE, prelude.ptr, prelude.len };
    }
    fl_buf_release(&prelude);
    return unit;
}

/* The unit knows of every text it was given, so what it read is asked for. */
static void note_inclusion(CXFile included, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    fl_cc *cc = data;
    (void)stack;
    (void)depth;
    for (size_t i = 1; i < cc->member_count; i++)
        if (cc->members[i].handle && fl_clang.File_isEqual(cc->members[i].handle, included)) cc->members[i].is_included = true;
}

static fl_cc *open_members(fl_file *file, fl_arena *scratch, CXTranslationUnit unit, fl_cc_worker *worker)
{
    fl_cc *cc = FL_NEW(scratch, fl_cc);
    cc->unit = unit;
    cc->worker = worker;
    cc->member_count = 1 + file->with_count;
    cc->members = FL_NEW_ARRAY(scratch, fl_cc_member, cc->member_count);
    for (size_t i = 0; i < cc->member_count; i++) {
        cc->members[i].file = i ? file->with[i - 1] : file;
        cc->members[i].handle = unit ? fl_clang.getFile(unit, path_of(cc->members[i].file, scratch)) : NULL;
    }
    if (unit && cc->member_count > 1) fl_clang.getInclusions(unit, note_inclusion, cc);
    for (size_t i = 1; i < cc->member_count; i++)
        if (!cc->members[i].is_included) cc->members[i].handle = NULL;
    return cc;
}

static void give_up(fl_cc *cc, fl_file *file, const char *reason)
{
    fl_cc_member *member = &cc->members[0];
    put_imports(member, UINT32_MAX);
    fl_node *opaque = fl_tree_node(&member->builder, FL_NODE_opaque, 0, (uint32_t)file->text.len);
    opaque->sym = fl_sym_of_c(reason);
    fl_tree_append(member->module, &member->last, opaque);
}

static void lower(fl_cc *cc, fl_file *file, const char *why_not)
{
    for (size_t i = 0; i < cc->member_count; i++)
        if (i == 0 || cc->members[i].handle) begin_member(&cc->members[i]);
    cc->is_cpp = fl_cc_is_cpp_unit(file);
    if (cc->unit) {
        take_diagnostics(cc);
        fl_clang.visitChildren(fl_clang.getTranslationUnitCursor(cc->unit), top_level, cc);
    } else give_up(cc, file, why_not);
    for (size_t i = 0; i < cc->member_count; i++)
        if (i == 0 || cc->members[i].handle) end_member(&cc->members[i]);
}

static void parse_file(fl_file *file, fl_cc_worker *worker)
{
    fl_arena scratch;
    fl_arena_init(&scratch);
    uint64_t start_us = fl_clock_us();
    bool is_there = fl_clang_load(), is_read = is_there && !fl_cc_is_endless(file->text);
    for (uint32_t i = 0; i < file->with_count; i++) is_read &= !fl_cc_is_endless(file->with[i]->text);
    CXIndex index = is_read ? fl_clang.createIndex(0, 0) : NULL;
    CXTranslationUnit unit = is_read ? parse_unit(index, file, &scratch) : NULL;
    uint64_t parsed_us = fl_clock_us();
    file->parse_us = parsed_us - start_us;
    fl_cc *cc = open_members(file, &scratch, unit, worker);
    if (!file->skip_lowering) lower(cc, file, !is_there ? "no libclang" : is_read ? "the compiler gave up" : "no end of a statement");
    if (unit) fl_clang.disposeTranslationUnit(unit);
    if (index) fl_clang.disposeIndex(index);
    file->lower_us = fl_clock_us() - parsed_us;
    /* Headers of the group that the unit did not include after all: a condition, another search path. */
    for (size_t i = 1; i < cc->member_count; i++)
        if (!cc->members[i].handle) parse_file(cc->members[i].file, worker);
    fl_arena_release(&scratch);
}

typedef struct task { fl_file *file; fl_cc_worker *worker; } task;

static void *run_task(void *data)
{
    const task *t = data;
    parse_file(t->file, t->worker);
    return NULL;
}

/* A compiler recurses as deep as its input nests. Address space costs nothing until it is used. */
static void parse(fl_file *file)
{
    task t = { file, this_worker() };
    pthread_attr_t attributes;
    pthread_t thread;
    bool is_started = false;
    if (pthread_attr_init(&attributes) == 0) {
        is_started = pthread_attr_setstacksize(&attributes, (size_t)FL_LIMIT_COMPILER_STACK_BYTES) == 0 && pthread_create(&thread, &attributes, run_task, &t) == 0;
        pthread_attr_destroy(&attributes);
    }
    if (is_started) pthread_join(thread, NULL);
    else (void)run_task(&t);
}

/* ---- the language ---- */

static const char *const extensions[] = { ".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh", NULL };
static const char *const config_files[] = { NULL };
static const char *const skip_folders[] = { "CMakeFiles", "_deps", "vcpkg_installed", ".deps", ".libs", NULL };
static const fl_syntax syntax = { .line_comment = "//", .braces = true, .semicolons = true, .if_format = "if (%s)",
                                  .not_equal_null = "!= NULL" };

const fl_language fl_language_clang = {
    .name = "c",
    .extensions = extensions,
    .config_files = config_files,
    .skip_folders = skip_folders,
    .prepare = fl_cc_prepare,
    .is_read_by_others = fl_cc_is_read_by_others,
    .parse = parse,
    .count_errors = fl_cc_count_errors,
    .resolve = fl_cc_resolve,
    .is_test = fl_cc_is_test,
    .syntax = &syntax,
    .builtins_model = "c",
    .check = fl_grammars_check,
};
