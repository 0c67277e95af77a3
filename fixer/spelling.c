/*
 * How a language spells what the fixer writes: rows of text with holes, from models/spelling/<language>.yaml, so that
 * no template knows a language. In a row "\n" and "\t" become the neutral layout of fixer_p.h, once, when it is read;
 * whatever a hole brings in keeps its bytes.
 * Assumes: the files are ours, so a damaged one is an error of the installation.
 */
#include <string.h>
#include "base/fs.h"
#include "fixer/fixer_p.h"

fl_str fl_fill(fl_arena *arena, fl_str text, const fl_hole *holes)
{
    fl_buf out;
    fl_buf_init(&out, 0);
    while (text.len) {
        ptrdiff_t open = fl_str_find(text, FL_S("${"));
        if (open < 0) break;
        fl_str rest = fl_str_sub(text, (size_t)open + 2, text.len);
        ptrdiff_t close = fl_str_find_char(rest, '}');
        if (close < 0) break;
        fl_str name = fl_str_sub(rest, 0, (size_t)close);
        const fl_hole *hole = holes;
        while (hole->name && !fl_str_eq_c(name, hole->name)) hole++;
        fl_buf_add(&out, fl_str_sub(text, 0, (size_t)open));
        if (hole->name) fl_buf_add(&out, hole->text);
        else fl_buf_format(&out, "${" FL_STR_FMT "}", FL_STR_ARG(name));
        text = fl_str_sub(rest, (size_t)close + 1, rest.len);
    }
    fl_buf_add(&out, text);
    fl_str result = fl_str_copy(arena, fl_buf_str(&out));
    fl_buf_release(&out);
    return result;
}

fl_str fl_spelling_row(const fl_spelling *spelling, const char *row)
{
    return fl_data_get_str(spelling->data, row);
}

fl_str fl_spell(fl_arena *arena, const fl_spelling *spelling, const char *row, const fl_hole *holes)
{
    return fl_fill(arena, fl_spelling_row(spelling, row), holes);
}

/** Rows are read with "\n" and "\t"; the layout has signs of its own for them. */
static void neutral(fl_arena *arena, fl_data *map)
{
    for (fl_data *row = map->first; row; row = row->next) {
        if (row->kind != FL_DATA_STRING) continue;
        char *text = fl_str_c(arena, row->text);
        for (size_t i = 0; i < row->text.len; i++) {
            if (text[i] == '\n') text[i] = FL_NEWLINE;
            else if (text[i] == '\t') text[i] = FL_INDENT;
        }
        row->text.ptr = text;
    }
}

static fl_status load(fl_workshop *shop, fl_str folder, fl_err *err)
{
    fl_fs_entries entries = { 0 };
    fl_status status = fl_fs_list(shop->arena, fl_str_c(shop->arena, folder), &entries, err);
    for (size_t i = 0; status == FL_OK && i < entries.count; i++) {
        if (!entries.items[i].is_file || !fl_str_ends(entries.items[i].name, FL_S(".yaml"))) continue;
        fl_str path = fl_fs_join(shop->arena, folder, entries.items[i].name);
        fl_data *data = NULL;
        status = fl_data_read_file(shop->arena, fl_str_c(shop->arena, path), &data, err);
        if (status != FL_OK) break;
        neutral(shop->arena, data);
        const fl_data *names = fl_data_get_c(data, "spelling");
        if (!names || names->kind != FL_DATA_LIST)
            return fl_fail(err, FL_E_FORMAT, "'" FL_STR_FMT "': begins with \"spelling: [LANGUAGE…]\"", FL_STR_ARG(path));
        for (const fl_data *name = names->first; name; name = name->next)
            fl_vec_push(shop->arena, &shop->spellings, (fl_spelling){ fl_data_str(name, FL_S("")), data });
    }
    return status;
}

fl_status fl_workshop_init(fl_workshop *shop, fl_arena *arena, const fl_api *api, fl_err *err)
{
    *shop = (fl_workshop){ .arena = arena, .api = api };
    fl_str folder = fl_fs_join(arena, fl_fs_data_dir(arena), FL_S("models/spelling"));
    for (uint32_t i = 0; i < api->project->file_count; i++) fl_vec_push(arena, &shop->styles, NULL);
    return load(shop, folder, err);
}

const fl_spelling *fl_workshop_spelling(const fl_workshop *shop, const fl_file *file)
{
    if (!file || !file->language || !file->root) return NULL;
    const fl_spelling *general = NULL;
    for (size_t i = 0; i < shop->spellings.count; i++) {
        const fl_spelling *spelling = &shop->spellings.items[i];
        if (!fl_str_eq_c(spelling->language, file->language->name)) continue;
        const fl_data *extensions = fl_data_get_c(spelling->data, "extensions");
        if (!extensions) general = spelling;
        for (const fl_data *e = extensions ? extensions->first : NULL; e; e = e->next)
            if (fl_str_ends(file->path, e->text)) return spelling;
    }
    return general;
}

const fl_style *fl_workshop_style(fl_workshop *shop, const fl_file *file)
{
    if (!shop->styles.items[file->id]) {
        const fl_spelling *spelling = fl_workshop_spelling(shop, file);
        if (!spelling) return NULL;
        fl_style *style = FL_NEW(shop->arena, fl_style);
        fl_style_of(style, file, spelling);
        shop->styles.items[file->id] = style;
    }
    return shop->styles.items[file->id];
}

static const fl_data *read_params(fl_workshop *shop, fl_str framework)
{
    fl_str path = fl_str_format(shop->arena, FL_STR_FMT "/models/frameworks/" FL_STR_FMT ".yaml",
                                FL_STR_ARG(fl_fs_data_dir(shop->arena)), FL_STR_ARG(framework));
    fl_data *data = NULL;
    if (!fl_fs_exists(path.ptr) || fl_data_read_file(shop->arena, path.ptr, &data, NULL) != FL_OK) return NULL;
    return fl_data_get_c(fl_data_get_c(data, "handler"), "params");
}

/** The framework's own file names the roles of a handler's parameters in order. */
int fl_workshop_role(fl_workshop *shop, const fl_operation *operation, const char *role)
{
    if (!operation || !operation->framework.len) return -1;
    size_t i = 0;
    while (i < shop->frameworks.count && !fl_str_eq(shop->frameworks.items[i].name, operation->framework)) i++;
    if (i == shop->frameworks.count)
        fl_vec_push(shop->arena, &shop->frameworks, (fl_framework_roles){ operation->framework, read_params(shop, operation->framework) });
    int position = 0;
    const fl_data *params = shop->frameworks.items[i].params;
    for (const fl_data *name = params ? params->first : NULL; name; name = name->next, position++)
        if (fl_str_eq_c(fl_data_str(name, FL_S("")), role)) return position;
    return -1;
}
