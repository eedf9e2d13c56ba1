"""The trained reader: what it makes of a network's doubts, what it may say, and where it is used."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from running import CLEAN, run

import imrlint
from imrlint import reader
from imrlint.document.text import Source
from imrlint.engine.findings import Feature, Severity
from imrlint.parser import parse
from imrlint.reader import detector, evidence, near_words, proposals
from imrlint.reader.detector import Detector
from imrlint.reader.doubts import Doubt, DoubtKind
from imrlint.reader.network import Reading as NetworkReading
from imrlint.reading import Reading
from imrlint.reading.doubts import Doubter, Slip, list_offers
from imrlint.reading.right_words import RightWords
from imrlint.settings.config import Config, ConfigError, build_config

WORDS = ("motion", "emotion", "of", "the", "documentation", "without", "with", "out")
PIECES = {word: i for i, word in enumerate(WORDS)}
RIGHT, REPLACE, DELETE, INSERT = range(4)


class Letters:
    """An encoder to which every word is one piece, by its letters."""

    def first_piece(self, word: str) -> int:
        return PIECES.get(word.strip(".,").lower(), len(PIECES))


class Scripted:
    """A network that doubts some words, each with the label and the word that should be there."""

    encoder = Letters()

    def __init__(self, doubts: dict[str, tuple[int, str]]) -> None:
        self.doubts = doubts
        self.sentences: list[list[str]] = []

    def read(self, sentences: Sequence[Sequence[str]], doubt: float) -> list[NetworkReading]:
        self.sentences += [list(each) for each in sentences]
        return [self._read(each, doubt) for each in sentences]

    def _read(self, words: Sequence[str], doubt: float) -> NetworkReading:
        labels = np.full((len(words), 4), math.log(0.01), np.float32)
        labels[:, RIGHT] = math.log(0.97)
        pieces = {}
        for at, word in enumerate(words):
            label, meant = self.doubts.get(word.strip("."), (RIGHT, ""))
            if label != RIGHT:
                labels[at] = math.log(0.01)
                labels[at, label] = math.log(0.9)
                pieces[at] = np.full(len(PIECES) + 1, -9.0, np.float32)
                pieces[at][PIECES.get(meant, 0)] = -0.1
        return NetworkReading(labels, {at: row for at, row in pieces.items() if labels[at, 0] < doubt})


def read(sentence: str, **doubts: tuple[int, str]) -> list[tuple[str, DoubtKind, tuple[str, ...]]]:
    """What the detector doubts in a sentence, with any weights."""
    scripted = Detector(Scripted(doubts), {}, "scripted")  # type: ignore[arg-type]
    return [(sentence[each.start : each.end], each.kind, each.offers) for each in scripted.read([sentence])[0]]


class TestDetector:
    def test_offers_the_near_word_that_fits(self) -> None:
        ((word, kind, offers),) = read("Full range of emotion.", emotion=(REPLACE, "motion"))
        assert (word, kind, offers[0]) == ("emotion", DoubtKind.REPLACE, "motion")

    def test_offers_a_small_word_before_one(self) -> None:
        ((word, kind, offers),) = read("There is a lack documentation.", documentation=(INSERT, "of"))
        assert (word, kind, offers[0]) == ("documentation", DoubtKind.INSERT, "of")

    def test_offers_nothing_for_a_word_too_many(self) -> None:
        assert read("A lack of the documentation.", the=(DELETE, "")) == [("the", DoubtKind.DELETE, ())]

    def test_joins_words(self) -> None:
        found = read("She walks with out help.", **{"with": (REPLACE, "without")})
        assert ("with out", DoubtKind.REPLACE, ("without",)) in found

    def test_joins_a_doubted_word_with_the_one_before(self) -> None:
        found = read("He has a trial fibrillation.", trial=(REPLACE, "trail"))
        assert ("a trial", DoubtKind.REPLACE, ("atrial",)) in found
        found = read("She had with drawl symptoms.", drawl=(DELETE, ""))
        assert ("with drawl", DoubtKind.REPLACE, ("withdrawal",)) in found

    def test_joins_no_word_with_one_that_it_does_not_need(self) -> None:
        found = read("It was administer by a nurse.", administer=(REPLACE, "administered"))
        assert all(word != "administer by" for word, _, _ in found)

    def test_joins_no_words_with_punctuation_between_them(self) -> None:
        found = read("She walks with, out of need, a cane.", out=(REPLACE, "our"))
        assert all(word != "with, out" for word, _, _ in found)

    def test_reads_a_sentence_once(self) -> None:
        scripted = Scripted({})
        reading = Detector(scripted, {}, "scripted")  # type: ignore[arg-type]
        assert reading.read(["One is right.", "One is right."]) == reading.read(["One is right."]) * 2
        assert len(scripted.sentences) == 1

    def test_a_long_sentence_is_read_whole(self) -> None:
        sentence = "word " * 200 + "emotion"
        assert read(sentence, emotion=(REPLACE, "motion"))[0][0] == "emotion"

    def test_evidence_makes_the_confidence(self) -> None:
        sure = Detector(Scripted({"emotion": (REPLACE, "motion")}), {"replace": 3.0}, "sure")  # type: ignore[arg-type]
        unsure = Detector(Scripted({"emotion": (REPLACE, "motion")}), {"replace": -3.0}, "unsure")  # type: ignore[arg-type]
        assert sure.read(["Full range of emotion."])[0][0].confidence == 0.95
        assert unsure.read(["Full range of emotion."])[0][0].confidence == 0.05


def test_log_odds_are_cut_off() -> None:
    assert evidence.log_odds([0.0, -99, -99, -99]) == -12.0
    assert evidence.log_odds([-50.0, 0, -99, -99]) == 12.0
    assert evidence.log_odds([math.log(0.5)] * 4) == pytest.approx(0.0)


def test_words_are_split_from_their_punctuation() -> None:
    words = proposals.split('He said "no," and (rarely) 4/5 didn’t.')
    assert [word.core for word in words] == ["He", "said", "no", "and", "rarely", "", "didn't"]
    assert [(word.before, word.after) for word in words][2] == ('"', ',"')


@pytest.mark.parametrize(
    ("kind", "at", "offer", "result"),
    [
        (DoubtKind.REPLACE, 3, "motion", "Full range of motion."),
        (DoubtKind.DELETE, 3, "", "Full range of."),
        (DoubtKind.INSERT, 3, "the", "Full range of the emotion."),
    ],
)
def test_a_change_keeps_the_punctuation(kind: DoubtKind, at: int, offer: str, result: str) -> None:
    words = proposals.split("Full range of emotion.")
    offers = (proposals.Offer(offer, 0.0),) if offer else ()
    assert " ".join(proposals.apply(words, proposals.Proposal(at, kind, offers, 0.0))) == result


def test_near_words_are_found_in_both_directions() -> None:
    assert "motion" in near_words.find("emotion")
    assert "lumbar" in near_words.find("lumber")
    assert "than" in near_words.find("then")
    assert near_words.find("hydrocodone-acetaminophen") == ()


@pytest.mark.parametrize(
    ("word", "kind", "offers", "left"),
    [
        ("left", DoubtKind.REPLACE, ("right", "lift"), ("lift",)),
        ("hypertension", DoubtKind.REPLACE, ("hypotension",), None),
        ("Norco", DoubtKind.REPLACE, ("Soma", "narco"), ("narco",)),
        ("two", DoubtKind.REPLACE, ("ten", "to"), ("to",)),
        ("note", DoubtKind.REPLACE, ("not", "noted"), ("noted",)),
        ("not", DoubtKind.DELETE, (), None),
        ("pain", DoubtKind.INSERT, ("no", "the"), ("the",)),
        ("with out", DoubtKind.REPLACE, ("without",), ("without",)),
        ("of", DoubtKind.DELETE, (), ()),
    ],
)
def test_no_offer_changes_a_fact(
    word: str, kind: DoubtKind, offers: tuple[str, ...], left: tuple[str, ...] | None
) -> None:
    assert list_offers(word, Doubt(0, len(word), kind, offers, 0.9)) == left


class Fixed:
    """A reader that doubts one word wherever it stands."""

    name = "fixed"

    def __init__(self, word: str, kind: DoubtKind, offers: tuple[str, ...], confidence: float = 0.9) -> None:
        self.word, self.kind, self.offers, self.confidence = word, kind, offers, confidence

    def read(self, sentences: Sequence[str]) -> list[tuple[Doubt, ...]]:
        return [
            (Doubt(at, at + len(self.word), self.kind, self.offers, self.confidence),)
            if (at := sentence.find(self.word)) >= 0
            else ()
            for sentence in sentences
        ]


def slips(added: str, fixed: Fixed) -> list[tuple[str, Slip, bool]]:
    """What a reader doubts in the summary of a letter to which a sentence was added."""
    text = CLEAN.read_text(encoding="utf-8")
    before, after = text.split("His body mass index", 1)
    letter = parse(Source(f"{before}{added} His body mass index{after}"))
    found = Reading(letter, Doubter(fixed, likely=0.7, least=0.4)).doubts
    return [(each.place.text, each.slip, each.is_likely) for each in found]


class TestDoubtsOfALetter:
    @pytest.mark.parametrize(
        ("sentence", "word", "offer", "found"),
        [
            ("She finds the stairs as easy as sure footing allows.", "as sure", "assure", 0),
            ("The left wrist is not so strong as certain others.", "as certain", "ascertain", 0),
            ("She was seen in May to as certain the cause.", "as certain", "ascertain", 1),
        ],
    )
    def test_the_second_as_of_a_comparison_is_no_part_of_a_word(
        self, sentence: str, word: str, offer: str, found: int
    ) -> None:
        assert len(slips(sentence, Fixed(word, DoubtKind.REPLACE, (offer,)))) == found

    def test_a_word(self) -> None:
        doubted = Fixed("emotion", DoubtKind.REPLACE, ("motion",))
        assert slips("She has full range of emotion today.", doubted) == [("emotion", Slip.WORD, True)]

    def test_one_that_is_not_sure(self) -> None:
        doubted = Fixed("emotion", DoubtKind.REPLACE, ("motion",), 0.5)
        assert slips("She has full range of emotion today.", doubted) == [("emotion", Slip.WORD, False)]
        assert (
            slips("She has full range of emotion today.", Fixed("emotion", DoubtKind.REPLACE, ("motion",), 0.3)) == []
        )

    @pytest.mark.parametrize(
        ("word", "offer", "slip"),
        [("record", "records", Slip.AGREEMENT), ("was", "were", Slip.AGREEMENT), ("a", "the", Slip.ARTICLE)],
    )
    def test_kinds(self, word: str, offer: str, slip: Slip) -> None:
        found = slips(f"Then came {word} xylophone that nobody played.", Fixed(word, DoubtKind.REPLACE, (offer,)))
        assert (word, slip, True) in found

    def test_nothing_that_is_right_in_the_house(self) -> None:
        doubted = Fixed("emotion", DoubtKind.REPLACE, ("motion",))
        letter = parse(
            Source(CLEAN.read_text(encoding="utf-8").replace("His body mass", "Full emotion it is. His body mass"))
        )
        assert Reading(letter, Doubter(doubted, 0.7, 0.4)).doubts
        assert not Reading(letter, Doubter(doubted, 0.7, 0.4, RightWords.of({"Emotion"}))).doubts

    def test_nothing_in_a_quotation(self) -> None:
        doubted = Fixed("emotion", DoubtKind.REPLACE, ("motion",))
        assert slips('She wrote "full range of emotion today" there.', doubted) == []

    def test_nothing_in_capitals_or_in_the_name_of_a_drug(self) -> None:
        assert slips("He has an EMOTION score of four.", Fixed("EMOTION", DoubtKind.REPLACE, ("MOTION",))) == []
        assert slips("He took some Norco for the pain.", Fixed("Norco", DoubtKind.REPLACE, ("narco",))) == []

    def test_no_number_of_an_abbreviated_name_and_no_word_joined_with_one(self) -> None:
        assert slips("The MTUS recommend a trial of it.", Fixed("recommend", DoubtKind.REPLACE, ("recommends",))) == []
        assert slips("She had the laser treatment OS in May.", Fixed("treatment OS", DoubtKind.REPLACE, ("ts",))) == []
        doubted = Fixed("record", DoubtKind.REPLACE, ("records",))
        assert ("record", Slip.AGREEMENT, True) in slips("Then came the record that nobody played.", doubted)

    def test_nothing_that_a_spelling_checker_reports(self) -> None:
        assert slips("He had some accupuncture for it.", Fixed("accupuncture", DoubtKind.REPLACE, ("puncture",))) == []

    def test_nothing_in_words_that_occur_twice_in_a_row(self) -> None:
        doubted = Fixed("for", DoubtKind.DELETE, ())
        assert len(slips("Therapy was given for many weeks.", doubted)) == 1 + len(slips("", doubted))
        assert slips("Therapy was given for for many weeks.", doubted) == slips("", doubted)

    def test_nothing_of_a_prefix_that_lacks_its_hyphen(self) -> None:
        assert slips("It was a Non MTUS request then.", Fixed("Non", DoubtKind.REPLACE, ("Nine",))) == []

    def test_nothing_in_the_titles_and_the_template(self) -> None:
        text = CLEAN.read_text(encoding="utf-8")
        assert "determination" in text
        letter = parse(Source(text))
        doubts = Reading(letter, Doubter(Fixed("guideline", DoubtKind.DELETE, ()), 0.7, 0.4)).doubts
        composed = [passage.prose.span for passage in Reading(letter).composed]
        assert all(any(span.covers(each.place.span) for span in composed) for each in doubts)


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [("His patients came at noon.", "real-word-error"), ("This patients knee gave way.", "apostrophe")],
)
def test_a_doubt_yields_to_a_rule_on_the_same_words(sentence: str, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMRLINT_READER")
    monkeypatch.setattr(reader, "load", lambda: Fixed("patients", DoubtKind.REPLACE, ("patience",)))
    text = CLEAN.read_text(encoding="utf-8").replace("His body mass index", f"{sentence} His body mass index")
    found = [each.name for each in imrlint.check(text).diagnostics if text[slice(*each.finding.span)] == "patients"]
    assert found == [rule]


def test_a_doubt_that_is_not_sure_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMRLINT_READER")
    for confidence, severity in ((0.9, Severity.WARNING), (0.5, Severity.NOTE)):
        monkeypatch.setattr(reader, "load", lambda c=confidence: Fixed("therapy", DoubtKind.REPLACE, ("thereby",), c))
        found = [each for each in imrlint.check(imrlint.read(CLEAN)).diagnostics if "thereby" in each.finding.message]
        assert found
        assert {each.severity for each in found} == {severity}
        assert {Feature.UNSURE in each.finding.evidence for each in found} == {severity is Severity.NOTE}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"reader": "yes"}, "must be true, false, or a table"),
        ({"reader": {"warn": 0.5}}, 'unknown key "warn"; did you mean "warning"?'),
        ({"reader": {"warning": 2}}, "warning is 2; it must be a number from 0 to 1"),
        ({"reader": {"note": True}}, "note is True; it must be a number from 0 to 1"),
        ({"reader": {"warning": 0.3, "note": 0.5}}, "note is 0.5, more than the 0.3 of a warning"),
    ],
)
def test_mistakes_in_the_settings_are_named(content: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError) as error:
        build_config(content, "imrlint.toml")
    assert said in str(error.value)


def test_settings_choose_thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMRLINT_READER")
    fixed = Fixed("x", DoubtKind.DELETE, ())
    monkeypatch.setattr(reader, "load", lambda: fixed)
    doubter = build_config({"reader": {"warning": 0.8, "note": 0.6}}, "imrlint.toml").doubter()
    assert doubter is not None
    assert (doubter.likely, doubter.least) == (0.8, 0.6)
    assert build_config({"words": ["Notion"]}, "imrlint.toml").doubter() == Doubter(
        doubter.reader, 0.75, 0.5, RightWords.of(["Notion"])
    )
    assert build_config({"reader": False}, "imrlint.toml").doubter() is None
    monkeypatch.setenv("IMRLINT_READER", "off")
    assert Config().doubter() is None


def test_without_the_extra_it_says_so_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMRLINT_READER")
    monkeypatch.delenv("PRE_COMMIT", raising=False)
    monkeypatch.setattr(reader, "is_installed", lambda: False)
    said = run("check", CLEAN, CLEAN.with_name("slips-2017-drugs.txt")).stderr
    assert said.count("the trained reader is not installed") == 1
    for quiet in (("--quiet",), ("--no-reader",), ("--output-format", "jsonl")):
        assert "reader" not in run("check", CLEAN, *quiet).stderr
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert "reader" not in run("check", CLEAN).stderr


class TestTheDetectorOfThePackage:
    SENTENCES = (
        "Examination of the right shoulder reveals decreased range of emotion in abduction.",
        "There is lack off documentation of functional improvement with prior physical therapy.",
        "The injured worker has had less then four weeks of conservative care.",
        "Tender over L4-5, SLR negative bilaterally, no focal deficit, gait non-antalgic.",
    )

    def test_finds_slips_and_leaves_right_words(self) -> None:
        doubts = detector.load().read(self.SENTENCES)
        for sentence, found, word in zip(self.SENTENCES, doubts, ("emotion", "off", "then"), strict=False):
            assert any(sentence[each.start : each.end] == word and each.confidence >= 0.4 for each in found)
        assert not [each for each in doubts[3] if each.confidence >= 0.4]

    def test_says_the_same_on_one_thread_and_on_two(self) -> None:
        detector.load.cache_clear()
        one = detector.load(1).gather(self.SENTENCES)
        detector.load.cache_clear()
        assert detector.load(2).gather(self.SENTENCES) == one
        detector.load.cache_clear()

    def test_says_the_same_of_a_sentence_whatever_stands_beside_it(self) -> None:
        together = detector.load().gather(self.SENTENCES)
        assert [detector.load().gather([sentence])[0] for sentence in self.SENTENCES] == together

    def test_has_a_name_and_a_weight_for_each_evidence(self) -> None:
        content = json.loads(Path(detector.__file__).with_name("detector.json").read_text(encoding="utf-8"))
        assert content["name"]
        named = {name for found in detector.load().gather(self.SENTENCES) for each in found for name in each.by_name}
        assert named <= content["weights"].keys() | content["weights with model"].keys()


def test_the_cache_knows_which_models_there_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from imrlint.reader import store

    monkeypatch.setattr(store, "find_language_model", lambda: None)
    alone = reader.find_models()
    monkeypatch.setattr(store, "find_language_model", lambda: tmp_path / "language_model.onnx")
    assert alone != reader.find_models()
    monkeypatch.setattr(reader, "is_installed", lambda: False)
    assert reader.find_models() == ""
