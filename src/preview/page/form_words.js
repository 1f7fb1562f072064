// Owns what a message says in the form of a program: ｜, ＋ and ・ are written by the form, and whoever types there sees boxes and buttons.

// Of the rows of a table, by the message's number.
const IN_ROWS = {
  J020: "足りない欄に値を書くか、「該当なし（—）」を選んでください。余分な欄は空にしてください。",
  J022: "項目名を書いてください。いらない行なら「行を消す」を押してください。",
  J023: "値を書くか、空いている欄を選んで、表の上に出る「該当なし（—）」などの言葉を選んでください。名前だけの行なら「まとまり」を押してください。",
  J024: "上の行に項目名を書くか、この行で「内訳をやめる」を押してください。",
  J025: "値を書く行なら、この行で「まとまり」を押すと欄が出ます。下の行をまとめる名前なら、下の行で「内訳にする」を押してください。",
};
const MESSAGES = [[/^「([^]*)」の行に区切り「｜」がありません。$/, "「$1」は名前だけの行です。"]];
const HELPS = [
  [/^【([^】]+)】と書いた行を作り、「([^」]+)：」の後の文はその下の行に移してください。$/, "「$2：」の後の文を下の「$1」の欄に移し、この行は空にしてください。"],
  [/^すぐ下の行に(.+)を書いてください。$/, "この欄に$1を書いてください。"],
  [/^事業名の下の行に「よみ：」と書き、続けて事業名の読みをひらがなで書いてください。/, "「よみ」の欄に、事業名の読みをひらがなで書いてください。"],
];

// What is told with marks that the form writes.
const MARKS = "「ファイル名｜見出し｜何が写っているか」の形で書いてください。";
const BOXES = "「説明」と「写っているもの」の欄を書いてください。";

const replaced = (text, pairs) => pairs.reduce((words, [pattern, other]) => words.replace(pattern, other), text);

/** What a message says and how it is mended, where it stands at `place`. What has a mend of its own says what that writes. */
export function wordsInForm(message, place) {
  const { code, message: said, mend } = message;
  const help = message.help ?? "";
  if (mend) return { said, help };
  if (code === "J070" && place) return { said, help: `${help}\n「別の写真にする」で、ほかの写真を選ぶこともできます。` };
  // Photographs stand in rows too, without the buttons of a table.
  const isInRow = Boolean(place?.row?.closest(".grid")) && place.row.dataset.kind !== "other";
  return {
    said: isInRow ? replaced(said, MESSAGES) : said,
    help: (isInRow && /[｜＋・—]/.test(help) && IN_ROWS[code]) || replaced(help.replace(MARKS, BOXES), HELPS),
  };
}
