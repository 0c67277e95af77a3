import express from 'express';
import things from 'things/router.js';
import { prefix } from 'config/index.js';
import other from 'routes/other.js';

const app = express();
app.use(prefix, things);
app.use('/other', other); // of the package that is declared
app.listen(3000);
