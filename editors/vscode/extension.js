// Starts `imrlint lsp`, and asks for the reason of a waiver. All else the language server does.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function options() {
  const settings = vscode.workspace.getConfiguration("imrlint");
  const pattern = settings.get("files");
  return {
    documentSelector: [
      { language: "plaintext", scheme: "file", pattern },
      { language: "markdown", scheme: "file", pattern },
      { language: "plaintext", scheme: "untitled" },
    ],
    initializationOptions: {
      profile: settings.get("profile"),
      reader: settings.get("reader"),
      by: settings.get("by"),
    },
    synchronize: { configurationSection: "imrlint" },
    middleware: { executeCommand },
  };
}

async function executeCommand(command, given, next) {
  if (command !== "imrlint.waive") {
    return next(command, given);
  }
  const reason = await vscode.window.showInputBox({
    title: "Waive this finding",
    prompt: "Why is it right as it is?",
    validateInput: (text) => (text.trim() ? undefined : "A waiver needs a reason."),
  });
  return reason === undefined ? undefined : next(command, [...given, reason]);
}

async function start() {
  const command = vscode.workspace.getConfiguration("imrlint").get("path");
  client = new LanguageClient("imrlint", "imrlint", { command, args: ["lsp"] }, options());
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(
      `imrlint cannot be started as "${command}" (${error.message}). ` +
        'Install it with its extra lsp, or set imrlint.path.',
    );
  }
}

async function stop() {
  if (client?.isRunning()) {
    await client.stop();
  }
}

async function activate(context) {
  const again = async () => {
    await stop();
    await start();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("imrlint.restart", again),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("imrlint.path") || change.affectsConfiguration("imrlint.files")) {
        return again();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
