// The echo through the WebSocket that Node itself has: `own_client.mjs URL`.
import { checkEcho } from "./browser_checks.mjs";
import { tellAbsent, url } from "./checks.mjs";

if (typeof WebSocket === "undefined") {
  tellAbsent();
} else {
  const outcome = await checkEcho(url);
  for (const told of outcome) console.log(JSON.stringify(told));
  process.exitCode = outcome.every((told) => told.ok) ? 0 : 1;
}
