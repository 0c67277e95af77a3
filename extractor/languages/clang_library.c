/* The table of clang_library.h: the library of the version whose headers this was built with, by its soname. */
#include "extractor/languages/clang_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

struct fl_clang fl_clang;
static bool is_loaded;
static pthread_once_t tried = PTHREAD_ONCE_INIT;

static bool find(void *library, const char *name, void *place)
{
    void *symbol = dlsym(library, name);
    memcpy(place, &symbol, sizeof symbol); /* a pointer to an object is none to a function, says ISO C; POSIX makes them alike */
    return symbol != NULL;
}

/* Never unloaded: its threads and tables live as long as the process. */
static void load(void)
{
    void *library = dlopen(FL_CLANG_SONAME, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        library = dlopen(FL_CLANG_PATH, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return;
    is_loaded = true;
#define FL_CLANG(name) is_loaded &= find(library, "clang_" #name, &fl_clang.name);
#include "extractor/languages/clang_library.def"
#undef FL_CLANG
}

bool fl_clang_load(void)
{
    pthread_once(&tried, load);
    return is_loaded;
}
