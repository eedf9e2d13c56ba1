// What the page asks of the server, always with the key.

let key = "";
let entering; // the key is known when this is done

/** Take the key, from the address at first and then from this tab. Throws where neither has one that is valid. */
export function enter() {
  return entering ??= takeKey();
}

async function takeKey() {
  const given = location.hash.slice(1) || sessionStorage.getItem("imrlint-key") || "";
  const answer = await fetch("/api/enter", { method: "POST", headers: { Authorization: `Bearer ${given}` } });
  if (!answer.ok) throw new Error("This address is no longer valid: open the one that imrlint shows where it was started.");
  key = (await answer.json()).key;
  sessionStorage.setItem("imrlint-key", key);
  history.replaceState(null, "", "/");
}

/** Let the server know, as long as this page is open, that it is; and when it is being closed. */
export function stay() {
  const path = `/api/presence/${crypto.randomUUID()}`, headers = { Authorization: `Bearer ${key}` };
  const arrive = () => fetch(path, { headers }).then((answer) => answer.text()).catch(() => {});
  addEventListener("pagehide", () => { fetch(path, { method: "DELETE", headers, keepalive: true }).catch(() => {}); });
  addEventListener("pageshow", (event) => { if (event.persisted) arrive(); });
  arrive();
}

async function ask(method, path, body, signal) {
  await enter();
  let answer;
  try {
    answer = await fetch(path, { method, body, signal, headers: { Authorization: `Bearer ${key}` } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The desk does not answer: it may have been closed.");
  }
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  throw new Error(told.error || `The desk answered ${answer.status}.`);
}

/** The answer to a request, as data. `content` is sent as JSON, or as it is where it is a file. */
export async function call(method, path, content, signal) {
  const body = content === undefined || content instanceof Blob ? content : JSON.stringify(content);
  return (await ask(method, path, body, signal)).json();
}

/** Let the person save a file that the server makes. Returns its name. */
export async function save(path) {
  const answer = await ask("GET", path);
  const name = decodeURIComponent(answer.headers.get("Content-Disposition").split("''")[1]);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return name;
}
