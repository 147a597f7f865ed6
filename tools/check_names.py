#!/usr/bin/env python3
"""Fails when two functions anywhere under src/ have the same name, static or not: a name is to lead to one place.

Unit tests are free: each is a program of its own. KNOWN are the doubles that are left; the list only shrinks.
"""

import pathlib
import re
import sys

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
# clang-format puts a function's brace at the start of a line of its own, after its parameters.
DEFINITION = re.compile(r"^[A-Za-z_][\w *]*?[ *](\w+)\((?:[^;{}]|\n)*?\)\n\{", re.MULTILINE)

KNOWN = """
add add_content add_cursor add_differing add_end add_fact add_fault add_file add_filters add_folder add_line add_login
add_matches add_number add_object add_order add_param add_part add_picklist add_range add_register add_row add_rows
add_stored add_string add_was add_word add_words address address_of age_us answer ask begin block_body build_list
cases_newest_open cell_of cell_text change check check_all check_link check_reference check_rows choices_of
choose_body close_stream compare conclude configured_label contact_number control_of copy count_key count_now count_of
criterion_fill decide digest_of digits_of enter enter_body extra_field extra_text fail fault fault_without_field
field_of fill fill_contact fill_customer fill_facts fill_fields fill_files fill_form fill_head fill_headings
fill_heads fill_input fill_items fill_page_sizes fill_pager fill_result fill_rows fill_status filters_case find
find_contact find_item find_line find_number find_room find_stored finds_nothing finish flush flush_folder fold
folder_of gate_enter gate_leave gather grow heading_of hex_digit hex_value idle_us input_name is_among is_blank is_hex
is_loopback is_number is_old is_pair is_plain is_taken is_there is_told is_used is_workbook keep key_sound kind_of
label_of list_page list_url load load_cases load_changer load_changes load_contacts load_decisions load_extras
load_files load_list load_rows load_stored login_send make make_account make_folders matches_add may_merge merge_rows
months_before name_fits note note_found note_touched nothing number_text one_line open_field open_files open_inputs
open_page order_of page_of page_url path_of place_of plain_lines prepare proof_of prove_body put read_after read_case
read_chunk read_cursor read_date read_decision read_field read_file read_head read_instant read_kept read_line
read_list read_message read_next read_page_size read_question read_row read_rows read_settings read_sort read_state
read_status read_text read_user refresh_reach refuse refuse_for_now refuse_older release remove_one renew_setup report
reset resolve reverse row_of run run_body run_each save save_body send session_begin set_headers set_text show
show_again show_form show_sent show_spent shown shown_of slot_of start state_of step subject_of summary_of take
take_extra take_extras tell tell_faults text_cell text_of ticked_names time_text trim_blanks type_of typed undo_body
unquoted upkeep value_of was_of was_sent was_ticked watch weight_of whole_add with_query words_add write_all
write_head write_lines write_part write_row write_rows write_sheet
""".split()


def find_doubles(files):
    """Name → the files that define it, for names with more than one definition. files: pairs (name, text)."""
    found = {}
    for name, text in files:
        for definition in DEFINITION.finditer(text):
            found.setdefault(definition[1], []).append(name)
    return {name: places for name, places in sorted(found.items()) if len(places) > 1}


def main():
    files = [(str(path.relative_to(SRC.parent)), path.read_text()) for path in sorted(SRC.rglob("*.c"))
             if not path.name.startswith("test_")]
    problems = [f"{name} is the name of several functions: {', '.join(places)}"
                for name, places in find_doubles(files).items() if name not in KNOWN]
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems or not files else 0)


if __name__ == "__main__":
    main()
