"""What the guide on editors has people write into their settings, tried in the editors that are installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT, SLIPS

pytestmark = pytest.mark.slow  # each starts an editor and a server

GUIDE = (ROOT / "docs" / "guides" / "editors.md").read_text(encoding="utf-8")
NVIM, EMACS = shutil.which("nvim"), shutil.which("emacs")
SHOWN_IN_NVIM = """
vim.cmd("edit letter.txt")
vim.wait(60000, function() return #vim.diagnostic.get(0) > 5 end, 50)
for _, each in ipairs(vim.diagnostic.get(0)) do print(each.lnum + 1, each.code) end
vim.cmd("qall!")
"""
SHOWN_IN_EMACS = """
(dotimes (_ 400) (unless SHOWN (accept-process-output nil 0.1) (sit-for 0.05)))
(dolist (each SHOWN) (message "%s" (TEXT each)))
"""
EGLOT = ("eglot", "(call-interactively 'eglot)", "(flymake-diagnostics)", "flymake-diagnostic-text")
LSP_MODE = (
    "lsp-mode",
    "(lsp-workspace-folders-add default-directory) (lsp)",
    "(gethash (lsp--fix-path-casing (buffer-file-name)) (lsp-diagnostics))",
    "lsp:diagnostic-message",
)


def run_editor(folder: Path, *command: str) -> str:
    """What an editor prints that finds imrlint on its path."""
    shutil.copy(SLIPS, folder / "letter.txt")
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PATH": beside, "XDG_CONFIG_HOME": str(folder)},
    )  # fmt: skip
    return done.stdout + done.stderr


@pytest.mark.skipif(NVIM is None, reason="no Neovim at hand")
def test_neovim(tmp_path: Path) -> None:
    version = subprocess.run(["nvim", "--version"], capture_output=True, text=True, check=True).stdout
    is_new = tuple(map(int, re.findall(r"\d+", version)[:2])) >= (0, 11)
    for_new, for_old = re.findall(r"```lua\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "init.lua").write_text(for_new if is_new else for_old, encoding="utf-8")
    (tmp_path / "shown.lua").write_text(SHOWN_IN_NVIM, encoding="utf-8")
    said = run_editor(tmp_path, "nvim", "--headless", "-u", "init.lua", "+luafile shown.lua")
    assert "45 ur-date-mismatch" in said


@pytest.mark.skipif(EMACS is None, reason="no Emacs at hand")
@pytest.mark.parametrize("client", [EGLOT, LSP_MODE], ids=lambda client: client[0])
def test_emacs(tmp_path: Path, client: tuple[str, str, str, str]) -> None:
    package, start, shown, text = client
    (settings,) = (each for each in re.findall(r"```lisp\n(.*?)```", GUIDE, re.DOTALL) if f"load '{package}" in each)
    begin = f"(package-initialize)\n(require '{package})\n(setq eglot-sync-connect 60 lsp-enable-snippet nil)\n"
    script = f'{settings}{begin}(find-file "letter.txt")\n{start}\n'
    (tmp_path / "init.el").write_text(
        script + SHOWN_IN_EMACS.replace("SHOWN", shown).replace("TEXT", text), encoding="utf-8"
    )
    said = run_editor(tmp_path, "emacs", "--batch", "--load", "init.el")
    if "Cannot open load file" in said:
        pytest.skip(f"no {package} at hand")
    assert 'the utilization review is dated "1-30-17" here' in said
