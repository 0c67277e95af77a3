import * as express from 'express';

const files = express.Router();
files.post('/', (req, res) => res.status(201).end());
export { files };
