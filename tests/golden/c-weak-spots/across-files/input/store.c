#include "store.h"
#include <stdlib.h>
#include <string.h>

struct input read_input(const struct _u_request *request)
{
	struct input in = { u_map_get(request->map_url, "name"), u_map_get(request->map_header, "X-Tag"), 0, NULL };
	return in;
}

int find_tag(const struct _u_request *request, const char **tag)
{
	*tag = u_map_get(request->map_url, "tag");
	return 0;
}

int find_tag_checked(const struct _u_request *request, const char **tag)
{
	*tag = u_map_get(request->map_url, "tag");
	return *tag ? 0 : -1;
}

const char *after_colon(const char *text)
{
	const char *colon = strchr(text, ':');
	return colon ? colon + 1 : NULL;
}

char *first_word(char *text) { return strtok(text, " "); }

char *copy_of(const char *text)
{
	char *copy = malloc(strlen(text) + 1);
	strcpy(copy, text);
	return copy;
}

int number_of(const char *text) { return atoi(text); }
