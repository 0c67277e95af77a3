#ifndef HTTP_H
#define HTTP_H

#include <stddef.h>

#define HTTP_BAD_REQUEST 400
#define HTTP_NOT_FOUND 404
#define HTTP_CONFLICT 409
#define HTTP_ERROR 500

struct json { int type; char *text; int number; struct json *child; };
struct item { int id; char *name; char *note; int count; };
struct request { void *connection; char *body; };

struct json *cJSON_Parse(const char *text);
struct json *cJSON_GetObjectItem(struct json *object, const char *name);
int cJSON_IsString(struct json *value);
int cJSON_IsNumber(struct json *value);
void cJSON_Delete(struct json *value);

int send_error(void *connection, int status, const char *message);
int send_json(void *connection, int status, struct json *json);
struct item *item_by_id(int id);
struct item *item_by_name(const char *name);
int find_item(int id, struct item **out);
void item_free(struct item *item);
int save(struct item *item);
#endif
