// The files of an <input type=file multiple>: several choices add up, each can be removed, too large ones are left out.
import { announce, element, sizeText, text } from "./dom.js";
import { startKeeping } from "./keep_files.js";
import { readPhoto } from "./photo.js";

const sameFile = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;

export function startUpload(field) {
  const input = field.querySelector("input[type=file]");
  const limits = field.dataset;
  const limitOf = (file) => Number(file.type.startsWith("video/") ? limits.filmBytes : limits.maxBytes) || Infinity;
  const list = element("ul", { class: "upload-list" });
  const fault = element("p", { class: "field-error", role: "alert" });
  // Staff send drawings and scans, which must stay as they are.
  const shrinks = !document.body.classList.contains("staff");
  const known = new Map(); // of files made smaller and files with a thumbnail: { chosen, thumbnail }
  let files = [];

  const tell = () => announce(files.length ? text("files", files.map((file) => file.name).join(", ")) : text("no-files"));
  const show = () => {
    const transfer = new DataTransfer();
    files.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
    list.replaceChildren(
      ...files.map((file, index) => {
        const cross = element("span", { "aria-hidden": "true" }, "×");
        const remove = element("button", { type: "button", "aria-label": text("remove", file.name) }, cross);
        remove.addEventListener("click", () => {
          files = files.filter((one) => one !== file);
          show();
          tell();
          (list.querySelectorAll("button")[Math.min(index, files.length - 1)] ?? input).focus();
        });
        return element("li", {}, known.get(file)?.thumbnail ?? "", element("span", {}, file.name), element("span", {}, sizeText(file.size)), remove);
      }),
    );
  };
  // The chosen file can be sent before its smaller one is ready.
  const replace = (chosen, { file, thumbnail }) => {
    if (!files.includes(chosen)) return;
    known.set(file, { chosen, thumbnail });
    files = files.map((one) => (one === chosen ? file : one));
    const focused = [...list.querySelectorAll("button")].indexOf(document.activeElement);
    show();
    list.querySelectorAll("button")[focused]?.focus();
  };
  const add = (chosen) => {
    const large = chosen.filter((file) => file.size > limitOf(file));
    fault.textContent = large.map((file) => text("too-large", file.name, sizeText(limitOf(file)))).join(" ");
    for (const file of chosen) {
      if (file.size > limitOf(file) || files.some((one) => sameFile(known.get(one)?.chosen ?? one, file))) continue;
      files.push(file);
      readPhoto(file, shrinks).then((photo) => {
        if (photo) replace(file, photo);
        keep?.(photo?.file ?? file);
      });
    }
    show();
    tell();
  };

  const keep = startKeeping(input, {
    waits: (file) => files.includes(file),
    done: (file, refusal) => {
      const focused = list.contains(document.activeElement);
      files = files.filter((one) => one !== file);
      show();
      fault.textContent = refusal;
      if (focused) input.focus();
    },
  });
  input.addEventListener("change", () => add([...input.files]));
  field.append(fault, list);
  takeDropped(field, add, (folders) => (fault.textContent = folders.map((name) => text("folder", name)).join(" ")));
  if (matchMedia("(pointer: coarse)").matches) field.insertBefore(cameraButton(add), fault);
}

/**
 * The whole page takes dropped files, so that a near miss does not open the file instead of the form. Folders are
 * refused: browsers cannot send them.
 */
function takeDropped(field, add, refuse) {
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0; // leaving one element is often entering another
  const mark = (change) => {
    depth = Math.max(0, depth + change);
    field.classList.toggle("upload--over", depth > 0);
  };
  const on = (name, act) => document.addEventListener(name, (event) => carriesFiles(event) && act(event));
  on("dragenter", () => mark(1));
  on("dragleave", () => mark(-1));
  on("dragover", (event) => {
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  });
  on("drop", (event) => {
    event.preventDefault();
    mark(-depth);
    const folders = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry?.isDirectory).map((entry) => entry.name);
    const dropped = [...event.dataTransfer.files].filter((file) => !folders.includes(file.name));
    add(dropped);
    if (folders.length) refuse(folders);
    field.scrollIntoView({ block: "nearest" });
  });
  if (matchMedia("(pointer: fine)").matches) field.append(element("p", { class: "form-text upload-drop" }, text("drop")));
}

/** Phones open their camera straight from an input with `capture`; it has no name and so is never sent itself. */
function cameraButton(add) {
  const camera = element("input", { type: "file", accept: "image/*", capture: "environment", hidden: "" });
  const button = element("button", { type: "button", class: "btn btn-outline-secondary upload-camera" }, text("camera"));
  camera.addEventListener("change", () => {
    add([...camera.files]);
    camera.value = "";
  });
  button.addEventListener("click", () => camera.click());
  button.append(camera);
  camera.addEventListener("click", (event) => event.stopPropagation());
  return button;
}
