const restify = require("restify");
const errors = require("restify-errors");
const { Router } = require("restify-router");

const notes = new Map();
const server = restify.createServer({ name: "notes" });
server.use(restify.plugins.queryParser());
server.use(restify.plugins.bodyParser({ mapParams: false }));

server.get("/notes/:id", (req, res, next) => {
  const note = notes.get(req.params.id);
  if (!note) return next(new errors.NotFoundError("no such note"));
  res.send(200, { title: note.title });
  return next();
});

server.del({ path: "/notes/:id", name: "remove" }, (req, res, next) => {
  const note = notes.get(req.params.id);
  notes.delete(note.id);
  res.send(204);
  next();
});

server.post("/notes", [
  (req, res, next) => {
    if (!req.body.title) return next(new errors.BadRequestError("title"));
    next();
  },
  (req, res, next) => {
    notes.set(req.body.title, { title: req.body.title, text: req.body.text.trim() });
    res.send(201, { title: req.body.title });
    next();
  },
]);

const admin = new Router();
admin.get("/stats", (req, res, next) => {
  res.json({ count: notes.size, since: req.query.since });
  next();
});
admin.applyRoutes(server, "/admin");

server.listen(8080);
