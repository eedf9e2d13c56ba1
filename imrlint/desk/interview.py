"""Asking the user about each finding of a letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TextIO

from imrlint.desk.decisions import Decisions, NotDecided, WordChoice, find_word, may_waive
from imrlint.engine.findings import Diagnostic, Edit, Fix
from imrlint.engine.fixes import ChosenFix, drop_overlapping
from imrlint.engine.report import Report
from imrlint.output import text
from imrlint.output.excerpts import WIDEST
from imrlint.settings.waivers import Waiver


class _Answer(NamedTuple):
    """What is to be done about a finding; nothing, where all is empty."""

    fix: Fix | None = None
    reason: str = ""  # of a waiver
    word: str = ""  # for the words of the house


class _Question(NamedTuple):
    """A finding, its fixes, and its word where it is about one."""

    diagnostic: Diagnostic
    fixes: Sequence[Fix]
    choice_of_word: WordChoice | None
    may_waive: bool

    @property
    def word(self) -> str:
        """The word that can become one of the house; empty where there is none."""
        return self.choice_of_word.word if self.choice_of_word and not self.choice_of_word.refusal else ""

    @property
    def choice(self) -> ChosenFix:
        """Its first fix, or a change of all its words where it has none."""
        return ChosenFix(
            self.diagnostic, self.fixes[0] if self.fixes else Fix("", (Edit(self.diagnostic.finding.span, ""),))
        )

    @property
    def prompt(self) -> str:
        keys = [
            *((f"{'1' if len(self.fixes) == 1 else f'1-{len(self.fixes)}'} fix",) if self.fixes else ()),
            "Enter leave",
            "w write",
            *(("v waive",) if self.may_waive else ()),
            *(("a add word",) if self.word else ()),
            "b back",
            "q stop",
        ]
        return f"  {', '.join(keys)} or ? "

    @property
    def help(self) -> Sequence[str]:
        return (
            *(("number  makes that fix",) if self.fixes else ()),
            "Enter   leaves the letter as it is",
            "w       lets you write the words",
            *(("v       waives the finding, with a reason: it is not reported any more",) if self.may_waive else ()),
            *((f'a       adds "{self.word}" to the words of this house',) if self.word else ()),
            *((self.choice_of_word.refusal,) if self.choice_of_word and self.choice_of_word.refusal else ()),
            "b       goes back to the finding before",
            "q       stops asking; what you have answered is done",
        )


_BACK, _STOP = object(), object()


class Interview:
    """Shows each finding, and asks what to do about it: over one letter after the other, and over their rounds."""

    def __init__(self, out: TextIO, answers: TextIO, *, colour: bool = False, width: int = WIDEST) -> None:
        self._out = out
        self._answers = answers
        self._colour = colour
        self._width = width
        self._asked: set[str] = set()  # fingerprints
        self._right: set[str] = set()  # words that were added to those of the house, in lower case
        self._by = ""  # who gives waivers
        self._stopped = False
        self.waived: list[Waiver] = []

    @property
    def word_count(self) -> int:
        """How many words were added to those of the house."""
        return len(self._right)

    def choose_fixes(self, report: Report, decisions: Decisions) -> Sequence[ChosenFix]:
        """The fixes that the user wants. Waives and adds words at once; nothing is asked twice."""
        questions = [self._question(d, report, decisions) for d in report.diagnostics]
        questions = [each for each in questions if each.diagnostic.fingerprint not in self._asked]
        answers = self._ask_all(questions, report) if not self._stopped else {}
        wanted = []
        for number, answer in sorted(answers.items()):
            diagnostic = questions[number].diagnostic
            self._asked.add(diagnostic.fingerprint)
            if answer.fix:
                wanted.append(ChosenFix(diagnostic, answer.fix))
            try:
                if answer.reason:
                    self.waived.append(decisions.waive(diagnostic, answer.reason, self._by).waiver)
                if answer.word and answer.word.casefold() not in self._right:
                    path = decisions.add_word(answer.word)
                    self._out.write(f'"{answer.word}" is a word of this house now, in {path}\n')
                    self._right.add(answer.word.casefold())
            except NotDecided as error:
                self._out.write(f"{error}\n")
        return wanted

    def _question(self, diagnostic: Diagnostic, report: Report, decisions: Decisions) -> _Question:
        return _Question(
            diagnostic,
            report.printable_fixes(diagnostic),
            find_word(diagnostic, report, decisions.config),
            may_waive(diagnostic, decisions.config),
        )

    def _ask_all(self, questions: Sequence[_Question], report: Report) -> Mapping[int, _Answer]:
        """The answer to each question, by its number from 0. Some wait for the next round, or need no answer."""
        answers: dict[int, _Answer] = {}
        number = 0
        while number < len(questions):
            question = questions[number]
            if self._is_settled(question, questions, answers):
                number += 1
                continue
            self._out.write(f"{number + 1} of {len(questions)}\n")
            answer = self._ask(question, report)
            if isinstance(answer, _Answer):
                answers[number] = answer
                number += 1
            elif answer is _STOP:
                self._stopped = True
                break
            elif answers:
                number = max(answers)
                del answers[number]
            else:
                self._out.write("  this is the first finding\n")
        return answers

    def _is_settled(self, question: _Question, questions: Sequence[_Question], answers: Mapping[int, _Answer]) -> bool:
        """Whether earlier answers change the words of a question, or make its word right."""
        right = self._right | {answer.word.casefold() for answer in answers.values() if answer.word}
        if question.word and question.word.casefold() in right:
            return True
        wanted = [ChosenFix(questions[n].diagnostic, answer.fix) for n, answer in answers.items() if answer.fix]
        return len(drop_overlapping([*wanted, question.choice])) <= len(wanted)

    def _ask(self, question: _Question, report: Report) -> _Answer | object:
        """The answer to a question, or that the user wants to go back or to stop."""
        text.write_paragraph(question.diagnostic, report, self._out, colour=self._colour, width=self._width)
        for number, fix in enumerate(question.fixes, 1):
            self._out.write(f"  {number}  {fix.title}\n")
        while True:
            match self._read_answer(question.prompt):
                case None | "q":
                    return _STOP
                case "b":
                    return _BACK
                case "":
                    return _Answer()
                case choice if choice.isdecimal() and 1 <= int(choice) <= len(question.fixes):
                    return _Answer(question.fixes[int(choice) - 1])
                case "w":
                    if words := self._read_answer("  write: "):
                        edit = Edit(question.diagnostic.finding.span, words)
                        return _Answer(Fix(f"write {words}", (edit,)))
                case "v" if question.may_waive:
                    if reason := self._read_reason():
                        return _Answer(reason=reason)
                case "a" if question.word:
                    return _Answer(word=question.word)
                case _:
                    self._out.write("".join(f"  {line}\n" for line in question.help))

    def _read_reason(self) -> str | None:
        """The reason of a waiver; nothing where the user gives none, or no name."""
        reason = self._read_answer("  why is it right as it is? ")
        if reason and not self._by:
            self._by = self._read_answer("  your name: ") or ""
        return reason if self._by else None

    def _read_answer(self, prompt: str) -> str | None:
        """The next line that the user types, None at the end of the input."""
        self._out.write(prompt)
        self._out.flush()
        line = self._answers.readline()
        return line.strip() if line else None
