class A {
  ok() { return this.a.b; }
  broken( { return 1 }
  @Get('x') fine(@Body() b: B) { return b. }
}
