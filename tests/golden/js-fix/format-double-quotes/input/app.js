const express = require("express");
const app = express();
app.use(express.json());

app.post("/coupons", (req, res) => {
  const { code } = req.body ?? {};
  if (!code) {
    return res.status(400).json({ message: "code is required" });
  }
  res.status(201).json({ code: code.toUpperCase() });
});

app.listen(process.env.PORT);
