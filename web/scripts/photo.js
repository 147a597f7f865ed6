// Photos as phones take them: a smaller one to send, and a thumbnail to show. What a browser cannot read stays as it is.
import { element } from "./dom.js";

const LONGEST = 2560; // pixels; enough to read a type plate
const HEAVY = 1_000_000; // bytes; smaller files are sent as they are
const THUMBNAIL = 112; // pixels; shown at half of it

function draw(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = element("canvas", { width: Math.max(1, Math.round(picture.width * scale)), height: Math.max(1, Math.round(picture.height * scale)) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function smaller(file, picture) {
  if (file.type !== "image/jpeg" || file.size < HEAVY) return file;
  const blob = await new Promise((resolve) => draw(picture, LONGEST).toBlob(resolve, "image/jpeg", 0.85));
  return blob && blob.size < file.size ? new File([blob], file.name, { type: file.type, lastModified: file.lastModified }) : file;
}

/** Resolves to { file, thumbnail }; to nothing when the file is no picture that the browser can read. */
export async function readPhoto(file, shrink) {
  if (!/^image\/(jpeg|png|webp|gif)$/.test(file.type)) return undefined;
  try {
    const picture = await createImageBitmap(file);
    const thumbnail = draw(picture, THUMBNAIL);
    thumbnail.className = "upload-thumbnail";
    thumbnail.setAttribute("aria-hidden", "true");
    const sent = shrink ? await smaller(file, picture) : file;
    picture.close();
    return { file: sent, thumbnail };
  } catch {
    return undefined;
  }
}
