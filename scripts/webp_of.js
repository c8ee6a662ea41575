/**
 * Makes a PNG a WebP. Runs inside of a browser's page, as text: the scripts know no documents.
 *
 * @param {readonly [string, number]} what The PNG in base64, and WebP's quality from 0 to 1.
 * @returns {Promise<string>} The WebP in base64.
 */
export async function webpOf([png, quality]) {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: image.naturalWidth, height: image.naturalHeight });
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality).replace(/^.*,/, "");
}
