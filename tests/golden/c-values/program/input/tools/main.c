int started;
int get_item(int id) { return id; }
int main(void) { started = get_item(7); return 0; }
