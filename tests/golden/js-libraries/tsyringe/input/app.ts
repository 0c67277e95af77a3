// What a container makes of a class is one of it: its method runs.
import express, { Request, Response, NextFunction } from "express";
import "express-async-errors";
import { container, inject, injectable } from "tsyringe";

class AppError {
  constructor(public readonly message: string, public readonly statusCode = 400) {}
}

@injectable()
class CreateCategory {
  constructor(@inject("Categories") private categories: any) {}

  async execute({ name, description }: { name: string; description: string }) {
    if (await this.categories.findByName(name)) throw new AppError("exists", 409);
    return this.categories.create({ name, description });
  }
}

const app = express();
app.use(express.json());
app.post("/categories", async (request: Request, response: Response) => {
  const { name, description } = request.body;
  await container.resolve(CreateCategory).execute({ name, description });
  return response.status(201).send();
});
app.use((err: Error, request: Request, response: Response, next: NextFunction) => {
  if (err instanceof AppError) return response.status(err.statusCode).json({ message: err.message });
  return response.status(500).json({ message: "no" });
});
app.listen(3000);
