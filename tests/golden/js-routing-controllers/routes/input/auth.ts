import { Action } from "routing-controllers";

const tokens = new Map([["t1", { name: "ann" }]]);

export async function isAllowed(action: Action, roles: string[]) {
  const token = action.request.headers["authorization"];
  return Boolean(token);
}

export async function current(action: Action) {
  return tokens.get(action.request.headers["authorization"]);
}
