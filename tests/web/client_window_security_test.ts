import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { ClientWindow } from "../../lib/web/client_window.ts";

const HELLO = { version: "1.0.0", source: "a from b:1", buttons: 4 } as const;

/** Answers of a window, by what was asked. */
async function asked(path: string, init: RequestInit = {}): Promise<[number, string]> {
  const window = await ClientWindow.open({ port: 0, hello: HELLO, request() {} });
  try {
    const response = await fetch(new URL(path, window.address), init);
    return [response.status, await response.text()];
  } finally {
    await window.close();
  }
}

const REFUSED: [string, string, RequestInit, number, RegExp][] = [
  ["another Origin", "/", { headers: { origin: "http://evil.example" } }, 403, /may not use/],
  ["another site", "/live", { headers: { "sec-fetch-site": "cross-site" } }, 403, /other sites/],
  ["what is no WebSocket", "/live", {}, 426, /is a WebSocket/],
  ["another method", "/", { method: "DELETE" }, 405, /takes GET, HEAD/],
  ["a file that is not there", "/assets/none.js", {}, 404, /There is no/],
  ["bytes that nobody has said", "/messages/1", {}, 404, /There is no entry 1/],
  [
    "a message's bytes to other sites",
    "/messages/1",
    { headers: { "sec-fetch-site": "cross-site" } },
    403,
    /other sites/,
  ],
  ["a way out of the folder", "/assets/..%2fclient_window.ts", {}, 404, /There is no/],
];
for (const [name, path, init, status, sentence] of REFUSED) {
  Deno.test(`the window refuses ${name}`, async () => {
    const [found, text] = await asked(path, init);
    assertEquals(found, status);
    assertMatch(text, sentence);
  });
}

/** The window's answer to a request whose first lines are these, as no browser would write them. */
async function answered(...lines: readonly string[]): Promise<string> {
  const window = await ClientWindow.open({ port: 0, hello: HELLO, request() {} });
  try {
    const { port } = new URL(window.address);
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
    const request = [...lines, "Connection: close", "", ""].join("\r\n");
    await connection.write(new TextEncoder().encode(request));
    return await new Response(connection.readable).text();
  } finally {
    await window.close();
  }
}

Deno.test("the window refuses another Host, as after DNS rebinding", async () => {
  const answer = await answered("GET / HTTP/1.1", "Host: evil.example");
  assertMatch(answer, /^HTTP\/1\.1 421 /);
  assertMatch(answer, /This page is at http:\/\/127\.0\.0\.1:/);
});

for (const host of [":80", "a b", "[", "localhost:99999"]) {
  Deno.test(`the window refuses the Host ${JSON.stringify(host)}, which makes no address`, async () => {
    const answer = await answered("GET / HTTP/1.1", `Host: ${host}`);
    assertMatch(answer, /^HTTP\/1\.1 400 /);
    assertMatch(answer, /Cannot read the address/);
  });
}

Deno.test("the window's page has a policy without inline code", async () => {
  const window = await ClientWindow.open({ port: 0, hello: HELLO, request() {} });
  try {
    const response = await fetch(window.address);
    await response.body?.cancel();
    const policy = response.headers.get("content-security-policy") ?? "";
    assertMatch(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
  } finally {
    await window.close();
  }
});

Deno.test("a window whose port is taken says so", async () => {
  const window = await ClientWindow.open({ port: 0, hello: HELLO, request() {} });
  try {
    const port = Number(new URL(window.address).port);
    await assertRejects(
      () => ClientWindow.open({ port, hello: HELLO, request() {} }),
      Error,
      `Cannot open the window on 127.0.0.1 port ${port}: another program has it`,
    );
  } finally {
    await window.close();
  }
});

Deno.test("the window has a message's bytes until they are too many to keep", async () => {
  const window = await ClientWindow.open({ port: 0, hello: HELLO, request() {} });
  const asked = async (id: number) => {
    const response = await fetch(new URL(`/messages/${id}`, window.address));
    return [response.status, (await response.bytes()).length];
  };
  try {
    window.note("note", "End of stream");
    for (let i = 0; i < 3; i++) {
      window.message("server", "RTSP/1.0 200 OK", new Uint8Array(2 << 20));
    }
    assertEquals(await Promise.all([3, 4].map(asked)), [[200, 2 << 20], [200, 2 << 20]]);
    const [[note], [gone], [never]] = await Promise.all([asked(1), asked(2), asked(5)]);
    assertEquals([note, gone, never], [410, 410, 404]);
  } finally {
    await window.close();
  }
});
