export const store = { list: () => [{ id: 1, name: "cup" }] };
