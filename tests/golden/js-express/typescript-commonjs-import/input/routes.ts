import { Router } from 'express';

function routes(): Router {
  return Router().get('/state', (_req, res) => void res.json({}));
}

export = routes;
