// The echo through Chromium, from a page of the server's own origin: `chromium_client.mjs URL`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { checkEcho } from "./browser_checks.mjs";

const url = process.argv[2];
const profile = mkdtempSync(join(tmpdir(), "lanline-chromium-"));
let status = 1;
try {
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    ignoreHTTPSErrors: true,
    // Nothing that would talk to anyone but the server.
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--ignore-certificate-errors"],
  });
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    await page.goto(`${url.replace("ws", "http")}/healthz`);
    const outcome = await page.evaluate(`(${checkEcho})(${JSON.stringify(url)})`);
    // A page of another origin may not connect.
    await page.goto(`${url.replace("ws", "http").replace("127.0.0.1", "localhost")}/healthz`);
    const isLetIn = await page.evaluate(`new Promise((resolve) => {
      const socket = new WebSocket(${JSON.stringify(`${url}/bench/echo`)});
      socket.onopen = () => resolve(true);
      socket.onerror = () => resolve(false);
    })`);
    outcome.push({ check: "another origin is refused", ok: !isLetIn });
    for (const told of outcome) console.log(JSON.stringify(told));
    status = outcome.every((told) => told.ok) ? 0 : 1;
  } finally {
    await browser.close();
  }
} finally {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(status);
