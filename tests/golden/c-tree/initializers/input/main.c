struct route { const char *method, *path; int (*handler)(int); struct { int low, high; } range; int flags[2]; };
int get(int), put(int);
struct route table[] = {
    { "GET", "/items", get, { 1, 2 }, { 3, 4 } },
    { .path = "/items/:id", .method = "PUT", .handler = put, .range.high = 9 },
    { .method = "DELETE", "/behind" },
    { 0 },
};
struct route flat = { "A", "/a", 0, 1, 2, 3, 4 };
int sparse[] = { [2] = 20, 30, [0] = 1 };
int scalar = { 5 };
struct route single = { "ONLY" };
int *nothing = 0;
void set(struct route r) { r = (struct route){ "X", .handler = &get }; }
