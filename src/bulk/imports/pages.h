/* The request handlers of this folder. */
#pragma once

#include "bulk/imports/runs.h"

bool imports_page(struct visit *visit, struct err *err);
/* Answers with the page of imports and says, in the user's language, why the files were refused. */
bool imports_page_refused(struct visit *visit, struct str refusal, struct err *err);
bool imports_send(struct visit *visit, struct err *err);

bool import_page(struct visit *visit, struct err *err);
bool import_state(struct visit *visit, struct err *err);
bool import_problems_csv(struct visit *visit, struct err *err);
bool import_files_send(struct visit *visit, struct err *err);
bool import_answers_send(struct visit *visit, struct err *err);
bool import_run_send(struct visit *visit, struct err *err);
bool import_undo_send(struct visit *visit, struct err *err);
bool import_discard_send(struct visit *visit, struct err *err);

bool import_columns_page(struct visit *visit, struct err *err);
bool import_columns_send(struct visit *visit, struct err *err);
/* Saves the columns of the form as the mapping of the file that the address names. */
MUST_CHECK bool columns_save(struct visit *visit, struct db_conn *conn, int64_t run, struct err *err);

/* --- answers.c --- */
struct import_view;
/* Fills the questions of the run that people can answer, and how dates are read. */
MUST_CHECK bool answers_fill(struct visit *visit, struct import_view *view, struct err *err);
/* Saves the answers of the form. */
MUST_CHECK bool answers_save(struct visit *visit, struct db_conn *conn, int64_t run, struct err *err);

/* The feature's `forget_contact`. */
bool imports_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err);

/* Loads the run that the address names. Fails with ERR_NOT_FOUND when it does not exist. */
MUST_CHECK bool run_of_path(struct visit *visit, struct run *run, struct err *err);
struct str run_path(struct arena *arena, int64_t id);
/* States of a run, with their labels. */
extern const struct code_list run_states;
extern const struct list imports_list;
