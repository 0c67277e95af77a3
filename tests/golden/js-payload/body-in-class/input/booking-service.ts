export class BookingService {
  private readonly booked: string[] = [];

  book(room: string, guest?: { name: string; nights?: number }): { room: string; nights: number } {
    this.booked.push(room.trim());
    return { room, nights: (guest?.nights ?? 1) * 1 };
  }
}
