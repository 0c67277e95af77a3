const express = require('express');
const app = express();
app.use(express.json());
let books = [{ id: 1, title: 'Emma', pages: 474, isRead: false }];
const shelves = [{ id: 1, label: 'A' }];
app.post('/books', (req, res) => {
  const book = { id: books.length + 1, ...req.body };
  books.push(book);
  res.status(201).json(book);
});
app.patch('/books/:id', (req, res) => {
  const book = books.find(b => b.id === Number(req.params.id));
  if (!book) return res.sendStatus(404);
  Object.assign(book, req.body);
  res.json(book);
});
app.put('/books/:id', (req, res) => {
  const index = books.findIndex(b => b.id === Number(req.params.id));
  if (index < 0) return res.sendStatus(404);
  books[index] = { ...books[index], ...req.body, id: books[index].id };
  res.json(books[index]);
});
app.post('/shelves', (req, res) => {
  shelves.push(req.body);
  res.status(201).json(req.body);
});
app.listen(3000);
