function guards(a, b, c) {
  if (a && !b) one();
  else if (!(a || b) && c) two();
  if (a ? b : c) three();
  if (true) four(); else never();
  while (a != null && a.next) a = a.next;
}
