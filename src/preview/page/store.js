// Owns what the browser remembers between visits. Storage may be forbidden on managed PCs; then nothing is remembered
// and everything else still works.

export function remembered(name, otherwise) {
  try {
    const text = localStorage.getItem(`report-preview-${name}`);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`report-preview-${name}`, JSON.stringify(value));
  } catch {
    // Forbidden or full: the choice lasts until the page is closed.
  }
}
