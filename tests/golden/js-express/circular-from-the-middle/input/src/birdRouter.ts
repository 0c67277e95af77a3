import express from 'express';
import { list } from './birdService';

export const birdRouter = express.Router();
birdRouter.get('/', (req, res) => res.json(list()));
