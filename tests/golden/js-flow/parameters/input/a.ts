class Service {
  constructor(private readonly db: Db, public limit = 10, ...rest: string[]) {
    rest.push('x');
  }
}
const add = (a: number, b: number = a) => a + b;
const greet = ({ name }: { name: string }): string => name;
