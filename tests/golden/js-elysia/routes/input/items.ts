import { Elysia, t } from "elysia";

const all = new Map<string, { id: string; name: string }>();

export const items = new Elysia({ prefix: "/items" })
  .model({ item: t.Object({ id: t.String(), name: t.String() }) })
  .get("/:id", ({ params: { id }, status }) => {
    const item = all.get(id);
    if (!item) return status(404, "no such item");
    return { name: item.name };
  })
  .delete("/:id", ({ params }) => {
    const item = all.get(params.id);
    all.delete(params.id);
    return { deleted: item.name };
  })
  .guard({ headers: t.Object({ "x-key": t.String() }) }, (guarded) =>
    guarded.post("/", ({ body }) => {
      all.set(body.id, body);
      return body;
    }, { body: "item", response: { 200: "item", 409: t.Object({ message: t.String() }) } }));
