/* What an answer links to is there. Links are where hypertext has them: `href`, and `next`, `prev`, `first`, `last`, `self` among links. */
#include "engine/probe.h"

enum { LINKS = 6, DEPTH = 6 };
typedef struct links { fl_probe *probe; FL_VEC(fl_str) targets; } links;

static void add(links *l, fl_str link)
{
    fl_str base = fl_service_base_url(l->probe->engine->service);
    if (fl_str_starts(link, base))
        link = fl_str_sub(link, base.len, link.len);
    bool is_ours = link.len > 1 && link.ptr[0] == '/' && link.ptr[1] != '/' && fl_str_find_char(link, '{') < 0;
    for (size_t i = 0; i < l->targets.count && is_ours; i++)
        is_ours = !fl_str_eq(l->targets.items[i], link);
    if (is_ours && l->targets.count < LINKS)
        fl_vec_push(l->probe->arena, &l->targets, link);
}

static void collect(links *l, const fl_data *node, bool is_among_links, unsigned depth)
{
    static const char *const relations[] = {"next", "prev", "previous", "first", "last", "self", NULL};
    for (const fl_data *each = node && depth < DEPTH ? node->first : NULL; each; each = each->next) {
        bool is_link = fl_str_eq_c(each->key, "href") || (is_among_links && fl_str_is_one_of(each->key, relations));
        if (is_link && each->kind == FL_DATA_STRING)
            add(l, each->text);
        collect(l, each, fl_str_eq_c(each->key, "links") || fl_str_eq_c(each->key, "_links"), depth + 1);
    }
}

void fl_check_broken_link(fl_probe *probe);
void fl_check_broken_link(fl_probe *probe)
{
    fl_engine *engine = probe->engine;
    if (!fl_operation_is_safe(&engine->api->operations.items[probe->operation]))
        return;
    links l = {.probe = probe};
    fl_case request = fl_case_copy(probe->arena, &engine->run->baselines.items[probe->operation].request);
    fl_observation seen;
    collect(&l, fl_probe_send(probe, &request, &seen), false, 0);
    for (size_t i = 0; i < l.targets.count; i++) {
        fl_case follow = request;
        follow.target = l.targets.items[i];
        (void)fl_probe_send(probe, &follow, &seen);
        if (fl_probe_is_gone(&seen))
            fl_probe_fail(probe, &request, fl_str_format(probe->arena, "the link " FL_STR_FMT " is answered with %u", FL_STR_ARG(l.targets.items[i]), seen.response.status));
    }
}
