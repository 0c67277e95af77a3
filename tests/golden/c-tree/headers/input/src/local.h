#define LOCAL 3
