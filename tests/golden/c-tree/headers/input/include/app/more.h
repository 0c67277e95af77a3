#pragma once
#define MORE 2
typedef long more_t;
