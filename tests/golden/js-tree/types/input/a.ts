interface User<T extends object = {}> extends Base, ns.Other<T> {
  id: string;
  readonly age?: number;
  'full-name': string | null;
  [extra: string]: unknown;
  greet(to: User): void;
  (call: 1): string;
  new (x: 2): User;
}
type Status = 'open' | 'closed' | 1 | -1 | true | null | undefined;
type Lists = [string[], Array<number>, ReadonlyArray<A.B>, readonly X[], Record<string, Y>, Promise<Z>];
type Tuple = [a: string, b?: number, ...rest: boolean[]];
type Fn = (a: string, b?: number, ...c: any[]) => Promise<void>;
type Ctor = abstract new () => object;
type Mapped = { readonly [K in keyof User]?: User[K] };
type Query = z.infer<typeof schema>;
type Both = A & B & { c: 1 };
type Opaque<T> = T extends string ? import('x').Y : never;
enum Colour { Red, Green = 5, Blue, Named = 'n', After }
const enum Level { Low = -1, High }
