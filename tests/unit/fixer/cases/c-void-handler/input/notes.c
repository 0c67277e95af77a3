#include "web.h"

void reply(struct response *c, int status, const char *headers, const char *body);

static void dispatch(struct response *c, const struct request *hm)
{
  if (map_get(hm, "a")) {
    struct note *note = note_find(map_get(hm, "a"));
    if (!note) {
      ⟦M|reply(c, 404, "", "no such note")⟧;
    } else {
      reply(c, 200, "", note->title);
    }
  } else if (map_get(hm, "b")) {
    struct note *note = note_find(map_get(hm, "b"));
    reply(c, 200, "", ⟦F|⟦S|note⟧->title⟧);
  } else {
    reply(c, 404, "", "no such page");
  }
}
