// Improvements of pages that work without them; each finds its elements by a data- attribute (web/README.md).
import { startChooseAll } from "./choose_all.js";
import { startDraft } from "./draft.js";
import { startFold } from "./fold.js";
import { startFilter } from "./filter.js";
import { startLookup } from "./lookup.js";
import { startPicker } from "./picker.js";
import { startPoll } from "./poll.js";
import { startProposals } from "./proposals.js";
import { startRows } from "./rows.js";
import { startShowPassword } from "./show_password.js";
import { startSubmitOnce } from "./submit_once.js";
import { startThemeSwitch } from "./theme_switch.js";
import { startUpload } from "./upload.js";

document.querySelectorAll("[data-picker]").forEach(startPicker);
document.querySelectorAll("[data-filter]").forEach(startFilter);
document.querySelectorAll("[data-lookup]").forEach(startLookup);
document.querySelectorAll("select[data-proposes-to]").forEach(startProposals);
document.querySelectorAll("form[data-choose-all]").forEach(startChooseAll);
document.querySelectorAll("[data-upload]").forEach(startUpload);
document.querySelectorAll("form[data-draft-url]").forEach(startDraft);
document.querySelectorAll("form[data-show-password]").forEach(startShowPassword);
document.querySelectorAll("[data-theme-switch]").forEach(startThemeSwitch);
document.querySelectorAll("[data-fold]").forEach(startFold);
document.querySelectorAll("[data-poll]").forEach(startPoll);
document.querySelectorAll(".staff main").forEach(startRows);
startSubmitOnce();
document.querySelector("[data-error-summary]")?.focus();
