/* fl_pack_models OUT FILE...: packs model files. Run by the build. */
#include "extractor/models/pack.h"
#include "base/fs.h"
#include <stdio.h>

int main(int argc, char **argv)
{
    fl_arena arena;
    fl_buf out;
    fl_err err = { 0 };
    fl_arena_init(&arena);
    fl_buf_init(&out, FL_LIMIT_DATA_BYTES);
    fl_model_pack_begin(&out);
    for (int i = 2; i < argc && err.status == FL_OK; i++) {
        fl_str text;
        fl_data *tree;
        if (fl_fs_read(&arena, argv[i], FL_LIMIT_DATA_BYTES, &text, &err) == FL_OK && fl_yaml_parse(&arena, text, argv[i], &tree, &err) == FL_OK)
            fl_model_pack_add(&out, text, tree);
    }
    if (err.status == FL_OK && out.overflow) (void)fl_fail(&err, FL_E_LIMIT, "the models are larger than a pack may be");
    bool is_done = argc > 1 && err.status == FL_OK && fl_fs_write(argv[1], fl_buf_str(&out), &err) == FL_OK;
    if (!is_done) fprintf(stderr, "fl_pack_models: %s\n", err.text);
    fl_buf_release(&out);
    fl_arena_release(&arena);
    return is_done ? 0 : 1;
}
