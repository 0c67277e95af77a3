// Source: README of the package. Type(() => X) says of which class a field is.
module.exports = {
  Type: (give) => (typeof give === "function" ? { type__: give } : {}),
  Transform: () => ({}),
  Expose: () => ({}),
  Exclude: () => ({}),
  plainToClass: (cls, value) => value,
  plainToInstance: (cls, value) => value,
  instanceToPlain: (value) => value,
  classToPlain: (value) => value,
};
