import fs, { readFile as read } from 'fs';
import * as all from './all';
export const a = read(all.path);
export function f() { return a; }
export { a as b, fs };
export * from './more';
export default { f };
module.exports = f;
