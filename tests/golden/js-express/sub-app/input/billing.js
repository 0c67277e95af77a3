const express = require('express');

const billing = (module.exports = express());
billing.set('title', 'Billing');
billing.get('/invoices', (req, res) => res.json([]));
