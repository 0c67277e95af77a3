// Runs the loaders, which start the parts of a program. Source: README of microframework-w3tec.
const settings = { values: {}, getData: () => undefined, setData: () => undefined, onShutdown: () => undefined };

module.exports = {
  bootstrapMicroframework: (given, ...more) => {
    const loaders = Array.isArray(given) ? given : given.loaders || [given, ...more];
    for (const loader of loaders) loader(settings);
    return Promise.resolve({ exit: () => Promise.resolve() });
  },
};
