function outer() {
  later();
  if (late) return late;
  var late = helper();
  class Local extends Base {}
  return new Local(late);
  function later() { return late; }
  function helper() { return later(); }
}
