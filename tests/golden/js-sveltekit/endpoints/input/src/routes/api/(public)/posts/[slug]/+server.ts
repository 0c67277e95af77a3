import type { RequestHandler } from "./$types";
import { posts } from "$lib/store";
import { redirect } from "@sveltejs/kit";

export const GET: RequestHandler = async ({ params }) => {
  const post = posts.get(params.slug);
  return new Response(post.title);
};

export const DELETE: RequestHandler = async ({ params, request }) => {
  if (request.headers.get("x-key") !== "k") return new Response(null, { status: 403 });
  posts.delete(params.slug);
  redirect(303, "/");
};
