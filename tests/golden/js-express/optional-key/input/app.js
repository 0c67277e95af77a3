// A key that names the caller where it came: no parameter, a credential that need not be there.
const express = require("express");
const app = express();
app.use(express.json());
app.use((req, res, next) => {
  if (req.header("X-API-Key") === process.env.KEY) req.user = { id: 1 };
  next();
});
app.get("/me", (req, res) => {
  if (!req.user) return res.status(403).json({ error: "no" });
  res.json({ id: req.user.id });
});
app.get("/plain", (req, res) => res.json({ trace: req.get("x-trace-id"), by: req.get("x-forwarded-proto") + req.get("x-real-ip") }));
app.listen(3000);
