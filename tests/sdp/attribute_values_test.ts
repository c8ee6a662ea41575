import { assert, assertEquals, assertThrows } from "@std/assert";
import { WireError } from "../../lib/bytes/wire_error.ts";
import { parseEtag, serializeEtag } from "../../lib/sdp/etag.ts";
import { parseFrameRate, serializeFrameRate } from "../../lib/sdp/frame_rate.ts";
import {
  parseFrameSize,
  parseXDimensions,
  serializeFrameSize,
  serializeXDimensions,
} from "../../lib/sdp/picture_size.ts";
import { parseRtpmap, serializeRtpmap } from "../../lib/sdp/rtpmap.ts";
import { damaged } from "../support/damage.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf, textOf } from "../support/text.ts";

interface Attribute {
  readonly name: string;
  readonly parse: (text: string) => unknown;
  /** Parses and writes again. */
  readonly again: (text: string) => string;
  readonly good: readonly (readonly [text: string, value: unknown, canonical?: string])[];
  readonly bad: readonly string[];
}

const ATTRIBUTES: readonly Attribute[] = [
  {
    name: "rtpmap",
    parse: parseRtpmap,
    again: (text) => serializeRtpmap(parseRtpmap(text)),
    good: [
      ["26 JPEG/90000", { payloadType: 26, encoding: "JPEG", clockRateHz: 90000 }],
      [" 97  L16 / 8000/2 ", {
        payloadType: 97,
        encoding: "L16",
        clockRateHz: 8000,
        channels: 2,
      }, "97 L16/8000/2"],
    ],
    bad: ["", "26", "128 JPEG/90000", "26 JPEG/0", "26 JPEG", "26 JPEG/90000x"],
  },
  {
    name: "framerate",
    parse: parseFrameRate,
    again: (text) => serializeFrameRate(parseFrameRate(text)),
    good: [["25", 25], ["25.000000", 25, "25"], ["29.97", 29.97], ["0.5", 0.5]],
    bad: ["", "0", "-1", "1001", "1e2", "Infinity", "25 fps"],
  },
  {
    name: "x-dimensions",
    parse: parseXDimensions,
    again: (text) => serializeXDimensions(parseXDimensions(text)),
    good: [["384,288", { width: 384, height: 288 }], [
      " 1920 , 1080",
      { width: 1920, height: 1080 },
      "1920,1080",
    ]],
    bad: ["", "384", "0,1", "65536,1", "-1,2"],
  },
  {
    name: "framesize",
    parse: parseFrameSize,
    again: (text) => {
      const { payloadType, ...size } = parseFrameSize(text);
      return serializeFrameSize(payloadType, size);
    },
    good: [["26 384-288", { payloadType: 26, width: 384, height: 288 }]],
    bad: ["", "26", "384-288", "128 1-1", "26 0-1", "26 384,288"],
  },
];

for (const { name, parse, again, good, bad } of ATTRIBUTES) {
  for (const [text, value, canonical = text] of good) {
    Deno.test(`App. C: a=${name}:${text} is read and written`, () => {
      assertEquals(parse(text), value);
      assertEquals(again(text), canonical);
      assertEquals(parse(canonical), value);
    });
  }
  for (const text of bad) {
    Deno.test(`App. C: a=${name}:${text} is refused`, () => {
      assertThrows(() => parse(text), WireError, `Cannot parse ${name}: `);
    });
  }
  Deno.test(`App. C: a=${name} survives 20,000 damages`, () => {
    const random = new SeededRandom(6);
    let read = 0;
    for (let run = 0; run < 20_000; run++) {
      const text = textOf(damaged(bytesOf(good[run % good.length]?.[0] ?? ""), random));
      try {
        parse(again(text));
        read++;
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
      }
    }
    assert(read > 500, `only ${read} were read`);
  });
}

Deno.test("App. C: a=etag is read with and without quotes and written with them", () => {
  assertEquals([parseEtag(' "a b" '), parseEtag("ab"), parseEtag('"')], ["a b", "ab", '"']);
  assertEquals(parseEtag(serializeEtag("x-1")), "x-1");
  assertThrows(() => serializeEtag('a"b'), RangeError, "Cannot write etag");
});
