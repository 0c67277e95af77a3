import { NextRequest, NextResponse } from "next/server";
import { z } from "zod";
import { store } from "@/lib/store";

const itemSchema = z.object({ name: z.string().min(1), price: z.number().positive(), tags: z.array(z.string()).optional() });

export async function GET(request: NextRequest) {
  const { searchParams } = new URL(request.url);
  const page = searchParams.get("page");
  const sort = request.nextUrl.searchParams.get("sort");
  return NextResponse.json({ page: Number(page), sort, items: store.list() });
}

export async function POST(request: Request) {
  const parsed = itemSchema.safeParse(await request.json());
  if (!parsed.success) return NextResponse.json({ error: "invalid" }, { status: 400 });
  return NextResponse.json({ id: 1, ...parsed.data }, { status: 201 });
}
