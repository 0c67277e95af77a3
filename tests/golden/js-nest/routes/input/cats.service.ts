import { Injectable } from "@nestjs/common";

export interface Cat {
  id: string;
  name: string;
}

@Injectable()
export class CatsService {
  private readonly cats: Cat[] = [{ id: "1", name: "Tom" }];

  all(): Cat[] {
    return this.cats;
  }
}
