// The server counts code points, the browser counts UTF-16 units. These two functions are the only place that converts.

/** Number of code points in the first `units` UTF-16 units of `text`. A cut inside a pair counts the pair. */
export function codePoints(text, units = text.length) {
  let count = 0;
  for (let i = 0; i < units; count += 1) i += text.codePointAt(i) > 0xffff ? 2 : 1;
  return count;
}

/** The UTF-16 offset at which code point number `points` of `text` begins. */
export function utf16Offset(text, points) {
  let units = 0;
  for (let n = 0; n < points && units < text.length; n += 1) units += text.codePointAt(units) > 0xffff ? 2 : 1;
  return units;
}
