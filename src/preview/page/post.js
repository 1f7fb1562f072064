// Owns the ways in which something is asked of the server.

/** Sends a wish as JSON; `keepalive` where the page may be gone before the answer, `signal` where it may be given up. */
export const post = (path, body, keepalive = false, signal = null) => fetch(`./${path}`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
  keepalive,
  signal,
});

/** What an answer that refuses says, in words; and whether the file's encoding lacks a character. */
export async function refusal(answer) {
  if (answer.status === 422) return answer.json();
  const message = answer.status === 404 ? "このファイルは、もうこの報告書にありません。" : await answer.text();
  return { message, unencodable: false };
}

export const NO_LINE = "つながっていません。何も変えていません。つながってから、もう一度押してください。";

/** Sends a wish; `value` is what was answered, or `words` why not. */
export async function wish(path, body = {}, signal = null) {
  try {
    const answer = await post(path, body, false, signal);
    if (answer.ok) return { ok: true, value: await answer.json() };
    return { ok: false, words: await answer.text() };
  } catch {
    return { ok: false, words: NO_LINE };
  }
}

/** The bytes of a file, as JSON carries them. */
export const inBase64 = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

/** Asks for something; nothing where there is no answer. */
export async function get(path) {
  try {
    const answer = await fetch(`./${path}`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
