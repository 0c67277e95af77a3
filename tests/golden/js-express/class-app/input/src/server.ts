import { App } from './app';

new App([{ path: '/music' }]).listen(3000);
