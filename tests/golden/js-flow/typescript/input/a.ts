import type { T } from './t';
enum Kind { A, B = 5, C = 'c' }
namespace Util { export const one = 1; export function two() { return one; } }
interface I { a: string }
type U = I | null;
function f(x: unknown, o?: I): asserts x is I;
function f(x: unknown, o?: I) {
  const i = x as I;
  const s = o!.a.length + (<I>x).a.length;
  (o as any).a = 1;
  o!.a = i!.a;
  if ((o as I).a) return (x satisfies unknown);
  return Kind.A;
}
abstract class Q<T> { abstract run(): T; private n?: number; constructor(readonly q: T) {} }
