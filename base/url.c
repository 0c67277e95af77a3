/* The parts of a URL (RFC 3986, 3.2). */
#include "base/base.h"

fl_url fl_url_parts(fl_str url)
{
    ptrdiff_t scheme = fl_str_find(url, FL_S("://"));
    fl_str rest = fl_str_sub(url, scheme < 0 ? 0 : (size_t)scheme + 3, url.len);
    size_t end = 0;
    while (end < rest.len && rest.ptr[end] != '/' && rest.ptr[end] != '?' && rest.ptr[end] != '#')
        end++;
    fl_url out = {.authority = fl_str_sub(rest, 0, end), .path = fl_str_sub(rest, end, rest.len), .is_tls = fl_str_eq_nocase(fl_str_sub(url, 0, sizeof "https://" - 1), FL_S("https://"))};
    ptrdiff_t who = fl_str_rfind_char(out.authority, '@');
    out.authority = fl_str_sub(out.authority, (size_t)(who + 1), out.authority.len);
    bool is_bracketed = out.authority.len > 0 && out.authority.ptr[0] == '[';
    ptrdiff_t host_end = fl_str_find_char(out.authority, is_bracketed ? ']' : ':'), colon = fl_str_rfind_char(out.authority, ':');
    out.host = host_end < 0 ? out.authority : fl_str_sub(out.authority, is_bracketed, (size_t)host_end);
    int64_t port;
    if (colon >= host_end && colon >= 0 && fl_str_to_int(fl_str_sub(out.authority, (size_t)colon + 1, out.authority.len), &port) && port > 0 && port <= UINT16_MAX)
        out.port = (uint16_t)port;
    return out;
}
