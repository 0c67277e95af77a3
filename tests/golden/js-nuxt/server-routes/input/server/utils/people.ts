export const people = [{ id: "1", name: "Ann", email: "ann@example.org" }];
export function personOf(id: string) {
  return people.find((one) => one.id === id);
}
