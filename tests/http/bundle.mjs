// The digest of a backup, written from src/cli/bundle.h: names, sizes and contents of what stands before it, by BLAKE2b
// of 32 bytes.
import { execFileSync } from "node:child_process";

const size = (n) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(n));
  return bytes;
};

export function digestOf(entries) {
  const input = Buffer.concat(entries.flatMap(([name, content]) => {
    const bytes = Buffer.from(content);
    return [Buffer.from(`${name}\0`), size(bytes.length), bytes];
  }));
  return execFileSync("b2sum", ["-l", "256"], { input, encoding: "utf8" }).split(" ")[0];
}
