export const posts = new Map();
