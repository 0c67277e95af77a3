const key = 'dyn';
@decorate(key)
class A extends mixin(key) {
  static count = start();
  field = this.make();
  [key] = 1;
  static { init(); }
  get x() { return this.field; }
  #p() { return this.#p; }
}
export default class extends A {}
export class B {}
