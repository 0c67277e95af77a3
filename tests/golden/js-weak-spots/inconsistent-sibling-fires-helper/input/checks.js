exports.found = (value) => {
  if (value === null || value === undefined) {
    throw Object.assign(new Error('not found'), { status: 404 });
  }
};
