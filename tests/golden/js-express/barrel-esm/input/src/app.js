import express from 'express';
import users, { teams as groups } from './routes/index.js';
import * as routes from './routes/index.js';

const app = express();
app.use('/users', users);
app.use('/teams', groups);
app.use('/files', routes.files);
app.listen(3000);
