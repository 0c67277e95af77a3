module.exports = {
  alpha: require('./alpha'),
  ...require('./others'),
};
