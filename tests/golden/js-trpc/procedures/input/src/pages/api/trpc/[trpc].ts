import { createNextApiHandler } from "@trpc/server/adapters/next";
import { appRouter } from "../../../router";
export default createNextApiHandler({ router: appRouter });
