import { z } from "zod";

const userSchema = z.object({ name: z.string().min(1), email: z.string().email(), age: z.number().int().optional() });

export default defineEventHandler(async (event) => {
  const user = await readValidatedBody(event, userSchema.parse);
  setResponseStatus(event, 201);
  return { id: "2", ...user };
});
