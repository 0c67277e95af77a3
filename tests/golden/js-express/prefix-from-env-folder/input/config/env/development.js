module.exports = { API_BASE: '/api/v2' };
