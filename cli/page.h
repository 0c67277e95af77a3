#ifndef FL_CLI_PAGE_H
#define FL_CLI_PAGE_H

/** The style and the script of report.html: cli/page/page.css and page.js, made into C when the build is configured. */
extern const char fl_page_css[];
extern const char fl_page_js[];

#endif
