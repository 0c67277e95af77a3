module.exports = { Router: require("restify").Router };
