// The letter as it was read, with its findings marked; a text can be written in.

import { Decoration, EditorState, EditorView, StateEffect, StateField, defaultKeymap, history, historyKeymap, isolateHistory, keymap, undo, undoDepth } from "/static/codemirror.js";

const setMarks = StateEffect.define();
const setCurrent = StateEffect.define();
const fromServer = StateEffect.define();

function marked(effect) {
  return StateField.define({
    create: () => Decoration.none,
    update(marks, change) {
      marks = marks.map(change.changes);
      for (const each of change.effects) if (each.is(effect)) marks = each.value;
      return marks;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

/** A place in a text, at least one character wide, so that it can be seen. */
function widened({ from, to }, length) {
  from = Math.min(from, length);
  to = Math.min(to, length);
  if (from < to) return { from, to };
  return to < length ? { from, to: to + 1 } : { from: Math.max(0, from - 1), to };
}

/** The edit after which a text is another one: what both share at either end stays, and the caret with it. */
function difference(old, text) {
  const most = Math.min(old.length, text.length);
  let start = 0, end = 0;
  while (start < most && old[start] === text[start]) start += 1;
  while (end < most - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  return { from: start, to: old.length - end, insert: text.slice(start, text.length - end) };
}

export class Editor {
  /** `onWrite` is called when the person changes the text, `onRefuse` when the person types where that is impossible, `onPlace` with a place that the person chose. */
  constructor(parent, nonce, { onWrite, onRefuse, onPlace }) {
    this.states = new Map(); // of the letters that are not shown, each with what can be undone
    this.shown = null;
    this.extensions = [
      EditorView.cspNonce.of(nonce),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "The letter", spellcheck: "false" }),
      marked(setMarks), marked(setCurrent),
      history(), keymap.of([...historyKeymap, ...defaultKeymap]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !update.transactions.some((each) => each.effects.some((effect) => effect.is(fromServer)))) onWrite();
      }),
      EditorView.domEventHandlers({
        keydown: (event, view) => {
          if (view.state.readOnly && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) onRefuse();
        },
        paste: (_, view) => { if (view.state.readOnly) onRefuse(); },
        click: (event, view) => {
          const place = view.posAtCoords({ x: event.clientX, y: event.clientY });
          if (place !== null) onPlace(place);
        },
      }),
    ];
    this.view = new EditorView({ parent, state: EditorState.create({ extensions: this.extensions }) });
    this.view.scrollDOM.tabIndex = 0;
    this.view.scrollDOM.setAttribute("role", "region");
    this.view.scrollDOM.setAttribute("aria-label", "The letter, to scroll");
  }

  /** Show a letter: the one that is shown already gets the text with as few changes as there are. Returns what changed in it, null where nothing did. */
  show(id, text, writable) {
    if (this.shown !== id) {
      if (this.shown) this.states.set(this.shown, this.view.state);
      const kept = this.states.get(id);
      this.view.setState(kept ?? EditorState.create({ doc: text, extensions: [...this.extensions, EditorState.readOnly.of(!writable)] }));
      this.shown = id;
    }
    if (this.text === text) return null;
    const changes = difference(this.text, text);
    this.view.dispatch({ changes, effects: fromServer.of(null), annotations: isolateHistory.of("full") });
    return { from: changes.from, to: changes.from + changes.insert.length };
  }

  forget(id) {
    this.states.delete(id);
    if (this.shown === id) this.shown = null;
  }

  get text() { return this.view.state.doc.toString(); }
  get canUndo() { return undoDepth(this.view.state) > 0; }
  undo() { undo(this.view); }

  mark(findings) {
    const length = this.view.state.doc.length, ranges = [];
    if (!length) return;
    for (const each of findings) {
      const place = widened(each, length);
      ranges.push(Decoration.mark({ class: `mark-${each.severity}`, attributes: { title: each.message } }).range(place.from, place.to));
    }
    this.view.dispatch({ effects: setMarks.of(Decoration.set(ranges, true)) });
  }

  /** Scroll to a place, and mark it until another one is chosen. */
  reveal(place) { this.choose({ ...place, others: [] }, place); }

  /** Mark one finding and its other places, and scroll to a place where one is given. */
  choose(finding, place) {
    const length = this.view.state.doc.length, ranges = [], effects = [];
    if (finding && length) {
      for (const [each, kind] of [[finding, "mark-current"], ...finding.others.map((other) => [other, "mark-other"])]) {
        const at = widened(each, length);
        ranges.push(Decoration.mark({ class: kind }).range(at.from, at.to));
      }
    }
    effects.push(setCurrent.of(Decoration.set(ranges, true)));
    if (place && length) {
      const at = widened(place, length);
      effects.push(EditorView.scrollIntoView(at.from, { y: "center" }));
      this.view.dispatch({ effects, selection: { anchor: at.from } });
    } else this.view.dispatch({ effects });
  }
}
