const dogs = [];
exports.list = (req, res) => res.json(dogs);
exports.add = (req, res) => { dogs.push(req.body.dog.name); res.status(201).json(dogs); };
exports.one = (req, res) => res.json(dogs.find(d => d.id === req.params.id).name);
