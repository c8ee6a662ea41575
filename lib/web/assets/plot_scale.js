// Made by `deno task page` from lib/page/; change it there.
export function scaleEnd(value, least) {
  const wanted = Math.max(value, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [
    1,
    2,
    4,
    6,
    10
  ].find((factor)=>factor * power >= wanted * 0.999_999) ?? 10;
  return Number((step * power).toPrecision(6));
}
export function plotLines(values, { span, end, width, height }) {
  const shown = values.slice(-span);
  const step = width / (span - 1);
  const lines = [];
  let line = [];
  shown.forEach((value, index)=>{
    if (value === null) {
      if (line.length > 0) lines.push(line);
      line = [];
      return;
    }
    const share = Math.min(1, Math.max(0, value / end));
    line.push({
      x: width - (shown.length - 1 - index) * step,
      y: height - share * height
    });
  });
  if (line.length > 0) lines.push(line);
  return lines;
}
