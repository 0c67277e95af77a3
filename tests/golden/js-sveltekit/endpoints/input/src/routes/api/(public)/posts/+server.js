import { json, error } from "@sveltejs/kit";
import { posts } from "$lib/store";

export function GET({ url }) {
  const limit = Number(url.searchParams.get("limit") ?? "10");
  if (Number.isNaN(limit)) error(400, "limit");
  return json([...posts.values()].slice(0, limit));
}

export async function POST({ request, cookies }) {
  if (!cookies.get("session")) error(401, "who are you?");
  const { title, body } = await request.json();
  if (!title) error(400, "title");
  posts.set(title, { title, body: body.trim() });
  return json({ title }, { status: 201 });
}
