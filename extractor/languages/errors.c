/*
 * Errors and missing tokens of a concrete tree; only damaged subtrees are entered.
 */
#include "extractor/languages/errors_p.h"

uint32_t fl_errors_below(TSNode root)
{
    if (!ts_node_has_error(root)) return 0;
    uint32_t found = 0;
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    for (bool is_done = false; !is_done;) {
        TSNode node = ts_tree_cursor_current_node(&cursor);
        if (ts_node_is_error(node) || ts_node_is_missing(node)) found++;
        if (ts_node_has_error(node) && ts_tree_cursor_goto_first_child(&cursor)) continue;
        while (!ts_tree_cursor_goto_next_sibling(&cursor))
            if (!ts_tree_cursor_goto_parent(&cursor)) {
                is_done = true;
                break;
            }
    }
    ts_tree_cursor_delete(&cursor);
    return found;
}
