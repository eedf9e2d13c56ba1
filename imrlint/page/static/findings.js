// The findings in a letter as a list, by importance.

/** An element with attributes and children. A name with "on" is a listener. */
export function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((each) => each !== null && each !== undefined));
  return made;
}

const LEVELS = [["high", "High importance"], ["medium", "Medium importance"], ["low", "Low importance"]];

/** What two lists of findings have in common: a finding has the same mark in both. */
export const markOf = (finding) => `${finding.fingerprint}`;

/** All findings in the order of the list. */
export function ranked(findings) {
  return LEVELS.flatMap(([level]) => findings.filter((each) => each.importance === level));
}

/** The list. `acts` are what can be done: choose(finding, place), fix(finding, number), waive, takeBack, addWord, explain. */
export function listFindings(letter, current, acts) {
  const parts = [];
  for (const [level, title] of LEVELS) {
    const here = letter.findings.filter((each) => each.importance === level);
    if (!here.length) continue;
    const shown = make("ol", {}, ...here.map((each) => item(each, markOf(each) === current, acts)));
    parts.push(make("h3", {}, `${title} (${here.length})`), shown);
  }
  if (letter.accepted.length) {
    const accepted = letter.accepted.map((each) =>
      make("li", {}, placeButton(each, each, acts), make("p", { class: "message" }, each.message), make("p", { class: "aside" }, `Accepted: ${each.reason}`),
        each.waived ? make("button", { type: "button", onclick: () => acts.takeBack(each) }, "Take the waiver back") : null));
    parts.push(make("details", {}, make("summary", {}, `${letter.accepted.length} accepted`), make("ol", {}, ...accepted)));
  }
  return parts;
}

function placeButton(place, finding, acts) {
  const words = place.words ? `${place.where}: “${place.words}”` : place.where;
  return make("button", { type: "button", class: "place", "data-act": `place-${place.from}`, onclick: () => acts.choose(finding, place) }, words);
}

function item(finding, isCurrent, acts) {
  const act = (name, label, listener, more = {}) =>
    make("button", { type: "button", "data-act": name, onclick: listener, ...more }, label);
  return make("li", { class: `finding ${finding.severity}${isCurrent ? " current" : ""}`, "data-mark": markOf(finding), "aria-current": isCurrent ? "true" : null },
    make("p", { class: "head" }, make("span", { class: "level" }, finding.severity), " ", placeButton(finding, finding, acts)),
    make("p", { class: "message" }, finding.message),
    finding.others.length ? make("ul", { class: "others" }, ...finding.others.map((other) =>
      make("li", {}, placeButton(other, finding, acts), ` ${other.message}`))) : null,
    make("div", { class: "acts" },
      ...finding.fixes.map((fix, number) => act(`fix-${number}`, `${fix.safety === "safe" ? "Fix" : "Suggestion"}: ${fix.title}`, () => acts.fix(finding, number),
        { class: `fix ${fix.safety}`, title: fix.safety === "safe" ? "A safe fix: it changes no fact" : "A suggestion: look before you accept it" })),
      finding.word ? act("word", `“${finding.word}” is right`, () => acts.addWord(finding), { title: "Adds it to the words of this house" }) : null,
      finding.waivable ? act("waive", "Waive…", () => acts.waive(finding)) : null,
      act("explain", "Explain", () => acts.explain(finding), { "aria-label": `Explain the rule ${finding.rule}` })));
}
