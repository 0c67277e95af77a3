import def, { a, b as c, default as d } from './x.js';
import * as ns from 'y';
import 'side';
import data from './d.json' with { type: 'json' };
export const p = 1, q = () => a;
export { a, b as c, c as default, d as 'quoted' };
export * from './z';
export * as zz from './z';
export { default, x as y } from './z';
export default async function handler() {}
await ns.top(import('lazy'), import.meta.url);
