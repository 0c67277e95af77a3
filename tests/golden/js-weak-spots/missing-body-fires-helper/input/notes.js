exports.titleOf = (note) => {
  return note.title || 'untitled';
};
