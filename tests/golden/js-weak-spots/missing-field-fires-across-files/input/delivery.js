function label(address) {
  return `${address.street}, ${address.city}`;
}

exports.deliver = (items, address) => {
  return { label: label(address), items };
};
