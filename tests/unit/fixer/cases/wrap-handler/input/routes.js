const asyncHandler = require('./async-handler');
const notes = require('./notes');

module.exports = (router) => {
  ⟦g|router.get('/:id', asyncHandler(notes.show.bind(notes)))⟧;
  ⟦G|router.get('/:id/history', notes.history.bind(notes))⟧;
};
