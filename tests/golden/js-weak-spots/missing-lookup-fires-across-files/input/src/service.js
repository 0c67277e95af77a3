const UserRepository = require('./users');
const users = new UserRepository();

exports.user = async (id) => users.byId(id);
