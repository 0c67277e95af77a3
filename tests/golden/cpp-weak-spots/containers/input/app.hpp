#pragma once
#include <httplib.h>
#include <string>
int limit_of(const httplib::Request &req, const std::string &key = "limit", int usual = 10);
