/*
 * Whole folders: removing and copying. Both walk by descriptors (openat, O_NOFOLLOW), so that a link swapped in while we
 * work leads nowhere, and both are bounded by FL_LIMIT_WALK_DEPTH.
 */
#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN_FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* ---- removing ---- */

static bool remove_below(int parent, const char *name, unsigned depth)
{
    if (unlinkat(parent, name, 0) == 0)
        return true;
    if (errno != EISDIR && errno != EPERM)
        return false;
    if (depth > FL_LIMIT_WALK_DEPTH * 4) {
        errno = ELOOP;
        return false;
    }
    int fd = openat(parent, name, OPEN_FOLDER);
    if (fd < 0 && errno == EACCES && fchmodat(parent, name, 0700, 0) == 0)
        fd = openat(parent, name, OPEN_FOLDER);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (!folder) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool is_gone = true;
    for (struct dirent *found; is_gone && (found = readdir(folder));)
        if (!is_dots(found->d_name))
            is_gone = remove_below(fd, found->d_name, depth + 1);
    int why = errno;
    closedir(folder);
    errno = why;
    return is_gone && unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

fl_status fl_fs_remove_tree(const char *path, fl_err *err)
{
    if (!remove_below(AT_FDCWD, path, 0) && errno != ENOENT)
        return fl_fail(err, FL_E_ENV, "'%s': cannot remove: %s", path, strerror(errno));
    fl_fs_temp_forget(path);
    return FL_OK;
}

/* ---- copying ---- */

struct copy {
    const char *const *skip, *const *link;
    fl_buf from; /* path of the current source, for messages and links */
    size_t entry_count;
    dev_t to_device; /* the copy itself, which may lie inside the original (faultline-out/) and is not copied again */
    ino_t to_inode;
    fl_err *err;
};

static bool is_in(const char *const *names, const char *name)
{
    for (; names && *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

static fl_status failed(struct copy *copy, const char *what)
{
    return fl_fail(copy->err, FL_E_ENV, "'%s': %s: %s", copy->from.ptr, what, strerror(errno));
}

bool fl_fs_copy_bytes(int in, int out)
{
    for (;;) {
        ssize_t put = sendfile(out, in, NULL, (size_t)1 << 30);
        if (put == 0)
            return true;
        if (put < 0 && errno != EINTR && errno != EAGAIN)
            return false;
    }
}

static fl_status copy_file(struct copy *copy, int from_folder, int to_folder, const char *name, const struct stat *info, int flags)
{
    int in = openat(from_folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags);
    if (in < 0)
        return failed(copy, "cannot open");
    int out = openat(to_folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    fl_status status = out < 0 ? failed(copy, "cannot create its copy") : fl_fs_copy_bytes(in, out) ? FL_OK : failed(copy, "cannot copy");
    close(in);
    if (out >= 0) {
        if (!status && fchmod(out, (info->st_mode & 0777) | 0200) != 0)
            status = failed(copy, "cannot set the mode of its copy");
        const struct timespec times[] = {info->st_atim, info->st_mtim}; /* what is built from what is told by them */
        if (!status && futimens(out, times) != 0)
            status = failed(copy, "cannot set the time of its copy");
        if (close(out) != 0 && !status)
            status = failed(copy, "cannot write its copy");
    }
    return status;
}

/* "../../lib/a.c" in the folder "src": it leads out of what is copied. */
static bool leads_out(const char *target, unsigned depth)
{
    fl_str rest = fl_str_from(target), part;
    int64_t level = depth;
    while (level >= 0 && fl_str_split(&rest, '/', &part))
        level += fl_str_eq_c(part, "..") ? -1 : part.len && !fl_str_eq_c(part, ".");
    return target[0] != '/' && level < 0;
}

/* A link that leads out of the original would lead nowhere in the copy: a file is copied, a folder linked where it is. */
static fl_status copy_link(struct copy *copy, int from_folder, int to_folder, const char *name, unsigned depth)
{
    char target[FL_LIMIT_PATH_BYTES];
    ssize_t len = readlinkat(from_folder, name, target, sizeof target - 1);
    if (len < 0)
        return failed(copy, "cannot read link");
    target[len] = '\0';
    struct stat behind;
    if (leads_out(target, depth) && fstatat(from_folder, name, &behind, 0) == 0) {
        if (S_ISREG(behind.st_mode))
            return copy_file(copy, from_folder, to_folder, name, &behind, 0);
        char *real = realpath(copy->from.ptr, NULL);
        bool is_linked = real && symlinkat(real, to_folder, name) == 0;
        free(real);
        return is_linked ? FL_OK : failed(copy, "cannot link");
    }
    return symlinkat(target, to_folder, name) == 0 ? FL_OK : failed(copy, "cannot copy link");
}

static fl_status copy_folder(struct copy *copy, int from, int to, unsigned depth);

static fl_status copy_entry(struct copy *copy, int from, int to, const char *name, unsigned depth)
{
    struct stat info;
    if (fstatat(from, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? FL_OK : failed(copy, "cannot look at");
    if (++copy->entry_count > FL_LIMIT_WALK_ENTRIES)
        return fl_fail(copy->err, FL_E_LIMIT, "'%s': more than %u entries to copy", copy->from.ptr, FL_LIMIT_WALK_ENTRIES);
    struct stat behind;
    bool is_shared = is_in(copy->link, name) && S_ISLNK(info.st_mode) && fstatat(from, name, &behind, 0) == 0 && S_ISDIR(behind.st_mode);
    if (S_ISLNK(info.st_mode) && !is_shared)
        return copy_link(copy, from, to, name, depth);
    if (S_ISREG(info.st_mode))
        return copy_file(copy, from, to, name, &info, O_NOFOLLOW);
    if (!S_ISDIR(info.st_mode) && !is_shared)
        return FL_OK; /* sockets, pipes and devices are not source */
    if (is_in(copy->skip, name) || (info.st_dev == copy->to_device && info.st_ino == copy->to_inode))
        return FL_OK;
    if (is_in(copy->link, name)) {
        char *real = realpath(copy->from.ptr, NULL);
        bool is_linked = real && symlinkat(real, to, name) == 0;
        free(real);
        return is_linked ? FL_OK : failed(copy, "cannot link");
    }
    int from_below = openat(from, name, OPEN_FOLDER);
    if (from_below < 0)
        return failed(copy, "cannot open");
    fl_status status = FL_OK;
    int to_below = -1;
    if (mkdirat(to, name, 0777) != 0 || (to_below = openat(to, name, OPEN_FOLDER)) < 0)
        status = failed(copy, "cannot make its copy");
    else
        status = copy_folder(copy, from_below, to_below, depth + 1);
    if (to_below >= 0)
        close(to_below);
    close(from_below);
    return status;
}

/* Borrows both descriptors. */
static fl_status copy_folder(struct copy *copy, int from, int to, unsigned depth)
{
    if (depth > FL_LIMIT_WALK_DEPTH)
        return fl_fail(copy->err, FL_E_LIMIT, "'%s': folders nest deeper than %u", copy->from.ptr, FL_LIMIT_WALK_DEPTH);
    int listed = openat(from, ".", OPEN_FOLDER);
    DIR *folder = listed < 0 ? NULL : fdopendir(listed);
    if (!folder) {
        if (listed >= 0)
            close(listed);
        return failed(copy, "cannot list");
    }
    fl_arena arena;
    fl_arena_init(&arena);
    FL_VEC(const char *) names = {0};
    for (struct dirent *found; (found = readdir(folder));)
        if (!is_dots(found->d_name))
            fl_vec_push(&arena, &names, fl_str_c(&arena, fl_str_from(found->d_name)));
    closedir(folder);
    fl_status status = FL_OK;
    for (size_t i = 0; i < names.count && !status; i++) {
        size_t len = copy->from.len;
        fl_buf_format(&copy->from, "/%s", names.items[i]);
        status = copy_entry(copy, from, to, names.items[i], depth);
        copy->from.len = len;
        copy->from.ptr[len] = '\0';
    }
    fl_arena_release(&arena);
    return status;
}

fl_status fl_fs_copy_tree(const char *from, const char *to, const char *const *skip, const char *const *link, fl_err *err)
{
    fl_status status = fl_fs_mkdirs(to, err);
    if (status)
        return status;
    struct copy copy = {.skip = skip, .link = link, .err = err};
    fl_buf_init(&copy.from, 0);
    fl_buf_add_c(&copy.from, from);
    int from_folder = open(from, O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* the two roots may be links */
    int to_folder = open(to, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct stat info;
    if (from_folder < 0 || to_folder < 0 || fstat(to_folder, &info) != 0) {
        status = failed(&copy, "cannot copy");
    } else {
        copy.to_device = info.st_dev;
        copy.to_inode = info.st_ino;
        status = copy_folder(&copy, from_folder, to_folder, 0);
    }
    if (from_folder >= 0)
        close(from_folder);
    if (to_folder >= 0)
        close(to_folder);
    fl_buf_release(&copy.from);
    return status;
}
