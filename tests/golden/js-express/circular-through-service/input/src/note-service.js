const { logger } = require('./server');

exports.list = () => {
  logger.info('list');
  return [];
};
