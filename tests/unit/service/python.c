/* Services in Python, started as their runtime model says: which interpreter, tables in a copy, files as they were at each start, and
 * what is said when a package is not there. */
#include "tests/support/unit.h"

#include "base/fs.h"
#include "engine/http/http.h"
#include "engine/service/service.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct file {
    const char *path, *text;
};

static fl_str make_project(fl_arena *arena, const struct file *files)
{
    fl_str folder = {0}, real = {0};
    fl_err err = {0};
    fl_row_ok("temporary folder", fl_fs_temp_dir(arena, "faultline-test", &folder, &err), err);
    fl_row_ok("its real path", fl_fs_real(arena, folder.ptr, &real, &err), err);
    for (; files->path; files++) {
        fl_str path = fl_fs_join(arena, real, fl_str_from(files->path));
        fl_row_ok(files->path, fl_fs_write(path.ptr, fl_str_from(files->text), &err), err);
        if (fl_str_starts(fl_str_from(files->text), FL_S("#!")))
            fl_row_int(files->path, chmod(path.ptr, 0755), 0);
    }
    return real;
}

static void remove_project(fl_str folder)
{
    fl_err err = {0};
    fl_row_ok("remove", fl_fs_remove_tree(folder.ptr, &err), err);
}

static fl_str line_with(const fl_service_plan *plan, const char *start)
{
    for (size_t i = 0; i < plan->because.count; i++)
        if (fl_str_starts(plan->because.items[i], fl_str_from(start)))
            return plan->because.items[i];
    return (fl_str){0};
}

static fl_str setting(const fl_service_plan *plan, const char *start)
{
    for (size_t i = 0; i < plan->env.count; i++)
        if (fl_str_starts(plan->env.items[i], fl_str_from(start)))
            return plan->env.items[i];
    return (fl_str){0};
}

/* A python3 that lacks what its text says, without running anything. */
#define PYTHON(lacks) "#!/bin/sh\necho '" lacks "'\n"

static void chooses_an_interpreter(void **state)
{
    (void)state;
    static const struct { const char *row; struct file files[4]; const char *path, *because; } rows[] = {
        {"the one on PATH has all", {{"first/python3", PYTHON("")}, {"second/python3", PYTHON("")}}, NULL, NULL},
        {"the first on PATH lacks one", {{"first/python3", PYTHON("web")}, {"second/python3", PYTHON("")}}, "second:",
         "(the first that has all that is imported)"},
        {"the first does not run", {{"first/python3", "#!/bin/sh\nexit 3\n"}, {"second/python3", PYTHON("")}}, "second:", NULL},
        {"a virtual environment", {{"first/python3", PYTHON("")}, {".venv/bin/python3", PYTHON("")}}, ".venv/bin:", "${folder}/.venv/bin"},
        {"an environment without the packages", {{"first/python3", PYTHON("")}, {"venv/bin/python3", PYTHON("web orm")}}, "first:", NULL},
        {"none has all", {{"first/python3", PYTHON("web orm")}, {"second/python3", PYTHON("orm")}}, "second:", "without orm"},
        {"none has more", {{"first/python3", PYTHON("orm")}, {"second/python3", PYTHON("orm")}}, NULL, NULL},
        {"a manager's", {{"first/python3", PYTHON("")}, {"poetry.lock", ""},
         {"first/poetry", "#!/bin/sh\necho 'a warning'\necho \"$PWD/kept\"\n"}, {"kept/bin/python3", PYTHON("")}}, "kept/bin:", NULL},
    };
    static const fl_str packages[] = {{"orm", 3}, {"web", 3}};
    setenv("FAULTLINE_DATA", FL_TEST_DATA "/../../..", 1);
    const char *old = getenv("PATH");
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        struct file files[FL_COUNT(rows[i].files) + 2] = {{"app.py", ""}};
        memcpy(files + 1, rows[i].files, sizeof rows[i].files);
        fl_str folder = make_project(&arena, files);
        fl_str path = fl_str_format(&arena, FL_STR_FMT "/first:" FL_STR_FMT "/second:%s", FL_STR_ARG(folder), FL_STR_ARG(folder), old);
        setenv("PATH", path.ptr, 1);
        fl_service_hints hints = {.language = FL_S("python"), .packages = packages, .package_count = 2};
        fl_service_plan plan;
        fl_err err = {0};
        fl_row_ok(rows[i].row, fl_service_infer(&plan, &arena, folder.ptr, &hints, &err), err);
        setenv("PATH", old, 1);
        fl_str set = fl_str_replace(&arena, setting(&plan, "PATH="), FL_S("${folder}"), folder);
        if (rows[i].path)
            fl_row_true(set.ptr ? set.ptr : rows[i].row, fl_str_starts(set, fl_str_format(&arena, "PATH=" FL_STR_FMT "/%s", FL_STR_ARG(folder), rows[i].path)));
        else
            fl_row_str(rows[i].row, set, "");
        if (rows[i].because)
            fl_row_true(rows[i].row, fl_str_find(line_with(&plan, "interpreter: "), fl_str_from(rows[i].because)) >= 0);
        remove_project(folder);
        fl_arena_release(&arena);
    }
}

static fl_http_response ask(fl_service *service, fl_arena *arena, const char *method, const char *path)
{
    fl_http *http;
    fl_err err = {0};
    fl_row_ok("client", fl_http_new(&http, &(fl_http_options){.timeout_ms = 10000}, &err), err);
    fl_http_request request = {.method = fl_str_from(method),
                               .url = fl_str_format(arena, FL_STR_FMT "%s", FL_STR_ARG(fl_service_base_url(service)), path)};
    fl_http_response response;
    fl_http_send(http, arena, &request, &response);
    fl_http_free(http);
    return response;
}

/* A service of the standard library that keeps what it is told in files. */
static const char *const keeper = "import http.server, os\n"
                                  "class Handler(http.server.BaseHTTPRequestHandler):\n"
                                  "    def do_GET(self):\n"
                                  "        with open('data/notes.txt') as file:\n"
                                  "            text = file.read() + ' '.join(sorted(os.listdir('data')))\n"
                                  "        self.send_response(200)\n"
                                  "        self.end_headers()\n"
                                  "        self.wfile.write(text.encode())\n"
                                  "    def do_PUT(self):\n"
                                  "        with open('data/notes.txt', 'a') as file:\n"
                                  "            file.write('more ')\n"
                                  "        with open('data/upload', 'w') as file:\n"
                                  "            file.write('x')\n"
                                  "        os.path.exists('data/old') and os.remove('data/old')\n"
                                  "        self.do_GET()\n"
                                  "http.server.HTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()\n";

static bool has_python(void)
{
    return system("python3 -c 'import sys' >/dev/null 2>&1") == 0;
}

static void takes_back_what_it_wrote(void **state)
{
    (void)state;
    if (!has_python())
        skip();
    fl_arena arena;
    fl_arena_init(&arena);
    setenv("FAULTLINE_DATA", FL_TEST_DATA "/../../..", 1);
    const struct file files[] = {{"app.py", keeper}, {"data/notes.txt", "one "}, {"data/old", ""}, {NULL, NULL}};
    fl_str folder = make_project(&arena, files), notes = {0};
    fl_service_plan plan;
    fl_service *service;
    fl_err err = {0};
    fl_row_ok("infer", fl_service_infer(&plan, &arena, folder.ptr, &(fl_service_hints){.language = FL_S("python")}, &err), err);
    fl_row_ok("start", fl_service_start(&service, &plan, &err), err);
    fl_row_str("before", ask(service, &arena, "GET", "/").body, "one notes.txt old");
    fl_row_str("written", ask(service, &arena, "PUT", "/").body, "one more notes.txt upload");
    fl_row_str("still there", ask(service, &arena, "GET", "/").body, "one more notes.txt upload");
    fl_row_ok("restart", fl_service_restart(service, &err), err);
    fl_row_str("as it was", ask(service, &arena, "GET", "/").body, "one notes.txt old");
    fl_row_str("again", ask(service, &arena, "PUT", "/").body, "one more notes.txt upload");
    fl_row_ok("restart", fl_service_restart(service, &err), err);
    fl_row_str("as it was, again", ask(service, &arena, "GET", "/").body, "one notes.txt old");
    fl_service_free(service);
    fl_row_ok("the project's", fl_fs_read(&arena, fl_fs_join(&arena, folder, FL_S("data/notes.txt")).ptr, 100, &notes, &err), err);
    fl_row_str("the project's", notes, "one ");
    fl_row_true("nothing new in the project", !fl_fs_exists(fl_fs_join(&arena, folder, FL_S("data/upload")).ptr));
    remove_project(folder);
    fl_arena_release(&arena);
}

static void names_missing_packages(void **state)
{
    (void)state;
    if (!has_python())
        skip();
    static const struct { const char *row; struct file files[3]; const char *says; } rows[] = {
        {"imported", {{"app.py", "import no_such_web\n"}, {"requirements.txt", "x\n"}},
         "the package 'no_such_web' is not installed; run 'python3 -m venv .venv && .venv/bin/pip install -r requirements.txt'"},
        {"of a package", {{"app.py", "import no_such_web.routing\n"}, {"poetry.lock", ""}}, "the package 'no_such_web' is not installed; run 'poetry install'"},
        {"run as a module", {{"app.py", "import subprocess, sys\nsys.exit(subprocess.call([sys.executable, '-m', 'no_such_web']))\n"}},
         "the package 'no_such_web' is not installed; install it into a virtual environment"},
        {"of tables", {{"manage.py", "import no_such_web\n"}, {"uv.lock", ""}}, "the package 'no_such_web' is not installed; run 'uv sync'"},
    };
    setenv("FAULTLINE_DATA", FL_TEST_DATA "/../../..", 1);
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_str folder = make_project(&arena, rows[i].files);
        fl_service_plan plan;
        fl_service *service;
        fl_err err = {0};
        fl_row_ok(rows[i].row, fl_service_infer(&plan, &arena, folder.ptr, &(fl_service_hints){.language = FL_S("python")}, &err), err);
        fl_row_int(rows[i].row, fl_service_start(&service, &plan, &err), FL_E_ENV);
        if (!strstr(err.text, rows[i].says))
            fail_msg("row '%s': '%s' does not say '%s'", rows[i].row, err.text, rows[i].says);
        remove_project(folder);
        fl_arena_release(&arena);
    }
}

/* A project of one file: its settings name a database that is the user's, and a server that is not there. */
static const char *const manage = "import os, sys\n"
                                  "from django.core.management import execute_from_command_line\n"
                                  "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n"
                                  "if __name__ == '__main__':\n"
                                  "    execute_from_command_line(sys.argv)\n";
static const char *const models = "from django.db import models\n"
                                  "class Note(models.Model):\n"
                                  "    text = models.CharField(max_length=20)\n";
static const char *const urls = "from django.core import mail\n"
                                "from django.http import HttpResponse\n"
                                "from django.urls import path\n"
                                "from notes.models import Note\n"
                                "def note(request):\n"
                                "    Note.objects.create(text='n')\n"
                                "    mail.send_mail('a', 'b', 'a@example.org', ['b@example.org'])\n"
                                "    return HttpResponse(str(Note.objects.count()))\n"
                                "urlpatterns = [path('', note)]\n";

static void starts_with_tables_of_its_own(void **state)
{
    (void)state;
    if (system("PATH=/usr/bin:$PATH python3 -c 'import django' >/dev/null 2>&1") != 0)
        skip();
    static const struct { const char *row, *database; } rows[] = {
        {"in the project", "{'ENGINE': 'django.db.backends.sqlite3', 'NAME': os.path.join(os.path.dirname(__file__), 'db.sqlite3')}"},
        {"outside of it", "{'ENGINE': 'django.db.backends.sqlite3', 'NAME': os.environ['OUTSIDE']}"},
        {"on a server", "{'ENGINE': 'django.db.backends.postgresql', 'NAME': 'notes', 'HOST': 'db'}"},
    };
    setenv("FAULTLINE_DATA", FL_TEST_DATA "/../../..", 1);
    static const fl_str packages[] = {{"django", 6}};
    for (size_t i = 0; i < FL_COUNT(rows); i++) {
        fl_arena arena;
        fl_arena_init(&arena);
        fl_str settings = fl_str_format(&arena, "import os\nSECRET_KEY = 'x'\nALLOWED_HOSTS = ['notes.example.org']\nSECURE_SSL_REDIRECT = True\n"
                                        "INSTALLED_APPS = ['notes']\nROOT_URLCONF = 'urls'\nDATABASES = {'default': %s}\n", rows[i].database);
        const struct file files[] = {{"manage.py", manage}, {"settings.py", settings.ptr}, {"urls.py", urls}, {"notes/__init__.py", ""},
                                     {"notes/models.py", models}, {NULL, NULL}};
        const struct file outside[] = {{"user.sqlite3", ""}, {NULL, NULL}};
        fl_str folder = make_project(&arena, files), other = make_project(&arena, outside);
        fl_str database = fl_fs_join(&arena, other, FL_S("user.sqlite3"));
        setenv("OUTSIDE", database.ptr, 1);
        fl_service_plan plan;
        fl_service *service;
        fl_err err = {0};
        fl_service_hints hints = {.language = FL_S("python"), .packages = packages, .package_count = 1};
        fl_row_ok(rows[i].row, fl_service_infer(&plan, &arena, folder.ptr, &hints, &err), err);
        fl_row_ok(rows[i].row, fl_service_start(&service, &plan, &err), err);
        fl_row_str(rows[i].row, ask(service, &arena, "GET", "/").body, "1");
        fl_row_str(rows[i].row, ask(service, &arena, "GET", "/").body, "2");
        fl_row_ok(rows[i].row, fl_service_restart(service, &err), err);
        fl_row_str(rows[i].row, ask(service, &arena, "GET", "/").body, "1");
        fl_service_free(service);
        uint64_t size = 1;
        fl_row_true(rows[i].row, fl_fs_size(database.ptr, &size) && size == 0);
        fl_row_true(rows[i].row, !fl_fs_exists(fl_fs_join(&arena, folder, FL_S("db.sqlite3")).ptr));
        remove_project(folder);
        remove_project(other);
        fl_arena_release(&arena);
    }
}

FL_UNIT(python, cmocka_unit_test(chooses_an_interpreter), cmocka_unit_test(takes_back_what_it_wrote), cmocka_unit_test(names_missing_packages),
        cmocka_unit_test(starts_with_tables_of_its_own))
