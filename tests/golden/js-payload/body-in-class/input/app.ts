import express, { Request, Response } from 'express';
import { BookingService } from './booking-service';

class BookingController {
  constructor(private readonly service: BookingService) {}

  create = (req: Request, res: Response): void => {
    const { room, guest } = req.body;
    if (!room) {
      res.status(400).json({ error: 'room is required' });
      return;
    }
    res.status(201).json(this.service.book(room, guest));
  };
}

const app = express();
app.use(express.json());
const bookings = new BookingController(new BookingService());
app.post('/bookings', bookings.create);
app.listen(3000);
