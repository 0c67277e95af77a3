import express from 'express';
import { birdRouter } from './birdRouter';

const logger = console;
const app = express();
app.use('/birds', birdRouter);

export { app, logger };
