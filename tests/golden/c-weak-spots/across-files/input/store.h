#ifndef STORE_H
#define STORE_H
#include <cjson/cJSON.h>
#include <ulfius.h>
struct input { const char *name, *tag; int count; cJSON *json; };
struct input read_input(const struct _u_request *request);
int find_tag(const struct _u_request *request, const char **tag);
int find_tag_checked(const struct _u_request *request, const char **tag);
const char *after_colon(const char *text);
char *first_word(char *text);
char *copy_of(const char *text);
int number_of(const char *text);
#endif
