// The echo through the package ws: `ws_client.mjs URL`.
import { once } from "node:events";
import WebSocket from "ws";
import { cjk, dataOf, expect, run, sizes, textOf, url } from "./checks.mjs";

async function open() {
  const socket = new WebSocket(`${url}/bench/echo`, { rejectUnauthorized: false, maxPayload: 32 * 1024 * 1024 });
  await once(socket, "open");
  return socket;
}

async function finish(socket, code = 1000, reason = "") {
  const ended = once(socket, "close");
  socket.close(code, reason);
  const [got] = await ended;
  expect(got === code, `${code} was answered with ${got}`);
}

async function echo(socket, message, send = () => socket.send(message)) {
  const answer = once(socket, "message");
  send();
  const [data, isBinary] = await answer;
  expect(isBinary === (typeof message !== "string"), "another type came back");
  expect(Buffer.from(message).equals(data), `${message.length} came back as ${data.length} bytes`);
}

// `size` bytes each, wherever a character is cut.
function sendInFragments(socket, data, size, binary) {
  for (let at = 0; at < data.length; at += size)
    socket.send(data.subarray(at, at + size), { binary, fin: at + size >= data.length });
}

const status = await run({
  async binary() {
    const socket = await open();
    for (const size of sizes) await echo(socket, dataOf(size));
    await finish(socket);
  },
  async text() {
    const socket = await open();
    for (const size of sizes) await echo(socket, textOf(size));
    await finish(socket);
  },
  async "2 MB of CJK in fragments"() {
    const socket = await open();
    const text = cjk.repeat(2_000_000 / 45);
    const data = Buffer.from(text);
    for (const size of [4096, 1000, 64]) {
      await echo(socket, text, () => sendInFragments(socket, data, size, false));
      await echo(socket, data, () => sendInFragments(socket, data, size, true));
    }
    await finish(socket);
  },
  async ping() {
    const socket = await open();
    for (const size of [0, 1, 125]) {
      const payload = dataOf(size);
      const pong = once(socket, "pong");
      socket.ping(payload);
      expect(payload.equals((await pong)[0]), `the pong of ${size} bytes differs`);
    }
    socket.pong("unsolicited");
    await echo(socket, "still here");
    await finish(socket);
  },
  async close() {
    for (const code of [1000, 1001, 3000, 4999]) await finish(await open(), code, "done 電");
  },
});
process.exit(status);
