function isKey(text) {
  return /^rv/.test(text);
}

function slot(key) {
  if (!isKey(key)) {
    ⟦F|throw new TypeError(`Malformed key: ${⟦S|key⟧}`);⟧
  }
  return key;
}

function find(key) {
  return rows.get(slot(key));
}

module.exports = { isKey, find };
