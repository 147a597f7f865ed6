/*
 * samples DIR: writes pages made of the shared templates, with the assets they load, so that a browser can be shown
 * every state of a field without a server or data. For components.test.mjs.
 */
#include "view/field.html.h"
#include "view/message.html.h"
#include "view/pager.html.h"
#include "view/shell.html.h"
#include "view/theme.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static struct arena *arena;
static struct view view;
static int folder;

static void write_file(const char *name, struct str content)
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (!file || fwrite(content.p, 1, content.n, file) != content.n || fclose(file) != 0) {
        perror(name);
        exit(1);
    }
}

static const struct option priorities[] = {
    {STR_INIT("1"), STR_INIT("Låg"), false},
    {STR_INIT("3"), STR_INIT("Akut"), false},
};
static const struct option objects[] = {
    {STR_INIT("1001"), STR_INIT("Storgatan 1, Göteborg"), true},
    {STR_INIT("1002"), STR_INIT("Storgatan 3, Göteborg"), false},
};

enum { TITLE, DESCRIPTION, OBJECT, TYPE, PRIORITY, CITY, KEY, FILES, FIELD_COUNT };

static struct field *fields_make(bool refused)
{
    struct field *f = ARENA_ARRAY(arena, struct field, FIELD_COUNT);
    f[TITLE] = (struct field){
        .name = STR("title"), .label = STR("Rubrik"), .hint = STR("Kort om vad det gäller."), .required = true};
    f[DESCRIPTION] =
        (struct field){.name = STR("description"), .label = STR("Beskrivning"), .value = STR("\nDroppar.")};
    f[OBJECT] = (struct field){.name = STR("object"),
                               .label = STR("Objekt"),
                               .value = STR("1001"),
                               .search = STR("storg"),
                               .options = objects,
                               .option_count = 2,
                               .empty_label = STR("Inget objekt")};
    f[TYPE] = (struct field){.name = STR("type"),
                             .label = STR("Ärendetyp"),
                             .value = STR("1001"),
                             .options = objects,
                             .option_count = 2,
                             .readonly = true};
    f[PRIORITY] = (struct field){.name = STR("priority"),
                                 .label = STR("Prioritet"),
                                 .options = priorities,
                                 .option_count = 2,
                                 .empty_label = STR("Välj …")};
    f[CITY] = (struct field){.name = STR("site_city"), .label = STR("Ort"), .value = STR("Göteborg"), .readonly = true};
    f[KEY] = (struct field){.name = STR("extra_key"),
                            .label = STR("Huvudnyckel får användas"),
                            .value = STR("yes"),
                            .hint = STR("Gäller bara det här ärendet.")};
    f[FILES] = (struct field){.name = STR("attachments"), .label = STR("Bilder"), .accept = "image/*"};
    if (refused) {
        f[TITLE].error = STR("Skriv en rubrik.");
        f[OBJECT].error = STR("Välj ett objekt.");
        f[PRIORITY].error = STR("Välj en prioritet.");
    }
    return f;
}

static void form_write(struct buf *out, bool refused)
{
    const struct field *f = fields_make(refused);
    buf_z(out, "<h1>Nytt ärende</h1>");
    field_errors_html(out, &view, f, FIELD_COUNT);
    buf_z(out, "<form class=\"panel\" method=\"post\" action=\"/sent\" enctype=\"multipart/form-data\" novalidate "
               "data-draft-url=\"/draft\">");
    csrf_field_html(out, &view);
    field_text_html(out, &view, &f[TITLE]);
    field_textarea_html(out, &view, &f[DESCRIPTION]);
    field_picker_html(out, &view, &f[OBJECT], STR("/objects"));
    field_select_html(out, &view, &f[TYPE]);
    field_select_html(out, &view, &f[PRIORITY]);
    field_text_html(out, &view, &f[CITY]);
    field_checkbox_html(out, &view, &f[KEY]);
    field_files_html(out, &view, &f[FILES], 1000000, 1000000);
    buf_z(out,
          "<div class=\"form-actions\"><button class=\"btn btn-primary\" type=\"submit\">Skicka</button></div></form>");
}

static void list_write(struct buf *out, bool refused)
{
    static const char *const kinds[] = {"info", "success", "warning", "danger"};
    (void)refused;
    buf_z(out, "<h1>Ärenden</h1>");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        message_html(out, &view, kinds[i], STR("Ett meddelande."));
    buf_z(out, "<table class=\"table cards\"><caption class=\"visually-hidden\">Ärenden</caption><thead><tr>"
               "<th scope=\"col\" aria-sort=\"descending\"><a href=\"?sort=number\">Nummer</a></th>"
               "<th scope=\"col\">Rubrik</th><th scope=\"col\">Status</th></tr></thead><tbody>");
    for (int i = 0; i < 60; i++)
        buf_printf(out,
                   "<tr><td data-label=\"Nummer\"><a class=\"cell-link\" href=\"/cases/%d\">261123-%04d</a></td>"
                   "<td data-label=\"Rubrik\">Läckande kran</td>"
                   "<td data-label=\"Status\"><span class=\"status status--%d\">Läge</span></td></tr>",
                   i, i, i % 3);
    buf_z(out, "</tbody></table>");
    struct pager pager = {.from = 21,
                          .to = 80,
                          .total = 1234,
                          .first_url = STR("/cases"),
                          .previous_url = STR("/cases?before=x"),
                          .next_url = STR("/cases?after=x")};
    pager_html(out, &view, &pager);
    empty_state_html(out, &view, "circle-check", STR("Inga ärenden"), STR("Här visas dina ärenden."));
}

static void page_write(const char *name, const struct shell *shell, void (*body)(struct buf *, bool), bool refused)
{
    struct buf out;
    buf_init(&out, arena);
    shell_begin_html(&out, &view, shell);
    body(&out, refused);
    shell_end_html(&out, &view, shell);
    write_file(name, buf_text(&out));
}

static void pages_write(void)
{
    static const struct menu_item menu[] = {
        {.path = STR_INIT("/"), .url = STR_INIT("/"), .label = STR_INIT("Start"), .icon = "circle-user"},
        {.path = STR_INIT("/cases/new"),
         .url = STR_INIT("/cases/new"),
         .label = STR_INIT("Nytt ärende"),
         .icon = "circle-plus",
         .waiting = STR_INIT("3"),
         .current = true},
        {.path = STR_INIT("/cases"), .url = STR_INIT("/cases"), .label = STR_INIT("Sök ärende"), .icon = "search"},
        {.path = STR_INIT("/account"),
         .url = STR_INIT("/account"),
         .label = STR_INIT("Mitt konto"),
         .icon = "circle-user"},
    };
    struct shell shell = {.title = STR("Nytt ärende"),
                          .portal_name = STR("Bergs Fastighetsservice"),
                          .theme_url = STR("/theme.css"),
                          .contact_text = STR("031-12 34 56\nservice@example.com"),
                          .menu = menu,
                          .menu_count = 4,
                          .user_name = STR("Anna Andersson"),
                          .path = STR("/cases/new")};
    page_write("form.html", &shell, form_write, false);
    page_write("refused.html", &shell, form_write, true);
    shell.notice = STR("Ändringarna är sparade.");
    page_write("list.html", &shell, list_write, false);
}

int main(int argc, char **argv)
{
    folder = argc == 3 ? open(argv[1], O_DIRECTORY | O_CLOEXEC) : -1;
    if (folder < 0 || (mkdirat(folder, "assets", 0777) != 0 && errno != EEXIST)) {
        fprintf(stderr, "usage: samples DIR '#rrggbb'\n");
        return 2;
    }
    arena = arena_create();
    view = (struct view){.arena = arena, .lang = LANG_SV, .csrf_token = STR("token")};
    pages_write();
    write_file("theme.css", theme_css(arena, str_of(argv[2])));
    for (size_t i = 0; i < asset_count; i++) {
        struct str content = {(const char *)asset_table[i].plain, asset_table[i].plain_size};
        write_file(asset_table[i].path + 1, content);
    }
    arena_destroy(arena);
    return 0;
}
