const express = require("express");
const yup = require("yup");
const app = express();
app.use(express.json());

const note = yup.object({ title: yup.string(), text: yup.string().required() });

app.post("/notes", async (req, res) => {
  try {
    const body = await note.validate(req.body);
    res.status(201).json({ title: body.title.trim(), text: body.text.trim() });
  } catch (error) {
    if (error.name === "ValidationError") return res.status(400).json({ errors: error.errors });
    throw error;
  }
});
app.listen(3000);
