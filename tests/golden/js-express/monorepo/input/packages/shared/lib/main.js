const express = require('express');

exports.health = () => express.Router().get('/health', (req, res) => res.send('ok'));
