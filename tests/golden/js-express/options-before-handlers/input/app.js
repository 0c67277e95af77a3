const express = require("express");
const app = express();

app.use((req, res, next) => {
  res.header("Access-Control-Allow-Origin", "*");
  if (req.method === "OPTIONS") return res.sendStatus(204);
  next();
});

const notAllowed = (req, res) => res.status(405).send("Not Allowed");

app.get("/things", (req, res) => res.json([]));
app.all("/things", notAllowed);
app.post("/things/:id", notAllowed);
app.put("/things/:id", (req, res) => res.json({ id: req.params.id }));
app.all("/logout", (req, res) => res.send("OK"));

app.listen(3000);
