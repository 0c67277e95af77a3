async function use(pool, id) {
  const client = await pool.connect();
  try {
    if (!id) return;
    return await client.query(id);
  } finally {
    client.release();
  }
}
