import { Router } from 'express';
const router = Router();
router.get('/not-this', (req, res) => res.end());
export default router;
