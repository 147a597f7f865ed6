// Processor time, memory and load: what the figures of bench.mjs are made of.

import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { once } from "node:events";

const TICK_US = 1e6 / Number(execFileSync("getconf", ["CLK_TCK"]).toString());

function processes() {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const rest = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [{ pid: Number(name), comm: stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")")),
        parent: Number(rest[1]),
        cpu: (Number(rest[11]) + Number(rest[12])) * TICK_US }];
    } catch {
      return []; // it ended meanwhile
    }
  });
}

// Whether a process of PostgreSQL serves this database: its title says so.
function serves(pid, database) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(` ${database} `);
  } catch {
    return false;
  }
}

// Microseconds of processor time of a process and everything below it, and of PostgreSQL's processes when asked for:
// all of them, or those that serve a database of that name.
export function cpuOf(root, withPostgres) {
  const counts = (one) => one.comm === "postgres" && (withPostgres === true || serves(one.pid, withPostgres));
  const all = processes();
  const family = new Set([root]);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const one of all) if (family.has(one.parent)) family.add(one.pid);
  }
  return all.filter((one) => family.has(one.pid) || (withPostgres && counts(one)))
    .reduce((sum, one) => sum + one.cpu, 0);
}

// The largest resident size so far among a process and its children, in MiB.
export function peakMemory(root) {
  const sizes = processes().filter((one) => one.pid === root || one.parent === root).map((one) => {
    const found = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${one.pid}/status`, "utf8"));
    return found ? Number(found[1]) / 1024 : 0;
  });
  return Math.max(...sizes);
}

const toMs = (value, unit) => Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit];

// 64 connections for so many seconds; requests per second, p50 and p99 in ms.
export async function load(url, cookie, seconds, connections = 64) {
  const wrk = spawn("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", "-H", `Cookie: ${cookie}`, url]);
  let text = "";
  wrk.stdout.on("data", (data) => (text += data));
  await once(wrk, "close");
  const percentile = (p) => {
    const found = new RegExp(`\\s${p}%\\s+([\\d.]+)(us|ms|s)`).exec(text);
    return toMs(found[1], found[2]);
  };
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(text);
  if (bad) throw new Error(`${url}: ${bad[1]} answers were failures`);
  return { requests: Number(/(\d+) requests in/.exec(text)[1]), rps: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)[1]),
    p50: percentile(50), p99: percentile(99) };
}
