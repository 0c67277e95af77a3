export const base = '/api' as const;
