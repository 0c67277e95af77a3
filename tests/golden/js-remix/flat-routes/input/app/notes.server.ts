const notes = new Map<string, { id: string; title: string }>();
export const getNote = async (id: string) => notes.get(id);
export const createNote = async (title: string) => ({ id: "1", title });
