const express = require("express");
const plugins = require("some-plugins");

const app = express();
const { mounts } = plugins.fire("filter:routes", {});
["admin", "user"].forEach((mount) => {
  if (!mounts.hasOwnProperty(mount)) mounts[mount] = mount;
});

Object.keys(mounts).forEach((mount) => {
  app.get(`/${mounts[mount]}/list`, (req, res) => res.json([mount]));
});
app.get(`/api/${mounts.admin}`, (req, res) => res.send("admin"));
app.get("/posts/:index*?", (req, res) => res.send(req.params.index));

app.listen(3000);
