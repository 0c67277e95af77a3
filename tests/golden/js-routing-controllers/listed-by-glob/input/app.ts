import express from "express";
import * as glob from "glob";
import path from "path";
import { RoutingControllersOptions, useExpressServer } from "routing-controllers";
import "./TagController";

const options: RoutingControllersOptions = {
  routePrefix: "/api",
  controllers: glob.sync(path.join(__dirname, "./*Controller.ts")),
  middlewares: glob.sync(path.join(__dirname, "./middlewares/*.ts")),
};
const app = express();
useExpressServer(app, options);
app.listen(3000);
