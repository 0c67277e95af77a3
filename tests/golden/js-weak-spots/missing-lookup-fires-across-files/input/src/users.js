class UserRepository {
  rows = [{ id: 1, email: 'A@example.com' }];

  byId(id) {
    return this.rows.find((row) => row.id === id);
  }
}

module.exports = UserRepository;
