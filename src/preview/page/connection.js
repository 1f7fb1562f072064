// Owns the line to the server and the sentences shown when it breaks.

import { byId } from "./dom.js";

const LOST = "接続が切れました。つなぎ直しています…";
const LOST_LONG = "接続が切れたままです。つなぎ直しています…　黒い画面を閉じたときは、もう一度 report をダブルクリックしてください。";
const NEVER = "プレビューにつながりません。黒い画面が開いているか確かめてください。閉じていれば、もう一度 report をダブルクリックしてください。";
const ENDED = "プレビューは終了しました。続けるには、もう一度 report をダブルクリックしてください。";
const LONG = 30000;
const AGAIN_AFTER = 2000;

const banner = byId("connection");
let everConnected = false;
let long = 0;

function say(sentence) {
  banner.textContent = sentence ?? "";
  banner.hidden = sentence === null;
}

function lost() {
  if (!everConnected) {
    say(NEVER);
  } else if (!long) {
    say(LOST);
    long = setTimeout(() => say(LOST_LONG), LONG);
  }
}

/** Connects and goes on connecting; calls `onState` with each state. */
export function connect(onState) {
  const events = new EventSource("./events");
  events.addEventListener("open", () => {
    everConnected = true;
    clearTimeout(long);
    long = 0;
    say(null);
  });
  events.addEventListener("state", (event) => onState(JSON.parse(event.data)));
  events.addEventListener("end", () => {
    events.close();
    clearTimeout(long);
    say(ENDED);
  });
  events.addEventListener("error", () => {
    lost();
    // Browsers try again by themselves, except after an answer they take as final.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => connect(onState), AGAIN_AFTER);
  });
}
