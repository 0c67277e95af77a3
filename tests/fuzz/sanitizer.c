/* Linked into every fuzz target: what the leak checker must not hold against us. */

const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    /* The distribution's libfyaml loses a buffer on some refused documents. */
    return "leak:libfyaml.so\n";
}
