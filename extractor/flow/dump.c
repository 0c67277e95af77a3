/*
 * The text form of a function's control flow: what golden tests read and --dump-flow prints.
 *
 *     function load 3:1 async, 1 parameter
 *       v1 id
 *     b1:
 *       t1 = load v1 id  4:18
 *       branch t1 truthy b2 else b3  4:7
 *     b2: preds b1 handler b5
 *       prune t1 truthy  4:7
 *
 * Lines and columns count from 1. One row below says how an instruction is written; the letters are its operands.
 */
#include "extractor/flow/flow.h"
#include "base/data.h"
#include <string.h>

/* d: dst with "=", e: "=", o: name of the instruction, a b c: temps, v: variable, n: name after a dot, i: [b], x: arguments,
 * y: arguments with keys, w: excluded keys or position, p: operator, k: literal, f: closure's name, u: prune, t j: targets,
 * r: reason, A: v, or a and n. */
static const char *const forms[FL_INSTR_COUNT] = {
    [FL_I_constant] = "dok", [FL_I_load] = "dov", [FL_I_store] = "ovea", [FL_I_member] = "doan", [FL_I_index] = "doai",
    [FL_I_set_member] = "oaneb", [FL_I_set_index] = "oaiec", [FL_I_call] = "doax", [FL_I_closure] = "dof",
    [FL_I_list] = "dox", [FL_I_dict] = "doy", [FL_I_template_] = "dox", [FL_I_unary] = "dopa", [FL_I_binary] = "doapb",
    [FL_I_cast] = "doa", [FL_I_await] = "doa", [FL_I_yield] = "doa", [FL_I_iterate] = "doa", [FL_I_rest] = "doaw",
    [FL_I_destructure] = "oa", [FL_I_catch_] = "do", [FL_I_prune] = "oau", [FL_I_return_] = "oa", [FL_I_throw_] = "oa",
    [FL_I_address] = "doA", [FL_I_set_pointer] = "oaeb", [FL_I_jump] = "ot", [FL_I_branch] = "oautj", [FL_I_opaque] = "dorx",
};

static const char *op_text(unsigned op)
{
    static const char *const texts[] = {
#define FL_INSTR(id, text, operands) text,
#include "extractor/flow/flow.def"
#undef FL_INSTR
    };
    return texts[op];
}

static void literal(fl_buf *out, const fl_node *node)
{
    switch ((fl_node_kind)node->kind) {
    case FL_NODE_string: fl_json_write_string(out, fl_sym_str(node->sym)); break;
    case FL_NODE_number: fl_buf_add(out, fl_sym_str(node->sym)); break;
    case FL_NODE_boolean: fl_buf_add_c(out, node->flags & FL_FLAG_TRUE ? "true" : "false"); break;
    case FL_NODE_regex: fl_buf_format(out, "/" FL_STR_FMT "/", FL_STR_ARG(fl_sym_str(node->sym))); break;
    default: fl_buf_add_c(out, fl_node_kind_text((fl_node_kind)node->kind)); break;
    }
}

static void variable(fl_buf *out, const fl_func *func, const fl_instr *instr)
{
    if (instr->flags & FL_I_OUTER) {
        fl_buf_format(out, " outer %s", fl_sym_c(instr->sym));
        return;
    }
    fl_sym name = func->vars.items[instr->var].name;
    fl_buf_format(out, name ? " v%u %s" : " v%u", instr->var, fl_sym_c(name));
}

static void arguments(fl_buf *out, const fl_func *func, const fl_instr *instr, bool has_keys)
{
    fl_buf_add_c(out, has_keys ? " {" : "(");
    for (uint32_t i = 0; i < instr->arg_count; i++) {
        uint32_t at = instr->first_arg + i;
        if (i) fl_buf_add_c(out, ", ");
        bool is_spread = func->spreads.items[at];
        if (is_spread) fl_buf_add_c(out, "...");
        else if (has_keys) fl_buf_format(out, "%s: ", fl_sym_c(func->syms.items[at]));
        fl_buf_format(out, "t%u", func->args.items[at]);
    }
    fl_buf_add_char(out, has_keys ? '}' : ')');
}

static void rest(fl_buf *out, const fl_func *func, const fl_instr *instr)
{
    if (instr->sym) fl_buf_format(out, " from %s", fl_sym_c(instr->sym));
    for (uint32_t i = 0; i < instr->arg_count; i++)
        fl_buf_format(out, "%s%s", i ? ", " : " without ", fl_sym_c(func->syms.items[instr->first_arg + i]));
}

static void flags(fl_buf *out, const fl_instr *instr)
{
    static const struct { unsigned flag; const char *text; } names[] = {
        { FL_I_OPTIONAL, " optional" }, { FL_I_KEYS, " keys" }, { FL_I_AWAIT, " await" }, { FL_I_DECLARE, " declare" },
        { FL_I_UNWIND, " unwind" },
    };
    for (size_t i = 0; i < FL_COUNT(names); i++)
        if (instr->flags & names[i].flag) fl_buf_add_c(out, names[i].text);
    if (instr->op == FL_I_call && instr->b) fl_buf_format(out, " this t%u", instr->b);
}

static void one(fl_buf *out, fl_file *file, const fl_func *func, const fl_instr *instr)
{
    static const char *const prunes[] = { "truthy", "nullish", "undefined" };
    fl_buf_add_c(out, " ");
    for (const char *form = forms[instr->op]; *form; form++)
        switch (*form) {
        case 'd': fl_buf_format(out, " t%u =", instr->dst); break;
        case 'o': fl_buf_format(out, instr->flags & FL_I_NEW ? " new" : " %s", op_text(instr->op)); break;
        case 'a': if (instr->a) fl_buf_format(out, " t%u", instr->a); break;
        case 'b': fl_buf_format(out, " t%u", instr->b); break;
        case 'c': fl_buf_format(out, " t%u", instr->c); break;
        case 'A':
            if (!instr->a) variable(out, func, instr);
            else fl_buf_format(out, " t%u .%s", instr->a, fl_sym_c(instr->sym));
            break;
        case 'v': variable(out, func, instr); break;
        case 'n': fl_buf_format(out, " .%s", fl_sym_c(instr->sym)); break;
        case 'i': fl_buf_format(out, " [t%u]", instr->b); break;
        case 'x': arguments(out, func, instr, false); break;
        case 'y': arguments(out, func, instr, true); break;
        case 'w': rest(out, func, instr); break;
        case 'p': fl_buf_format(out, " %s", fl_op_text((fl_op)instr->sub)); break;
        case 'k': fl_buf_add_char(out, ' '); literal(out, instr->node); break;
        case 'f': if (instr->node->sym) fl_buf_format(out, " %s", fl_sym_c(instr->node->sym)); break;
        case 'u':
            if (instr->flags & FL_I_WHEN_FALSE) fl_buf_add_c(out, " not");
            if (instr->a) fl_buf_format(out, " %s", prunes[instr->sub]);
            break;
        case 't': fl_buf_format(out, " b%u", instr->target); break;
        case 'j': fl_buf_format(out, " else b%u", instr->other); break;
        case 'r': fl_buf_format(out, " %s", fl_sym_c(instr->sym)); break;
        case 'e': fl_buf_add_c(out, " ="); break;
        default: FL_BUG("form of '%s'", op_text(instr->op));
        }
    flags(out, instr);
    if (instr->node)
        fl_buf_format(out, "  %u:%u", fl_file_line(file, instr->node->start_byte) + 1,
                      fl_file_column(file, instr->node->start_byte) + 1);
    fl_buf_add_char(out, '\n');
}

static void header(fl_buf *out, fl_file *file, const fl_func *func)
{
    const fl_node *node = func->node;
    fl_buf_add_c(out, fl_node_kind_text((fl_node_kind)node->kind));
    if (node->kind == FL_NODE_module) fl_buf_format(out, " " FL_STR_FMT, FL_STR_ARG(file->path));
    else if (node->sym) fl_buf_format(out, " %s", fl_sym_c(node->sym));
    fl_buf_format(out, " %u:%u", fl_file_line(file, node->start_byte) + 1, fl_file_column(file, node->start_byte) + 1);
    fl_buf_add_c(out, func->is_async ? " async" : "");
    fl_buf_add_c(out, func->is_generator ? " generator" : "");
    fl_buf_add_c(out, func->is_arrow ? " arrow" : "");
    fl_buf_add_c(out, func->is_truncated ? " truncated" : "");
    if (func->param_count)
        fl_buf_format(out, ", %u parameter%s%s", func->param_count, func->param_count == 1 ? "" : "s",
                      func->has_rest ? ", the last takes the rest" : "");
    fl_buf_add_char(out, '\n');
    for (uint32_t i = 1; i < func->vars.count; i++) {
        const fl_flow_var *var = &func->vars.items[i];
        if (var->name) fl_buf_format(out, "  v%u %s%s%s\n", i, fl_sym_c(var->name), var->is_captured ? " captured" : "",
                                     var->is_written_by_inner ? " written" : "");
    }
}

void fl_flow_dump(fl_buf *out, fl_file *file, const fl_func *func)
{
    header(out, file, func);
    for (uint32_t i = 1; i < func->blocks.count; i++) {
        const fl_block *block = &func->blocks.items[i];
        fl_buf_format(out, "b%u:", i);
        for (size_t p = 0; p < block->preds.count; p++)
            fl_buf_format(out, "%sb%u", p ? " " : " preds ", block->preds.items[p]);
        if (block->handler) fl_buf_format(out, " handler b%u", block->handler);
        if (block->is_loop_head) fl_buf_add_c(out, " loop");
        fl_buf_add_char(out, '\n');
        for (uint32_t n = 0; n < block->instr_count; n++) one(out, file, func, &func->instrs.items[block->first_instr + n]);
    }
}

/* The next node in preorder, without recursion. */
static const fl_node *next_in_tree(const fl_node *node)
{
    if (node->first) return node->first;
    while (node && !node->next) node = node->parent;
    return node ? node->next : NULL;
}

void fl_flow_dump_file(fl_buf *out, fl_file *file)
{
    for (const fl_node *node = file->root; node; node = next_in_tree(node)) {
        bool has_body = node->kind == FL_NODE_function && !fl_node_is_absent(fl_node_child(node, 2));
        if (node->kind != FL_NODE_module && !has_body) continue;
        fl_arena arena;
        fl_arena_init(&arena);
        fl_flow_dump(out, file, fl_flow_lower(&arena, node));
        fl_arena_release(&arena);
    }
}
