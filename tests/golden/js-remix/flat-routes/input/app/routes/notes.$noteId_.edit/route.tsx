import { json } from "@remix-run/node";
export const action = async ({ request }) => json(await request.json());
