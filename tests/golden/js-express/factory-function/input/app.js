const express = require('express');
const app = express();
const db = { users: [] };

require('./users')(app, { db, prefix: '/people' });
require('./health')(app);
app.listen(3000);
