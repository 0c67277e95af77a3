function allowed(req) {
  if (req.user?.isAdmin) return req.user.id;
  if (!req.user?.profile?.name) return null;
  return req.user.profile.name.length;
}
