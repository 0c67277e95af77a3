import { json, redirect, type LoaderFunctionArgs, type ActionFunctionArgs } from "@remix-run/node";
import { getNote } from "~/notes.server";

export async function loader({ params, request }: LoaderFunctionArgs) {
  const fields = new URL(request.url).searchParams.get("fields");
  const note = await getNote(params.noteId);
  if (!note) throw new Response("Not Found", { status: 404 });
  return json({ title: note.title, fields });
}

export async function action({ params, request }: ActionFunctionArgs) {
  const note = await getNote(params.noteId);
  const form = await request.formData();
  const title = form.get("title");
  if (typeof title !== "string" || title.length === 0) return json({ errors: { title: "required" } }, { status: 400 });
  note.title = title;
  return redirect(`/notes/${note.id}`);
}
