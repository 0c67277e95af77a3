/* The API model as lines of text: the golden formats of --dump-routes and --dump-findings. */
#include "extractor/api/schema_p.h"
#include "extractor/api/route.h"

void fl_api_add_place(fl_buf *out, const fl_api *api, fl_span span)
{
    fl_file *file = span.file < api->project->file_count ? fl_project_file(api->project, span.file) : NULL;
    if (file == NULL)
        fl_buf_add_c(out, "-");
    else
        fl_buf_format(out, FL_STR_FMT ":%u", FL_STR_ARG(file->path), fl_file_line(file, span.start_byte) + 1);
}

void fl_api_dump_routes(const fl_api *api, bool with_possible, fl_buf *out)
{
    for (size_t i = 0; i < api->operations.count; i++) {
        const fl_operation *operation = &api->operations.items[i];
        if (operation->certainty == FL_POSSIBLE && !with_possible)
            continue;
        fl_buf_format(out, FL_STR_FMT " " FL_STR_FMT " ", FL_STR_ARG(operation->method), FL_STR_ARG(operation->path));
        fl_api_add_place(out, api, operation->registration);
        if (operation->certainty == FL_POSSIBLE)
            fl_buf_format(out, " possible: " FL_STR_FMT, FL_STR_ARG(operation->doubt));
        fl_buf_add_char(out, '\n');
    }
}

void fl_api_dump_findings(const fl_api *api, fl_buf *out)
{
    for (size_t i = 0; i < api->weak_spots.count; i++) {
        const fl_weak_spot *spot = &api->weak_spots.items[i];
        fl_api_add_place(out, api, spot->span);
        fl_buf_format(out, " %s %s ", fl_weak_spot_infos[spot->kind].id, spot->certainty == FL_CERTAIN ? "known" : "possible");
        if (spot->operation < api->operations.count) {
            const fl_operation *operation = &api->operations.items[spot->operation];
            fl_buf_format(out, FL_STR_FMT " " FL_STR_FMT " ", FL_STR_ARG(operation->method), FL_STR_ARG(operation->path));
        } else {
            fl_buf_add_c(out, "- ");
        }
        fl_buf_add_c(out, fl_location_text(spot->pointer.in));
        if (spot->pointer.pointer.len > 0)
            fl_buf_format(out, " " FL_STR_FMT, FL_STR_ARG(spot->pointer.pointer));
        fl_buf_add_char(out, '\n');
    }
}

void fl_api_dump_values(const fl_api *api, fl_buf *out)
{
    if (api->stages != NULL)
        fl_values_dump(out, &api->stages->values);
}
