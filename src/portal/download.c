#include "portal/visit.h"

void visit_download(struct visit *visit, const char *media_type, const char *name)
{
    visit->response->status = 200;
    visit->response->content_type = media_type;
    http_set(visit->response, "Content-Disposition", arena_printf(visit->arena, "attachment; filename=\"%s\"", name));
}
