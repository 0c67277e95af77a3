import express from 'express';
import { crud } from './crud.js';

const app = express();
app.use('/cats', crud({ readOnly: false }));
app.use('/dogs', crud({ readOnly: true }));
app.listen(3000);
