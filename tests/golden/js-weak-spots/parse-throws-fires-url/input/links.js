exports.hostOf = (text) => new URL(text).host;
