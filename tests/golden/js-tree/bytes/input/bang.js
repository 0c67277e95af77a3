#!/usr/bin/env node
'use strict';
run(0x10, 1_000, 1e21, .5, 10n, /a\/[/]b/gi)