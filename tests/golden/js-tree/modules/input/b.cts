import fs = require('fs');
import type { A } from './a';
import { type B, C } from './b';
import Q = N.M;
declare const hidden: string;
declare module 'x' { export const a: 1; }
namespace N.M { export const one = 1; }
export type { A };
export = fs;
