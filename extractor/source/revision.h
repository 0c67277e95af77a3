#ifndef FL_EXTRACTOR_REVISION_H
#define FL_EXTRACTOR_REVISION_H
#include "base/base.h"

/** A revision of a repository, written into a scratch folder. */
typedef struct fl_revision {
    fl_str scratch;               /**< the whole tree; removed by _release */
    fl_str path;                  /**< what stands there for `folder` */
} fl_revision;
/** `revision` as git understands it (HEAD~1, a branch, a tag, a commit) of the repository that `folder` lies in. Texts live in
 *  `arena`. FL_E_ENV when there is no such repository, revision, or folder in it; then there is nothing to release. */
FL_NODISCARD fl_status fl_revision_open(fl_revision *out, fl_arena *arena, const char *folder, const char *revision, fl_err *err);
void fl_revision_release(fl_revision *revision);

#endif
