const express = require('express');
const { list } = require('./note-service');

const notes = express.Router();
notes.get('/', (req, res) => res.json(list()));
exports.notes = notes;
