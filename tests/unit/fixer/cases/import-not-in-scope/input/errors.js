const HttpError = require('./http-error');

exports.fail = () => {
  ⟦M|throw new HttpError(404, 'Nothing here');⟧
};
