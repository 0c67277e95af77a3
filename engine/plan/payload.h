#ifndef FL_ENGINE_PAYLOAD_H
#define FL_ENGINE_PAYLOAD_H

/** What injections send, and by what the checks of answers know that it had an effect: never by its being accepted. */
#define FL_PAYLOAD_MARKUP "<script>faultline(1)</script>"
#define FL_PAYLOAD_TEMPLATE "{{7919*7907}}${7919*7907}"
#define FL_PAYLOAD_TEMPLATE_RESULT "62615533"
#define FL_PAYLOAD_COMMAND ";expr 7919 \\* 7907;"
#define FL_PAYLOAD_FILE "../../../../../../../../../../etc/passwd"
#define FL_PAYLOAD_HEADER "x-faultline-injected"
#define FL_PAYLOAD_LINE_END "x\r\n" FL_PAYLOAD_HEADER ": 1"
#endif
