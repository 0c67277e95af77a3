class BadRequest extends Error {
  status = 400;
}

exports.need = (body, name) => {
  if (!body || body[name] === undefined) {
    throw new BadRequest(`${name} is required`);
  }
  return body[name];
};
