/* Names for temporaries and words for messages, from the expression that looks something up. */
#include "base/fs.h"
#include "fixer/fixer_p.h"
#include "tests/support/unit.h"

static void names_follow_the_call(void **state)
{
    (void)state;
    static const struct { const char *source, *name; } rows[] = {
        { "orders.find(id)", "order" }, { "await this.orders.findById(req.params.id)", "order" }, { "getUser(id)", "user" },
        { "findUserByEmail(mail)", "user" }, { "userRepository.findOne({ id })", "user" }, { "Order.findByPk(id)", "order" },
        { "categories.get(id)", "category" }, { "boxes.find(f)", "box" }, { "addresses.find(f)", "address" }, { "rows[0]", "row" },
        { "prisma.invoice.findUnique({})", "invoice" }, { "db.collection.findOne(x)", "" }, { "lookup(id)", "" }, { "new URL(x)", "url" },
        { "readCookie(req, 'x')", "cookie" }, { "req.query.filter", "filter" }, { "all().filter(f).find(g)", "" }, { "status.get(x)", "status" },
        { "orderItems.get(x)", "orderItem" }, { "loadOrder(id)", "order" },
    };
    fl_arena arena;
    fl_arena_init(&arena);
    fl_err err;
    fl_str folder;
    fl_row_ok("folder", fl_fs_temp_dir(&arena, "fl-name", &folder, &err), err);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_project project;
        fl_str text = fl_str_format(&arena, "async function f() { use(%s); }\n", rows[i].source);
        fl_row_ok(rows[i].source, fl_fs_write(fl_str_c(&arena, fl_fs_join(&arena, folder, FL_S("x.js"))), text, &err), err);
        fl_row_ok(rows[i].source, fl_project_open(&project, folder.ptr, &(fl_project_options){ 0 }, &err), err);
        const fl_file *file = fl_project_file(&project, 0);
        uint32_t start = (uint32_t)strlen("async function f() { use(");
        const fl_node *value = fl_node_at(file->root, start, start + (uint32_t)strlen(rows[i].source));
        fl_row_str(rows[i].source, fl_name_for_value(&arena, value), rows[i].name);
        fl_project_release(&project);
    }
    fl_row_ok("folder", fl_fs_remove_tree(folder.ptr, &err), err);
    fl_arena_release(&arena);
}

static void words_of_identifiers(void **state)
{
    (void)state;
    static const struct { const char *name, *words; } rows[] = {
        { "order", "order" }, { "cartItem", "cart item" }, { "cart_item", "cart item" }, { "Order", "order" }, { "userID", "user id" }, { "x-delivery", "x delivery" },
    };
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(rows); i++) fl_row_str(rows[i].name, fl_words(&arena, fl_str_from(rows[i].name)), rows[i].words);
    fl_arena_release(&arena);
}

static void pointers_name_fields(void **state)
{
    (void)state;
    static const struct { const char *pointer, *name; } rows[] = {
        { "", "" }, { "/id", "id" }, { "/user/address", "address" }, { "/items/*/product", "product" }, { "/items/*", "items" },
    };
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        fl_row_str(rows[i].pointer, fl_pointer_name(&(fl_request_pointer){ FL_IN_BODY, fl_str_from(rows[i].pointer) }), rows[i].name);
}

static void fills_holes(void **state)
{
    (void)state;
    static const struct { const char *row, *text, *filled; } rows[] = {
        { "none", "abc", "abc" }, { "one", "if (${x})", "if (X)" }, { "twice", "${x}${x}", "XX" }, { "unknown stays", "${y}", "${y}" },
        { "open end", "a${x", "a${x" }, { "dollar", "$x {x}", "$x {x}" }, { "empty", "", "" },
    };
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        fl_row_str(rows[i].row, fl_fill(&arena, fl_str_from(rows[i].text), (fl_hole[]){ { "x", FL_S("X") }, { 0 } }), rows[i].filled);
    fl_arena_release(&arena);
}

FL_UNIT(naming, cmocka_unit_test(names_follow_the_call), cmocka_unit_test(words_of_identifiers), cmocka_unit_test(pointers_name_fields),
        cmocka_unit_test(fills_holes))
