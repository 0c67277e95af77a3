let = = 3;
}}} f(a.b, c(d)) ((
