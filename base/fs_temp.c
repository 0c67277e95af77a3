/*
 * Temporary folders. Those that live are kept in a fixed table of plain characters, so that a signal handler can take them
 * away without memory or locks: it runs rm, which is all that is safe to do there.
 */
#include "base/fs.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_LIVE = 32, MAX_PATH = 256, NAMED = 8 };
enum { FREE, FILLING, LIVE };

static struct { atomic_int state; char path[MAX_PATH]; } live[MAX_LIVE];

/* One that finds no place (too many, too long) is only forgotten: nobody takes it away after an interrupt. */
static void remember(fl_str path)
{
    for (int i = 0; path.len < MAX_PATH && i < MAX_LIVE; i++) {
        int expected = FREE;
        if (!atomic_compare_exchange_strong(&live[i].state, &expected, FILLING))
            continue;
        memcpy(live[i].path, path.ptr, path.len);
        live[i].path[path.len] = '\0';
        atomic_store(&live[i].state, LIVE);
        return;
    }
}

void fl_fs_temp_forget(const char *path)
{
    for (int i = 0; i < MAX_LIVE; i++)
        if (atomic_load(&live[i].state) == LIVE && strcmp(live[i].path, path) == 0)
            atomic_store(&live[i].state, FREE);
}

static const char *parent_folder(void)
{
    const char *base = getenv("TMPDIR");
    return base && *base ? base : "/tmp";
}

fl_status fl_fs_temp_dir_for(fl_arena *arena, const char *prefix, fl_str subject, fl_str *out, fl_err *err)
{
    for (int i = 0; i < NAMED; i++) {
        fl_str folder = fl_str_format(arena, "%s/%s-%016llx-%d", parent_folder(), prefix, (unsigned long long)fl_str_hash(subject), i);
        if (mkdir(folder.ptr, 0700) != 0)
            continue;
        remember(folder);
        *out = folder;
        return FL_OK;
    }
    return fl_fs_temp_dir(arena, prefix, out, err);
}

fl_status fl_fs_temp_dir(fl_arena *arena, const char *prefix, fl_str *out, fl_err *err)
{
    const char *base = parent_folder();
    fl_str folder = fl_str_format(arena, "%s/%s-XXXXXX", base, prefix);
    if (!mkdtemp((char *)(uintptr_t)folder.ptr)) /* our own fresh bytes */
        return fl_fail(err, FL_E_ENV, "'%s': cannot make a temporary folder: %s; set TMPDIR", base, strerror(errno));
    remember(folder);
    *out = folder;
    return FL_OK;
}

void fl_fs_temp_remove_all(void)
{
    char *words[MAX_LIVE + 4] = {(char *)(uintptr_t)"rm", (char *)(uintptr_t)"-rf", (char *)(uintptr_t)"--"};
    size_t count = 3;
    for (int i = 0; i < MAX_LIVE; i++)
        if (atomic_load(&live[i].state) == LIVE)
            words[count++] = live[i].path;
    if (count == 3)
        return;
    pid_t child = _Fork();
    if (child == 0) {
        execv("/bin/rm", words);
        _exit(127);
    }
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
}
