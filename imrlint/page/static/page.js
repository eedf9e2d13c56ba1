// The page of the desk: letters come in, are shown with their findings, and are taken away again.

import { Editor } from "/static/editor.js";
import { listFindings, make, markOf, ranked } from "/static/findings.js";
import { call, enter, save, stay } from "/static/server.js";

const WAIT = 120; // milliseconds after the last key before a letter is checked again
const LATER = 600; // milliseconds before the trained reader reads it, too
const AT_ONCE = 3; // files that are sent at the same time
const LARGEST = 24 * 1024 * 1024; // bytes of a file
const LETTER = /^[^.~].*\.(txt|md|docx|pdf|rtf)$/i; // a file in a folder that may be a letter
const KINDS = { word: "the Word file", pdf: "the PDF", rtf: "the RTF file", markdown: "the Markdown file" };
const $ = (id) => document.getElementById(id);

const letters = new Map(); // by id, as the server describes them
const coming = new Map(); // files that are not checked yet, by their number
const numbers = new Map(); // of letters and files, in the order in which they were dropped, by id
const unread = new Set(); // ids of letters that the trained reader is to read, for the first time or again
let waiting = []; // the numbers of files that are not sent yet
let number = 0;
let sent = 0, arrived = 0, busy = 0;
let open = null; // the letter that is shown, with text and findings
let dropped = []; // the numbers of files that were dropped together, until the first letter among them is shown
let reading = null; // the letter that is read in the background: its id, and what ends that
let current = null; // the mark of the finding that is chosen
let stop = new AbortController(); // of the check that is under way
let timer = 0, later = 0;
let isWritten = false; // whether the text has been changed since it was last sent

const editor = new Editor($("editor"), document.querySelector("script[nonce]").nonce, { onWrite, onRefuse, onPlace });

// ---- What is said

/** Say something for some seconds, with a button that takes it back where `takeBack` is given. */
function say(words, takeBack) {
  const act = takeBack && make("button", { type: "button", onclick: () => { $("said").textContent = ""; attempt(takeBack); } }, "Take it back");
  $("said").textContent = "";
  setTimeout(() => $("said").replaceChildren(...(act ? [words, act] : [words])), 50);
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { $("said").textContent = ""; }, takeBack ? 15000 : 8000);
}
function complain(words) { $("failed").textContent = words; $("failed").hidden = !words; if (words) $("failed").scrollIntoView({ block: "nearest" }); }

/** Do something that may fail, and say why where it does. */
async function attempt(work) {
  try {
    complain("");
    return await work();
  } catch (error) {
    if (error.name !== "AbortError") complain(error.message);
    return undefined;
  }
}

const sentence = (words) => words[0].toUpperCase() + words.slice(1);
const plural = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
function inWords(counts) {
  const parts = ["error", "warning", "note"].filter((each) => counts[each]).map((each) => plural(counts[each], each));
  return parts.join(", ") || "nothing found";
}

// ---- Letters come in

function receive(files) {
  dropped = files.map((file) => { coming.set(number += 1, file); return number; });
  waiting.push(...dropped);
  sent += files.length;
  showProgress();
  listLetters();
  for (let i = 0; i < AT_ONCE; i += 1) sendNext();
}

async function sendNext() {
  if (busy >= AT_ONCE) return;
  const mine = waiting.shift();
  if (!mine) return;
  const file = coming.get(mine);
  busy += 1;
  try {
    await started;
    if (file.size > LARGEST) throw new Error("too large for a letter: more than 25 MB");
    const letter = await call("POST", `/api/letters?name=${encodeURIComponent(file.name)}`, file);
    letters.set(letter.id, letter);
    numbers.set(letter.id, mine);
    if (!letter.refusal && !letter.thorough) unread.add(letter.id);
  } catch (error) {
    const id = `refused-${crypto.randomUUID()}`;
    letters.set(id, { id, name: file.name, refusal: error.message, counts: {} });
    numbers.set(id, mine);
  }
  coming.delete(mine);
  await attempt(showFirst);
  busy -= 1;
  arrived += 1;
  listLetters();
  showProgress();
  await sendNext();
  if (!busy) readInBackground();
}

/** Show the first of the letters that were dropped together, as soon as it is known which can be read. */
async function showFirst() {
  while (dropped.length && !coming.has(dropped[0])) {
    const mine = dropped.shift();
    const letter = [...letters.values()].find((each) => numbers.get(each.id) === mine);
    if (!letter || letter.refusal) continue;
    dropped = [];
    await show(letter.id);
  }
}

/** Let the trained reader read the letters that are not shown, one after the other, so that the list has all findings. */
async function readInBackground() {
  if (reading) return;
  reading = { id: null, stop: new AbortController() };
  for (let id; (id = [...unread].find((each) => each !== open?.id)) && !busy;) {
    unread.delete(id);
    reading.id = id;
    const letter = await call("GET", `/api/letters/${id}?thorough=1`, undefined, reading.stop.signal).catch(() => null);
    if (letter && letters.has(id) && open?.id !== id) {
      letters.set(id, withoutText(letter));
      listLetters();
      showProgress();
    }
    if (reading.stop.signal.aborted) reading.stop = new AbortController();
  }
  reading = null;
}

const withoutText = (letter) => ({ ...letter, text: undefined, findings: undefined, accepted: undefined });

function showProgress() {
  const done = arrived === sent;
  $("start").hidden = letters.size > 0 || coming.size > 0;
  $("queue").hidden = !$("start").hidden;
  $("bar").hidden = done;
  $("bar").max = sent;
  $("bar").value = arrived;
  const refused = [...letters.values()].filter((each) => each.refusal).length;
  const errors = [...letters.values()].filter((each) => each.counts.error).length;
  $("progress").textContent = done
    ? `${plural(letters.size, "letter")}: ${errors} with errors${refused ? `, ${refused} not read` : ""}`
    : `${arrived} of ${sent} checked`;
  $("report").hidden = letters.size < 2;
  if (done) sent = arrived = 0;
  document.body.classList.toggle("working", letters.size > 0 || coming.size > 0);
}

function listLetters() {
  const held = document.activeElement?.closest("#letters") ? document.activeElement.dataset.for : null;
  const entries = [...letters.values()].map((letter) => [numbers.get(letter.id) ?? 0, entryOf(letter)]);
  for (const [mine, file] of coming) entries.push([mine, make("li", {}, make("div", { class: "entry" }, make("span", { class: "name" }, file.name), make("span", { class: "aside" }, "waiting …")))]);
  $("letters").replaceChildren(...entries.sort((a, b) => a[0] - b[0]).map((each) => each[1]));
  if (held) $("letters").querySelector(`[data-for="${held}"]`)?.focus();
}

function entryOf(letter) {
  const worst = letter.refusal ? "refused" : ["error", "warning", "note"].find((each) => letter.counts[each]) ?? "clean";
  const about = [make("span", { class: "name" }, letter.name), make("span", { class: "aside" }, letter.refusal ? `not read: ${letter.refusal}` : inWords(letter.counts) + (letter.thorough ? "" : " so far"))];
  const opener = letter.refusal
    ? make("div", { class: "entry" }, ...about)
    : make("button", { type: "button", class: "entry", "data-for": letter.id, "aria-current": open?.id === letter.id ? "true" : null, onclick: () => attempt(() => show(letter.id)) }, ...about);
  const away = make("button", { type: "button", class: "away", "aria-label": `Take ${letter.name} away`, title: "Take it away", onclick: () => attempt(() => remove(letter.id)) }, "×");
  return make("li", { class: worst }, opener, away);
}

async function remove(id) {
  if (open?.id === id) await flush();
  if (letters.get(id).unsaved) {
    $("removing-what").textContent = `What was changed in ${letters.get(id).name} has not been saved.`;
    if (!await ask($("removing"))) return;
  }
  unread.delete(id);
  if (reading?.id === id) reading.stop.abort();
  if (!id.startsWith("refused-")) await call("DELETE", `/api/letters/${id}`);
  letters.delete(id);
  numbers.delete(id);
  editor.forget(id);
  if (open?.id === id) {
    clearTimeout(timer);
    clearTimeout(later);
    open = null;
    const next = [...letters.values()].find((each) => !each.refusal);
    if (next) await show(next.id);
    else $("letter").hidden = $("findings").hidden = true;
  }
  listLetters();
  showProgress();
  ($("letters").querySelector("button") ?? $("choose")).focus();
}

// ---- One letter

async function show(id) {
  await flush();
  stop.abort();
  clearTimeout(later);
  const letter = await call("GET", `/api/letters/${id}`);
  current = null;
  take(letter);
  editor.choose(null);
  readInBackground();
}

/** Show a letter as the server has it now. */
function take(letter) {
  open = letter;
  letters.set(letter.id, withoutText(letter));
  if (letter.thorough) unread.delete(letter.id);
  else unread.add(letter.id);
  $("letter").hidden = $("findings").hidden = false;
  $("letter-name").textContent = letter.name;
  const changed = editor.show(letter.id, letter.text, letter.typed);
  $("remarks").replaceChildren(...letter.remarks_on_reading.map((each) => make("li", {}, each)));
  $("hint").textContent = letter.typed
    ? "You can write in the letter; it is checked as you type. F8 goes to the next finding, Shift+F8 back."
    : `The text of ${KINDS[letter.kind]} as it was read; it cannot be written in here. `
      + (letter.fixable ? "Fixes that you accept are made in the file itself." : "A file of this kind is not changed: correct the draft it was made from.")
      + " F8 goes to the next finding, Shift+F8 back.";
  showFindings();
  listLetters();
  showProgress();
  clearTimeout(later);
  if (!letter.thorough) later = setTimeout(readThoroughly, LATER);
  return changed;
}

function showFindings() {
  const focused = document.activeElement?.closest("#found") ? document.activeElement : null;
  const held = focused && { mark: focused.closest("[data-mark]")?.dataset.mark, act: focused.dataset.act, at: [...$("found").querySelectorAll("[data-mark]")].indexOf(focused.closest("[data-mark]")) };
  editor.mark(open.findings);
  $("summary").textContent = inWords(open.counts) + (!open.thorough ? "; the trained reader is reading …" : "");
  $("found").replaceChildren(...listFindings(open, current, { choose, fix, waive, takeBack, addWord, explain }));
  const safe = open.findings.filter((each) => each.fixes[0]?.safety === "safe").length;
  $("all-acts").replaceChildren(...(safe ? [make("button", { type: "button", class: "fix safe", onclick: () => attempt(fixAll) }, `Make ${plural(safe, "safe fix").replace("fixs", "fixes")}`)] : []));
  showSaving();
  if (!held) return;
  const items = [...$("found").querySelectorAll("[data-mark]")];
  const same = items.find((each) => each.dataset.mark === held.mark);
  const next = same?.querySelector(`[data-act="${held.act}"]`) ?? (same ?? items[Math.min(held.at, items.length - 1)])?.querySelector("button");
  (next ?? $("findings")).focus();
}

function showSaving() {
  const path = (copy) => `/api/letters/${open.id}/copies/${copy}`;
  const saver = (copy, label) => make("button", { type: "button", "data-copy": copy, onclick: () => attempt(async () => { await flush(); say(`Saved ${await save(path(copy))}`); if (copy !== "report") open.unsaved = letters.get(open.id).unsaved = false; }) }, label);
  const parts = [];
  const named = { word: "Word file", pdf: "PDF" }[open.kind];
  if (open.kind === "word" && open.steps.length) parts.push(saver("reviewed-tracked", "Save with tracked changes and comments"), saver("tracked", "Save with tracked changes"));
  if (open.remarks) parts.push(saver("reviewed", open.steps.length ? "Save fixed letter with comments" : `Save ${named} with comments`));
  if (open.fixable && (open.typed || open.steps.length)) parts.push(saver("fixed", "Save fixed letter"));
  parts.push(saver("report", "Save report"));
  if (open.typed || open.fixable) {
    const able = open.typed ? editor.canUndo : open.steps.length > 0;
    const last = open.steps.at(-1);
    parts.push(make("button", { type: "button", id: "undo", disabled: !able, onclick: () => attempt(undoLast) }, last ? `Undo: ${last}` : "Undo"));
  }
  $("saving").replaceChildren(...parts);
}

function choose(finding, place) {
  current = markOf(finding);
  for (const each of $("found").querySelectorAll("[data-mark]")) {
    const is = each.dataset.mark === current;
    each.classList.toggle("current", is);
    if (is) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
  editor.choose(finding, place);
  if (matchMedia("(max-width: 60rem)").matches && place) $("editor").scrollIntoView({ block: "nearest" });
}

/** The person clicked somewhere in the letter: choose the finding there. */
function onPlace(place) {
  const finding = open?.findings.filter((each) => each.from <= place && place <= each.to).sort((a, b) => (a.to - a.from) - (b.to - b.from))[0];
  if (!finding) return;
  choose(finding, null);
  $("found").querySelector(`[data-mark="${markOf(finding)}"]`)?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = ranked(open.findings);
  if (!all.length) return;
  const at = all.findIndex((each) => markOf(each) === current);
  const finding = all[(at + by + (at < 0 && by < 0 ? 1 : 0) + all.length) % all.length];
  choose(finding, finding);
  const item = $("found").querySelector(`[data-mark="${markOf(finding)}"]`);
  item.scrollIntoView({ block: "nearest" });
  item.querySelector("button").focus({ preventScroll: true });
}

// ---- Writing

function onRefuse() { say(open.fixable ? `${sentence(KINDS[open.kind])} cannot be written in here: accept a fix, or change the file itself` : `${sentence(KINDS[open.kind])} cannot be changed here: correct the draft it was made from`); }

function onWrite() {
  isWritten = true;
  stop.abort();
  clearTimeout(timer);
  clearTimeout(later);
  timer = setTimeout(() => attempt(flush), WAIT);
}

/** Send what was written, if anything was, and show what is found then. */
async function flush() {
  clearTimeout(timer);
  if (!isWritten || !open) return;
  isWritten = false;
  stop = new AbortController();
  const { id } = open, text = editor.text, { signal } = stop;
  try {
    const letter = await call("PUT", `/api/letters/${id}/text`, { text }, signal);
    if (open?.id === id && !isWritten) take(letter);
  } catch (error) {
    if (error.name !== "AbortError") { isWritten = true; throw error; }
  }
}

async function readThoroughly() {
  const { id, text } = open;
  const letter = await attempt(() => call("GET", `/api/letters/${id}?thorough=1`));
  if (letter && open?.id === id && open.text === text && !isWritten) take(letter);
}

// ---- What is done about a finding

/** Change the open letter, or what the house accepts. Returns the place in the letter that changed, null where there is none. */
async function change(method, path, content, said, takenBack) {
  await flush();
  const { id } = open;
  const letter = await call(method, `/api/letters/${id}/${path}`, content && { ...content, thorough: open.thorough });
  const changed = open?.id === id ? take(letter) : null;
  if (letter.skipped) complain(`Not changed: ${letter.skipped}.`);
  else say(said + (letter.written ? `, in ${letter.written}` : ""), takenBack);
  if (letter.written) { // the other letters may have other findings now
    for (const each of letters.values()) if (!each.refusal && each.id !== id) unread.add(each.id);
    readInBackground();
  }
  return changed;
}

/** Make a fix, and show what it has changed. */
async function fix(finding, number) {
  const changed = await attempt(() => change("POST", "fixes", { fingerprint: finding.fingerprint, number }, "Fixed"));
  if (changed) editor.reveal(changed);
}

function fixAll() { return change("POST", "fixes", { safe: true }, "Fixed"); }

function addWord({ fingerprint, word }) {
  const takeBack = () => change("DELETE", "words", { word }, `“${word}” is no longer right`);
  attempt(() => change("POST", "words", { fingerprint }, `“${word}” is right from now on`, takeBack));
}

function takeBack({ fingerprint }) { attempt(() => change("DELETE", "waivers", { fingerprint }, "The waiver is taken back")); }

async function undoLast() {
  if (!open.typed) await change("DELETE", "fixes", undefined, "Undone");
  else { editor.undo(); await flush(); say("Undone"); }
}

function ask(dialog) {
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });
}

async function waive(finding) {
  const form = $("waive").querySelector("form");
  form.elements.reason.value = "";
  form.elements.by.value ||= localStorage.getItem("imrlint-by") ?? "";
  $("waive-what").textContent = finding.message;
  if (!await ask($("waive"))) return;
  const reason = form.elements.reason.value, by = form.elements.by.value;
  localStorage.setItem("imrlint-by", by);
  await attempt(() => change("POST", "waivers", { fingerprint: finding.fingerprint, reason, by }, "Waived"));
}

async function explain(finding) {
  const told = await attempt(() => call("GET", `/api/rules/${finding.rule}`));
  if (!told) return;
  $("rule-name").textContent = told.name;
  $("rule-text").innerHTML = told.html; // made of the page of the rule, without any HTML in it
  $("rule").showModal();
  $("rule-text").focus();
}

// ---- The page itself

async function paste() {
  const field = $("pasting").querySelector("textarea");
  field.value = "";
  if (await ask($("pasting")) && field.value.trim()) receive([new File([field.value], "pasted letter.txt")]);
}

async function close() {
  await attempt(flush);
  const unsaved = [...letters.values()].filter((each) => each.unsaved).map((each) => each.name);
  $("closing-what").textContent = unsaved.length ? `Changed, and not saved yet: ${unsaved.join(", ")}.` : "";
  if (!await ask($("closing"))) return;
  unread.clear();
  reading?.stop.abort();
  clearTimeout(later);
  await attempt(async () => {
    await call("POST", "/api/close");
    sessionStorage.removeItem("imrlint-key");
    document.querySelector("main").replaceChildren(make("section", { id: "start" }, make("h2", { tabindex: "-1" }, "The desk is closed"), make("p", {}, "You can close this page.")));
    document.querySelector("header .acts").remove();
    document.querySelector("h2").focus();
  });
}

/** The whole letter for paper: the editor has only what is on the screen. */
function printLetter() {
  if (!open) return;
  const { text } = editor;
  const places = open.findings.map((each) => [each.from, Math.max(each.to, each.from + 1), each.severity]);
  const cuts = [...new Set([0, text.length, ...places.flatMap(([from, to]) => [from, to])])].filter((cut) => cut <= text.length).sort((a, b) => a - b);
  $("printed").replaceChildren(...cuts.slice(0, -1).map((from, i) => {
    const words = text.slice(from, cuts[i + 1]);
    const place = places.find(([start, end]) => start <= from && from < end);
    return place ? make("mark", { class: `mark-${place[2]}` }, words) : words;
  }));
}

/** The files that were dropped, and those in folders that were. */
async function filesOf(dropped) {
  const entries = [...dropped.items].map((each) => each.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((each) => each.isDirectory)) return [...dropped.files];
  const found = [];
  while (entries.length) {
    const entry = entries.shift();
    if (entry.isFile) {
      if (LETTER.test(entry.name)) found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
      continue;
    }
    const reader = entry.createReader();
    for (let some; (some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))).length;) entries.push(...some);
  }
  return found;
}

function takeDrops() {
  const holds = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  let depth = 0;
  addEventListener("dragenter", (event) => { if (holds(event)) { depth += 1; $("drop").hidden = false; } });
  addEventListener("dragleave", (event) => { if (holds(event) && (depth -= 1) <= 0) { depth = 0; $("drop").hidden = true; } });
  addEventListener("dragover", (event) => { if (holds(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    depth = 0;
    $("drop").hidden = true;
    if (!holds(event)) return;
    event.preventDefault();
    attempt(async () => receive(await filesOf(event.dataTransfer)));
  }, true);
}

addEventListener("keydown", (event) => {
  if (event.key !== "F8" || !open || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  step(event.shiftKey ? -1 : 1);
});
addEventListener("beforeprint", printLetter);
addEventListener("beforeunload", (event) => { if (isWritten) event.preventDefault(); });
$("choose").addEventListener("click", () => $("files").click());
$("files").addEventListener("change", () => { receive([...$("files").files]); $("files").value = ""; });
$("paste").addEventListener("click", paste);
$("report").addEventListener("click", () => attempt(async () => { await flush(); say(`Saved ${await save("/api/report")}`); }));
$("close").addEventListener("click", close);
takeDrops();

/** Files may be dropped before it is done: they wait for it. */
const started = attempt(async () => {
  await enter();
  stay();
  for (const letter of await call("GET", "/api/letters")) {
    letters.set(letter.id, letter);
    if (!letter.refusal && !letter.thorough) unread.add(letter.id);
  }
  listLetters();
  showProgress();
  const first = [...letters.values()].find((each) => !each.refusal);
  if (first) await show(first.id);
  document.documentElement.dataset.ready = "yes";
  readInBackground();
});
