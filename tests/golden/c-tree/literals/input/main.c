long numbers[] = { 0, 42, 0x1F, 0b101, 017, 10ul, 0xFFFFFFFFFFFFFFFFull, 1000000LL };
double reals[] = { 1.5, 2., .25f, 1e10, 0x1p4, 3.0L };
int chars[] = { 'a', '\n', '\0', '\'', '\\', '\x41', '\101', L'b' };
const char *texts[] = { "plain", "a\tb\"c\\", "one" " " /* between */ "two"
    "three", "\x41\102" "caf\303\251", "line \
continued", u8"utf", "" };
const void *wide = L"wide";
