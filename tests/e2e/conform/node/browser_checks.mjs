// What a WebSocket of the web's own kind can check. It runs in a page as well: no imports, and plain values out.
export async function checkEcho(url) {
  const outcome = [];
  const sizes = [0, 1, 125, 126, 127, 65535, 65536, 1_000_000, 16 * 1024 * 1024];
  const cjk = "電腦與人之間的訊息，一字不漏。";

  function open() {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${url}/bench/echo`);
      socket.binaryType = "arraybuffer";
      socket.onopen = () => resolve(socket);
      socket.onerror = () => reject(new Error("not connected"));
    });
  }
  function answer(socket) {
    return new Promise((resolve, reject) => {
      socket.onmessage = (event) => resolve(event.data);
      socket.onclose = (event) => reject(new Error(`closed with ${event.code} ${event.reason}`));
    });
  }
  function finish(socket, code = 1000) {
    return new Promise((resolve, reject) => {
      socket.onclose = (event) => {
        if (event.code === code && event.wasClean) resolve();
        else reject(new Error(`${code} was answered with ${event.code}, clean: ${event.wasClean}`));
      };
      socket.close(code, "done 電");
    });
  }
  async function text(socket, message) {
    const answered = answer(socket);
    socket.send(message);
    if ((await answered) !== message) throw new Error(`a text of ${message.length} characters differs`);
  }
  async function binary(socket, size) {
    const data = new Uint8Array(size);
    for (let at = 0; at < size; ++at) data[at] = (at * 7) % 256;
    const answered = answer(socket);
    socket.send(data);
    const got = new Uint8Array(await answered);
    if (got.length !== size || got.some((byte, at) => byte !== data[at])) throw new Error(`${size} bytes differ`);
  }
  async function check(name, play) {
    try {
      await play();
      outcome.push({ check: name, ok: true });
    } catch (problem) {
      outcome.push({ check: name, ok: false, said: String(problem) });
    }
  }

  await check("text", async () => {
    const socket = await open();
    for (const size of sizes) await text(socket, cjk.repeat(size / 45 + 1).slice(0, size / 3));
    await finish(socket);
  });
  await check("2 MB of CJK", async () => {
    const socket = await open();
    await text(socket, cjk.repeat(2_000_000 / 45));
    await finish(socket);
  });
  await check("characters of every length", async () => {
    const socket = await open();
    await text(socket, "a\u0000é\ufffe電😀\u{10ffff}".repeat(5000));
    await finish(socket);
  });
  await check("binary", async () => {
    const socket = await open();
    for (const size of sizes) await binary(socket, size);
    await finish(socket);
  });
  await check("100 at once", async () => {
    const socket = await open();
    const got = [];
    const all = new Promise((resolve) => {
      socket.onmessage = (event) => got.push(event.data) === 100 && resolve();
    });
    for (let number = 0; number < 100; ++number) socket.send(`number ${number}`);
    await all;
    if (got.some((line, number) => line !== `number ${number}`)) throw new Error("another order");
    await finish(socket);
  });
  await check("close", async () => {
    for (const code of [1000, 3000, 4999]) await finish(await open(), code);
  });
  return outcome;
}
