#include "cli/report.h"

void fl_markup_add(fl_buf *out, fl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        switch (c) {
        case '&': fl_buf_add_c(out, "&amp;"); break;
        case '<': fl_buf_add_c(out, "&lt;"); break;
        case '>': fl_buf_add_c(out, "&gt;"); break;
        case '"': fl_buf_add_c(out, "&quot;"); break;
        case '\n': fl_buf_add_c(out, "&#10;"); break;
        case '\t': fl_buf_add_c(out, "&#9;"); break;
        default:
            /* U+FFFE and U+FFFF are no characters of XML either */
            if (c == 0xEF && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0xBF && (unsigned char)text.ptr[i + 2] >= 0xBE) {
                fl_buf_add_c(out, "?");
                i += 2;
            } else if (c < 0x20 || c == 0x7F) {
                fl_buf_format(out, "&#x%X;", c == 0x7F ? 0x2421u : 0x2400u + c);
            } else {
                fl_buf_add_char(out, (char)c);
            }
        }
    }
}
