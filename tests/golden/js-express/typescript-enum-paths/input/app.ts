import express from 'express';

enum Path {
  Home = '/home',
  Help = '/help',
}

const Api = { Songs: '/songs' } as const;

namespace Admin {
  export const root = '/admin';
}

const app = express();
app.get(Path.Home, (_req, res) => void res.send('home'));
app.get(Path['Help'], (_req, res) => void res.send('help'));
app.get(Api.Songs satisfies string, (_req, res) => void res.json([]));
app.get(`${Admin.root}/users`, (_req, res) => void res.json([]));
app.listen(3000);
