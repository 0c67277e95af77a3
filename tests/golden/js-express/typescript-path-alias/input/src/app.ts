import express from 'express';
import { users } from '@routes/users';
import { base } from '@config';

const app = express();
app.use(base, users);
app.listen(3000);
