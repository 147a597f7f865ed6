#include "features/files/files.h"

const struct feature files_feature = {
    .name = "files",
};
