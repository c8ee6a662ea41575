import { assertEquals, assertThrows } from "@std/assert";
import { digestResponse, digestSecret } from "../../lib/rtsp/digest.ts";
import { md5 } from "../../lib/rtsp/md5.ts";
import { sha256 } from "../../lib/rtsp/sha256.ts";
import { bytesOf } from "../support/text.ts";

/** RFC 1321 §A.5. */
const MD5: [text: string, digest: string][] = [
  ["", "d41d8cd98f00b204e9800998ecf8427e"],
  ["a", "0cc175b9c0f1b6a831c399e269772661"],
  ["abc", "900150983cd24fb0d6963f7d28e17f72"],
  ["message digest", "f96b697d7cb7938d525a2f31aaf161d0"],
  ["abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"],
  [
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "d174ab98d277d9f5a5611c2c9f419d9f",
  ],
  ["1234567890".repeat(8), "57edf4a22be3c955ac49da2e2107b67a"],
];
for (const [text, digest] of MD5) {
  Deno.test(`md5() computes RFC 1321 §A.5's digest of ${text.length} bytes`, () => {
    assertEquals(md5(bytesOf(text)), digest);
  });
}

/** RFC 6234 §8.5. */
const SHA256: [text: string, digest: string][] = [
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  [
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  ],
  ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  [
    "0123456701234567012345670123456701234567012345670123456701234567".repeat(10),
    "594847328451bdfa85056225462cc1d867d877fb388df0ce35f25ab5562bfbb5",
  ],
];
for (const [text, digest] of SHA256) {
  Deno.test(`sha256() computes RFC 6234 §8.5's digest of ${text.length} bytes`, () => {
    assertEquals(sha256(bytesOf(text)), digest);
  });
}

Deno.test("sha256() and md5() agree with the engine's and with themselves at every padding", async () => {
  for (let length = 0; length < 130; length++) {
    const bytes = new Uint8Array(length).fill(length);
    const engine = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    assertEquals(
      sha256(bytes),
      Array.from(engine, (b) => b.toString(16).padStart(2, "0")).join(""),
    );
    assertEquals(md5(bytes).length, 32);
  }
});

const RFC_7616 = {
  method: "GET",
  uri: "/dir/index.html",
  nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
  qop: {
    name: "auth",
    nonceCount: 1,
    clientNonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
  },
} as const;

for (
  const [hash, response] of [
    ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
    ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
  ] as const
) {
  Deno.test(`RFC 7616 §3.9.1: digestResponse() computes the ${hash} response`, () => {
    const secret = digestSecret(hash, "Mufasa", "http-auth@example.org", "Circle of Life");
    assertEquals(digestResponse({ ...RFC_7616, hash, secret }), response);
  });
}

Deno.test("RFC 2617 §3.5: digestResponse() computes the response", () => {
  const response = digestResponse({
    hash: "MD5",
    secret: digestSecret("MD5", "Mufasa", "testrealm@host.com", "Circle Of Life"),
    method: "GET",
    uri: "/dir/index.html",
    nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093",
    qop: { name: "auth", nonceCount: 1, clientNonce: "0a4f113b" },
  });
  assertEquals(response, "6629fae49393a05397450978507c4ef1");
});

Deno.test("RFC 2069 §2.4: digestResponse() computes the response without qop", () => {
  const response = digestResponse({
    hash: "MD5",
    secret: digestSecret("MD5", "Mufasa", "testrealm@host.com", "CircleOfLife"),
    method: "GET",
    uri: "/dir/index.html",
    nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093",
  });
  assertEquals(response, "1949323746fe6a43ef61f9606e7febea"); // as RFC 2069's erratum 749 corrects it
});

Deno.test("digestResponse() puts the nonces into the secret of a -sess algorithm", () => {
  const secret = digestSecret("MD5", "u", "r", "p");
  const { qop } = RFC_7616;
  const inner = md5(bytesOf(`${secret}:${RFC_7616.nonce}:${qop.clientNonce}`));
  assertEquals(
    digestResponse({ ...RFC_7616, hash: "MD5", secret, sessionAlgorithm: true }),
    digestResponse({ ...RFC_7616, hash: "MD5", secret: inner }),
  );
  const { qop: _qop, ...old } = RFC_7616;
  assertThrows(
    () => digestResponse({ ...old, hash: "MD5", secret, sessionAlgorithm: true }),
    RangeError,
    "needs qop",
  );
});
