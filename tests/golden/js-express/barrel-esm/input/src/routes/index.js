export { default } from './users.js';
export { router as teams } from './teams.js';
export * from './files.js';
