import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";

const t = initTRPC.create();
const posts = new Map<string, { id: string; title: string }>();

const signedIn = t.procedure.use(({ ctx, next }) => {
  if (!ctx.user) throw new TRPCError({ code: "UNAUTHORIZED" });
  return next({ ctx: { user: ctx.user } });
});

const postRouter = t.router({
  byId: t.procedure.input(z.object({ id: z.string() })).query(({ input }) => {
    const post = posts.get(input.id);
    if (!post) throw new TRPCError({ code: "NOT_FOUND" });
    return post;
  }),
  add: signedIn.input(z.object({ title: z.string().min(1), text: z.string().optional() })).mutation(({ input }) => {
    posts.set(input.title, { id: "1", title: input.title });
    return { id: "1", words: input.title.trim() };
  }),
  remove: t.procedure.input(z.object({ id: z.string() })).mutation(({ input }) => {
    const post = posts.get(input.id);
    return { removed: post.title };
  }),
});

export const appRouter = t.router({ health: t.procedure.query(() => "ok"), post: postRouter });
