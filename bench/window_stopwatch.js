/**
 * Runs in the page before the page's own script, and only in the bench: notes when each frame was drawn.
 * The number of a frame is in the binary message that brings it; the page asks for the next one only when
 * it has drawn the one before, so what is drawn is what came last.
 */
{
  const drawn = [];
  let newest = { number: 0, receivedMs: NaN };
  const unixMs = () => performance.timeOrigin + performance.now();

  globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ data }) => {
        if (!(data instanceof ArrayBuffer)) return;
        newest = { number: new DataView(data).getUint32(0), receivedMs: unixMs() };
      });
    }
  };

  const { drawImage } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.drawImage = function (...args) {
    drawImage.apply(this, args);
    if (this.canvas.id !== "picture") return;
    const entry = { ...newest, drawnMs: unixMs(), paintedMs: null };
    drawn.push(entry);
    // A message sent from an animation frame comes after the painting that follows it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        entry.paintedMs = unixMs();
        port1.close();
      };
      port2.postMessage(0);
    });
  };

  globalThis.stopwatch = () => ({ drawn, clockOffMs: Date.now() - unixMs() });
}
