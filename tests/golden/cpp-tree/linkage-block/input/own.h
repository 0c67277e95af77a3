static inline int own(int x) { return x + 1; }
