//! What is said to a person, in plain Japanese: first what is so, then what to do. Knows no editor.

import type { Found } from "./program";

const COLOURS_ONLY = "原稿の色付けだけを行います。書くことも保存することも、いつもどおりできます。";
const WITHOUT_IT = "誤りは、取りまとめ課が「report check」で調べるか、report.exe のダブルクリックで開く画面で見られます。";

export function missing(found: Exclude<Found, { kind: "found" }>): string {
  if (found.kind === "wrong setting") {
    return `設定「jigyo.report」の場所に、プログラムがありません（${found.program}）。場所を直してください。${COLOURS_ONLY}`;
  }
  return (
    "プログラム report が見つからないので、誤りの指摘や補完はできません。" +
    `報告書のフォルダーに report.exe を置くか、設定「jigyo.report」に場所を書いてください。${COLOURS_ONLY}`
  );
}

/** The program is there and could not be started. */
export function notStarted(program: string, error: unknown): string {
  const code = codeOf(error);
  if (isForbidden(code)) {
    return (
      `プログラム（${program}）の起動が、この端末では許されていません。役所の端末の決まりによるものなら、そのままで構いません。` +
      `${COLOURS_ONLY}${WITHOUT_IT}`
    );
  }
  return `プログラム（${program}）を起動できませんでした（${code || wordsOf(error)}）。${COLOURS_ONLY}${WITHOUT_IT}`;
}

/** It was started and ended again and again. */
export function ended(program: string): string {
  return `プログラム（${program}）が、何度起動しても終わってしまいます。${COLOURS_ONLY}${WITHOUT_IT}`;
}

/** Rights, and on Windows rules that forbid a program (ERROR_ACCESS_DISABLED_BY_POLICY comes as UNKNOWN). */
function isForbidden(code: string): boolean {
  return ["EACCES", "EPERM", "UNKNOWN"].includes(code);
}

function codeOf(error: unknown): string {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string") return error.code;
  return /\b(EACCES|EPERM|UNKNOWN|ENOENT|ENOEXEC)\b/.exec(wordsOf(error))?.[1] ?? "";
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
