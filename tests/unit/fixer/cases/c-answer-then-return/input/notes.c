#include <stdlib.h>

#include "web.h"

int callback_get(const struct request *request, struct response *response, void *user_data)
{
	struct note *note = note_find(map_get(request, "id"));

	if (!note) {
		⟦M|set_string_body_response(response, 404, "no such note")⟧;
		return CALLBACK_COMPLETE;
	}
	set_string_body_response(response, 200, note->title);
	return CALLBACK_CONTINUE;
}

int callback_link(const struct request *req, struct response *res, void *user_data)
{
	struct note *note = note_find(map_get(req, "id"));

	set_string_body_response(res, 200, ⟦F|⟦S|note⟧->title⟧);
	return CALLBACK_CONTINUE;
}
