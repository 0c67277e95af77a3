import { logger } from './server';

export function list() {
  logger.info('birds');
  return ['owl'];
}
