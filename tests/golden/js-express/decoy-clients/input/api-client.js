module.exports = class Api {
  constructor(base) {
    this.base = base;
  }

  async get(path, map) {
    const response = await fetch(this.base + path);
    return map(await response.json());
  }

  route(path) {
    return { get: () => this.get(path, (x) => x) };
  }
};
