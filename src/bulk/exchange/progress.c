#include "bulk/exchange/load.h"

#include <stdio.h>

#define BAR 30

void progress_show(const struct load *load, const char *what, double done)
{
    if (load->options->report)
        load->options->report(load->options->context, what, done);
    if (!load->options->progress)
        return;
    char bar[BAR + 1];
    int full = done < 0 ? 0 : done > 1 ? BAR : (int)(done * BAR);
    for (int i = 0; i < BAR; i++)
        bar[i] = i < full ? '#' : '.';
    bar[BAR] = '\0';
    (void)fprintf(stderr, "\r\033[K%-22s [%s] %3d %%", what, bar, (int)(done * 100));
    (void)fflush(stderr);
}

void progress_end(const struct load *load)
{
    if (load->options->progress)
        (void)fputs("\r\033[K", stderr);
}
