#define CALLBACK_CONTINUE 0
#define CALLBACK_COMPLETE 1
struct request;
struct response;
struct note { char *title; };
int set_string_body_response(struct response *response, unsigned int status, const char *text);
const char *map_get(const struct request *request, const char *name);
struct note *note_find(const char *id);
