/*
 * What a build made: the program that has the file in it where the source listens. Every build system leaves an ELF executable
 * that is newer than the build's beginning, and in its debug information stand the names of its sources: so nothing here knows
 * a build system. Read fl_program_find.
 */
#include "base/fs.h"
#include "engine/service/service_p.h"

#include <elf.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMED = 4, DEPTH = 24 };

/* How surely the entry file is in a program. */
typedef enum certainty { WITHOUT, BY_NAME, BY_PATH } certainty;
typedef struct program { fl_str path; certainty has_entry; bool is_unlikely; } program;

struct search {
    fl_arena *arena;
    fl_str entry;
    const fl_data *not_programs;
    struct timespec since;
    FL_VEC(program) found;
    size_t entry_count;
};

fl_str fl_program_since_file(fl_arena *arena, const fl_service_plan *plan)
{
    return fl_fs_join(arena, plan->scratch, FL_S("began"));
}

/* An executable, not a library: it names its loader, or needs none. */
static bool is_program(const unsigned char *bytes, size_t len)
{
    Elf64_Ehdr head;
    if (len < sizeof head || memcmp(bytes, ELFMAG, SELFMAG) != 0 || bytes[EI_CLASS] != ELFCLASS64)
        return false;
    memcpy(&head, bytes, sizeof head);
    if (head.e_type == ET_EXEC)
        return true;
    for (size_t i = 0; head.e_type == ET_DYN && i < head.e_phnum; i++) {
        Elf64_Phdr part;
        uint64_t at = head.e_phoff + i * sizeof part;
        if (at > len || len - at < sizeof part)
            return false;
        memcpy(&part, bytes + at, sizeof part);
        if (part.p_type == PT_INTERP)
            return true;
    }
    return false;
}

static bool is_path_end(const unsigned char *at, const unsigned char *start, const unsigned char *end, size_t len)
{
    bool starts = at == start || at[-1] == '\0' || at[-1] == '/';
    return starts && at + len < end && at[len] == '\0';
}

static bool has_text(const unsigned char *bytes, size_t len, fl_str text)
{
    const unsigned char *end = bytes + len;
    for (const unsigned char *at = bytes; text.len && (at = memmem(at, (size_t)(end - at), text.ptr, text.len)); at++)
        if (is_path_end(at, bytes, end, text.len))
            return true;
    return false;
}

static void look_at(struct search *search, fl_str path, bool is_unlikely)
{
    struct stat info;
    int fd = open(path.ptr, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return;
    bool is_new = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & 0111) && info.st_size > 0 &&
                  (info.st_mtim.tv_sec > search->since.tv_sec ||
                   (info.st_mtim.tv_sec == search->since.tv_sec && info.st_mtim.tv_nsec >= search->since.tv_nsec));
    unsigned char *bytes = is_new ? mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    close(fd);
    if (bytes == MAP_FAILED)
        return;
    size_t len = (size_t)info.st_size;
    if (is_program(bytes, len)) {
        program one = {path, WITHOUT, is_unlikely};
        if (has_text(bytes, len, search->entry))
            one.has_entry = BY_PATH;
        else if (has_text(bytes, len, fl_fs_basename(search->entry)))
            one.has_entry = BY_NAME;
        fl_vec_push(search->arena, &search->found, one);
    }
    munmap(bytes, len);
}

static bool is_unlikely(const struct search *search, fl_str name)
{
    for (const fl_data *each = search->not_programs ? search->not_programs->first : NULL; each; each = each->next)
        if (fnmatch(fl_str_c(search->arena, fl_data_str(each, (fl_str){0})), fl_str_c(search->arena, name), 0) == 0)
            return true;
    return false;
}

static void look_in(struct search *search, fl_str folder, unsigned depth)
{
    static const char *const skipped[] = {".git", "CMakeFiles", "meson-private", "node_modules"};
    fl_fs_entries entries = {0};
    if (depth > DEPTH || fl_fs_list(search->arena, folder.ptr, &entries, NULL))
        return;
    for (size_t i = 0; i < entries.count && ++search->entry_count < FL_LIMIT_WALK_ENTRIES; i++) {
        const fl_fs_entry *entry = &entries.items[i];
        fl_str path = fl_fs_join(search->arena, folder, entry->name);
        bool is_skipped = entry->is_link;
        for (size_t k = 0; k < FL_COUNT(skipped); k++)
            is_skipped = is_skipped || fl_str_eq_c(entry->name, skipped[k]);
        if (entry->is_dir && !is_skipped)
            look_in(search, path, depth + 1);
        else if (entry->is_file && !is_skipped)
            look_at(search, path, is_unlikely(search, entry->name));
    }
}

/* ---- while it builds ---- */

static int64_t group_of(const char *process)
{
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%.20s/stat", process);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    text[len < 0 ? 0 : len] = '\0';
    const char *behind_name = strrchr(text, ')');   /* "7 (a name) S parent group …" */
    long parent, group;
    char state;
    return behind_name && sscanf(behind_name + 1, " %c %ld %ld", &state, &parent, &group) == 3 ? group : -1;
}

bool fl_program_is_running(fl_arena *arena, const fl_service_plan *plan, fl_str build, int group)
{
    struct search search = {.arena = arena, .entry = plan->entry_file};
    fl_fs_entries processes = {0};
    if (plan->scratch.len == 0 || fl_fs_list(arena, "/proc", &processes, NULL))
        return false;
    for (size_t i = 0; i < processes.count; i++) {
        fl_str name = processes.items[i].name;
        char target[FL_LIMIT_PATH_BYTES];
        int64_t id;
        if (!fl_str_to_int(name, &id) || group_of(fl_str_c(arena, name)) != group)
            continue;
        ssize_t len = readlink(fl_str_format(arena, "/proc/%lld/exe", (long long)id).ptr, target, sizeof target - 1);
        fl_str path = {target, len < 0 ? 0 : (size_t)len};
        if (fl_str_starts(path, plan->folder) || (build.len && fl_str_starts(path, build)))
            look_at(&search, fl_str_copy(arena, path), false);
    }
    for (size_t i = 0; i < search.found.count; i++)
        if (search.found.items[i].has_entry != WITHOUT || plan->entry_file.len == 0)
            return true;
    return false;
}

/* ---- afterwards ---- */

fl_status fl_program_find(fl_arena *arena, const fl_service_plan *plan, fl_str build, fl_str *out, fl_err *err)
{
    struct search search = {.arena = arena, .entry = plan->entry_file};
    const fl_data *model = NULL;
    fl_status status = plan->runtime.len ? fl_runtime_read(arena, plan->runtime, &model, err) : FL_OK;
    if (status)
        return status;
    search.not_programs = fl_data_get_c(model, "not_programs");
    struct stat began;
    if (plan->scratch.len && stat(fl_program_since_file(arena, plan).ptr, &began) == 0)
        search.since = began.st_mtim;
    look_in(&search, plan->folder, 0);
    if (build.len)
        look_in(&search, build, 0);
    certainty best = WITHOUT;
    size_t count = 0;
    bool takes_unlikely = false;
    for (int round = 0; round < 2 && count == 0; round++) {
        takes_unlikely = round == 1;
        for (size_t i = 0; i < search.found.count; i++) {
            const program *one = &search.found.items[i];
            if (one->has_entry < best || (one->is_unlikely && !takes_unlikely))
                continue;
            count = one->has_entry > best ? 1 : count + 1;
            best = one->has_entry;
            *out = one->path;
        }
    }
    if (count == 1)
        return FL_OK;
    if (count == 0)
        return fl_fail(err, FL_E_ENV, "'" FL_STR_FMT "': the build made no program; write 'build: COMMAND' and 'start: COMMAND' in faultline.yaml",
                       FL_STR_ARG(plan->folder));
    fl_str names = {0}, example = {0};
    size_t named = 0;
    for (size_t i = 0; i < search.found.count && named < NAMED; i++) {
        if (search.found.items[i].has_entry != best || (search.found.items[i].is_unlikely && !takes_unlikely))
            continue;
        fl_str path = search.found.items[i].path;
        bool is_built = build.len && fl_str_starts(path, build);
        fl_str inner = fl_str_sub(path, (is_built ? build : plan->folder).len + 1, path.len);
        inner = fl_str_format(arena, "%s" FL_STR_FMT, is_built ? "${build}/" : "./", FL_STR_ARG(inner));
        names = named++ ? fl_str_format(arena, FL_STR_FMT ", " FL_STR_FMT, FL_STR_ARG(names), FL_STR_ARG(inner)) : inner;
        example = example.len ? example : inner;
    }
    return fl_fail(err, FL_E_ENV, "the build made several programs: " FL_STR_FMT "%s; say which in faultline.yaml, such as 'start: " FL_STR_FMT "'",
                   FL_STR_ARG(names), count > named ? ", …" : "", FL_STR_ARG(example));
}
