import type { NextApiRequest, NextApiResponse } from "next";

const users = [{ id: "1", email: "a@b.c" }];

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const { id, verbose } = req.query;
  const user = users.find((one) => one.id === id);
  if (req.method === "GET") {
    return res.status(200).json({ email: user.email, verbose });
  }
  if (req.method === "PUT") {
    if (!user) return res.status(404).json({ message: "no such user" });
    const { email } = req.body;
    if (!email) return res.status(400).json({ message: "email" });
    return res.json({ email });
  }
  res.setHeader("Allow", ["GET", "PUT"]);
  return res.status(405).end();
}
