// The search. The index says which pages may hold a word, their texts whether they do. Both are scripts that hold data: a page that
// was opened from a folder may load nothing else.
"use strict";
(() => {
  const data = window.reportSearch;
  const byId = (id) => document.getElementById(id);
  const form = byId("search");
  const box = byId("q");
  const found = byId("found");
  const count = byId("count");
  const MOST_SHOWN = 100;
  const AROUND = 40;

  // What counts as the same letter, as the program that made the index has it.
  const VOICING = /[\u3099\u309A\uFF9E\uFF9F]/;
  const GAP = /[\u0000-\u0020\u007F-\u00A0\u00AD\u1680\u2000-\u200F\u2028-\u202F\u205F-\u2064\u3000\uFE00-\uFE0F\uFEFF\u{E0100}-\u{E01EF}]/u;
  const hiragana = (letter) => (/[ァ-ヶヽヾ]/.test(letter) ? String.fromCodePoint(letter.codePointAt(0) - 0x60) : letter);

  /** The folded letters of a text, each with the place in the text that it comes from. */
  function fold(text) {
    const letters = [], places = [];
    const all = [...text];
    let at = 0;
    for (let i = 0; i < all.length; i += 1) {
      let own = all[i];
      if (i + 1 < all.length && VOICING.test(all[i + 1])) { own += all[i + 1]; i += 1; }
      for (const letter of own.normalize("NFKC")) {
        for (const small of letter.toLowerCase()) {
          const plain = hiragana(small);
          if (!GAP.test(plain)) { letters.push(plain); places.push(at); }
        }
      }
      at += own.length;
    }
    return { letters, places, end: text.length };
  }

  // Which pages are in each bucket.
  const pages = data.pages.length;
  const lists = readLists(Uint8Array.from(atob(data.lists), (letter) => letter.charCodeAt(0)));

  function readLists(bytes) {
    let at = 0;
    const bit = () => { const value = (bytes[at >> 3] >> (7 - (at & 7))) & 1; at += 1; return value; };
    const bits = (many) => { let value = 0; for (let i = 0; i < many; i += 1) value = value * 2 + bit(); return value; };
    const out = [];
    for (let bucket = 0; bucket < data.buckets; bucket += 1) {
      const low = bits(5);
      const own = new Set();
      if (low !== 31) {
        let next = 0;
        for (;;) {
          let high = 0;
          while (bit()) high += 1;
          const page = next + high * 2 ** low + bits(low);
          if (page >= pages) break;
          own.add(page);
          next = page + 1;
        }
      }
      out.push(own);
    }
    return out;
  }

  const bucketOf = (one, next) =>
    ((Math.imul(one.codePointAt(0), 0x9E3779B1) ^ Math.imul(next.codePointAt(0), 0x85EBCA6B)) >>> 16) % data.buckets;

  /** The pages that may hold a word; of one letter every page may. */
  function candidates(letters) {
    let own = Array.from({ length: pages }, (_, page) => page);
    for (let i = 0; i + 1 < letters.length; i += 1) {
      const list = lists[bucketOf(letters[i], letters[i + 1])];
      own = own.filter((page) => list.has(page));
    }
    return own;
  }

  // The texts of pages, by scripts that are loaded when they are wanted.
  const texts = new Map();
  const waiting = new Map();
  data.take = (script, own) => {
    own.forEach((places, at) => texts.set(script * data.pagesAScript + at, places));
  };
  function load(script) {
    if (!waiting.has(script)) {
      waiting.set(script, new Promise((done) => {
        // What could not be read is tried again with the next search.
        const fail = () => { waiting.delete(script); done(false); };
        const node = document.createElement("script");
        node.src = `search/texts-${script}.js`;
        node.onload = () => done(true);
        node.onerror = fail;
        document.head.append(node);
      }));
    }
    return waiting.get(script);
  }

  /** Where a word stands in a text: its first and last place; nothing where it does not. */
  const known = new Map();
  function find(text, word) {
    if (!known.has(text)) {
      const own = fold(text);
      known.set(text, { ...own, joined: own.letters.join("\u0001") });
    }
    const folded = known.get(text);
    const at = folded.joined.indexOf(word.join("\u0001"));
    if (at < 0) return null;
    // Every letter is one or two units long.
    let first = 0, units = 0;
    while (units < at) { units += folded.letters[first].length + 1; first += 1; }
    const last = first + word.length;
    return [folded.places[first], folded.places[last] ?? folded.end];
  }

  /** The words of a page as they stand there; nothing where one is missing. */
  function match(page, words) {
    const places = [data.pages[page][1], ...(texts.get(page) ?? [])];
    const out = [];
    for (const word of words) {
      const place = places.findIndex((text) => find(text, word));
      if (place < 0) return null;
      out.push({ place, text: places[place], word });
    }
    return out;
  }

  const element = (name, text, attributes = {}) => {
    const node = document.createElement(name);
    if (text) node.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    return node;
  };

  /** Some words around the first place, with the word marked. */
  function excerpt({ text, word }) {
    const [from, to] = find(text, word);
    const start = Math.max(0, from - AROUND), end = Math.min(text.length, to + AROUND);
    const node = element("p");
    node.append(start > 0 ? "…" : "", text.slice(start, from), element("mark", text.slice(from, to)), text.slice(to, end), end < text.length ? "…" : "");
    return node;
  }

  function show(hits) {
    found.replaceChildren(...hits.slice(0, MOST_SHOWN).map(({ page, words }) => {
      const [path, title, note] = data.pages[page];
      const item = element("li");
      item.append(element("a", title, { href: path }));
      if (note) item.append(element("p", note, { class: "note" }));
      const inside = words.find((word) => word.place > 0);
      if (inside) item.append(excerpt(inside));
      return item;
    }));
  }

  let round = 0;
  async function search(typed) {
    round += 1;
    const own = round;
    const words = typed.split(/[\s\u3000]+/).map((word) => fold(word).letters).filter((word) => word.length > 0);
    if (words.length === 0) {
      found.replaceChildren();
      count.textContent = "";
      return;
    }
    const wanted = words.map(candidates).reduce((one, other) => one.filter((page) => other.includes(page)));
    count.textContent = "探しています…";
    const loaded = await Promise.all([...new Set(wanted.map((page) => Math.floor(page / data.pagesAScript)))].map(load));
    if (own !== round) return;
    const hits = wanted.map((page) => ({ page, words: match(page, words) })).filter((hit) => hit.words);
    // A name that has the word comes before a text that has it.
    const rank = (hit) => (hit.words.every((word) => word.place === 0) ? 0 : 1);
    hits.sort((one, other) => rank(one) - rank(other) || one.page - other.page);
    show(hits);
    const more = hits.length > MOST_SHOWN ? `（初めの${MOST_SHOWN}件を示しています）` : "";
    const missing = loaded.includes(false) ? "。一部を読めませんでした" : "";
    count.textContent = (hits.length > 0 ? `${hits.length}件見つかりました${more}` : "見つかりませんでした") + missing;
  }

  form.hidden = false;
  byId("unable").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("q", box.value);
    // A page that was opened from a folder may not change its address.
    try { history.replaceState(null, "", address); } catch { /* the search goes on */ }
    search(box.value);
  });
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  if (box.value) search(box.value);
})();
