import { redirect } from "@remix-run/node";

export async function loader({ request }) {
  if (request.headers.get("x-user")) throw redirect("/");
  return { ok: true };
}

export default function Login() {
  return <p>login</p>;
}
