exports.readCookie = (req, name) => {
  for (const pair of req.headers.cookie.split(';')) {
    if (pair.startsWith(name)) {
      return ⟦F|decodeURIComponent(⟦S|pair.slice(1)⟧)⟧;
    }
  }
};
