#ifndef FL_BASE_FS_H
#define FL_BASE_FS_H
#include "base/base.h"

/** Files and folders. Paths are C strings or fl_str without NUL; '/' separated. */

/** Reads a whole regular file into the arena (NUL behind the end). Fails on folders, devices, unreadable files and
 *  files above limit_bytes (FL_E_LIMIT). */
FL_NODISCARD fl_status fl_fs_read(fl_arena *arena, const char *path, size_t limit_bytes, fl_str *out, fl_err *err);
/** Writes atomically (temporary beside it, rename). Creates missing parent folders. A device or a pipe is written into.
 *  A link to a file is replaced, not followed: a copied tree keeps links that may lead into the original. */
FL_NODISCARD fl_status fl_fs_write(const char *path, fl_str bytes, fl_err *err);
FL_NODISCARD fl_status fl_fs_mkdirs(const char *path, fl_err *err);
FL_NODISCARD fl_status fl_fs_remove_tree(const char *path, fl_err *err);   /**< never follows links */
bool fl_fs_exists(const char *path);
bool fl_fs_is_dir(const char *path);
bool fl_fs_is_executable(const char *path);
bool fl_fs_size(const char *path, uint64_t *size_bytes);                    /**< of a regular file, links not followed; else false */
fl_str fl_fs_join(fl_arena *arena, fl_str a, fl_str b);                     /**< one '/' between; b absolute wins */
fl_str fl_fs_dirname(fl_str path);                                          /**< borrows; "." when none */
fl_str fl_fs_basename(fl_str path);                                         /**< borrows */
fl_str fl_fs_extension(fl_str path);                                        /**< borrows; ".js", or empty */
fl_str fl_fs_normalize(fl_arena *arena, fl_str path);                       /**< resolves "." and ".." textually */
/** Real absolute path, or FL_E_ENV. */
FL_NODISCARD fl_status fl_fs_real(fl_arena *arena, const char *path, fl_str *out, fl_err *err);
/** New private folder under $TMPDIR or /tmp. fl_fs_remove_tree takes it away. */
FL_NODISCARD fl_status fl_fs_temp_dir(fl_arena *arena, const char *prefix, fl_str *out, fl_err *err);
/** The same with a name that the subject alone decides, as long as no other run holds it: what is built in it twice is built under
 *  the same paths. */
FL_NODISCARD fl_status fl_fs_temp_dir_for(fl_arena *arena, const char *prefix, fl_str subject, fl_str *out, fl_err *err);
/** Removes the temporary folders that are still there. Async-signal-safe, for SIGINT/SIGTERM handlers: it runs rm. */
void fl_fs_temp_remove_all(void);
bool fl_fs_copy_bytes(int in, int out);                                     /**< private to base: all that is left; false sets errno */
void fl_fs_temp_forget(const char *path);                                   /**< private to base: the folder is gone */
/** Directory entries, sorted bytewise, without "." and "..". */
typedef struct fl_fs_entry { fl_str name; bool is_dir, is_file, is_link; } fl_fs_entry;
typedef FL_VEC(fl_fs_entry) fl_fs_entries;
FL_NODISCARD fl_status fl_fs_list(fl_arena *arena, const char *path, fl_fs_entries *out, fl_err *err);
/** Copies a tree. Symbolic links are copied as links. Folder names in skip (NULL-terminated) are left out;
 *  those in link (NULL-terminated) become symbolic links to the original (node_modules). */
FL_NODISCARD fl_status fl_fs_copy_tree(const char *from, const char *to, const char *const *skip,
                                       const char *const *link, fl_err *err);
/** Makes a folder equal to another; touches only what differs in size, time of change, mode or kind, and removes what the other does
 *  not have. Both are ours, and nobody writes there meanwhile. Sockets, pipes and devices are left out. */
FL_NODISCARD fl_status fl_fs_mirror(const char *from, const char *to, fl_err *err);
/** Where our own data (models, hooks) lies: $FAULTLINE_DATA, else beside the executable's source tree, else the install prefix. */
fl_str fl_fs_data_dir(fl_arena *arena);
#endif
