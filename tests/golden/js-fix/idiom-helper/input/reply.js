exports.fail = (res, status, message) => res.status(status).json({ data: null, message });
