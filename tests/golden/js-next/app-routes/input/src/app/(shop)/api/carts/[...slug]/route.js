import { notFound } from "next/navigation";

export async function PUT(request, context) {
  const body = await request.json();
  if (!body.owner) notFound();
  return Response.json({ owner: body.owner.name.trim(), slug: context.params.slug });
}
