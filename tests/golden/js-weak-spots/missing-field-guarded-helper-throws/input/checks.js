exports.required = (body, name) => {
  if (body === undefined || body[name] === undefined || body[name] === null) {
    const error = new Error(`${name} is required`);
    error.status = 400;
    throw error;
  }
};
