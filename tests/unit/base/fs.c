/* Paths as text; files and trees on disk, in a temporary folder of the test's own. */
#include "tests/support/unit.h"

#include "base/fs.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void handles_paths(void **state)
{
    (void)state;
    static const struct {
        const char *path, *dirname, *basename, *extension, *normal;
    } rows[] = {
        {"a/b.js", "a", "b.js", ".js", "a/b.js"},    {"/a", "/", "a", "", "/a"},         {"/", "/", "/", "", "/"},
        {"a", ".", "a", "", "a"},                    {"", ".", "", "", "."},             {"a/b/", "a", "b", "", "a/b"},
        {"./a/../b", "./a/..", "b", "", "b"},        {"../../a", "../..", "a", "", "../../a"}, {"/../a", "/..", "a", "", "/a"},
        {"a//b", "a", "b", "", "a/b"},               {".env", ".", ".env", "", ".env"},  {"x/.env.js", "x", ".env.js", ".js", "x/.env.js"},
        {"a/..", "a", "..", "", "."},                {"a/../..", "a/..", "..", "", ".."}, {"a.d/b", "a.d", "b", "", "a.d/b"},
        {"a/../../b/../c", "a/../../b/..", "c", "", "../c"}, {"a.tar.gz", ".", "a.tar.gz", ".gz", "a.tar.gz"},
    };
    fl_arena arena;
    fl_arena_init(&arena);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_str path = fl_str_from(rows[i].path);
        fl_row_str(rows[i].path, fl_fs_dirname(path), rows[i].dirname);
        fl_row_str(rows[i].path, fl_fs_basename(path), rows[i].basename);
        fl_row_str(rows[i].path, fl_fs_normalize(&arena, path), rows[i].normal);
        if (!strstr(rows[i].path, "..")) /* what ends in dots has no extension worth a name */
            fl_row_str(rows[i].path, fl_fs_extension(path), rows[i].extension);
    }
    static const struct {
        const char *a, *b, *joined;
    } joins[] = {{"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"a", "/b", "/b"}, {"", "b", "b"}, {"a", "", "a"}, {"/", "b", "/b"}, {"a//", "b", "a/b"}};
    for (size_t i = 0; i < FL_COUNT(joins); i++)
        fl_row_str(joins[i].joined, fl_fs_join(&arena, fl_str_from(joins[i].a), fl_str_from(joins[i].b)), joins[i].joined);
    fl_arena_release(&arena);
}

struct folder {
    fl_arena arena;
    fl_str path;
};

static int set_up(void **state)
{
    static struct folder folder;
    fl_err err;
    fl_arena_init(&folder.arena);
    *state = &folder;
    return fl_fs_temp_dir(&folder.arena, "faultline-test", &folder.path, &err);
}

static int tear_down(void **state)
{
    struct folder *folder = *state;
    int status = fl_fs_remove_tree(folder->path.ptr, NULL);
    status |= fl_fs_exists(folder->path.ptr);
    fl_arena_release(&folder->arena);
    return status;
}

static const char *in(struct folder *folder, const char *name)
{
    return fl_fs_join(&folder->arena, folder->path, fl_str_from(name)).ptr;
}

static void reads_and_writes(void **state)
{
    struct folder *folder = *state;
    fl_err err = {0};
    fl_str text;
    fl_row_ok("write, folders missing", fl_fs_write(in(folder, "x/y/z"), FL_S("a\0b"), &err), err);
    fl_row_ok("read", fl_fs_read(&folder->arena, in(folder, "x/y/z"), 3, &text, &err), err);
    fl_row_true("NUL", text.len == 3 && memcmp(text.ptr, "a\0b", 4) == 0);
    fl_row_int("limit", fl_fs_read(&folder->arena, in(folder, "x/y/z"), 2, &text, &err), FL_E_LIMIT);
    fl_row_ok("empty", fl_fs_write(in(folder, "e"), (fl_str){0}, &err), err);
    fl_row_ok("empty", fl_fs_read(&folder->arena, in(folder, "e"), 0, &text, &err), err);
    fl_row_int("folder", fl_fs_read(&folder->arena, in(folder, "x"), 9, &text, &err), FL_E_ENV);
    fl_row_int("missing", fl_fs_read(&folder->arena, in(folder, "no"), 9, &text, &err), FL_E_ENV);
    fl_row_true("says what", strstr(err.text, "/no': cannot open: No such file") != NULL);
    fl_row_int("fifo", mkfifo(in(folder, "fifo"), 0600), 0);
    fl_row_int("fifo does not hang", fl_fs_read(&folder->arena, in(folder, "fifo"), 9, &text, &err), FL_E_ENV);
    fl_row_int("device", fl_fs_read(&folder->arena, "/dev/zero", 9, &text, &err), FL_E_ENV);
    fl_row_ok("size 0, yet not empty", fl_fs_read(&folder->arena, "/proc/self/status", 1 << 20, &text, &err), err);
    fl_row_true("size 0, yet not empty", text.len > 100);
    fl_row_int("limit of what has size 0", fl_fs_read(&folder->arena, "/proc/self/status", 10, &text, &err), FL_E_LIMIT);
    fl_row_int("onto a folder", fl_fs_write(in(folder, "x"), FL_S("a"), &err), FL_E_ENV);
    fl_row_int("below a file", fl_fs_write(in(folder, "e/f"), FL_S("a"), &err), FL_E_ENV);
    fl_row_int("mode", chmod(in(folder, "e"), 0750), 0);
    fl_row_ok("replace", fl_fs_write(in(folder, "e"), FL_S("new"), &err), err);
    struct stat info;
    fl_row_int("mode stays", stat(in(folder, "e"), &info) == 0 ? (int)(info.st_mode & 0777) : -1, 0750);
    fl_fs_entries entries;
    fl_row_ok("list", fl_fs_list(&folder->arena, folder->path.ptr, &entries, &err), err);
    fl_row_size("no temporary left", entries.count, 3);
    fl_row_str("sorted", entries.items[0].name, "e");
    fl_row_str("sorted", entries.items[2].name, "x");
    fl_row_true("kinds", entries.items[0].is_file && !entries.items[1].is_file && entries.items[2].is_dir);
}

/* `-o /dev/null` by root once replaced the device for the whole machine. Links stand in for it: what a bug replaces then
 * is a link in our own folder. */
static void spares_devices_and_originals(void **state)
{
    struct folder *folder = *state;
    fl_err err = {0};
    fl_str text;
    struct stat info;
    fl_row_int("link to a device", symlink("/dev/zero", in(folder, "device")), 0);
    fl_row_ok("write", fl_fs_write(in(folder, "device"), FL_S("x"), &err), err);
    fl_row_true("still a link", lstat(in(folder, "device"), &info) == 0 && S_ISLNK(info.st_mode));
    fl_row_int("pipe", mkfifo(in(folder, "fifo"), 0600), 0);
    int reader = open(in(folder, "fifo"), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    char got[8] = "";
    fl_row_ok("write", fl_fs_write(in(folder, "fifo"), FL_S("piped"), &err), err);
    fl_row_int("read", read(reader, got, sizeof got - 1), 5);
    fl_row_str("read", fl_str_from(got), "piped");
    fl_row_true("still a pipe", lstat(in(folder, "fifo"), &info) == 0 && S_ISFIFO(info.st_mode));
    close(reader);
    fl_row_ok("original", fl_fs_write(in(folder, "original"), FL_S("old"), &err), err);
    fl_row_int("link to it", symlink("original", in(folder, "link")), 0);
    fl_row_ok("write", fl_fs_write(in(folder, "link"), FL_S("new"), &err), err);
    fl_row_ok("read", fl_fs_read(&folder->arena, in(folder, "original"), 9, &text, &err), err);
    fl_row_str("untouched", text, "old");
}

static void copies_trees(void **state)
{
    struct folder *folder = *state;
    static const char *const skip[] = {".git", NULL}, *const link_names[] = {"node_modules", NULL};
    fl_err err = {0};
    fl_str text;
    fl_row_ok("file", fl_fs_write(in(folder, "from/src/a.js"), FL_S("a"), &err), err);
    fl_row_ok("skipped", fl_fs_write(in(folder, "from/.git/x"), FL_S("x"), &err), err);
    fl_row_ok("linked", fl_fs_write(in(folder, "from/node_modules/m/i.js"), FL_S("m"), &err), err);
    fl_row_int("link", symlink("src/a.js", in(folder, "from/link")), 0);
    fl_row_int("dangling", symlink("/nowhere", in(folder, "from/dangling")), 0);
    fl_row_int("loop", symlink("..", in(folder, "from/src/up")), 0);
    fl_row_int("executable", chmod(in(folder, "from/src/a.js"), 0755), 0);
    fl_row_ok("copy", fl_fs_copy_tree(in(folder, "from"), in(folder, "to"), skip, link_names, &err), err);
    fl_row_ok("read", fl_fs_read(&folder->arena, in(folder, "to/src/a.js"), 9, &text, &err), err);
    fl_row_str("text", text, "a");
    fl_row_true("executable", fl_fs_is_executable(in(folder, "to/src/a.js")));
    fl_row_true("skipped", !fl_fs_exists(in(folder, "to/.git")));
    struct stat info;
    fl_row_true("linked", lstat(in(folder, "to/node_modules"), &info) == 0 && S_ISLNK(info.st_mode));
    fl_row_true("works", fl_fs_exists(in(folder, "to/node_modules/m/i.js")));
    fl_row_true("link as link", lstat(in(folder, "to/link"), &info) == 0 && S_ISLNK(info.st_mode));
    fl_row_true("dangling as link", lstat(in(folder, "to/dangling"), &info) == 0 && S_ISLNK(info.st_mode));
    fl_row_ok("into itself", fl_fs_copy_tree(in(folder, "from"), in(folder, "from/out/copy"), skip, link_names, &err), err);
    fl_row_true("into itself, once", fl_fs_exists(in(folder, "from/out/copy/src/a.js")) && !fl_fs_exists(in(folder, "from/out/copy/out/copy/src")));
    fl_row_int("missing", fl_fs_copy_tree(in(folder, "no"), in(folder, "to2"), NULL, NULL, &err), FL_E_ENV);
    /* removing the copy leaves what its links lead to */
    fl_row_ok("remove", fl_fs_remove_tree(in(folder, "to"), &err), err);
    fl_row_true("original stays", fl_fs_exists(in(folder, "from/node_modules/m/i.js")) && !fl_fs_exists(in(folder, "to")));
    fl_row_ok("what is not there", fl_fs_remove_tree(in(folder, "to"), &err), err);
}

/* Links that lead out of what is copied: nothing would be there in the copy. */
static void copies_what_links_lead_to(void **state)
{
    struct folder *folder = *state;
    fl_err err = {0};
    fl_str text;
    struct stat info;
    static const struct { const char *link, *target, *behind; bool is_link; } rows[] = {
        {"from/src/file", "../../outside/a.txt", "to/src/file", false},        /* a file beside the tree is copied */
        {"from/src/inside", "../kept", "to/src/inside", true},                 /* up and down again, but inside */
        {"from/folder", "../outside", "to/folder/a.txt", true},                /* a folder is linked where it is */
        {"from/lost", "../../../no/such/file", NULL, true},
    };
    fl_row_ok("outside", fl_fs_write(in(folder, "outside/a.txt"), FL_S("a"), &err), err);
    fl_row_ok("inside", fl_fs_write(in(folder, "from/kept"), FL_S("kept"), &err), err);
    fl_row_ok("folder", fl_fs_write(in(folder, "from/src/b"), FL_S("b"), &err), err);
    for (size_t i = 0; i < FL_COUNT(rows); i++)
        fl_row_int(rows[i].link, symlink(rows[i].target, in(folder, rows[i].link)), 0);
    fl_row_ok("copy", fl_fs_copy_tree(in(folder, "from"), in(folder, "to"), NULL, NULL, &err), err);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        char copy[64];
        (void)snprintf(copy, sizeof copy, "to%s", rows[i].link + 4);
        fl_row_int(rows[i].link, lstat(in(folder, copy), &info), 0);
        fl_row_int(rows[i].link, S_ISLNK(info.st_mode), rows[i].is_link);
        fl_row_true(rows[i].link, rows[i].behind == NULL || fl_fs_exists(in(folder, rows[i].behind)));
    }
    /* what was copied is the copy's own */
    fl_row_ok("write", fl_fs_write(in(folder, "to/src/file"), FL_S("new"), &err), err);
    fl_row_ok("read", fl_fs_read(&folder->arena, in(folder, "outside/a.txt"), 9, &text, &err), err);
    fl_row_str("the original stays", text, "a");
}

static void is_bounded(void **state)
{
    struct folder *folder = *state;
    fl_err err = {0};
    fl_str deep = fl_str_copy(&folder->arena, folder->path);
    for (unsigned i = 0; i < FL_LIMIT_WALK_DEPTH + 5; i++)
        deep = fl_fs_join(&folder->arena, deep, FL_S("d"));
    fl_row_ok("deep", fl_fs_mkdirs(deep.ptr, &err), err);
    fl_row_int("too deep to copy", fl_fs_copy_tree(in(folder, "d"), in(folder, "to"), NULL, NULL, &err), FL_E_LIMIT);
    fl_row_int("no name", fl_fs_mkdirs("", &err), FL_E_ENV);
}

/* Only what differs is touched; equal in size and time is equal. */
static void mirrors(void **state)
{
    struct folder *folder = *state;
    fl_err err = {0};
    fl_str text;
    fl_row_ok("file", fl_fs_write(in(folder, "from/a"), FL_S("a"), &err), err);
    fl_row_ok("file", fl_fs_write(in(folder, "from/sub/b"), FL_S("b"), &err), err);
    fl_row_ok("file", fl_fs_write(in(folder, "from/sub/deep/c"), FL_S("c"), &err), err);
    fl_row_int("link", symlink("sub", in(folder, "from/link")), 0);
    fl_row_int("loop", symlink("..", in(folder, "from/sub/up")), 0);
    fl_row_int("pipe", mkfifo(in(folder, "from/pipe"), 0600), 0);
    fl_row_ok("new", fl_fs_mirror(in(folder, "from"), in(folder, "to"), &err), err);
    struct stat before, after;
    fl_row_int("stat", stat(in(folder, "to/a"), &before), 0);
    fl_row_ok("changed", fl_fs_write(in(folder, "from/sub/b"), FL_S("other"), &err), err);
    fl_row_ok("removed", fl_fs_remove_tree(in(folder, "from/sub/deep"), &err), err);
    fl_row_ok("another kind", fl_fs_write(in(folder, "from/sub/deep"), FL_S("file"), &err), err);
    fl_row_ok("more in the mirror", fl_fs_write(in(folder, "to/sub/new/x"), FL_S("x"), &err), err);
    fl_row_int("unlink", unlink(in(folder, "from/link")), 0);
    fl_row_int("another target", symlink("a", in(folder, "from/link")), 0);
    fl_row_ok("again", fl_fs_mirror(in(folder, "from"), in(folder, "to"), &err), err);
    fl_row_int("stat", stat(in(folder, "to/a"), &after), 0);
    fl_row_true("not touched", before.st_ino == after.st_ino);
    static const struct { const char *path, *text; } rows[] = {{"to/a", "a"}, {"to/sub/b", "other"}, {"to/sub/deep", "file"}, {"to/link", "a"}};
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_row_ok(rows[i].path, fl_fs_read(&folder->arena, in(folder, rows[i].path), 9, &text, &err), err);
        fl_row_str(rows[i].path, text, rows[i].text);
    }
    fl_row_true("no more", !fl_fs_exists(in(folder, "to/sub/new")) && !fl_fs_exists(in(folder, "to/pipe")));
    fl_row_int("missing", fl_fs_mirror(in(folder, "no"), in(folder, "to2"), &err), FL_E_ENV);
}

FL_UNIT(fs, cmocka_unit_test(handles_paths), cmocka_unit_test_setup_teardown(reads_and_writes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(spares_devices_and_originals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(copies_trees, set_up, tear_down),
        cmocka_unit_test_setup_teardown(copies_what_links_lead_to, set_up, tear_down), cmocka_unit_test_setup_teardown(mirrors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(is_bounded, set_up, tear_down))
