const express = require('express');
const mock = express();
mock.get('/mocked', (req, res) => res.json({}));
module.exports = mock;
