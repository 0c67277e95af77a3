import "reflect-metadata";
import express from "express";
import { useContainer, useExpressServer } from "routing-controllers";
import { Container } from "typedi";
import { current, isAllowed } from "./auth";

useContainer(Container);
const app = express();
app.get("/health", (req, res) => res.json({ ok: true }));
useExpressServer(app, {
  routePrefix: "/api",
  controllers: [__dirname + "/controllers/*.js"],
  authorizationChecker: isAllowed,
  currentUserChecker: current,
});
app.listen(3000);
