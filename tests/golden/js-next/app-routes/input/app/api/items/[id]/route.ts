import { NextResponse } from "next/server";
import { headers, cookies } from "next/headers";

const items = new Map<string, { id: string; name: string }>();

export const GET = async (request: Request, { params }: { params: Promise<{ id: string }> }) => {
  const { id } = await params;
  const item = items.get(id);
  if (!item) return new NextResponse("not found", { status: 404 });
  return NextResponse.json({ name: item.name });
};

export async function DELETE(request: Request, { params }: { params: { id: string } }) {
  const token = (await headers()).get("x-token");
  if (token !== "secret") return Response.json({ error: "forbidden" }, { status: 403 });
  const item = items.get(params.id);
  items.delete(params.id);
  return NextResponse.json({ deleted: item.name });
}
