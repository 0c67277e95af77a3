import { Router } from 'express';

export function crud({ readOnly }) {
  const router = Router();
  router.get('/', (req, res) => res.json([]));
  if (!readOnly) {
    router.post('/', (req, res) => res.status(201).end());
  }
  return router;
}
