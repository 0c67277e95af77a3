#ifndef FL_BASE_LIMITS_H
#define FL_BASE_LIMITS_H

/** Every bound on what comes from outside stands here. Units are part of the name. */

/* files and folders */
#define FL_LIMIT_OWN_HEADER_BYTES 100000u      /**< a C++ header as large as this is a library that was copied into the project */
#define FL_LIMIT_FILE_BYTES (8u * 1024 * 1024)   /**< larger source files are skipped with a diagnostic */
#define FL_LIMIT_GENERATED_LINE_BYTES 5000u      /**< mean line length above which a file counts as minified */
#define FL_LIMIT_FILES 60000u                    /**< source files per run; the rest is named in a diagnostic */
#define FL_LIMIT_WALK_DEPTH 64u                  /**< folder depth */
#define FL_LIMIT_WALK_ENTRIES 1000000u           /**< folder entries looked at per run */
#define FL_LIMIT_DATA_BYTES (16u * 1024 * 1024)  /**< one JSON or YAML document */
#define FL_LIMIT_DATA_DEPTH 128u                 /**< nesting of a JSON or YAML document */
#define FL_LIMIT_DATA_NODES 2000000u             /**< values of one JSON or YAML document */
#define FL_LIMIT_DATA_ALIAS_NODES 200000u        /**< values that the aliases of one YAML document may expand to */
#define FL_LIMIT_PATH_BYTES 4096u

/* the common tree */
#define FL_LIMIT_TREE_DEPTH 400u                 /**< deeper syntax becomes opaque("too deep") */
#define FL_LIMIT_PARSE_MS 20000u                 /**< one file, however large */
#define FL_LIMIT_PARSE_SMALL_MS 2000u            /**< an empty file; each KiB adds 2.5 ms. Damage can cost a parser seconds per line */
#define FL_LIMIT_COMPILER_STACK_BYTES (1024ull * 1024 * 1024) /**< address space for a compiler that recurses as deep as its input nests */
#define FL_LIMIT_STATEMENT_TOKENS 30000u         /**< between two of `; { } ,` in C; more is no source, and compilers take quadratic time */
#define FL_LIMIT_MACRO_TOKENS 3000000u            /**< that one macro of C may expand to */
#define FL_LIMIT_ELSES 20000u                    /**< in one file of C; chains of them take quadratic time as well */

/* values */
#define FL_LIMIT_EVAL_DEPTH 64u                  /**< nested calls while evaluating start-up code */
#define FL_LIMIT_EVAL_LOOP 2000u                 /**< iterations of one loop */
#define FL_LIMIT_EVAL_STEPS 100000u              /**< steps per module */
#define FL_LIMIT_EVAL_LIBRARY_SHARE 50u          /**< code that stands for a package has so many times that */
#define FL_LIMIT_EVAL_ENDLESS 256u               /**< iterations of a loop without a condition */
#define FL_LIMIT_EVAL_ENTRY_STEPS 300000u        /**< steps of a program's first function and all that it calls, in whatever module */
#define FL_LIMIT_EVAL_WAIT_STEPS 10000u          /**< of them, those of one loop while it registers nothing: programs wait in loops */
#define FL_LIMIT_EVAL_IDLE_STEPS 3000u           /**< of them, those of one function, or loop, that cannot register anything; each call has a sixtieth */
#define FL_LIMIT_ADDRESSES 50u                   /**< variables that say where a service is */
#define FL_LIMIT_WRITTEN_ADDRESSES 8u            /**< addresses in the code: each has a server of ours */
#define FL_LIMIT_VALUE_ITEMS 20000u              /**< items of one list or dict value */

/* stated schemas */
#define FL_LIMIT_CLAIM_DEPTH 40u                 /**< nesting of a validator or a type */
#define FL_LIMIT_CLAIM_STEPS 20000u              /**< validators, types and declarations followed for one schema */
#define FL_LIMIT_CLAIM_PROPERTIES 2000u          /**< of one object */

/* flow */
#define FL_LIMIT_SIGNATURE 24u                   /**< parameters of a handler that are read from its signature */
#define FL_LIMIT_FLOW_DEPTH 8u                   /**< nested calls followed from a handler */
#define FL_LIMIT_FLOW_STEPS 40000u               /**< instructions interpreted per operation */
#define FL_LIMIT_FLOW_DEEP_STEPS 500u            /**< of the last handler: from here on only callees that get request data are followed */
#define FL_LIMIT_FLOW_NEAR_STEPS 1200u           /**< of the last handler: from here on none is */
#define FL_LIMIT_FLOW_BEFORE_SHARE 8u            /**< handlers before the last have this part of both */
#define FL_LIMIT_DISPATCH_WAYS 2000u             /**< ways through one handler that tells methods and paths apart by itself */
#define FL_LIMIT_FLOW_RAW_SHARE 4u               /**< where memory is raw, this many times all three: code looks after every failure */
#define FL_LIMIT_DISPATCH_WAY_STEPS 16000u       /**< instructions interpreted on one of them, to find those that go on from it */
#define FL_LIMIT_DISPATCH_STEPS 16000000u        /**< instructions interpreted to find them */
#define FL_LIMIT_FLOW_BLOCKS 4096u               /**< basic blocks per function */
#define FL_LIMIT_FLOW_CACHE_BYTES (4u << 20)      /**< lowered functions that a thread keeps for the next operation */
#define FL_LIMIT_FACT_DEPTH 12u                  /**< nesting of an inferred shape */

/* engine */
#define FL_LIMIT_RESPONSE_BYTES (4u * 1024 * 1024)
#define FL_LIMIT_STREAM_BYTES (64u * 1024)       /**< an answer that brought this much before the time was up is a stream, no hang */
#define FL_LIMIT_RESPONSE_HEADERS 200u
#define FL_LIMIT_REQUEST_MS 3000u                /**< one request, unless the config says more: later is a hang */
#define FL_LIMIT_READY_MS 30000u
#define FL_LIMIT_STOP_MS 3000u
#define FL_LIMIT_RESTART_STOP_MS 1000u           /**< a service that is started again at once needs no long farewell */
#define FL_LIMIT_BUILD_MS 1800000u              /**< in all: sanitizers make a large source of templates slow to compile */
#define FL_LIMIT_BUILD_SILENT_MS 300000u         /**< without a word of it */
#define FL_LIMIT_RESET_MS 60000u
#define FL_LIMIT_PREPARE_MS 120000u              /**< making the tables of a database */
#define FL_LIMIT_PROBE_MS 10000u                 /**< an interpreter that is asked what it has */
#define FL_LIMIT_PROBE_PACKAGES 200u             /**< that it is asked for */
#define FL_LIMIT_HOOK_BYTES (16u * 1024 * 1024)  /**< reports of the hook, read at once */
#define FL_LIMIT_LOG_BYTES (8u * 1024 * 1024)    /**< kept output of the service, oldest dropped */
#define FL_LIMIT_RESTARTS 600u
#define FL_LIMIT_CASES 20000u                    /**< requests per run, unless the config or --limit says another number */
#define FL_LIMIT_PHASE_MS 3600000u               /**< of one phase, unless the config or --phase-time says another time */
#define FL_LIMIT_JOURNAL_BYTES (1024ull * 1024 * 1024) /**< results of an interrupted run */
#define FL_LIMIT_TEST_CASES 100000u              /**< the same of `test`; of which the matrix may take two thirds, the same for each operation */

#endif
