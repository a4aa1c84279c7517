"""Tags: the words of a message that the encoder takes for names, days and audiences, and where they stand."""

from datetime import date

import numpy as np

from bot.detection import shipped
from bot.detection.candidates import candidates
from bot.detection.encoder import Seen, tagged
from bot.detection.learned import with_tags
from bot.detection.picking import TELLING, Picker
from bot.detection.reading import Reading, read
from bot.detection.tags import Span, Tag, Tagged
from bot.detection.titles import title
from bot.detection.training import tagging
from bot.detection.view import look
from bot.detection.wordpiece import WordPiece

WORDS = WordPiece.load(shipped.FOLDER / shipped.VOCABULARY)
DAY = date(2026, 3, 4)
YES, NO = 5.0, -5.0


def seen(raw: str, *names: str, thread: str | None = None, tag: Tag = Tag.TOOL) -> Seen:
    """What an encoder would see that takes these words for adopted tools, say, and nothing else for anything."""
    view = look(raw, thread)
    pieces = WORDS.read(view.text, view.context)
    wanted = tagging.targets({tag: names}, view, pieces)
    return Seen(np.zeros(4, np.float32), *tagged(view, pieces, np.where(wanted > 0, YES, NO).astype(np.float32)))


def tags(raw: str, *names: str) -> Tagged:
    return seen(raw, *names).text


def spoken(found: Tagged) -> list[str]:
    return [found.text[span.start : span.end] for span in found.spans(Tag.TOOL)]


def readings(raw: str, *names: str, thread: str | None = None, tag: Tag = Tag.TOOL) -> tuple[Reading, Reading | None]:
    context = read(thread, DAY) if thread else None
    return with_tags(read(raw, DAY), context, seen(raw, *names, thread=thread, tag=tag))


def picker() -> Picker:
    """A picker that goes by the mean of the tags alone."""
    joined = np.zeros(TELLING, np.float32)
    joined[0] = 1
    return Picker(np.zeros(1 << 15, np.float32), 0.0, 0.0, joined, 0.0)


def test_pieces_know_where_they_stand() -> None:
    text = "Größe: try Blöömlytics"
    read = WORDS.read(text)
    written = [text[start:end] for start, end in read.places[1:-1]]
    assert "".join(written) == text.replace(" ", "")
    assert read.places[0] == read.places[-1] == (-1, -1)


def test_a_span_is_whole_words_as_written() -> None:
    assert spoken(tags("we signed up for Bloömlytics Pro.", "Bloömlytics Pro")) == ["Bloömlytics Pro"]
    assert spoken(tags("we signed up for Bloomlytics", "Bloom")) == ["Bloomlytics"]


def test_two_names_in_a_row_are_two_spans() -> None:
    assert spoken(tags("Zorply Quandix, which one?", "Zorply", "Quandix")) == ["Zorply", "Quandix"]


def test_a_span_says_how_sure_it_is_and_other_tags_have_none() -> None:
    found = tags("try Zorply", "Zorply")
    assert found.spans(Tag.TOOL) == [Span(4, 10, YES)]
    assert found.sure(Tag.TOOL, 4, 10) == YES
    assert found.sure(Tag.DATE, 4, 10) == NO
    assert found.sure(Tag.TOOL, 50, 60) is None
    assert found.spans(Tag.DATE) == []


def test_a_thread_has_tags_of_its_own() -> None:
    found = seen("yes, go", "Zorply", thread="can we try Zorply?")
    assert (spoken(found.text), spoken(found.context)) == ([], ["Zorply"])


def test_the_names_that_the_tags_speak_for_are_picked() -> None:
    assert picker().names(*readings("swap Mailchimp for Klaviyo", "Klaviyo")) == ("Klaviyo",)
    assert picker().names(*readings("swap Mailchimp for Klaviyo", "Mailchimp")) == ("Mailchimp",)


def test_a_name_that_only_the_encoder_sees_is_picked_as_written() -> None:
    raw = "started on *the trial of monkey ledger* today"
    assert picker().names(*readings(raw, "monkey ledger")) == ("monkey ledger",)


def test_a_name_of_the_thread_is_picked() -> None:
    assert picker().names(*readings("approved", "Zorply", thread="Can we buy Zorply?")) == ("Zorply",)


def test_of_candidates_in_the_same_place_the_likeliest_stays() -> None:
    reading, _ = readings("we bought Quandix Flow Manager", "Quandix Flow")
    assert len(candidates(reading, None)) > 1
    assert picker().names(reading, None) == ("Quandix Flow",)


def test_without_tags_the_words_decide() -> None:
    assert picker().names(read("we signed up for Zorply", DAY), None) == ("Zorply",)


def test_a_message_that_is_all_quote_has_no_tags() -> None:
    reading, _ = readings("> we signed up for Zorply", "Zorply")
    assert reading.tagged is None


def test_a_name_in_a_quoted_mail_is_picked() -> None:
    assert picker().names(*readings("yes please\n> shall we buy Zorply?", "Zorply")) == ("Zorply",)


def test_a_campaign_is_called_what_the_encoder_tags() -> None:
    found = readings('mails for "double points weekend" go out Friday', "double points weekend", tag=Tag.NAME)
    assert title(*found) == "double points weekend"
    thread = readings("moved to Friday", "tent event", thread="the tent event is on Monday", tag=Tag.NAME)
    assert title(*thread) == "tent event"
    assert title(*readings("moved to Friday")) is None


def test_a_vendor_with_the_capitals_behind_it_is_a_possible_name_where_they_are_tagged() -> None:
    names = [one.name for one in candidates(*readings("Turned on Shopify Magic Lena asked for", "Shopify Magic"))]
    assert "Shopify Magic" in names
    assert "Shopify Magic Lena" not in names
