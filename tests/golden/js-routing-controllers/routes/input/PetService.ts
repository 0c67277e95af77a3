import { Service } from "typedi";

interface Pet { id: number; name: string; kind: string }
const rows: Pet[] = [{ id: 1, name: "tom", kind: "cat" }];

@Service()
export class PetService {
  find(kind?: string) {
    return rows.filter((row) => !kind || row.kind === kind);
  }

  one(id: number) {
    return rows.find((row) => row.id === id);
  }

  remove(id: number) {
    rows.splice(rows.findIndex((row) => row.id === id), 1);
  }
}
