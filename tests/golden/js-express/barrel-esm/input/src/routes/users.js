import { Router } from 'express';

const router = Router();
router.get('/:name', (req, res) => res.json({}));
export default router;
