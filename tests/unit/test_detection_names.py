"""Markup, the list of tools and the names in a text, on examples written for these tests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detection import frames, markup, names
from bot.detection.candidates import trimmed
from bot.detection.lists import shipped_tools, tools_by_topic
from bot.detection.mentions import Kind


def adopted(text: str) -> list[str]:
    found = frames.roles(names.mark(text))
    left = {mention.key for mention in found.left}
    return [mention.name for mention in found.adopted if mention.key not in left]


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("<@U123> can we get *Klaviyo*?", "@user can we get Klaviyo?"),
        ("see <#C1|marketing> <!here>", "see #marketing @user"),
        ("try <https://loomly.com|Loomly>", "try Loomly"),
        ("try <https://loomly.com>", "try https://loomly.com"),
        ("try <https://loomly.com|here>", "try https://loomly.com"),
        ("Q&amp;A &lt;3", "Q&A <3"),
        ("> old words\nnew words", "\nnew words"),
        ("<p>Hi <at>IT</at>, <b>Klaviyo</b> please&nbsp;now</p>", "Hi @user, Klaviyo please now\n"),
        ("snake_case_name stays", "snake_case_name stays"),
    ],
)
def test_markup_becomes_plain_text(raw: str, plain: str) -> None:
    assert markup.strip(raw).text == plain


@given(st.text(alphabet="ab *_~<>|@#:&;`/.\n", max_size=80))
def test_what_was_kept_is_found_again_as_written(raw: str) -> None:
    plain = markup.strip(raw)
    for start, origin, length in plain.spans:
        kept = plain.text[start : start + length]
        assert kept == raw[origin : origin + length] == plain.written(start, start + length)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("signed up for Klaviyo", ["Klaviyo"]),
        ("signed up for Blumenkranz Pro", ["Blumenkranz Pro"]),
        ("can we get formitzo?", ["formitzo"]),
        ("switching from Hootsuite to Agorapulse", ["Agorapulse"]),
        ("we choose Brevo instead of Mailchimp", ["Brevo"]),
        ("we want to test Klaviyo, Brevo or Braze", ["Klaviyo", "Brevo", "Braze"]),
        ("let's try https://www.quillberri.app/pricing", ["quillberri"]),
        ("we want to try Drift on the site", ["Drift"]),
        ("let us not drift apart, see you later", []),
        ("we won't buy Klaviyo", []),
    ],
)
def test_a_frame_tells_who_is_adopted(text: str, expected: list[str]) -> None:
    assert adopted(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("we like Klaviyo", "Klaviyo", Kind.KNOWN),
        ("we like Klaviyyo", "Klaviyyo", Kind.KNOWN),
        ("we like Zorblattix", "Zorblattix", Kind.UNKNOWN),
        ("we like Front", "Front", Kind.WORD),
        ("we like zorblattix", "zorblattix", Kind.LOWER),
    ],
)
def test_a_possible_name_has_a_kind(text: str, name: str, kind: Kind) -> None:
    (mention,) = names.mark(text).mentions
    assert (mention.name, mention.kind) == (name, kind)


def test_the_marked_text_leads_back_to_its_names() -> None:
    marked = names.mark("Klaviyo, Brevo and Zorblattix")
    assert [mention.name for mention in marked.named(marked.text)] == ["Klaviyo", "Brevo", "Zorblattix"]


def test_every_tool_of_the_list_says_where_it_comes_from_and_is_found_by_its_name() -> None:
    assert len(shipped_tools()) > 3000
    assert all(known.tool.name and known.tool.category for known in shipped_tools())
    assert tools_by_topic()["klaviyo"].tool.name == "Klaviyo"
    assert tools_by_topic()["later"].ordinary


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the TikTok Pixel goes on the shop", "TikTok Pixel"),
        ("LinkedIn Insight Tag on the jobs page please", "LinkedIn Insight Tag"),
        ("el píxel de TikTok ya está en la tienda", "píxel de TikTok"),
    ],
)
def test_the_pixel_of_a_platform_is_one_name(text: str, name: str) -> None:
    assert name in [mention.name for mention in names.mark(text).mentions]


@pytest.mark.parametrize(
    ("words", "left"),
    [("Clausecheck Pte Ltd", "Clausecheck"), ("your Vidmoly", "Vidmoly"), ("Death to Stock", "Death to Stock")],
)
def test_what_is_no_part_of_a_name_is_cut_off_its_ends(words: str, left: str) -> None:
    start, end = trimmed(words, 0, len(words))
    assert words[start:end] == left
