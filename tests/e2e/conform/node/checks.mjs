// What the clients of Node share: a line of JSON per check.
export const cjk = "電腦與人之間的訊息，一字不漏。";
export const sizes = [0, 1, 125, 126, 127, 65535, 65536, 1_000_000, 16 * 1024 * 1024];
const patience = 90_000; // ms

export const url = process.argv[2];

export function textOf(bytes) {
  return cjk.repeat(bytes / 45 + 1).slice(0, Math.floor(bytes / 3));
}

export function dataOf(bytes) {
  const data = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; ++at) data[at] = (at * 7) % 256;
  return data;
}

export function expect(condition, what) {
  if (!condition) throw new Error(what);
}

function tell(check, ok, said) {
  console.log(JSON.stringify({ check, ok, said }));
}

export function tellAbsent() {
  console.log(JSON.stringify({ absent: true }));
}

function inTime(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("not in time")), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// `checks`: functions by name. Ends the process.
export async function run(checks) {
  let status = 0;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await inTime(check());
      tell(name, true);
    } catch (problem) {
      status = 1;
      tell(name, false, String(problem?.stack ?? problem));
    }
  }
  return status;
}
