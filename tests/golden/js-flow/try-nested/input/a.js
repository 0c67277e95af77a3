function both(a) {
  try {
    try { first(a); } catch (e) { second(e); }
    third();
  } catch (e) {
    fourth(e);
  }
}
