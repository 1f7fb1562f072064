// Owns what the browser remembers between visits, and in a tab between reloads. Storage may be forbidden on managed PCs; then nothing is
// remembered and everything else still works.

const nameOf = (name) => `report-preview-${name}`;

// Asked for anew each time: where storage is forbidden, naming it is already an error.
const lasting = () => localStorage;
const ofTab = () => sessionStorage;

function read(storage, name, otherwise) {
  try {
    const text = storage().getItem(nameOf(name));
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

function write(storage, name, value) {
  try {
    storage().setItem(nameOf(name), JSON.stringify(value));
  } catch {
    // Forbidden or full: the choice lasts until the page is closed.
  }
}

export const remembered = (name, otherwise) => read(lasting, name, otherwise);
export const remember = (name, value) => write(lasting, name, value);

/** What a person types once for all reports: storage is of one port, which each start of the program chooses anew; a cookie is of this
    machine's own address. */
export function rememberedOfPerson(name, otherwise) {
  const start = `${nameOf(name)}=`;
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(start));
  try {
    return found === undefined ? otherwise : JSON.parse(decodeURIComponent(found.slice(start.length)));
  } catch {
    return otherwise;
  }
}

const A_YEAR = 365 * 24 * 60 * 60;

export function rememberOfPerson(name, value) {
  document.cookie = `${nameOf(name)}=${encodeURIComponent(JSON.stringify(value))}; path=/; max-age=${A_YEAR}; samesite=strict`;
}

/** As long as the tab is open, for this run of the server: its address is in the name. */
const here = (name) => `${name}-${location.pathname}`;
export const rememberedInTab = (name, otherwise) => read(ofTab, here(name), otherwise);
export const rememberInTab = (name, value) => write(ofTab, here(name), value);
