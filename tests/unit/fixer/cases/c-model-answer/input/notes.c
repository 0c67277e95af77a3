#include "web.h"

⟦H|int callback_link(const struct request *req, struct response *res, void *user_data)
{
	struct note *note = note_find(map_get(req, "id"));

	set_string_body_response(res, 200, ⟦F|⟦S|note⟧->title⟧);
	return CALLBACK_CONTINUE;
⟧}
