export default function handler(req, res) {
  switch (req.method) {
    case "POST":
      return res.status(201).json({ name: req.body.name });
    default:
      res.status(405).end(`Method ${req.method} Not Allowed`);
  }
}
