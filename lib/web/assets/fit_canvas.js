// Made by `deno task page` from lib/page/; change it there.
/**
 * Gives a canvas as many pixels as it covers on the screen, and empties it.
 *
 * @returns `undefined` while it covers none.
 */ export function fitCanvas(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext("2d");
  if (width === 0 || height === 0 || context === null) return undefined;
  const ratio = globalThis.devicePixelRatio;
  const [across, down] = [
    Math.round(width * ratio),
    Math.round(height * ratio)
  ];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  context.setTransform(across / width, 0, 0, down / height, 0, 0);
  context.clearRect(0, 0, width, height);
  return {
    context,
    width,
    height
  };
}
