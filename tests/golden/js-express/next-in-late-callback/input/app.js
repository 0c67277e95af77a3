// A long handler that hands on in a callback: what stands behind it counts, however much it did before.
const express = require('express'); const bcrypt = require('bcrypt');
const app = express(); app.use(express.json());
const verifyToken = (req, res, next) => {
  const { session } = req.params;
  const { authorization: token } = req.headers;
  try {
    let tokenDecrypt = '';
    let sessionDecrypt = '';
    try {
      sessionDecrypt = session.split(':')[0];
      tokenDecrypt = session.split(':')[1].replace(/_/g, '/').replace(/-/g, '+');
    } catch (error) {
      try {
        if (token && token !== '' && token.split(' ').length > 0) {
          const token_value = token.split(' ')[1];
          if (token_value) tokenDecrypt = token_value.replace(/_/g, '/').replace(/-/g, '+');
          else return res.status(401).json({ message: 'Token is not present.' });
        } else {
          return res.status(401).json({ message: 'Token is not present.' });
        }
      } catch (e) {
        return res.status(401).json({ error: 'Check', message: error });
      }
    }
    bcrypt.compare("a", "x", function (err, result) {
        if (result) {  next(); } else { return res.status(401).json({ error: 'Check that' }); }
      });
  } catch (error) { return res.status(401).json({ error: 'C', message: error }); }
};
app.post('/a/:session', verifyToken, (req, res) => { const { phone } = req.body; res.status(201).json({ phone: phone.length }); });
app.listen(3000);
