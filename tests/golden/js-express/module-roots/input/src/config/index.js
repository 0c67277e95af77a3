export const prefix = '/v1';
