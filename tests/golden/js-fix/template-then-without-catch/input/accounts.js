exports.load = async (id) => {
  if (id !== '1') {
    throw Object.assign(new Error('no such account'), { status: 404 });
  }
  return { balance: 5 };
};
