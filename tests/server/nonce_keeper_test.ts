import { assertEquals, assertMatch } from "@std/assert";
import { NonceKeeper } from "../../lib/server/nonce_keeper.ts";
import { damaged } from "../support/damage.ts";
import { at } from "../support/now.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf, textOf } from "../support/text.ts";

const AGE_MS = 5 * 60_000;

Deno.test("NonceKeeper issues nonces that all differ, at one instant too", () => {
  const keeper = new NonceKeeper(new SeededRandom(1));
  const nonces = Array.from({ length: 1000 }, () => keeper.issue(at(0)));
  assertEquals(new Set(nonces).size, 1000);
  for (const nonce of nonces) assertMatch(nonce, /^[0-9a-f]{58}$/);
  assertEquals(keeper.remembered, 0);
});

Deno.test("NonceKeeper.check() takes a nonce for five minutes, then it is stale", () => {
  const keeper = new NonceKeeper(new SeededRandom(1));
  const nonce = keeper.issue(at(1000));
  assertEquals(keeper.check(nonce, undefined, at(1000)), "good");
  assertEquals(keeper.check(nonce, 1, at(1000 + AGE_MS - 1)), "good");
  assertEquals(keeper.check(nonce, undefined, at(1000 + AGE_MS)), "stale");
  assertEquals(keeper.check(nonce, 2, at(1000 + AGE_MS)), "stale");
});

Deno.test("NonceKeeper.check() lets nonces without nc be used again (RFC 2069)", () => {
  const keeper = new NonceKeeper(new SeededRandom(1));
  const nonce = keeper.issue(at(0));
  for (let i = 0; i < 100; i++) assertEquals(keeper.check(nonce, undefined, at(i)), "good");
  assertEquals(keeper.remembered, 0);
});

Deno.test("NonceKeeper.check() finds nonces of other servers, other holders and nobody forged", () => {
  const keeper = new NonceKeeper(new SeededRandom(1));
  const nonce = keeper.issue(at(0), "192.0.2.1");
  assertEquals(keeper.check(nonce, 1, at(1), "192.0.2.2"), "forged");
  assertEquals(keeper.check(nonce, 1, at(1)), "forged");
  assertEquals(new NonceKeeper(new SeededRandom(2)).check(nonce, 1, at(1), "192.0.2.1"), "forged");
  for (const text of ["", "0", "x".repeat(58), nonce.toUpperCase(), `${nonce}0`, ` ${nonce}`]) {
    assertEquals(keeper.check(text, 1, at(1), "192.0.2.1"), "forged", text);
  }
  assertEquals(keeper.check(nonce, 1, at(1), "192.0.2.1"), "good");
});

Deno.test("NonceKeeper.check() finds every damaged nonce forged", () => {
  const keeper = new NonceKeeper(new SeededRandom(1));
  const nonce = keeper.issue(at(0));
  const random = new SeededRandom(3);
  for (let run = 0; run < 20_000; run++) {
    const text = textOf(damaged(bytesOf(nonce), random));
    if (text !== nonce) assertEquals(keeper.check(text, undefined, at(1)), "forged", text);
  }
});

/** Counts as they come in, with what is wanted; g: good, r: replayed. */
const COUNTS: [string, number[], string][] = [
  ["each count once", [1, 2, 3, 3, 2, 1, 4], "gggrrrg"],
  ["no count 0", [0, 1, 0], "rgr"],
  ["counts of two connections that overtake each other", [2, 1, 4, 3, 3, 4], "ggggrr"],
  ["gaps", [1, 5, 9, 5, 7, 7], "gggrgr"],
  ["a count 31 behind, and none 32 behind", [40, 9, 8, 9], "ggrr"],
  ["a jump by more than the window", [1, 2, 1000, 2, 968, 969, 969], "gggrrgr"],
  ["a jump by exactly the window", [1, 33, 1, 2, 2], "ggrgr"],
  ["the largest count", [0xffff_ffff, 0xffff_ffff, 0xffff_fffe, 1], "grgr"],
];
for (const [name, counts, wanted] of COUNTS) {
  Deno.test(`NonceKeeper.check() takes ${name}`, () => {
    const keeper = new NonceKeeper(new SeededRandom(1));
    const nonce = keeper.issue(at(0));
    const found = counts.map((count) => keeper.check(nonce, count, at(1))[0]).join("");
    assertEquals(found, wanted);
  });
}

Deno.test("NonceKeeper.check() takes no count twice, in whatever order", () => {
  const random = new SeededRandom(4);
  const keeper = new NonceKeeper(random);
  const nonce = keeper.issue(at(0));
  const taken = new Set<number>();
  for (let step = 0; step < 20_000; step++) {
    const count = Math.floor(step / 10) + random.below(40);
    if (keeper.check(nonce, count, at(1)) !== "good") continue;
    assertEquals(taken.has(count), false, `${count}`);
    taken.add(count);
  }
  assertEquals(taken.size > 1000, true);
});

Deno.test("NonceKeeper remembers a bounded number of nonces and never opens a replay by it", () => {
  const keeper = new NonceKeeper(new SeededRandom(1), { maxRemembered: 10 });
  const early = keeper.issue(at(0));
  const nonces = Array.from({ length: 100 }, () => keeper.issue(at(0)));
  for (const nonce of nonces) {
    assertEquals(keeper.check(nonce, 1, at(1)), "good");
    assertEquals(keeper.remembered <= 10, true);
  }
  const again = nonces.map((nonce) => keeper.check(nonce, 1, at(2)));
  assertEquals(again, nonces.map((_, i) => i < 90 ? "stale" : "replayed"));
  assertEquals(keeper.check(early, 1, at(2)), "stale");
  assertEquals(keeper.check(nonces.at(-1) ?? "", 2, at(2)), "good");
  assertEquals(keeper.check(keeper.issue(at(2)), 1, at(2)), "good");
});

Deno.test("NonceKeeper opens no replay when nonces are used in another order than issued", () => {
  const random = new SeededRandom(5);
  const keeper = new NonceKeeper(random, { maxRemembered: 8 });
  const nonces = Array.from({ length: 50 }, () => keeper.issue(at(0)));
  const taken = new Set<string>();
  for (let step = 0; step < 5000; step++) {
    const nonce = nonces[random.below(nonces.length)] ?? "";
    const count = 1 + random.below(4);
    if (keeper.check(nonce, count, at(1)) !== "good") continue;
    assertEquals(taken.has(`${nonce} ${count}`), false);
    taken.add(`${nonce} ${count}`);
  }
  assertEquals(taken.size > 8, true);
});
