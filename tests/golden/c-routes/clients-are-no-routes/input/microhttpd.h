/* The part of GNU libmicrohttpd's header that this case uses. */
#include <stddef.h>
#define MHD_HTTP_METHOD_GET "GET"
#define MHD_HTTP_METHOD_POST "POST"
#define MHD_NO 0
#define MHD_YES 1
#define MHD_OPTION_END 0
enum MHD_ValueKind { MHD_HEADER_KIND = 1, MHD_COOKIE_KIND = 2, MHD_POSTDATA_KIND = 4, MHD_GET_ARGUMENT_KIND = 8 };
enum MHD_ResponseMemoryMode { MHD_RESPMEM_PERSISTENT };
struct MHD_Connection;
struct MHD_Response;
struct MHD_Daemon;
typedef int (*MHD_AccessHandlerCallback)(void *cls, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                                         const char *upload_data, size_t *upload_data_size, void **con_cls);
struct MHD_Daemon *MHD_start_daemon(unsigned flags, unsigned short port, void *apc, void *apc_cls, MHD_AccessHandlerCallback dh, void *dh_cls, ...);
const char *MHD_lookup_connection_value(struct MHD_Connection *connection, enum MHD_ValueKind kind, const char *key);
struct MHD_Response *MHD_create_response_from_buffer(size_t size, void *buffer, enum MHD_ResponseMemoryMode mode);
int MHD_queue_response(struct MHD_Connection *connection, unsigned status, struct MHD_Response *response);
void MHD_destroy_response(struct MHD_Response *response);
