import AutoLoad from "@fastify/autoload";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Fastify from "fastify";

const here = dirname(fileURLToPath(import.meta.url));
const app = Fastify();
app.register(AutoLoad, { dir: join(here, "plugins"), options: {} });
app.register(AutoLoad, { dir: join(here, "routes"), routeParams: true, options: { prefix: "/api" } });
app.listen({ port: 3000 });
