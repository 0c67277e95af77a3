function read(user, key) {
  const city = user?.address.city;
  const zip = user?.address?.[key].zip;
  const bare = (user?.address).city;
  return [city, zip, bare];
}
