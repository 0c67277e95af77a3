#ifndef FL_FIXER_H
#define FL_FIXER_H
#include "engine/engine.h"

/** Confirmed fault + weak spot → edits → patch → proof. Never touches the user's tree; `fl_patch_apply` is the only exception. */
typedef struct fl_edit { uint32_t file; uint32_t start_byte, end_byte; fl_str text; } fl_edit;  /**< replace [start,end) */

typedef enum fl_proof_step { FL_PROOF_SYNTAX, FL_PROOF_EXTRACTION, FL_PROOF_TYPES, FL_PROOF_STARTS, FL_PROOF_REPLAY, FL_PROOF_SHAPE, FL_PROOF_BASELINE, FL_PROOF_TESTS, FL_PROOF_COUNT } fl_proof_step;
typedef enum fl_proof_result { FL_PROOF_NOT_RUN, FL_PROOF_PASSED, FL_PROOF_FAILED } fl_proof_result;
typedef struct fl_proof {
    fl_proof_result steps[FL_PROOF_COUNT];
    bool is_proven;                        /**< syntax, extraction, starts, replay, shape, baseline passed; types and tests passed or not applicable */
    uint16_t status_before, status_after; fl_str before, after;   /**< "500 TypeError…" → `404 {"error":"…"}` */
    unsigned baselines_same, baselines_sent;
    fl_str failure;                        /**< first failed step, one line */
} fl_proof;

typedef struct fl_patch {
    uint32_t id;
    fl_str template_id;                    /**< "early-refusal", "move-below-check", … */
    fl_str note;                           /**< what the reader must know beyond the diff; empty */
    FL_VEC(fl_edit) edits;                 /**< sorted, not overlapping */
    fl_str diff;                           /**< git diff text, a/ b/ prefixes */
    fl_str file_name;                      /**< "0001-missing-lookup-get-orders-id.patch" */
    fl_proof proof;
    FL_VEC(uint32_t) faults;               /**< ids of the faults it mends */
} fl_patch;

typedef struct fl_fixer_options { const fl_engine_options *engine; const fl_extract_options *extract; const fl_project_options *project; const char *test_command; } fl_fixer_options;
/** Makes and proves a patch for each confirmed fault; fills fault->patch. A fault without a template keeps NULL. */
FL_NODISCARD fl_status fl_fixer_run(fl_run *run, const fl_fixer_options *options, fl_err *err);
/** The most trusted template's edits for each certain weak spot, as one diff a file, files sorted; nothing is run or
 *  proven. The golden format of `--dump-patches`. Weak spots without a template are left out. */
FL_NODISCARD fl_status fl_fixer_dump_patches(const fl_api *api, fl_buf *out, fl_err *err);
/** Unified git diff of one file (a/ and b/ before `path`), with three lines of context; empty when nothing differs. */
FL_NODISCARD fl_status fl_patch_diff(fl_arena *arena, fl_str path, fl_str before, fl_str after, fl_str *diff, fl_err *err);
/** Applies a diff text to a folder through libgit2; refuses when the tree differs from what the patch expects. */
FL_NODISCARD fl_status fl_patch_apply(const char *folder, fl_str diff, bool check_only, fl_err *err);
#endif
