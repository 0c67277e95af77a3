function role(req, wanted) {
  if (req.user?.role !== 'admin') return 403;
  if (typeof req.body?.name === 'string') return req.body.name;
  if (req.user?.role === wanted()) return 1;
  if (wanted() === req.user?.role) return 2;
  const is = req.user?.role === 'root' || req.force;
  return is;
}
