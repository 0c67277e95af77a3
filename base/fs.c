/*
 * Files and folders: paths first (text only), then reading, writing, lists. Whole trees are in fs_tree.c.
 * Nothing here follows a link it was not pointed at, and every descriptor closes on exec.
 */
#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- paths ---- */

fl_str fl_fs_join(fl_arena *arena, fl_str a, fl_str b)
{
    if (a.len == 0 || (b.len && b.ptr[0] == '/'))
        return fl_str_copy(arena, b);
    if (b.len == 0)
        return fl_str_copy(arena, a);
    while (a.len > 1 && a.ptr[a.len - 1] == '/')
        a.len--;
    return fl_str_join(arena, a, a.ptr[a.len - 1] == '/' ? FL_S("") : FL_S("/"), b);
}

fl_str fl_fs_dirname(fl_str path)
{
    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    ptrdiff_t at = fl_str_rfind_char(path, '/');
    if (at < 0)
        return FL_S(".");
    while (at > 0 && path.ptr[at - 1] == '/')
        at--;
    return (fl_str){path.ptr, at ? (size_t)at : 1};
}

fl_str fl_fs_basename(fl_str path)
{
    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    ptrdiff_t at = fl_str_rfind_char(path, '/');
    return path.len == 1 ? path : fl_str_sub(path, (size_t)(at + 1), path.len);
}

fl_str fl_fs_extension(fl_str path)
{
    fl_str name = fl_fs_basename(path);
    ptrdiff_t at = fl_str_rfind_char(name, '.');
    return at > 0 ? fl_str_sub(name, (size_t)at, name.len) : (fl_str){0};
}

/* "a/./b/../c" is "a/c"; ".." above a relative start stays, above "/" it goes; an empty result is ".". */
fl_str fl_fs_normalize(fl_arena *arena, fl_str path)
{
    bool is_absolute = path.len && path.ptr[0] == '/';
    char *out = fl_arena_alloc(arena, path.len + 2);
    size_t len = 0, floor = 0; /* floor: what ".." may not take away */
    if (is_absolute)
        out[len++] = '/', floor = 1;
    fl_str rest = path, part;
    while (fl_str_split(&rest, '/', &part)) {
        if (part.len == 0 || fl_str_eq(part, FL_S(".")))
            continue;
        bool is_up = fl_str_eq(part, FL_S(".."));
        if (is_up && len > floor) {
            while (len > floor && out[len - 1] != '/')
                len--;
            if (len > floor)
                len--;
            continue;
        }
        if (is_up && is_absolute)
            continue;
        if (len && out[len - 1] != '/')
            out[len++] = '/';
        memcpy(out + len, part.ptr, part.len);
        len += part.len;
        if (is_up)
            floor = len;
    }
    if (len == 0)
        out[len++] = '.';
    out[len] = '\0';
    return (fl_str){out, len};
}

fl_status fl_fs_real(fl_arena *arena, const char *path, fl_str *out, fl_err *err)
{
    char *real = realpath(path, NULL);
    if (!real)
        return fl_fail(err, FL_E_ENV, "'%s': %s", path, strerror(errno));
    *out = fl_str_copy(arena, fl_str_from(real));
    free(real);
    return FL_OK;
}

/* ---- questions ---- */

bool fl_fs_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

bool fl_fs_is_dir(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool fl_fs_is_executable(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && access(path, X_OK) == 0;
}

bool fl_fs_size(const char *path, uint64_t *size_bytes)
{
    struct stat info;
    if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    *size_bytes = (uint64_t)info.st_size;
    return true;
}

/* ---- reading ---- */

/* The size of a regular file is a hint: it may change while we read (a log), or be 0 (below /proc). */
static fl_status read_all(int fd, fl_arena *arena, const char *path, size_t size_byte, size_t limit_bytes, fl_str *out,
                          fl_err *err)
{
    size_t capacity = size_byte + 1, len = 0;
    char *bytes = fl_arena_alloc(arena, capacity);
    for (;;) {
        if (len + 1 > limit_bytes + 1)
            break;
        if (len + 1 >= capacity) {
            bytes = fl_arena_grow(arena, bytes, capacity, capacity * 2 + 4096);
            capacity = capacity * 2 + 4096;
        }
        ssize_t got = read(fd, bytes + len, capacity - 1 - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fl_fail(err, FL_E_ENV, "'%s': cannot read: %s", path, strerror(errno));
        if (got == 0)
            break;
        len += (size_t)got;
        if (len == size_byte && len <= limit_bytes) {
            char more; /* the usual case: one read, one look whether that was all */
            got = read(fd, &more, 1);
            if (got == 0)
                break;
            if (got > 0) {
                bytes = fl_arena_grow(arena, bytes, capacity, capacity * 2 + 4096);
                capacity = capacity * 2 + 4096;
                bytes[len++] = more;
            }
        }
    }
    if (len > limit_bytes)
        return fl_fail(err, FL_E_LIMIT, "'%s' is larger than %zu bytes", path, limit_bytes);
    bytes[len] = '\0';
    *out = (fl_str){bytes, len};
    return FL_OK;
}

fl_status fl_fs_read(fl_arena *arena, const char *path, size_t limit_bytes, fl_str *out, fl_err *err)
{
    *out = (fl_str){0};
    /* O_NONBLOCK: opening a FIFO must not wait for a writer. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0) {
        int why = errno;
        if (fd >= 0)
            close(fd);
        return fl_fail(err, FL_E_ENV, "'%s': cannot open: %s", path, strerror(why));
    }
    fl_status status;
    if (!S_ISREG(info.st_mode))
        status = fl_fail(err, FL_E_ENV, "'%s' is not a regular file", path);
    else if ((uint64_t)info.st_size > limit_bytes)
        status = fl_fail(err, FL_E_LIMIT, "'%s' is larger than %zu bytes", path, limit_bytes);
    else
        status = read_all(fd, arena, path, (size_t)info.st_size, limit_bytes, out, err);
    close(fd);
    return status;
}

/* ---- writing ---- */

fl_status fl_fs_mkdirs(const char *path, fl_err *err)
{
    char part[FL_LIMIT_PATH_BYTES];
    size_t len = strlen(path);
    if (len == 0 || len >= sizeof part)
        return fl_fail(err, FL_E_ENV, "'%s': not a usable path", path);
    memcpy(part, path, len + 1);
    for (size_t i = 1; i <= len; i++) {
        if (part[i] != '/' && part[i] != '\0')
            continue;
        char kept = part[i];
        part[i] = '\0';
        if (mkdir(part, 0777) != 0 && !fl_fs_is_dir(part))
            return fl_fail(err, FL_E_ENV, "'%s': cannot make folder: %s", part, strerror(errno));
        part[i] = kept;
    }
    return FL_OK;
}

static bool write_all(int fd, fl_str bytes)
{
    for (size_t done = 0; done < bytes.len;) {
        ssize_t put = write(fd, bytes.ptr + done, bytes.len - done);
        if (put < 0 && errno != EINTR)
            return false;
        if (put > 0)
            done += (size_t)put;
    }
    return true;
}

/* A device, a pipe: written to, never replaced. As root, a rename onto /dev/null takes it from the whole machine. */
static fl_status write_into(const char *path, fl_str bytes, fl_err *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fl_fail(err, FL_E_ENV, "'%s': cannot open: %s", path, strerror(errno));
    bool is_written = write_all(fd, bytes);
    int why = errno;
    close(fd);
    return is_written ? FL_OK : fl_fail(err, FL_E_ENV, "'%s': cannot write: %s", path, strerror(why));
}

fl_status fl_fs_write(const char *path, fl_str bytes, fl_err *err)
{
    struct stat old;
    bool is_there = stat(path, &old) == 0;
    if (is_there && !S_ISREG(old.st_mode) && !S_ISDIR(old.st_mode))
        return write_into(path, bytes, err);
    char folder[FL_LIMIT_PATH_BYTES], temporary[FL_LIMIT_PATH_BYTES + 16];
    fl_str parent = fl_fs_dirname(fl_str_from(path));
    if (snprintf(folder, sizeof folder, FL_STR_FMT, FL_STR_ARG(parent)) >= (int)sizeof folder ||
        snprintf(temporary, sizeof temporary, "%s.XXXXXX", path) >= (int)sizeof temporary)
        return fl_fail(err, FL_E_ENV, "'%.64s…': the path is too long", path);
    if (!fl_fs_is_dir(folder)) {
        fl_status status = fl_fs_mkdirs(folder, err);
        if (status)
            return status;
    }
    if (is_there && S_ISDIR(old.st_mode))
        return fl_fail(err, FL_E_ENV, "'%s': cannot write: it is a folder", path);
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return fl_fail(err, FL_E_ENV, "'%s': cannot write: %s", path, strerror(errno));
    /* The mode of what is replaced, or what the umask gives a new file. */
    mode_t mode;
    if (is_there) {
        mode = old.st_mode & 07777;
    } else {
        mode_t mask = umask(0);
        umask(mask);
        mode = 0666 & ~mask;
    }
    bool is_written = write_all(fd, bytes) && fchmod(fd, mode) == 0;
    int why = errno;
    if (close(fd) != 0 && is_written) {
        is_written = false;
        why = errno;
    }
    if (is_written && rename(temporary, path) == 0)
        return FL_OK;
    if (is_written)
        why = errno;
    unlink(temporary);
    return fl_fail(err, FL_E_ENV, "'%s': cannot write: %s", path, strerror(why));
}

/* ---- lists ---- */

static int by_name(const void *a, const void *b)
{
    return fl_str_cmp(((const fl_fs_entry *)a)->name, ((const fl_fs_entry *)b)->name);
}

fl_status fl_fs_list(fl_arena *arena, const char *path, fl_fs_entries *out, fl_err *err)
{
    *out = (fl_fs_entries){0};
    DIR *folder = opendir(path);
    if (!folder)
        return fl_fail(err, FL_E_ENV, "'%s': cannot list: %s", path, strerror(errno));
    for (struct dirent *found; (found = readdir(folder));) {
        if (strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0)
            continue;
        unsigned char type = found->d_type;
        struct stat info;
        if (type == DT_UNKNOWN) { /* some file systems do not say */
            if (fstatat(dirfd(folder), found->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
                continue; /* gone meanwhile */
            type = S_ISDIR(info.st_mode) ? DT_DIR : S_ISREG(info.st_mode) ? DT_REG : S_ISLNK(info.st_mode) ? DT_LNK : DT_UNKNOWN;
        }
        fl_fs_entry entry = {
            .name = fl_str_copy(arena, fl_str_from(found->d_name)),
            .is_dir = type == DT_DIR,
            .is_file = type == DT_REG,
            .is_link = type == DT_LNK,
        };
        fl_vec_push(arena, out, entry);
    }
    closedir(folder);
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_name);
    return FL_OK;
}

/* ---- our own data ---- */

/* The build tree is laid out like an installation, so one rule serves both: share/faultline beside bin. */
fl_str fl_fs_data_dir(fl_arena *arena)
{
    const char *given = getenv("FAULTLINE_DATA");
    if (given && *given)
        return fl_str_copy(arena, fl_str_from(given));
    char path[FL_LIMIT_PATH_BYTES];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    if (len > 0) {
        fl_str prefix = fl_fs_dirname(fl_fs_dirname((fl_str){path, (size_t)len}));
        fl_str data = fl_fs_join(arena, prefix, FL_S("share/faultline"));
        if (fl_fs_is_dir(data.ptr))
            return data;
    }
    return FL_S("/usr/share/faultline");
}
