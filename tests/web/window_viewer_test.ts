import { assertEquals } from "@std/assert";
import { WindowViewer } from "../../lib/web/window_viewer.ts";

interface Sent {
  readonly viewer: WindowViewer;
  readonly sent: (string | Uint8Array)[];
  readonly socket: { bufferedAmount: number; send(data: string | Uint8Array): void };
}

function viewing(): Sent {
  const sent: (string | Uint8Array)[] = [];
  const socket = { bufferedAmount: 0, send: (data: string | Uint8Array) => void sent.push(data) };
  return { viewer: new WindowViewer(socket), sent, socket };
}

const picture = (number: number) => Uint8Array.of(number);

Deno.test("a page that draws slowly gets the newest picture, and loses those between", () => {
  const { viewer, sent } = viewing();
  for (let number = 1; number <= 5; number++) viewer.show(picture(number));
  assertEquals(sent, [picture(1)]);
  viewer.drawn();
  assertEquals(sent, [picture(1), picture(5)]);
  assertEquals(viewer.skipped, 3);
  viewer.drawn();
  viewer.drawn();
  viewer.show(picture(6));
  assertEquals(sent.length, 3);
});

Deno.test("a page that takes nothing gets no more messages until it does", () => {
  const { viewer, sent, socket } = viewing();
  socket.bufferedAmount = 1 << 21;
  viewer.tell({ kind: "state", state: "ready", hasEnded: false });
  assertEquals(sent, []);
  socket.bufferedAmount = 0;
  viewer.tell({ kind: "state", state: "playing", hasEnded: false });
  assertEquals(sent, ['{"kind":"state","state":"playing","hasEnded":false}']);
});

Deno.test("a page that missed messages is told everything anew, once, when it takes them again", () => {
  const { viewer, socket } = viewing();
  assertEquals(viewer.takeHasMissed(), false);
  socket.bufferedAmount = 1 << 21;
  viewer.tell({ kind: "state", state: "ready", hasEnded: false });
  assertEquals(viewer.takeHasMissed(), false);
  socket.bufferedAmount = 0;
  assertEquals([viewer.takeHasMissed(), viewer.takeHasMissed()], [true, false]);
});

Deno.test("a page that says it has drawn, and reads nothing, gets no more pictures", () => {
  const { viewer, sent, socket } = viewing();
  viewer.show(picture(1));
  socket.bufferedAmount = 1 << 21;
  for (let number = 2; number <= 5; number++) {
    viewer.drawn();
    viewer.show(picture(number));
  }
  assertEquals(sent, [picture(1)]);
  socket.bufferedAmount = 0;
  viewer.show(picture(6));
  assertEquals(sent, [picture(1), picture(6)]);
  viewer.drawn(); // what had to wait is older than what was drawn
  assertEquals(sent, [picture(1), picture(6)]);
});
