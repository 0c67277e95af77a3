const { toRow } = require('./rows');

exports.create = (input) => ({ id: 1, ...toRow(input), port: input.port });
exports.rename = (id, change) => ({ id, ...toRow(change) });
