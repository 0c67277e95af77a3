import express, { type Express } from 'express';
import { PlayerController } from './player-controller';
import { mount } from './mount';

const app: Express = express();
mount(app, '/players', new PlayerController([]));
app.listen(Number(process.env.PORT ?? 3000));
