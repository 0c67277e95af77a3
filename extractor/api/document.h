#ifndef FL_EXTRACTOR_DOCUMENT_H
#define FL_EXTRACTOR_DOCUMENT_H
#include "extractor/api/api.h"

/**
 * An OpenAPI 3.0 or 3.1 or Swagger 2.0 document as an API model: the other way to get one than reading source.
 * The model has no project, spans point nowhere, there are no weak spots. Paths begin with the path of the first server (or `basePath`).
 * Of alternatives of security the first counts; a response like `4XX` has the status 4. References that lead out of the document
 * are not followed: `unresolved` (may be NULL) counts them. FL_E_FORMAT when `root` is no such document; `name` is for messages.
 * Release with fl_api_release. `root` must live as long.
 */
FL_NODISCARD fl_status fl_api_read_document(fl_api *api, const fl_data *root, const char *name, unsigned *unresolved, fl_err *err);

#endif
