const request = require('supertest');
const express = require('express');
const app = require('../app');

describe('app', () => {
  it('answers', () => request(app).get('/ok').expect(200));
  it('refuses', () => request(app).post('/nothing').send({}).expect(404));

  it('can be mounted', async () => {
    const outer = express();
    outer.get('/stub', (req, res) => res.send('stub'));
    outer.use('/inner', app);
    await request(outer).get('/inner/ok').expect(200);
  });
});
