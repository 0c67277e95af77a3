/*
 * A service in C for tests of what is native: compiled by Faultline itself, with its sanitizers and hook (tests/unit/engine/native.c).
 * One thread, a request at a time, no keep-alive. What stands behind MARK comments is looked up by the tests.
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct note { char id[16]; char *text; int stars; };
static struct note notes[8];
static int note_count;

static struct note *find(const char *id)
{
    for (int i = 0; i < note_count; i++)
        if (strcmp(notes[i].id, id) == 0)
            return &notes[i];
    return NULL;
}

/* The value of "key":"value" in a body, on the heap; NULL when it is not there. */
static char *take(const char *body, const char *key)
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"%s\":\"", key);
    const char *at = strstr(body, wanted);
    if (!at)
        return NULL;
    at += strlen(wanted);
    return strndup(at, strcspn(at, "\"")); // MARK alloc
}

static int answer(char *out, size_t size, const char *method, const char *path, const char *body)
{
    if (strcmp(method, "GET") == 0 && strcmp(path, "/notes") == 0) {
        snprintf(out, size, "[{\"id\":\"n1\"}]");
        return 200;
    }
    if (strcmp(method, "GET") == 0 && strncmp(path, "/notes/", 7) == 0) {
        const struct note *note = find(path + 7);
        snprintf(out, size, "{\"text\":\"%s\"}", note->text); // MARK lookup
        return 200;
    }
    if (strcmp(method, "GET") == 0 && strncmp(path, "/guarded/", 9) == 0) {
        const struct note *note = find(path + 9);
        if (!note)
            return 404;
        snprintf(out, size, "{\"text\":\"%s\"}", note->text); // MARK twin
        return 200;
    }
    if (strcmp(method, "POST") == 0 && strcmp(path, "/notes") == 0) {
        char *text = take(body, "text");
        char *kind = take(body, "kind"); // MARK leak
        if (!text) {
            snprintf(out, size, "{\"error\":\"text is required\"}");
            return 400;
        }
        snprintf(out, size, "{\"id\":\"n1\",\"text\":\"%s\"}", text); // MARK held
        free(text);
        free(kind);
        return 201;
    }
    if (strcmp(method, "POST") == 0 && strcmp(path, "/tags") == 0) {
        char tag[8], *name = take(body, "name");
        if (!name)
            return 400;
        strcpy(tag, name); // MARK overflow
        snprintf(out, size, "{\"tag\":\"%s\"}", tag);
        free(name);
        return 201;
    }
    if (strcmp(method, "POST") == 0 && strcmp(path, "/jobs") == 0)
        return 202;
    return 404;
}

/* What is done when the answer is on its way. */
static void finish(const char *path, const char *body)
{
    char *kind = strcmp(path, "/jobs") == 0 ? take(body, "kind") : NULL;
    if (kind && strcmp(kind, "twice") == 0)
        free(kind);
    free(kind); // MARK late
}

int main(void)
{
    const char *port = getenv("PORT");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)(port ? atoi(port) : 8080)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(server, (struct sockaddr *)&address, sizeof address) != 0 || listen(server, 16) != 0) {
        perror("listen");
        return 1;
    }
    strcpy(notes[0].id, "n1");
    notes[0].text = strdup("first");
    note_count = 1;
    for (;;) {
        int client = accept(server, NULL, NULL);
        char request[8192], out[4096] = "", method[16] = "", path[256] = "";
        ssize_t got = client < 0 ? -1 : read(client, request, sizeof request - 1);
        if (got > 0) {
            request[got] = '\0';
            if (sscanf(request, "%15s %255s", method, path) == 2) {
                char *body = strstr(request, "\r\n\r\n");
                body = body ? body + 4 : request + got;
                int status = answer(out, sizeof out, method, path, body);
                dprintf(client, "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n%s", status,
                        strlen(out), out);
                finish(path, body);
            }
        }
        if (client >= 0)
            close(client);
    }
}
