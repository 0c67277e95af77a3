import express from "express";
import { DataSource, Entity, Column, PrimaryGeneratedColumn } from "typeorm";
@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;
  @Column()
  title: string;
  @Column({ nullable: true })
  pages?: number;
}
const source = new DataSource({ type: "sqlite", database: ":memory:", entities: [Book] });
const books = source.getRepository(Book);
const app = express();
app.use(express.json());
app.post("/books", async (req, res) => { const book = books.create(req.body); await books.save(book); res.status(201).json(book); });
app.put("/books/:id", async (req, res) => { await books.update(req.params.id, req.body); res.sendStatus(204); });
app.listen(3000);
