/* Stands in for libmi: RESULT is what opening an application gives; with 0 it is one whose functions all say MI_RESULT_NOT_SUPPORTED. */
#include <stddef.h>

static unsigned not_supported(void) { return 7; }

static unsigned (*const functions[11])(void) = {
    not_supported, not_supported, not_supported, not_supported, not_supported, not_supported,
    not_supported, not_supported, not_supported, not_supported, not_supported};

struct application {
    unsigned long long reserved1;
    ptrdiff_t reserved2;
    const void *functions;
};

unsigned MI_Application_InitializeV1(unsigned flags, const char *id, void **error, struct application *application)
{
    (void)flags;
    (void)id;
    if (error)
        *error = NULL;
    if (RESULT == 0)
        application->functions = functions;
    return RESULT;
}
