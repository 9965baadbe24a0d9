// CSV in and out: what spreadsheets write, Excel in China included.

/**
 * Read a file's bytes as text: UTF-8 (with or without its mark), UTF-16 with its mark, else GB18030.
 * @param {ArrayBuffer} bytes
 */
export function decode(bytes) {
  const start = new Uint8Array(bytes.slice(0, 2));
  if (start[0] === 0xff && start[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (start[0] === 0xfe && start[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/**
 * Split CSV text into rows of cells; comma, semicolon or tab, whichever the first line has most of.
 * Quoted cells may hold separators, line breaks and doubled quotes. Empty lines are left out.
 * @returns {string[][]}
 */
export function parse(text) {
  const source = text.replace(/^\ufeff/, "");
  const first = source.slice(0, source.search(/[\r\n]|$/));
  const mark = [",", ";", "\t"].map((one) => [first.split(one).length, one]).sort((a, b) => b[0] - a[0])[0][1];
  const rows = [];
  let row = [];
  let place = 0;
  const end = () => {
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  };
  while (place <= source.length) {
    let cell = "";
    if (source[place] === '"') {
      for (;;) {
        const close = source.indexOf('"', place + 1);
        if (close < 0) {
          cell += source.slice(place + 1);
          place = source.length;
          break;
        }
        cell += source.slice(place + 1, close);
        place = close + 1;
        if (source[place] !== '"') break;
        cell += '"';
      }
    }
    let stop = place;
    while (stop < source.length && source[stop] !== mark && source[stop] !== "\n" && source[stop] !== "\r") stop += 1;
    row.push((cell + source.slice(place, stop)).trim());
    if (source[stop] !== mark) {
      end();
      if (source[stop] === "\r" && source[stop + 1] === "\n") stop += 1;
      if (stop >= source.length) break;
    }
    place = stop + 1;
  }
  return rows;
}

/**
 * Write rows as CSV that a spreadsheet opens as it is meant: with the UTF-8 mark, and no cell that would be
 * taken for a formula.
 */
export function write(rows) {
  const cell = (value) => {
    let text = String(value ?? "");
    if (/^[=+@\t]|^-(?![\d.])/.test(text)) text = `'${text}`;
    return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
