/*
 * One folder made equal to another by touching only what differs: size, time of change, mode or kind. Both lie in a scratch folder of
 * ours and nobody writes there meanwhile; links are kept as links and never followed.
 */
#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct mirror {
    size_t entry_count;
    fl_err *err;
};

static fl_status failed(struct mirror *mirror, const char *path, const char *what)
{
    return fl_fail(mirror->err, FL_E_ENV, "'%s': %s: %s", path, what, strerror(errno));
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return S_ISREG(b->st_mode) && a->st_size == b->st_size && a->st_mode == b->st_mode && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static fl_status mirror_file(struct mirror *mirror, const char *from, const char *to, const struct stat *info)
{
    int in = open(from, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (in < 0)
        return failed(mirror, from, "cannot open");
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const struct timespec times[] = {info->st_atim, info->st_mtim};
    bool is_done = out >= 0 && fl_fs_copy_bytes(in, out) && fchmod(out, info->st_mode & 07777) == 0 && futimens(out, times) == 0;
    fl_status status = is_done ? FL_OK : failed(mirror, to, "cannot write");
    close(in);
    if (out >= 0 && close(out) != 0 && !status)
        status = failed(mirror, to, "cannot write");
    return status;
}

static fl_status mirror_link(struct mirror *mirror, const char *from, const char *to, bool is_there)
{
    char target[FL_LIMIT_PATH_BYTES], other[FL_LIMIT_PATH_BYTES];
    ssize_t len = readlink(from, target, sizeof target - 1);
    if (len < 0)
        return failed(mirror, from, "cannot read link");
    target[len] = '\0';
    ssize_t other_len = is_there ? readlink(to, other, sizeof other) : -1;
    if (other_len == len && memcmp(target, other, (size_t)len) == 0)
        return FL_OK;
    if (is_there && unlink(to) != 0)
        return failed(mirror, to, "cannot remove");
    return symlink(target, to) == 0 ? FL_OK : failed(mirror, to, "cannot link");
}

static fl_status mirror_folder(struct mirror *mirror, fl_str from, fl_str to, unsigned depth);

static fl_status mirror_entry(struct mirror *mirror, fl_arena *arena, fl_str from, fl_str to, unsigned depth)
{
    struct stat info, other;
    if (lstat(from.ptr, &info) != 0)
        return errno == ENOENT ? FL_OK : failed(mirror, from.ptr, "cannot look at");
    if (++mirror->entry_count > FL_LIMIT_WALK_ENTRIES)
        return fl_fail(mirror->err, FL_E_LIMIT, "'%s': more than %u entries to copy", from.ptr, FL_LIMIT_WALK_ENTRIES);
    bool is_there = lstat(to.ptr, &other) == 0;
    bool is_kept = is_there && (S_ISDIR(info.st_mode) ? S_ISDIR(other.st_mode) : S_ISLNK(info.st_mode) ? S_ISLNK(other.st_mode) : is_same_file(&info, &other));
    if (is_there && !is_kept) {
        fl_status status = fl_fs_remove_tree(to.ptr, mirror->err);
        if (status)
            return status;
        is_there = false;
    }
    if (S_ISDIR(info.st_mode)) {
        if (!is_there && mkdir(to.ptr, 0777) != 0)
            return failed(mirror, to.ptr, "cannot make");
        return mirror_folder(mirror, fl_str_copy(arena, from), fl_str_copy(arena, to), depth + 1);
    }
    if (S_ISLNK(info.st_mode))
        return mirror_link(mirror, from.ptr, to.ptr, is_there);
    return is_kept || !S_ISREG(info.st_mode) ? FL_OK : mirror_file(mirror, from.ptr, to.ptr, &info);
}

static fl_status mirror_folder(struct mirror *mirror, fl_str from, fl_str to, unsigned depth)
{
    if (depth > FL_LIMIT_WALK_DEPTH)
        return fl_fail(mirror->err, FL_E_LIMIT, "'%s': folders nest deeper than %u", from.ptr, FL_LIMIT_WALK_DEPTH);
    fl_arena arena;
    fl_arena_init(&arena);
    fl_fs_entries wanted = {0}, there = {0};
    fl_status status = fl_fs_list(&arena, from.ptr, &wanted, mirror->err);
    if (!status)
        status = fl_fs_list(&arena, to.ptr, &there, mirror->err);
    for (size_t i = 0, k = 0; i < there.count && !status; i++) {   /* both are sorted */
        while (k < wanted.count && fl_str_cmp(wanted.items[k].name, there.items[i].name) < 0)
            k++;
        if (k == wanted.count || !fl_str_eq(wanted.items[k].name, there.items[i].name))
            status = fl_fs_remove_tree(fl_fs_join(&arena, to, there.items[i].name).ptr, mirror->err);
    }
    for (size_t i = 0; i < wanted.count && !status; i++)
        status = mirror_entry(mirror, &arena, fl_fs_join(&arena, from, wanted.items[i].name), fl_fs_join(&arena, to, wanted.items[i].name), depth);
    fl_arena_release(&arena);
    return status;
}

fl_status fl_fs_mirror(const char *from, const char *to, fl_err *err)
{
    struct mirror mirror = {.err = err};
    fl_status status = fl_fs_mkdirs(to, err);
    return status ? status : mirror_folder(&mirror, fl_str_from(from), fl_str_from(to), 0);
}
