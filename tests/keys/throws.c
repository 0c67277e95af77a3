/* Preloaded into a sanitized C++ fixture by native.mjs: prints the stack of every exception as it is thrown, so that the
 * key's line can be compared even when the library answers 500 and goes on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

__attribute__((weak)) void __sanitizer_print_stack_trace(void);
void __cxa_throw(void *thrown, void *type, void (*destroy)(void *));

void __cxa_throw(void *thrown, void *type, void (*destroy)(void *))
{
    static const char head[] = "exception thrown\n";
    void (*next)(void *, void *, void (*)(void *)) = NULL;

    *(void **)&next = dlsym(RTLD_NEXT, "__cxa_throw");
    if (write(STDERR_FILENO, head, sizeof head - 1) > 0 && __sanitizer_print_stack_trace) {
        __sanitizer_print_stack_trace();
    }
    next(thrown, type, destroy);
    abort();
}
