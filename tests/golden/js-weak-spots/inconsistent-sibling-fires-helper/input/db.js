const { connect } = require('@company/database');

module.exports = connect(process.env.DATABASE_URL);
