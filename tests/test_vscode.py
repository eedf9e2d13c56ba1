"""The extension for Visual Studio Code: that it can be packaged, and starts the command that exists."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from running import ROOT

from imrlint.lsp.house import EditorSettings, read_editor_settings

EXTENSION = ROOT / "editors" / "vscode"

# What is there of the editor, outside of it: every name is a class whose every name is a class.
LOADED = """
const Module = require("module"), load = Module._load;
const anything = new Proxy(class {}, { get: (it, name) => (name in it ? it[name] : anything) });
Module._load = (name, ...rest) => (name === "vscode" ? anything : load(name, ...rest));
console.log(Object.keys(require("./dist/extension.js")).sort().join());
"""


def test_its_settings_are_those_of_the_server() -> None:
    described = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    defaults = {
        name.removeprefix("imrlint."): each["default"]
        for name, each in described["contributes"]["configuration"]["properties"].items()
    }
    assert read_editor_settings(defaults) == EditorSettings()
    assert {"profile", "reader", "by"} < set(defaults)


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("npm") and shutil.which("node")), reason="needs node and npm")
def test_it_can_be_packaged(tmp_path: Path) -> None:
    folder = tmp_path / "vscode"
    shutil.copytree(EXTENSION, folder, ignore=shutil.ignore_patterns("node_modules", "dist", "*.vsix"))
    install = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"]
    if subprocess.run(install, cwd=folder, capture_output=True, check=False).returncode:
        pytest.skip("what the extension is built with cannot be fetched")
    packaged = subprocess.run(["npm", "run", "package"], cwd=folder, capture_output=True, text=True, check=False)
    assert packaged.returncode == 0, packaged.stdout + packaged.stderr
    with zipfile.ZipFile(folder / "imrlint.vsix") as package:
        names = {name for name in package.namelist() if name.startswith("extension/")}
    assert names == {"extension/package.json", "extension/readme.md", "extension/dist/extension.js"}
    loaded = subprocess.run(["node", "-e", LOADED], cwd=folder, capture_output=True, text=True, check=False)
    assert loaded.stdout.strip() == "activate,deactivate", loaded.stderr
